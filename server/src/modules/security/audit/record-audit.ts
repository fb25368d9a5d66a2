import { Refusal } from '../../../platform/refusal.ts';
import type { Touch, TouchAction } from '../../../platform/trail.ts';
import type { Actor, Work } from '../../../platform/work.ts';
import { patientKeyOf } from '../fhir-audit-keys.ts';
import { addEntries } from './add-entries.ts';
import { lineOf, partsOf, type Entry, type Outcome } from './entry.ts';
import type { AuditKind } from './kinds.ts';
import { auditOf } from './open-audits.ts';

export interface AuditFacts {
  readonly kind: AuditKind;
  readonly action: TouchAction;
  /** `success` unless said. */
  readonly outcome?: 'success' | 'refused' | 'failed';
  /** Code of a refusal. */
  readonly code?: string;
  /** Who acts, where it is not the actor of the work. */
  readonly actor?: Actor;
  readonly address?: string;
  /** Name of the command, job or channel. */
  readonly door?: string;
  /** Ids of Patients, beside those of the trail of the work. */
  readonly patients?: readonly string[];
  /** The same by their keys in the record. */
  readonly patientKeys?: readonly string[];
  /** It concerns every patient there is: an export of the whole record. */
  readonly everyone?: boolean;
  readonly touches?: readonly Touch[];
  /** Flat facts; no secrets. */
  readonly detail?: Readonly<Record<string, string | number | boolean>>;
}

/** Stands for every patient in place of a key; no patient has it. */
export const everyone = '0';

const outcomes = { success: 0, refused: 4, failed: 8 } as const satisfies Record<string, Outcome>;

/**
 * Tells the audit of something that is no request under /fhir, /api or /oidc: a command, a job, a delivery. Durable when it resolves. What happens
 * within a request is told with `tellAudit` instead, so that it stays one entry.
 */
export async function recordAudit(work: Work, facts: AuditFacts): Promise<void> {
  const entries = partsOf(entryOf(work, facts));
  const audit = auditOf();
  if (audit === undefined) return addEntries(work, entries);
  for (const entry of entries) await appended(lineOf(entry), audit.journal.append);
}

function appended(line: string, append: (line: string, done: (error?: Error) => void) => void): Promise<void> {
  return new Promise((resolve, reject) => append(line, (error) => (error === undefined ? resolve() : reject(auditUnavailable()))));
}

function entryOf(work: Work, { kind, action, outcome = 'success', code, actor = work.actor, address, door, patients = [], patientKeys = [], everyone: all = false, touches = [], detail }: AuditFacts): Entry {
  const keys = new Set([...work.trail.patients].map(String).concat(patientKeys, all ? [everyone] : []));
  for (const id of patients) keys.add(String(patientKeyOf(id)));
  return {
    at: work.now, kind, action, outcome: outcomes[outcome], ...whoOf(actor),
    ...(code === undefined ? {} : { code }), ...(address === undefined ? {} : { address }), ...(door === undefined ? {} : { door }),
    ...(keys.size === 0 ? {} : { patients: [...keys] }),
    ...(touches.length === 0 ? {} : { touches: touches.map(touchText) }),
    request: work.requestId, ...(detail === undefined ? {} : { detail }),
  };
}

/** A touch as an entry has it: `R Observation/abc/3`. */
export function touchText({ action, type, id, version }: Touch): string {
  return `${action} ${type}/${id}${version === undefined ? '' : `/${version}`}`;
}

/** What an entry keeps of who acted. */
export function whoOf({ id, kind, roles, practitioner, session, grant, purpose }: Actor): Pick<Entry, 'actor' | 'actorKind' | 'roles' | 'practitioner' | 'session' | 'client' | 'purpose'> {
  return {
    actor: id,
    ...(kind === 'person' ? {} : { actorKind: kind }),
    ...(roles.length === 0 || kind === 'system' ? {} : { roles }),
    ...(practitioner === undefined ? {} : { practitioner }),
    ...(session === undefined ? {} : { session }),
    ...(grant === undefined ? {} : { client: grant.client }),
    ...(purpose === undefined || purpose === 'TREAT' ? {} : { purpose }),
  };
}

/** Nothing is done unaudited: while the disk refuses the journal, requests are refused. */
export function auditUnavailable(): Refusal {
  return new Refusal('unavailable', 'security.audit-unavailable', {
    vi: 'Không ghi được nhật ký truy cập nên hệ thống tạm dừng phục vụ. Xin báo quản trị.',
    en: 'The audit cannot be written, so the system does not serve for now. Please tell the administrator.',
  });
}
