// Queries on the waiting list.
import type { Queryable } from '../../../platform/database.ts';

export interface StoredWaiting {
  readonly id: string;
  readonly facility: string;
  readonly patientId: string;
  readonly specialtyId: string | null;
  readonly specialtyName: string | null;
  readonly doctorId: string | null;
  readonly doctorName: string | null;
  readonly visitType: string;
  readonly from: string;
  readonly until: string;
  readonly part: 'any' | 'morning' | 'afternoon';
  readonly state: 'waiting' | 'offered' | 'taken' | 'withdrawn';
  readonly claimId: string | null;
  readonly tokenSealed: string | null;
  readonly offeredUntil: Date | null;
  readonly sessionId: string | null;
  readonly seatFrom: Date | null;
  readonly seatUntil: Date | null;
}

const select = `SELECT w.id, w.facility, w.patient_id AS "patientId", w.specialty_id AS "specialtyId", p.name AS "specialtyName", w.doctor_id AS "doctorId", w.doctor_name AS "doctorName",
  w.visit_type AS "visitType", w.from_day::text AS "from", w.until_day::text AS until, w.part, w.state, w.claim_id AS "claimId", w.token_sealed AS "tokenSealed",
  w.offered_until AS "offeredUntil", c.session_id AS "sessionId", lower(c.during) AS "seatFrom", upper(c.during) AS "seatUntil"
  FROM booking.waiting w LEFT JOIN booking.specialty p ON p.id = w.specialty_id LEFT JOIN booking.claim c ON c.id = w.claim_id`;

export interface NewWaiting {
  readonly id: string;
  readonly facility: string;
  readonly patientId: string;
  readonly specialty: string | undefined;
  readonly doctor: { readonly id: string; readonly name: string } | undefined;
  readonly visitType: string;
  readonly from: string;
  readonly until: string;
  readonly part: string;
  readonly by: string;
}

export async function insertWaiting(db: Queryable, one: NewWaiting, now: number): Promise<void> {
  await db.query({
    name: 'booking.insert-waiting',
    text: `INSERT INTO booking.waiting (id, facility, patient_id, specialty_id, doctor_id, doctor_name, visit_type, from_day, until_day, part, state, joined_at, joined_by)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'waiting', $11, $12)`,
    values: [one.id, one.facility, one.patientId, one.specialty ?? null, one.doctor?.id ?? null, one.doctor?.name ?? null, one.visitType, one.from, one.until, one.part, new Date(now), one.by],
  });
}

export async function loadWaiting(db: Queryable, id: string, lock = false): Promise<StoredWaiting | undefined> {
  const { rows } = await db.query<StoredWaiting>({ name: lock ? 'booking.lock-waiting' : 'booking.load-waiting', text: `${select} WHERE w.id = $1${lock ? ' FOR UPDATE OF w' : ''}`, values: [id] });
  return rows[0];
}

export async function waitingOf(db: Queryable, patientIds: readonly string[], today: string): Promise<StoredWaiting[]> {
  const text = `${select} WHERE w.patient_id = ANY ($1) AND w.state <> 'withdrawn' AND w.until_day >= $2 ORDER BY w.joined_at`;
  return (await db.query<StoredWaiting>({ name: 'booking.waiting-of', text, values: [patientIds, today] })).rows;
}

/** The first who waits for a seat of such a session; locked, past those whom another offer has in hand and those who had three offers in a day. */
export async function firstWaiting(db: Queryable, now: number, session: { facility: string; specialtyId: string; doctorId: string | null; day: string; part: 'morning' | 'afternoon' }, passed: readonly string[]): Promise<StoredWaiting | undefined> {
  const { rows } = await db.query<StoredWaiting>({
    name: 'booking.first-waiting',
    text: `${select} WHERE w.facility = $1 AND w.state = 'waiting' AND $4::date BETWEEN w.from_day AND w.until_day AND w.part IN ('any', $5) AND w.id <> ALL ($6::uuid[])
      AND (SELECT count(*) FROM booking.offer o WHERE o.waiting_id = w.id AND o.offered_at > $7::timestamptz - interval '1 day') < 3
      AND (w.doctor_id = $3 OR w.doctor_id IS NULL AND w.specialty_id = $2) ORDER BY w.joined_at LIMIT 1 FOR UPDATE OF w SKIP LOCKED`,
    values: [session.facility, session.specialtyId, session.doctorId, session.day, session.part, passed, new Date(now)],
  });
  return rows[0];
}

export async function storeOffer(db: Queryable, id: string, tokenHash: Buffer, tokenSealed: string, until: number): Promise<void> {
  const text = `UPDATE booking.waiting SET state = 'offered', claim_id = (SELECT id FROM booking.claim WHERE token_hash = $2), token_sealed = $3, offered_until = $4 WHERE id = $1`;
  await db.query({ name: 'booking.store-offer', text, values: [id, tokenHash, tokenSealed, new Date(until)] });
}

/** Keeps that a seat was offered. */
export async function storeOffered(db: Queryable, id: string, sessionId: string, start: number, now: number): Promise<void> {
  const text = 'INSERT INTO booking.offer (waiting_id, session_id, starts, offered_at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING';
  await db.query({ name: 'booking.store-offered', text, values: [id, sessionId, new Date(start), new Date(now)] });
}

/** Starts of a session that an entry was offered before. */
export async function offeredStarts(db: Queryable, id: string, sessionId: string): Promise<Set<number>> {
  const { rows } = await db.query<{ starts: Date }>({ name: 'booking.offered-starts', text: 'SELECT starts FROM booking.offer WHERE waiting_id = $1 AND session_id = $2', values: [id, sessionId] });
  return new Set(rows.map(({ starts }) => starts.getTime()));
}

/** The offer is not wanted: waiting again, at the same place in line. */
export async function storeDeclined(db: Queryable, id: string): Promise<void> {
  const text = `UPDATE booking.waiting SET state = 'waiting', claim_id = NULL, token_sealed = NULL, offered_until = NULL WHERE id = $1`;
  await db.query({ name: 'booking.store-declined', text, values: [id] });
}

/** Open sessions of the coming days for which somebody waits who has no offer. */
export async function sessionsWaitedFor(db: Queryable, today: string): Promise<string[]> {
  const text = `SELECT DISTINCT s.id FROM booking.waiting w JOIN booking.session s ON s.facility = w.facility AND s.state = 'open' AND s.day BETWEEN greatest(w.from_day, $1) AND w.until_day
    AND (s.doctor_id = w.doctor_id OR w.doctor_id IS NULL AND s.specialty_id = w.specialty_id) WHERE w.state = 'waiting' AND w.until_day >= $1`;
  return (await db.query<{ id: string }>({ name: 'booking.sessions-waited-for', text, values: [today] })).rows.map(({ id }) => id);
}

/** Offers that lapsed go to the end of the line; gives the sessions whose seats are free again. */
export async function takeLapsed(db: Queryable, now: number): Promise<string[]> {
  const { rows } = await db.query<{ sessionId: string | null }>({
    name: 'booking.take-lapsed',
    text: `WITH lapsed AS (SELECT w.id, c.session_id, c.id AS claim FROM booking.waiting w LEFT JOIN booking.claim c ON c.id = w.claim_id AND c.state = 'held'
        WHERE w.state = 'offered' AND w.offered_until <= $1 FOR UPDATE OF w SKIP LOCKED),
      back AS (UPDATE booking.waiting w SET state = 'waiting', joined_at = $1, claim_id = NULL, token_sealed = NULL, offered_until = NULL FROM lapsed WHERE w.id = lapsed.id),
      freed AS (DELETE FROM booking.claim c USING lapsed WHERE c.id = lapsed.claim)
      SELECT DISTINCT session_id AS "sessionId" FROM lapsed`,
    values: [new Date(now)],
  });
  return rows.flatMap(({ sessionId }) => sessionId ?? []);
}

export async function patientOfOffer(db: Queryable, claimId: string): Promise<string | undefined> {
  const text = `SELECT patient_id AS patient FROM booking.waiting WHERE claim_id = $1 AND state = 'offered'`;
  return (await db.query<{ patient: string }>({ name: 'booking.patient-of-offer', text, values: [claimId] })).rows[0]?.patient;
}

export async function storeTaken(db: Queryable, claimId: string): Promise<void> {
  await db.query({ name: 'booking.store-taken', text: `UPDATE booking.waiting SET state = 'taken' WHERE claim_id = $1 AND state = 'offered'`, values: [claimId] });
}

export async function storeWithdrawn(db: Queryable, id: string): Promise<void> {
  await db.query({ name: 'booking.store-withdrawn', text: `UPDATE booking.waiting SET state = 'withdrawn', claim_id = NULL, token_sealed = NULL, offered_until = NULL WHERE id = $1`, values: [id] });
}

export async function countWaiting(db: Queryable, patientId: string): Promise<number> {
  const text = `SELECT count(*)::int AS waiting FROM booking.waiting WHERE patient_id = $1 AND state IN ('waiting', 'offered')`;
  return (await db.query<{ waiting: number }>({ name: 'booking.count-waiting', text, values: [patientId] })).rows[0]!.waiting;
}

/** Entries go with a merged patient, past ones too; which they were is kept. */
export async function moveWaiting(db: Queryable, mergeId: string, from: string, to: string): Promise<void> {
  const text = `WITH moved AS (UPDATE booking.waiting SET patient_id = $3 WHERE patient_id = $2 RETURNING id)
    INSERT INTO booking.moved_waiting (merge_id, waiting_id) SELECT $1, id FROM moved ON CONFLICT DO NOTHING`;
  await db.query({ name: 'booking.move-waiting', text, values: [mergeId, from, to] });
}

export async function moveWaitingBack(db: Queryable, mergeId: string, to: string): Promise<void> {
  const text = `WITH moved AS (DELETE FROM booking.moved_waiting WHERE merge_id = $1 RETURNING waiting_id)
    UPDATE booking.waiting w SET patient_id = $2 FROM moved WHERE w.id = moved.waiting_id`;
  await db.query({ name: 'booking.move-waiting-back', text, values: [mergeId, to] });
}
