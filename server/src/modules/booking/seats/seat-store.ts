// Queries on sessions and claims.
import type { SeatRule } from '@sen/contracts';
import type { Queryable } from '../../../platform/database.ts';
import type { TakenSeat } from './seat-rules.ts';

export interface StoredSession {
  readonly id: string;
  readonly facility: string;
  readonly day: string;
  readonly doctorId: string | null;
  readonly doctorName: string | null;
  readonly roomId: string;
  readonly roomName: string;
  readonly specialtyId: string;
  readonly specialtyName: string;
  readonly from: number;
  readonly until: number;
  readonly stepMinutes: number;
  readonly lanes: number;
  readonly visitTypes: string[];
  readonly seats: SeatRule[];
  readonly state: 'open' | 'closed';
  readonly taken: TakenSeat[];
}

type Row = Omit<StoredSession, 'from' | 'until' | 'taken'> & { from: Date; until: Date; taken: [number, number, number, string][] | null };

const columns = `s.id, s.facility, s.day::text AS day, s.doctor_id AS "doctorId", s.doctor_name AS "doctorName", s.room_id AS "roomId", s.room_name AS "roomName",
  s.specialty_id AS "specialtyId", p.name AS "specialtyName", lower(s.during) AS "from", upper(s.during) AS until, s.step_minutes AS "stepMinutes", s.lanes,
  s.visit_types AS "visitTypes", s.seats, s.state`;
const epoch = (bound: string) => `(extract(epoch FROM ${bound}(c.during)) * 1000)::bigint`;
/** One array for a session, not a row for a claim: a specialty of two weeks has thousands. */
const taken = `(SELECT json_agg(json_build_array(c.lane, ${epoch('lower')}, ${epoch('upper')}, c.pool)) FROM booking.claim c
  WHERE c.session_id = s.id AND (c.state = 'booked' OR c.state = 'held' AND c.held_until > $1)) AS taken`;
const source = 'booking.session s JOIN booking.specialty p ON p.id = s.specialty_id';

export interface SessionQuery {
  readonly facility: string;
  readonly from: string;
  readonly until: string;
  readonly specialty?: string | undefined;
  readonly doctor?: string | undefined;
  readonly room?: string | undefined;
}

/** Open sessions of the days asked for, with what is taken in each at `now`. */
export async function findSessions(db: Queryable, query: SessionQuery, now: number): Promise<StoredSession[]> {
  const { facility, from, until, specialty, doctor, room } = query;
  const { rows } = await db.query<Row>({
    name: `booking.find-sessions-${doctor !== undefined ? 'd' : room !== undefined ? 'r' : specialty !== undefined ? 's' : 'f'}`,
    text: `SELECT ${columns}, ${taken} FROM ${source} WHERE s.facility = $2 AND s.day BETWEEN $3 AND $4 AND s.state = 'open' AND p.active
      AND ${doctor !== undefined ? 's.doctor_id = $6' : '$6::text IS NULL'} AND ${room !== undefined ? 's.room_id = $7' : '$7::text IS NULL'}
      AND ($5::text IS NULL OR s.specialty_id = $5) ORDER BY lower(s.during), s.room_id`,
    values: [new Date(now), facility, from, until, specialty ?? null, doctor ?? null, room ?? null],
  });
  return rows.map(sessionOf);
}

/** One session with what is taken; with `lock`, nobody else takes or frees a seat of it until the transaction ends. */
export async function loadSession(db: Queryable, id: string, now: number, lock = false): Promise<StoredSession | undefined> {
  // Locked first, in a statement of its own: a snapshot taken before the wait would not show what the one before has claimed.
  if (lock) await db.query({ name: 'booking.lock-session', text: 'SELECT 1 FROM booking.session WHERE id = $1 FOR NO KEY UPDATE', values: [id] });
  const { rows } = await db.query<Row>({ name: 'booking.load-session', text: `SELECT ${columns}, ${taken} FROM ${source} WHERE s.id = $2`, values: [new Date(now), id] });
  return rows[0] === undefined ? undefined : sessionOf(rows[0]);
}

function sessionOf(row: Row): StoredSession {
  const seats = (row.taken ?? []).map(([lane, from, until, pool]) => ({ lane, from: Number(from), until: Number(until), pool }));
  return { ...row, from: row.from.getTime(), until: row.until.getTime(), taken: seats };
}

export interface NewClaim {
  readonly id: string;
  readonly sessionId: string;
  readonly lane: number;
  readonly from: number;
  readonly until: number;
  readonly pool: string;
  readonly channel: string;
  readonly visitType: string;
  readonly holder: string;
  readonly tokenHash: Buffer;
  readonly heldUntil: number;
}

/** Removes holds of the session that have ended: to the constraint they would still be there. */
export async function removeEnded(db: Queryable, sessionId: string, now: number): Promise<void> {
  await db.query({ name: 'booking.remove-ended-holds', text: `DELETE FROM booking.claim WHERE session_id = $1 AND state = 'held' AND held_until <= $2`, values: [sessionId, new Date(now)] });
}

export async function insertHold(db: Queryable, claim: NewClaim): Promise<void> {
  await db.query({
    name: 'booking.insert-hold',
    text: `INSERT INTO booking.claim (id, session_id, lane, during, state, pool, channel, visit_type, holder, token_hash, held_until)
      VALUES ($1, $2, $3, tstzrange($4, $5), 'held', $6, $7, $8, $9, $10, $11)`,
    values: [claim.id, claim.sessionId, claim.lane, new Date(claim.from), new Date(claim.until), claim.pool, claim.channel, claim.visitType, claim.holder, claim.tokenHash, new Date(claim.heldUntil)],
  });
}

export interface StoredClaim {
  readonly id: string;
  readonly sessionId: string;
  readonly lane: number;
  readonly from: Date;
  readonly until: Date;
  readonly state: 'held' | 'booked' | 'freed';
  readonly channel: string;
  readonly visitType: string;
  readonly holder: string;
  readonly isOpen: boolean;
  readonly facility: string;
  readonly heldUntil: Date | null;
  readonly appointmentId: string | null;
}

const claimColumns = `c.id, c.session_id AS "sessionId", c.lane, lower(c.during) AS "from", upper(c.during) AS until, c.state, c.channel, c.visit_type AS "visitType", c.holder,
  s.state = 'open' AS "isOpen", s.facility, c.held_until AS "heldUntil", c.appointment_id AS "appointmentId"`;

/** Locks the claim, and its session against being closed meanwhile: whoever closes one locks it FOR UPDATE. Read after the wait, for the session may have been closed or split. */
export async function lockClaim(db: Queryable, tokenHash: Buffer): Promise<StoredClaim | undefined> {
  const lock = 'SELECT 1 FROM booking.session s WHERE s.id = (SELECT session_id FROM booking.claim WHERE token_hash = $1) FOR KEY SHARE OF s';
  await db.query({ name: 'booking.lock-session-of-claim', text: lock, values: [tokenHash] });
  const text = `SELECT ${claimColumns} FROM booking.claim c JOIN booking.session s ON s.id = c.session_id WHERE c.token_hash = $1 FOR UPDATE OF c`;
  return (await db.query<StoredClaim>({ name: 'booking.lock-claim', text, values: [tokenHash] })).rows[0];
}

/** Holds of one holder are counted one after the other, on whatever sessions they are. */
export async function lockHolder(db: Queryable, holder: string): Promise<void> {
  await db.query({ name: 'booking.lock-holder', text: `SELECT pg_advisory_xact_lock(hashtextextended('booking.holder ' || $1, 0))`, values: [holder] });
}

export async function countHolds(db: Queryable, holder: string, now: number): Promise<number> {
  const text = `SELECT count(*)::int AS held FROM booking.claim WHERE holder = $1 AND state = 'held' AND held_until > $2`;
  return (await db.query<{ held: number }>({ name: 'booking.count-holds', text, values: [holder, new Date(now)] })).rows[0]!.held;
}

export async function removeHold(db: Queryable, tokenHash: Buffer): Promise<string | undefined> {
  const text = `DELETE FROM booking.claim WHERE token_hash = $1 AND state = 'held' RETURNING session_id AS "sessionId"`;
  return (await db.query<{ sessionId: string }>({ name: 'booking.remove-hold', text, values: [tokenHash] })).rows[0]?.sessionId;
}

export async function keepClaim(db: Queryable, claimId: string, patientId: string, appointmentId: string): Promise<void> {
  const text = `UPDATE booking.claim SET state = 'booked', held_until = NULL, patient_id = $2, appointment_id = $3 WHERE id = $1`;
  await db.query({ name: 'booking.keep-claim', text, values: [claimId, patientId, appointmentId] });
}

/** How often an appointment has left a seat. */
export async function countFreed(db: Queryable, appointmentId: string): Promise<number> {
  const text = `SELECT count(*)::int AS freed FROM booking.claim WHERE appointment_id = $1 AND state = 'freed'`;
  return (await db.query<{ freed: number }>({ name: 'booking.count-freed', text, values: [appointmentId] })).rows[0]!.freed;
}

/** Frees the seat of an appointment; gives its session. */
export async function freeSeat(db: Queryable, appointmentId: string): Promise<string | undefined> {
  const text = `UPDATE booking.claim SET state = 'freed' WHERE appointment_id = $1 AND state = 'booked' RETURNING session_id AS "sessionId"`;
  return (await db.query<{ sessionId: string }>({ name: 'booking.free-seat', text, values: [appointmentId] })).rows[0]?.sessionId;
}

/** Gives somebody who came after all their seat back, where nobody has it now. The session is locked. */
export async function takeSeatBack(db: Queryable, appointmentId: string): Promise<boolean> {
  const { rowCount } = await db.query({
    name: 'booking.take-seat-back',
    text: `UPDATE booking.claim c SET state = 'booked' FROM booking.appointment a WHERE a.id = $1 AND c.appointment_id = a.id AND c.session_id = a.session_id AND c.during = a.during AND c.state = 'freed'
      AND c.id = (SELECT o.id FROM booking.claim o WHERE o.appointment_id = a.id AND o.session_id = a.session_id AND o.during = a.during ORDER BY o.id LIMIT 1)
      AND NOT EXISTS (SELECT 1 FROM booking.claim o WHERE o.session_id = c.session_id AND o.lane = c.lane AND o.during && c.during AND o.state IN ('held', 'booked') AND o.id <> c.id)
      AND NOT EXISTS (SELECT 1 FROM booking.claim o WHERE o.patient_id = c.patient_id AND o.during && c.during AND o.state = 'booked' AND o.appointment_id IS NOT NULL AND o.id <> c.id)`,
    values: [appointmentId],
  });
  return rowCount === 1;
}

/** A seat of somebody who is here already: whether they have another appointment then is for the desk to see, not to forbid. */
export async function insertWalkIn(db: Queryable, seat: Omit<NewClaim, 'tokenHash' | 'heldUntil' | 'channel'> & { readonly patientId: string }): Promise<void> {
  await db.query({
    name: 'booking.insert-walk-in',
    text: `INSERT INTO booking.claim (id, session_id, lane, during, state, pool, channel, visit_type, holder, patient_id)
      VALUES ($1, $2, $3, tstzrange($4, $5), 'booked', $6, 'walk-in', $7, $8, $9)`,
    values: [seat.id, seat.sessionId, seat.lane, new Date(seat.from), new Date(seat.until), seat.pool, seat.visitType, seat.holder, seat.patientId],
  });
}
