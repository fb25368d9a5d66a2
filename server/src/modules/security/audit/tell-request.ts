// The entry of one request, told when its answer is about to leave.
import type { Database } from '../../../platform/database.ts';
import type { Trail, TouchAction } from '../../../platform/trail.ts';
import type { Actor } from '../../../platform/work.ts';
import { patientKeyOf } from '../fhir-audit-keys.ts';
import { lineOf, partsOf, type Entry, type Outcome } from './entry.ts';
import type { AuditKind } from './kinds.ts';
import { auditOf } from './open-audits.ts';
import { auditUnavailable, touchText, whoOf } from './record-audit.ts';

export interface ToldRequest {
  readonly at: number;
  readonly kind: AuditKind;
  readonly action: TouchAction;
  readonly status: number;
  readonly code: string | undefined;
  readonly actor: Actor;
  readonly address: string;
  readonly door: string;
  /** Path and query, for what the touches do not say. */
  readonly query: string | undefined;
  readonly request: string;
  readonly trail: Trail | undefined;
}

/** Tells a request; `done` is called when it is safe, or with the refusal to answer instead: a reading as they come when it outlives the process, all else when the disk has it. */
export function tellRequest(database: Database, request: ToldRequest, done: (refusal?: Error) => void): void {
  const audit = auditOf(database);
  // A house whose modules were never started has no audit, and no doors that anybody could reach.
  if (audit === undefined) return done();
  const entry = entryOf(request);
  const ended = (error?: Error) => (error === undefined ? done() : done(auditUnavailable()));
  const safety = isCommon(entry) ? 'system' : 'disk';
  if (entry.patients === undefined) return audit.journal.append(lineOf(entry), ended, safety);
  const lines = partsOf(entry).map(lineOf);
  audit.journal.append(lines.join('\n'), ended, safety);
}

const commonKinds: ReadonlySet<string> = new Set<AuditKind>(['read', 'vread', 'history', 'search', 'capabilities', 'page']);

/** A reading that was allowed, and none in an emergency: thousands a second at most, of which a power cut may take the last moment. */
function isCommon({ kind, action, outcome, emergency }: Entry): boolean {
  return (action === 'R' || action === 'E') && outcome === 0 && emergency !== true && commonKinds.has(kind);
}

/** Whether the disk takes the audit just now; what is not taken is not served. */
export function isAuditRefusing(database: Database): boolean {
  return auditOf(database)?.journal.isRefusing() === true;
}

function entryOf({ at, kind, action, status, code, actor, address, door, query, request, trail }: ToldRequest): Entry {
  const { note, touches = [], patients } = trail ?? {};
  const asked = touches.length === 0 || status >= 400 ? query : undefined;
  const written = touches.find((touch) => touch.action !== 'R');
  return {
    at, kind: (note?.kind as AuditKind | undefined) ?? kind, action: note?.action ?? written?.action ?? action, outcome: outcomeOf(status), status,
    ...(code === undefined ? {} : { code }),
    ...whoOf(actor),
    ...(note?.actor === undefined ? {} : { actor: note.actor }),
    address,
    ...(isEmergency(actor, trail, at) ? { emergency: true as const } : {}),
    door,
    ...(asked === undefined ? {} : { query: asked }),
    ...(patients === undefined || patients.size === 0 ? {} : { patients: Array.from(patients, String) }),
    ...(touches.length === 0 ? {} : { touches: touches.map(touchText) }),
    request,
    ...(note?.detail === undefined ? {} : { detail: note.detail }),
  };
}

function outcomeOf(status: number): Outcome {
  if (status < 400) return 0;
  if (status === 401 || status === 403 || status === 404 || status === 410) return 4;
  return status < 500 ? 8 : 12;
}

function isEmergency({ emergencies = [] }: Actor, trail: Trail | undefined, at: number): boolean {
  return emergencies.some(({ patient, until }) => until > at && trail?.patients.has(patientKeyOf(patient)) === true);
}
