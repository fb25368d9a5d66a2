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
  return JSON.stringify({ at, kind, action, outcome, status, code, actor, actorKind, roles, practitioner, session, client, address, purpose, emergency, door, query, patients, touches, request, detail, foreignId, resource });
}

export function entryOf(line: string): Entry {
  return JSON.parse(line) as Entry;
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
