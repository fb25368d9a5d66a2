// Queries on sessions that were made from templates.
import type { Queryable } from '../../../platform/database.ts';
import type { NamedTemplate } from './schedule-store.ts';

export interface MadeSession {
  readonly id: string;
  readonly day: string;
  readonly from: Date;
  readonly until: Date;
  readonly doctorId: string | null;
  readonly roomId: string;
  readonly specialtyId: string;
  /** Booked, or held at the moment. */
  readonly seats: readonly { readonly lane: number; readonly from: Date; readonly until: Date }[];
}

type Row = Omit<MadeSession, 'seats'> & { taken: [number, number, number][] | null };

const epoch = (bound: string) => `(extract(epoch FROM ${bound}(c.during)) * 1000)::bigint`;

/** Locks the open sessions of a template from a day on, with their seats that are taken. */
export async function lockSessionsFrom(db: Queryable, template: string, from: string, now: number): Promise<MadeSession[]> {
  const values = [template, from];
  await db.query({ name: 'booking.lock-sessions-of-template', text: `SELECT 1 FROM booking.session WHERE template_id = $1 AND day >= $2 AND state = 'open' ORDER BY day FOR UPDATE`, values });
  const { rows } = await db.query<Row>({
    name: 'booking.sessions-of-template',
    text: `SELECT s.id, s.day::text AS day, lower(s.during) AS "from", upper(s.during) AS until, s.doctor_id AS "doctorId", s.room_id AS "roomId", s.specialty_id AS "specialtyId",
      (SELECT json_agg(json_build_array(c.lane, ${epoch('lower')}, ${epoch('upper')})) FROM booking.claim c WHERE c.session_id = s.id AND (c.state = 'booked' OR c.state = 'held' AND c.held_until > $3)) AS taken
      FROM booking.session s WHERE s.template_id = $1 AND s.day >= $2 AND s.state = 'open' ORDER BY s.day`,
    values: [...values, new Date(now)],
  });
  return rows.map(({ taken, ...row }) => ({ ...row, seats: (taken ?? []).map(([lane, from, until]) => ({ lane, from: new Date(Number(from)), until: new Date(Number(until)) })) }));
}

/** Puts a session under another template, with its place, doctor, times and rules. */
export async function storeSession(db: Queryable, id: string, to: NamedTemplate, from: Date, until: Date): Promise<void> {
  await db.query({
    name: 'booking.store-session',
    text: `UPDATE booking.session SET template_id = $2, doctor_id = $3, doctor_name = $4, room_id = $5, room_name = $6, specialty_id = $7, during = tstzrange($8, $9), step_minutes = $10, lanes = $11,
      visit_types = $12, seats = $13::jsonb WHERE id = $1`,
    values: [id, to.id, to.doctor ?? null, to.doctorName, to.room, to.roomName, to.specialty, from, until, to.stepMinutes, to.lanes, to.visitTypes, JSON.stringify(to.seats)],
  });
}

/** Opens again what was closed for a day off: where the template still holds, and the doctor is neither away nor elsewhere. Gives how many. */
export async function openSessionsOn(db: Queryable, facility: string, day: string): Promise<number> {
  const { rowCount } = await db.query({
    name: 'booking.open-sessions-on',
    text: `UPDATE booking.session s SET state = 'open' FROM booking.template t WHERE t.id = s.template_id AND s.facility = $1 AND s.day = $2 AND s.state = 'closed'
      AND t.valid_from <= s.day AND (t.valid_until IS NULL OR t.valid_until >= s.day)
      AND NOT EXISTS (SELECT 1 FROM booking.leave l WHERE l.doctor_id = s.doctor_id AND l.during && s.during)
      AND NOT EXISTS (SELECT 1 FROM booking.session o WHERE o.doctor_id = s.doctor_id AND o.state = 'open' AND o.during && s.during)`,
    values: [facility, day],
  });
  return rowCount;
}

/** Closes the sessions of a day in which nobody is booked. Gives how many, and how many stay for who has booked. */
export async function closeSessionsOn(db: Queryable, facility: string, day: string, now: number): Promise<{ withdrawn: number; keptForBooked: number }> {
  const { rows } = await db.query<{ withdrawn: number; keptForBooked: number }>({
    name: 'booking.close-sessions-on',
    text: `WITH held AS (SELECT s.id FROM booking.session s WHERE s.facility = $1 AND s.day = $2 AND s.state = 'open' FOR UPDATE),
      closed AS (UPDATE booking.session s SET state = 'closed' FROM held WHERE s.id = held.id AND NOT EXISTS (SELECT 1 FROM booking.claim c
        WHERE c.session_id = s.id AND (c.state = 'booked' OR c.state = 'held' AND c.held_until > $3)) RETURNING s.id)
      SELECT (SELECT count(*)::int FROM closed) AS withdrawn, (SELECT count(*)::int FROM held) - (SELECT count(*)::int FROM closed) AS "keptForBooked"`,
    values: [facility, day, new Date(now)],
  });
  return rows[0]!;
}

export async function lockOpenOn(db: Queryable, facility: string, day: string): Promise<string[]> {
  const text = `SELECT id FROM booking.session WHERE facility = $1 AND day = $2 AND state = 'open' ORDER BY lower(during), id FOR UPDATE`;
  return (await db.query<{ id: string }>({ name: 'booking.lock-open-on', text, values: [facility, day] })).rows.map(({ id }) => id);
}
