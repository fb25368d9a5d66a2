// What an operation was called with, whether it came in the address, in a form or as a Parameters resource (R4 §3.2.0.1).
import { isNumber, numberText } from '@sen/fhir';
import type { OperationCall } from './operation.ts';
import { Refusal } from './refusal.ts';

type Part = Readonly<Record<string, unknown>>;

export interface OperationParameters {
  /** The last simple value of the name, as text. Refuses (400) a value that is not simple. */
  text(name: string): string | undefined;
  texts(name: string): string[];
  /** `true` or `false`; refuses (400) anything else. */
  flag(name: string): boolean | undefined;
  /** A whole number of at least 0; refuses (400) anything else. */
  count(name: string): number | undefined;
  /** Any value[x] of the name, as it stands in the Parameters; an address gives text. */
  values(name: string): unknown[];
  /** Resources of the name; a body that is a resource itself, and no Parameters, answers to every name. */
  resource(name: string): unknown;
  /** All of them as a query; refuses (400) those without a simple value. */
  asQuery(): URLSearchParams;
  /** The nested parts of each repetition of the name. */
  parts(name: string): (readonly Part[])[];
}

/** Reads the parameters of a call. Refuses (400) a body that is no resource. */
export function operationParameters(call: Pick<OperationCall, 'query' | 'body'>): OperationParameters {
  const { query, body } = call;
  const given = partsOf(body);
  const named = (name: string): Part[] => given.filter((part) => part['name'] === name);
  const values = (name: string): unknown[] => [...named(name).map(valueOf).filter((value) => value !== undefined), ...query.getAll(name)];
  const texts = (name: string): string[] => values(name).map((value) => simpleText(name, value));
  const text = (name: string): string | undefined => texts(name).at(-1);
  return {
    values, texts, text,
    asQuery: () => {
      const all = new URLSearchParams(query);
      for (const part of given) all.append(String(part['name']), simpleText(String(part['name']), valueOf(part)));
      return all;
    },
    flag: (name) => choice(name, text(name)),
    count: (name) => whole(name, text(name)),
    resource: (name) => (isResource(body) && body['resourceType'] !== 'Parameters' ? body : named(name).at(-1)?.['resource']),
    parts: (name) => named(name).map((part) => (Array.isArray(part['part']) ? (part['part'] as Part[]) : [])),
  };
}

/** The value[x] of a parameter or part; undefined when it has none. */
export function valueOf(part: Part): unknown {
  const key = Object.keys(part).find((name) => name.startsWith('value'));
  return key === undefined ? undefined : part[key];
}

/** Refuses (400) a parameter of an operation. */
export function badOperationParameter(name: string, expected: string): Refusal {
  return refused(`${name}: ${expected} is expected.`, 'Parameters.parameter');
}

function partsOf(body: unknown): readonly Part[] {
  if (body === undefined || typeof body === 'string') return [];
  if (!isResource(body)) throw refused('An operation takes a Parameters resource.', 'Parameters');
  if (body['resourceType'] !== 'Parameters') return [];
  const parameters = body['parameter'] ?? [];
  const bad = Array.isArray(parameters) ? parameters.findIndex((part: Part | null) => typeof part?.['name'] !== 'string') : 0;
  if (!Array.isArray(parameters) || bad >= 0) throw refused('Each parameter needs a name.', `Parameters.parameter[${bad}]`);
  return parameters as Part[];
}

function isResource(body: unknown): body is Part {
  return typeof body === 'object' && body !== null && typeof (body as Part)['resourceType'] === 'string';
}

function simpleText(name: string, value: unknown): string {
  if (typeof value === 'string' || typeof value === 'boolean') return String(value);
  if (isNumber(value)) return numberText(value);
  throw badOperationParameter(name, 'a simple value');
}

function choice(name: string, text: string | undefined): boolean | undefined {
  if (text === undefined) return undefined;
  if (text !== 'true' && text !== 'false') throw badOperationParameter(name, 'true or false');
  return text === 'true';
}

function whole(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^\d{1,9}$/.test(text)) throw badOperationParameter(name, 'a whole number');
  return Number(text);
}

function refused(diagnostics: string, expression: string): Refusal {
  return new Refusal('incorrect', 'fhir.bad-parameters', { vi: 'Tham số của thao tác không hợp lệ.', en: 'The parameters of the operation are not valid.' }, [
    { severity: 'error', code: 'structure', diagnostics, expression },
  ]);
}
