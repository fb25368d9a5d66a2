// One entry of the audit, as it stands in the journal, in the chain and under the hash.
import type { TouchAction } from '../../../platform/trail.ts';

/** R4 AuditEvent.outcome: 0 done, 4 refused, 8 failed, 12 the house itself failed. */
export type Outcome = 0 | 4 | 8 | 12;

export interface Entry {
  /** ms since 1970 */
  readonly at: number;
  /** What was done: see kinds.ts. */
  readonly kind: string;
  readonly action: TouchAction;
  readonly outcome: Outcome;
  /** HTTP status, where it was a request. */
  readonly status?: number;
  /** Code of the refusal. */
  readonly code?: string;
  readonly actor: string;
  /** Absent: a person. */
  readonly actorKind?: 'device' | 'system';
  readonly roles?: readonly string[];
  readonly practitioner?: string;
  readonly session?: string;
  /** The app that acted for the actor. */
  readonly client?: string;
  readonly address?: string;
  /** v3-PurposeOfUse; absent: TREAT. */
  readonly purpose?: string;
  /** The record was open to the actor by an emergency. */
  readonly emergency?: true;
  /** Method and pattern of the route, or the name of an operation, command or job. */
  readonly door?: string;
  /** Path and query as they were asked, where the touches do not say it. It may hold names: it stays in the audit. */
  readonly query?: string;
  /** Keys of the record. */
  readonly patients?: readonly string[];
  /** `R Observation/abc/3` */
  readonly touches?: readonly string[];
  readonly request?: string;
  readonly detail?: Readonly<Record<string, string | number | boolean>>;
  /** Id and JSON of an AuditEvent that came from outside. */
  readonly foreignId?: string;
  readonly resource?: string;
}

/** The one way an entry is written: the members in the order of its type, without white space. */
export function lineOf(entry: Entry): string {
  const { at, kind, action, outcome, status, code, actor, actorKind, roles, practitioner, session, client, address, purpose, emergency, door, query, patients, touches, request, detail, foreignId, resource } = entry;
  const members = { at, kind, action, outcome, status, code, actor, actorKind, roles, practitioner, session, client, address, purpose, emergency, door, query, patients, touches, request, detail, foreignId, resource };
  const line = JSON.stringify(members);
  return line.includes('\\u') ? JSON.stringify(members, asText) : line;
}

/** PostgreSQL's text and jsonb take neither U+0000 nor half of a surrogate pair: one such character from a client would stop the chain, or each search through it. */
function asText(_name: string, value: unknown): unknown {
  return typeof value === 'string' ? value.replaceAll('\0', '\uFFFD').toWellFormed() : value;
}

export function entryOf(line: string): Entry {
  return JSON.parse(line) as Entry;
}

/** A line of a journal as it goes into the chain: what the database could not take (a damaged disk) is told as such. */
export function wholeLine(line: string, now: number): string {
  if (isWholeLine(line)) return line;
  return lineOf({ at: now, kind: 'damaged', action: 'E', outcome: 12, actor: 'sen', actorKind: 'system', detail: { line: Buffer.from(line.slice(0, longestDamaged)).toString('base64'), length: line.length } });
}

const longestDamaged = 4_000;
/** A row of an index of PostgreSQL has at most 8191 bytes. */
const longestIndexed = 2_000;

export function isWholeLine(line: string): boolean {
  try {
    const { at, kind, action, outcome, actor, patients = [], touches = [], request = '', foreignId = '' } = entryOf(line);
    const texts: unknown[] = [kind, actor, request, foreignId, ...touches];
    return Number.isSafeInteger(at) && ['C', 'R', 'U', 'D', 'E'].includes(action) && [0, 4, 8, 12].includes(outcome) && texts.every((text) => typeof text === 'string' && !text.includes('\0')) && [kind, actor, request, foreignId].every(({ length }) => length <= longestIndexed)
      && patients.every((patient) => /^-?\d{1,19}$/.test(patient));
  } catch {
    return false;
  }
}

/** Most patients of one entry; what concerns more is told in several. */
const mostPatients = 1000;

/** Splits an entry about very many patients (an export) into several of the same kind. */
export function partsOf(entry: Entry): Entry[] {
  const { patients = [] } = entry;
  if (patients.length <= mostPatients) return [entry];
  const parts = Math.ceil(patients.length / mostPatients);
  return Array.from({ length: parts }, (_, i) => {
    const part = { ...entry, patients: patients.slice(i * mostPatients, (i + 1) * mostPatients), detail: { ...entry.detail, part: i + 1, parts } };
    return i === 0 ? part : { ...part, touches: [] };
  });
}
