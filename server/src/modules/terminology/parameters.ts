// Parameters of the terminology operations: the codings that calls carry, the versions they ask for, and the Parameters that answer.
import { badOperationParameter, type OperationParameters } from '../../platform/operation-parameters.ts';
import { splitCanonical } from './editions.ts';
import { badTerminologyParameters } from './refusals.ts';

export interface Coding {
  readonly system?: string;
  readonly version?: string;
  readonly code?: string;
  readonly display?: string;
}

/** One parameter of an answer, without value when there is none. */
export type Part = Readonly<Record<string, unknown>> & { readonly name: string };

/** A Parameters resource of the parts that have a value. */
export function parametersOf(parts: readonly (Part | undefined)[]): object {
  return { resourceType: 'Parameters', parameter: parts.filter((part) => part !== undefined) };
}

/** A part with a value of a type (`String`, `Boolean`, `Coding` …); undefined without the value. */
export function part(name: string, type: string, value: unknown): Part | undefined {
  return value === undefined ? undefined : { name, [`value${type}`]: value };
}

/** A part that holds parts. */
export function group(name: string, parts: readonly (Part | undefined)[]): Part {
  return { name, part: parts.filter((one) => one !== undefined) };
}

/** The Coding of a name; undefined when the call has none. Refuses (400) anything else under the name. */
export function codingOf(parameters: OperationParameters, name: string): Coding | undefined {
  const value = parameters.values(name).at(-1);
  if (value === undefined) return undefined;
  if (typeof value !== 'object' || value === null) throw badOperationParameter(name, 'a Coding');
  return value as Coding;
}

/** The codings of code + system, coding and codeableConcept, whichever the call has. Refuses (400) a call without any, and a code without system. */
export function codingsOf(parameters: OperationParameters, systemName: 'system' | 'url'): (Coding & { readonly code: string })[] {
  const concept = parameters.values('codeableConcept').at(-1) as { coding?: readonly Coding[] } | undefined;
  const code = parameters.text('code');
  const coding = codingOf(parameters, 'coding');
  const given = [...(code === undefined ? [] : [codeGiven(parameters, code, systemName)]), ...(coding === undefined ? [] : [coding]), ...(concept?.coding ?? [])];
  const usable = given.filter((one): one is Coding & { code: string } => typeof one.code === 'string');
  if (usable.length === 0) throw badTerminologyParameters(`Say which code: code with ${systemName}, coding or codeableConcept.`);
  return usable;
}

function codeGiven(parameters: OperationParameters, code: string, systemName: string): Coding {
  const system = parameters.text(systemName);
  const version = parameters.text(systemName === 'system' ? 'systemVersion' : 'version') ?? parameters.text('version');
  const display = parameters.text('display');
  return { code, ...(system === undefined ? {} : { system }), ...(version === undefined ? {} : { version }), ...(display === undefined ? {} : { display }) };
}

/** Versions by address of repeated canonicals `url|version`. Refuses (400) one without version. */
export function versionsOf(parameters: OperationParameters, name: string): ReadonlyMap<string, string> {
  return new Map(parameters.texts(name).map((canonical) => {
    const { url, version } = splitCanonical(canonical);
    if (version === undefined) throw badOperationParameter(name, 'an address with its version, such as http://loinc.org|2.81,');
    return [url, version];
  }));
}

/** Refuses (400) parameters that this server does not act on, so that nobody takes the answer for what was asked. */
export function refuseUnsupported(parameters: OperationParameters, names: readonly string[]): void {
  const found = names.find((name) => parameters.values(name).length > 0 || parameters.parts(name).length > 0);
  if (found !== undefined) throw badTerminologyParameters(`The parameter ${found} is not supported.`);
}
