// Parameters whose expression only FHIRPath itself can answer: the library evaluates them, at some 20 µs a resource where a path takes less than one.
import { runBounded, watched } from '../fhirpath/run-bounded.ts';
import type { Resource } from '../resource.ts';
import { hash64 } from './keys.ts';
import type { EvaluatedValue } from './parameters.ts';

const evaluated = 'fhirpath_';
const evaluateMs = 500;

/** The name under which values of an expression stand in the index, in the place of a path. */
export function evaluatedPath(expression: string): string {
  return evaluated + BigInt.asUintN(64, hash64(expression)).toString(16);
}

/** Tells such a name from a path. */
export function isEvaluatedPath(path: string): boolean {
  return path.startsWith(evaluated);
}

/**
 * Compiles an expression for resources of a type. Throws an Error that says what is wrong: no FHIRPath, a function that does not exist, or one
 * that asks for another resource or for the time.
 */
export async function compileEvaluation(expression: string, type: string): Promise<(resource: Resource) => EvaluatedValue[]> {
  if (/\b(?:now|today|timeOfDay|trace)\s*\(/.test(expression)) throw new Error('an index cannot hold what depends on the time of asking');
  const [{ default: fhirpath }, { default: model }] = await Promise.all([import('fhirpath'), import('fhirpath/fhir-context/r4')]);
  const compiled = runBounded(() => fhirpath.compile(expression, model, { resolveInternalTypes: false }), evaluateMs);
  const find = watched(expression, (resource: object) => compiled(resource), evaluateMs);
  const values = (resource: object): EvaluatedValue[] => {
    const found = find(resource) as unknown[];
    const types = fhirpath.types(found);
    return found.map((value, i) => ({ type: fhirType(types[i] ?? ''), value: plain(value) }));
  };
  values({ resourceType: type }); // the library finds out at the first evaluation what it cannot do
  return (resource) => {
    try {
      return values(JSON.parse(JSON.stringify(resource)) as object);
    } catch {
      return []; // `single()` over two elements, say: a resource is not refused because a parameter cannot read it
    }
  };
}

/** `FHIR.CodeableConcept` and `System.String` as names of R4. */
function fhirType(name: string): string {
  const [space, type = ''] = name.split('.');
  if (space !== 'System') return type;
  return type.charAt(0).toLowerCase() + type.slice(1);
}

/** What the library holds of a value, as JSON. */
function plain(node: unknown): unknown {
  const data = typeof node === 'object' && node !== null && 'data' in node ? node.data : node;
  if (typeof data === 'object' && data !== null && 'asStr' in data && !('toJSON' in data)) return data.asStr;
  return data === undefined ? undefined : (JSON.parse(JSON.stringify(data)) as unknown);
}
