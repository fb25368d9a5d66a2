// Queries on turns. One select serves every list: a turn with what its visit says of it.
import type { PriorityClass, PriorityReason, StationKind, TurnState } from '@sen/contracts';
import type { Queryable } from '../../../platform/database.ts';

export interface StoredTurn {
  readonly id: string;
  readonly visitId: string;
  readonly facility: string;
  readonly roomId: string;
  readonly roomName: string;
  readonly kind: StationKind;
  readonly doctorId: string | null;
  readonly doctorName: string | null;
  readonly step: number;
  readonly sentBy: string | null;
  readonly state: TurnState;
  readonly slotAt: Date | null;
  readonly dueAt: Date;
  readonly isLate: boolean;
  readonly isReturning: boolean;
  readonly waitingSince: Date;
  readonly calledAt: Date | null;
  readonly calledBy: string | null;
  readonly calls: number;
  readonly firstBeganAt: Date | null;
  readonly beganAt: Date | null;
  readonly servedMs: string;
  readonly endedAt: Date | null;
  readonly patientId: string;
  readonly name: string;
  readonly sex: 'male' | 'female' | 'other' | 'unknown';
  readonly birthDate: string | null;
  readonly class: PriorityClass;
  readonly reasons: PriorityReason[];
  readonly letter: string;
  readonly number: number;
  readonly appointmentId: string | null;
  readonly visitSlotAt: Date | null;
  readonly visitType: string | null;
  readonly reason: string | null;
  readonly note: string | null;
  readonly arrivedAt: Date;
  readonly visitBeganAt: Date | null;
}

const select = `SELECT t.id, t.visit_id AS "visitId", t.facility, t.room_id AS "roomId", r.name AS "roomName", t.kind, t.doctor_id AS "doctorId", t.doctor_name AS "doctorName", t.step,
  t.sent_by AS "sentBy", t.state, t.slot_at AS "slotAt", t.due_at AS "dueAt", t.is_late AS "isLate", t.is_returning AS "isReturning",
  t.waiting_since AS "waitingSince", t.called_at AS "calledAt", t.called_by AS "calledBy", t.calls, t.first_began_at AS "firstBeganAt", t.began_at AS "beganAt",
  t.served_ms AS "servedMs", t.ended_at AS "endedAt", v.patient_id AS "patientId", v.person_name AS name, v.person_sex AS sex, v.person_birth_date AS "birthDate",
  v.class, v.reasons, v.letter, v.number, v.appointment_id AS "appointmentId", v.slot_at AS "visitSlotAt", v.visit_type AS "visitType", v.reason, v.note,
  v.arrived_at AS "arrivedAt", v.began_at AS "visitBeganAt"
  FROM encounters.turn t JOIN encounters.visit v ON v.id = t.visit_id JOIN encounters.room r ON r.id = t.room_id`;

/** Everybody of a room who is not done yet. */
export async function turnsInLine(db: Queryable, roomId: string, day: string): Promise<StoredTurn[]> {
  const text = `${select} WHERE t.room_id = $1 AND t.day = $2 AND t.state IN ('waiting', 'called', 'inside', 'away', 'skipped')`;
  return (await db.query<StoredTurn>({ name: 'encounters.turns-in-line', text, values: [roomId, day] })).rows;
}

/** The same for all rooms of a facility, or some of them. */
export async function turnsInLines(db: Queryable, facility: string, day: string, roomIds: readonly string[] | null): Promise<StoredTurn[]> {
  const text = `${select} WHERE t.facility = $1 AND t.day = $2 AND ($3::text[] IS NULL OR t.room_id = ANY ($3)) AND t.state IN ('waiting', 'called', 'inside', 'away', 'skipped')`;
  return (await db.query<StoredTurn>({ name: 'encounters.turns-in-lines', text, values: [facility, day, roomIds] })).rows;
}

export async function turnsDone(db: Queryable, roomId: string, day: string, limit: number): Promise<StoredTurn[]> {
  const text = `${select} WHERE t.room_id = $1 AND t.day = $2 AND t.state = 'done' ORDER BY t.ended_at DESC LIMIT $3`;
  return (await db.query<StoredTurn>({ name: 'encounters.turns-done', text, values: [roomId, day, limit] })).rows;
}

export async function turnsOfVisits(db: Queryable, visitIds: readonly string[]): Promise<StoredTurn[]> {
  if (visitIds.length === 0) return [];
  const text = `${select} WHERE t.visit_id = ANY ($1) ORDER BY t.visit_id, t.step`;
  return (await db.query<StoredTurn>({ name: 'encounters.turns-of-visits', text, values: [visitIds] })).rows;
}

/** All turns of a day, for whoever draws the day: one row each. */
export async function turnsOfDay(db: Queryable, facility: string, day: string): Promise<StoredTurn[]> {
  const text = `${select} WHERE t.facility = $1 AND t.day = $2 ORDER BY t.visit_id, t.step`;
  return (await db.query<StoredTurn>({ name: 'encounters.turns-of-day', text, values: [facility, day] })).rows;
}

/** Ids of the visits of a day that changed since `upTo` of an earlier answer, themselves or in one of their turns. */
export async function visitsChanged(db: Queryable, facility: string, day: string, since: string): Promise<{ readonly upTo: string; readonly visits: string[] }> {
  const text = `SELECT pg_snapshot_xmin(pg_current_snapshot())::text AS "upTo", ARRAY(
    SELECT visit_id FROM encounters.turn WHERE facility = $1 AND day = $2 AND changed >= $3::text::xid8
    UNION SELECT id FROM encounters.visit WHERE facility = $1 AND day = $2 AND changed >= $3::text::xid8) AS visits`;
  return (await db.query<{ upTo: string; visits: string[] }>({ name: 'encounters.visits-changed', text, values: [facility, day, since] })).rows[0]!;
}

/** What an answer of `visitsChanged` would call `upTo` now. */
export async function oldestOpen(db: Queryable): Promise<string> {
  return (await db.query<{ upTo: string }>({ name: 'encounters.oldest-open', text: 'SELECT pg_snapshot_xmin(pg_current_snapshot())::text AS "upTo"' })).rows[0]!.upTo;
}

/** Locks a turn until the end of the transaction: who reads it then decides about it. */
export async function lockTurn(db: Queryable, turnId: string): Promise<StoredTurn | undefined> {
  const text = `${select} WHERE t.id = $1 FOR UPDATE OF t`;
  return (await db.query<StoredTurn>({ name: 'encounters.lock-turn', text, values: [turnId] })).rows[0];
}

/** Another doctor sees them. */
export async function storeTurnDoctor(db: Queryable, turnIds: readonly string[], doctor: { readonly id: string; readonly name: string }): Promise<void> {
  await db.query({ name: 'encounters.store-turn-doctor', text: 'UPDATE encounters.turn SET doctor_id = $2, doctor_name = $3 WHERE id = ANY ($1)', values: [turnIds, doctor.id, doctor.name] });
}

export interface NewTurn {
  readonly id: string;
  readonly visitId: string;
  readonly facility: string;
  readonly day: string;
  readonly roomId: string;
  readonly kind: StationKind;
  readonly doctorId: string | null;
  readonly doctorName: string | null;
  readonly step: number;
  readonly sentBy: string | null;
  readonly state: TurnState;
  readonly slotAt: number | null;
  readonly dueAt: number;
  readonly rule: string;
  readonly isLate: boolean;
  readonly isReturning: boolean;
  readonly waitingSince: number;
}

export async function insertTurns(db: Queryable, turns: readonly NewTurn[]): Promise<void> {
  const rows = turns.map((turn) => ({ ...turn, slotAt: instant(turn.slotAt), dueAt: instant(turn.dueAt), waitingSince: instant(turn.waitingSince) }));
  await db.query({
    name: 'encounters.insert-turns',
    text: `INSERT INTO encounters.turn (id, visit_id, facility, day, room_id, kind, doctor_id, doctor_name, step, sent_by, state, slot_at, due_at, rule, is_late, is_returning, waiting_since)
      SELECT "id", "visitId", "facility", "day", "roomId", "kind", "doctorId", "doctorName", "step", "sentBy", "state", "slotAt", "dueAt", "rule", "isLate", "isReturning", "waitingSince"
      FROM jsonb_to_recordset($1::jsonb) AS r("id" text, "visitId" text, "facility" text, "day" date, "roomId" text, "kind" text, "doctorId" text, "doctorName" text, "step" integer,
        "sentBy" text, "state" text, "slotAt" timestamptz, "dueAt" timestamptz, "rule" text, "isLate" boolean, "isReturning" boolean, "waitingSince" timestamptz)`,
    values: [JSON.stringify(rows)],
  });
}

/** Called, or called again; false when the turn has left the line meanwhile. */
export async function storeCall(db: Queryable, turnId: string, by: string, now: number): Promise<boolean> {
  const text = `UPDATE encounters.turn SET state = 'called', called_at = $3, called_by = $2, calls = calls + 1 WHERE id = $1 AND state IN ('waiting', 'skipped', 'called')`;
  return (await db.query({ name: 'encounters.store-call', text, values: [turnId, by, new Date(now)] })).rowCount === 1;
}

/** How many each room of a facility is done with. */
export async function countDone(db: Queryable, facility: string, day: string): Promise<Map<string, number>> {
  const text = `SELECT room_id AS id, count(*)::integer AS done FROM encounters.turn WHERE facility = $1 AND day = $2 AND state = 'done' GROUP BY room_id`;
  const { rows } = await db.query<{ id: string; done: number }>({ name: 'encounters.count-done', text, values: [facility, day] });
  return new Map(rows.map(({ id, done }) => [id, done]));
}

export async function storeBegin(db: Queryable, turnId: string, by: string, doctor: { id: string; name: string } | undefined, now: number): Promise<void> {
  await db.query({
    name: 'encounters.store-begin',
    text: `UPDATE encounters.turn SET state = 'inside', began_at = $3, first_began_at = coalesce(first_began_at, $3), called_at = coalesce(called_at, $3), called_by = $2,
      doctor_id = coalesce($4, doctor_id), doctor_name = coalesce($5, doctor_name) WHERE id = $1`,
    values: [turnId, by, new Date(now), doctor?.id ?? null, doctor?.name ?? null],
  });
}

/** Leaves the hands of a room: what was spent inside is added up. Who was finished without having been let in was seen when called. */
export async function storeEnd(db: Queryable, turnId: string, state: 'done' | 'away' | 'moved' | 'left', now: number): Promise<void> {
  await db.query({
    name: 'encounters.store-end',
    text: `UPDATE encounters.turn SET state = $2,
      served_ms = served_ms + CASE WHEN state = 'inside' OR (state = 'called' AND $2 IN ('done', 'away')) THEN (extract(epoch FROM $3::timestamptz - CASE WHEN state = 'inside' THEN began_at ELSE called_at END) * 1000)::bigint ELSE 0 END,
      first_began_at = CASE WHEN state = 'called' AND $2 IN ('done', 'away') THEN coalesce(first_began_at, called_at) ELSE first_began_at END,
      ended_at = CASE WHEN $2 = 'away' THEN NULL ELSE $3::timestamptz END WHERE id = $1`,
    values: [turnId, state, new Date(now)],
  });
}

export async function storeSkip(db: Queryable, turnId: string): Promise<void> {
  await db.query({ name: 'encounters.store-skip', text: `UPDATE encounters.turn SET state = 'skipped' WHERE id = $1`, values: [turnId] });
}

/** Into the line (again), at a place. */
export async function storeWaiting(db: Queryable, turnId: string, place: { dueAt: number; rule: string }, returning: boolean, now: number): Promise<void> {
  await db.query({
    name: 'encounters.store-waiting',
    text: `UPDATE encounters.turn SET state = 'waiting', due_at = $2, rule = $3, is_returning = $4, waiting_since = $5, calls = 0, called_at = NULL, called_by = NULL WHERE id = $1`,
    values: [turnId, new Date(place.dueAt), place.rule, returning, new Date(now)],
  });
}

/** New places after a new judgment of how soon a visit must be seen. */
export async function storePlace(db: Queryable, turnId: string, dueAt: number): Promise<void> {
  await db.query({ name: 'encounters.store-place', text: 'UPDATE encounters.turn SET due_at = $2 WHERE id = $1', values: [turnId, new Date(dueAt)] });
}

/** Ends all that is still open of a visit. */
export async function storeLeft(db: Queryable, visitId: string, now: number): Promise<string[]> {
  const { rows } = await db.query<{ room_id: string }>({
    name: 'encounters.store-left',
    text: `UPDATE encounters.turn SET state = 'left', ended_at = $2 WHERE visit_id = $1 AND state IN ('planned', 'waiting', 'called', 'inside', 'away', 'skipped') RETURNING room_id`,
    values: [visitId, new Date(now)],
  });
  return rows.map((row) => row.room_id);
}

function instant(ms: number | null): string | null {
  return ms === null ? null : new Date(ms).toISOString();
}
