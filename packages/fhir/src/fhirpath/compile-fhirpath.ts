// FHIRPath that a client sends: compiled once by the library, which is loaded when it is first needed.
import { runBounded, TooLong } from './run-bounded.ts';

/** Evaluates a compiled expression on JSON values, and gives what it finds in each. Throws FhirPathError, without content of the values. */
export type FhirPath = (values: readonly unknown[]) => unknown[][];

/** An expression that cannot be parsed or evaluated; the message is that of the parser about the text alone. */
export class FhirPathError extends Error {}

/** An expression that takes too long. */
export class FhirPathTooLong extends FhirPathError {}

const lengthMax = 1000;
const compileMs = 500;
const evaluateMs = 200;

/** Compiles an expression for values of a FHIR type or element (`Patient`, `Patient.contact`, `HumanName`). Throws FhirPathError. */
export async function compileFhirPath(base: string, expression: string): Promise<FhirPath> {
  if (expression.length > lengthMax) throw new FhirPathError(`a FHIRPath expression may have ${lengthMax} characters at most`);
  const [fhirpath, r4] = await Promise.all([import('fhirpath'), import('fhirpath/fhir-context/r4')]);
  let compiled: (value: unknown, environment: object) => unknown;
  try {
    compiled = runBounded(() => fhirpath.default.compile({ base, expression }, r4.default, { async: false, resolveInternalTypes: true, traceFn: () => undefined }), compileMs) as typeof compiled;
  } catch (error) {
    if (error instanceof TooLong) throw tooLong();
    const reason = error instanceof Error && error.message.startsWith('line:') ? `: ${error.message.trim().replace(/\s+/g, ' ').slice(0, 200)}` : '';
    throw new FhirPathError(`not a FHIRPath expression${reason}`);
  }
  // the library writes on what it is given, and knows no numbers kept as text
  return (values) => evaluate(() => values.map((value) => asList(compiled(JSON.parse(JSON.stringify(value)), {}))));
}

function evaluate(compute: () => unknown[][]): unknown[][] {
  try {
    return runBounded(compute, evaluateMs);
  } catch (error) {
    if (error instanceof TooLong) throw tooLong();
    throw new FhirPathError('the FHIRPath expression cannot be evaluated here'); // the library's message may quote the value
  }
}

function tooLong(): FhirPathTooLong {
  return new FhirPathTooLong('the FHIRPath expression takes too long');
}

function asList(found: unknown): unknown[] {
  return Array.isArray(found) ? (found as unknown[]) : [found];
}
