// Queries on visits, ticket numbers and screens.
import type { PriorityClass, PriorityReason } from '@sen/contracts';
import type { Queryable } from '../../../platform/database.ts';

export interface StoredVisit {
  readonly id: string;
  readonly facility: string;
  readonly patientId: string;
  readonly appointmentId: string | null;
  readonly slotAt: Date | null;
  readonly class: PriorityClass;
  readonly reasons: PriorityReason[];
  readonly letter: string;
  readonly number: number;
  readonly state: 'open' | 'done' | 'left';
  readonly note: string | null;
  readonly name: string;
  readonly birthDate: string | null;
  readonly arrivedAt: Date;
  readonly beganAt: Date | null;
}

const columns = `id, facility, patient_id AS "patientId", appointment_id AS "appointmentId", slot_at AS "slotAt", class, reasons, letter, number, state, note, person_name AS name,
  person_birth_date AS "birthDate", arrived_at AS "arrivedAt", began_at AS "beganAt"`;

/** Takes the next number of a kind of the day; the row stays locked until the transaction ends, so that no number is lost or given twice. */
export async function takeNumber(db: Queryable, facility: string, day: string, letter: string): Promise<number> {
  const { rows } = await db.query<{ last: number }>({
    name: 'encounters.take-number',
    text: `INSERT INTO encounters.ticket_count AS held (facility, day, letter, last) VALUES ($1, $2, $3, 1)
      ON CONFLICT (facility, day, letter) DO UPDATE SET last = held.last + 1 RETURNING last`,
    values: [facility, day, letter],
  });
  return rows[0]!.last;
}

/** The visit that an arrival would be a second time: of the appointment, or open in the same room today. */
export async function findSameVisit(db: Queryable, patientId: string, day: string, roomId: string, appointmentId: string | null): Promise<string | undefined> {
  const { rows } = await db.query<{ id: string }>({
    name: 'encounters.find-same-visit',
    text: `SELECT id FROM encounters.visit WHERE (appointment_id = $4 AND state <> 'left') OR (patient_id = $1 AND day = $2 AND entry_room_id = $3 AND state = 'open') LIMIT 1`,
    values: [patientId, day, roomId, appointmentId],
  });
  return rows[0]?.id;
}

/** Two desks that receive the same person go one after the other. */
export async function lockPatient(db: Queryable, patientId: string): Promise<void> {
  await db.query({ name: 'encounters.lock-patient', text: `SELECT pg_advisory_xact_lock(hashtextextended('encounters.visit ' || $1, 0))`, values: [patientId] });
}

export interface NewVisit {
  readonly id: string;
  readonly facility: string;
  readonly day: string;
  readonly patientId: string;
  readonly name: string;
  readonly sex: string;
  readonly birthDate: string | null;
  readonly roomId: string;
  readonly appointmentId: string | null;
  readonly slotAt: number | null;
  readonly class: PriorityClass;
  readonly reasons: readonly PriorityReason[];
  readonly letter: string;
  readonly number: number;
  readonly visitType: string | null;
  readonly reason: string | null;
  readonly arrivedAt: number;
}

export async function insertVisit(db: Queryable, visit: NewVisit): Promise<void> {
  await db.query({
    name: 'encounters.insert-visit',
    text: `INSERT INTO encounters.visit (id, facility, day, patient_id, person_name, person_sex, person_birth_date, entry_room_id, appointment_id, slot_at, class, reasons, letter, number, visit_type, reason, arrived_at)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)`,
    values: [
      visit.id, visit.facility, visit.day, visit.patientId, visit.name, visit.sex, visit.birthDate, visit.roomId, visit.appointmentId,
      visit.slotAt === null ? null : new Date(visit.slotAt), visit.class, visit.reasons, visit.letter, visit.number, visit.visitType, visit.reason, new Date(visit.arrivedAt),
    ],
  });
}

export async function findVisit(db: Queryable, visitId: string, lock = false): Promise<StoredVisit | undefined> {
  const text = `SELECT ${columns} FROM encounters.visit WHERE id = $1${lock ? ' FOR UPDATE' : ''}`;
  return (await db.query<StoredVisit>({ name: lock ? 'encounters.lock-visit' : 'encounters.find-visit', text, values: [visitId] })).rows[0];
}

export async function visitsOfPatients(db: Queryable, patientIds: readonly string[], day: string): Promise<StoredVisit[]> {
  const text = `SELECT ${columns} FROM encounters.visit WHERE patient_id = ANY ($1) AND day = $2 AND state <> 'left' ORDER BY arrived_at`;
  return (await db.query<StoredVisit>({ name: 'encounters.visits-of-patients', text, values: [patientIds, day] })).rows;
}

export async function storeVisitBegan(db: Queryable, visitId: string, now: number): Promise<void> {
  await db.query({ name: 'encounters.store-visit-began', text: 'UPDATE encounters.visit SET began_at = $2 WHERE id = $1 AND began_at IS NULL', values: [visitId, new Date(now)] });
}

export async function storeVisitEnded(db: Queryable, visitId: string, state: 'done' | 'left', now: number): Promise<void> {
  await db.query({ name: 'encounters.store-visit-ended', text: 'UPDATE encounters.visit SET state = $2, ended_at = $3 WHERE id = $1', values: [visitId, state, new Date(now)] });
}

export async function storeLeaveReason(db: Queryable, visitId: string, reason: string): Promise<void> {
  await db.query({ name: 'encounters.store-leave-reason', text: 'UPDATE encounters.visit SET leave_reason = $2 WHERE id = $1', values: [visitId, reason] });
}

export async function storeTriage(db: Queryable, visitId: string, priority: PriorityClass, reasons: readonly PriorityReason[], note: string | null): Promise<void> {
  const text = 'UPDATE encounters.visit SET class = $2, reasons = $3, note = coalesce($4, note) WHERE id = $1';
  await db.query({ name: 'encounters.store-triage', text, values: [visitId, priority, reasons, note] });
}

/** What the queue shows of people follows the record. */
export async function storePeople(db: Queryable, people: readonly { readonly id: string; readonly name: string; readonly sex: string; readonly birthDate?: string }[]): Promise<void> {
  await db.query({
    name: 'encounters.store-people',
    text: `UPDATE encounters.visit v SET person_name = p.name, person_sex = p.sex, person_birth_date = p."birthDate"
      FROM jsonb_to_recordset($1::jsonb) AS p(id text, name text, sex text, "birthDate" text)
      WHERE v.patient_id = p.id AND (v.person_name, v.person_sex, v.person_birth_date) IS DISTINCT FROM (p.name, p.sex, p."birthDate")`,
    values: [JSON.stringify(people)],
  });
}

/** Names of rooms in which both have an open visit of the same day. */
export async function roomsOfBoth(db: Queryable, one: string, other: string): Promise<string[]> {
  const { rows } = await db.query<{ name: string }>({
    name: 'encounters.rooms-of-both',
    text: `SELECT DISTINCT r.name FROM encounters.visit a JOIN encounters.visit b ON b.day = a.day AND b.entry_room_id = a.entry_room_id AND b.state = 'open'
      JOIN encounters.room r ON r.id = a.entry_room_id WHERE a.patient_id = $1 AND b.patient_id = $2 AND a.state = 'open' ORDER BY r.name`,
    values: [one, other],
  });
  return rows.map(({ name }) => name);
}

/** Moves the visits of a merged patient and keeps which; gives how many. */
export async function moveVisits(db: Queryable, mergeId: string, from: string, to: string): Promise<number> {
  const text = `WITH moved AS (UPDATE encounters.visit SET patient_id = $3 WHERE patient_id = $2 RETURNING id)
    INSERT INTO encounters.moved_visit (merge_id, visit_id) SELECT $1, id FROM moved`;
  return (await db.query({ name: 'encounters.move-visits', text, values: [mergeId, from, to] })).rowCount;
}

/** Gives back exactly the visits that went with a merge, but for those whose Encounter stays with the kept record. */
export async function moveVisitsBack(db: Queryable, mergeId: string, to: string, stayed: readonly string[]): Promise<number> {
  const text = `WITH moved AS (DELETE FROM encounters.moved_visit WHERE merge_id = $1 RETURNING visit_id)
    UPDATE encounters.visit v SET patient_id = $2 FROM moved WHERE v.id = moved.visit_id AND v.id <> ALL ($3)`;
  return (await db.query({ name: 'encounters.move-visits-back', text, values: [mergeId, to, stayed] })).rowCount;
}

export interface StoredBoard {
  readonly key: string;
  readonly facility: string;
  readonly name: string;
  readonly roomIds: string[];
  readonly madeAt: Date;
  readonly madeBy: string;
}

const board = 'SELECT key, facility, name, room_ids AS "roomIds", made_at AS "madeAt", made_by AS "madeBy" FROM encounters.board';

export async function insertBoard(db: Queryable, { key, facility, name, roomIds, madeAt, madeBy }: StoredBoard): Promise<void> {
  const text = 'INSERT INTO encounters.board (key, facility, name, room_ids, made_at, made_by) VALUES ($1, $2, $3, $4, $5, $6)';
  await db.query({ name: 'encounters.insert-board', text, values: [key, facility, name, roomIds, madeAt, madeBy] });
}

export async function findBoard(db: Queryable, key: string): Promise<StoredBoard | undefined> {
  return (await db.query<StoredBoard>({ name: 'encounters.find-board', text: `${board} WHERE key = $1`, values: [key] })).rows[0];
}

export async function boardsOf(db: Queryable, facility: string): Promise<StoredBoard[]> {
  return (await db.query<StoredBoard>({ name: 'encounters.boards-of', text: `${board} WHERE facility = $1 ORDER BY name`, values: [facility] })).rows;
}

export async function removeBoard(db: Queryable, facility: string, key: string): Promise<boolean> {
  const { rowCount } = await db.query({ name: 'encounters.remove-board', text: 'DELETE FROM encounters.board WHERE facility = $1 AND key = $2', values: [facility, key] });
  return rowCount > 0;
}
