// Queries on leave, and on sessions that are taken over, split or closed for it.
import type { Queryable } from '../../../platform/database.ts';

export interface NewLeave {
  readonly id: string;
  readonly facility: string;
  readonly doctor: { readonly id: string; readonly name: string };
  readonly from: number;
  readonly until: number;
  readonly replacement?: { readonly id: string; readonly name: string } | undefined;
  readonly reason?: string | undefined;
  readonly by: string;
  readonly at: number;
}

export async function insertLeave(db: Queryable, one: NewLeave): Promise<void> {
  await db.query({
    name: 'booking.insert-leave',
    text: `INSERT INTO booking.leave (id, facility, doctor_id, doctor_name, during, replacement_id, replacement_name, reason, recorded_by, recorded_at)
      VALUES ($1, $2, $3, $4, tstzrange($5, $6), $7, $8, $9, $10, $11)`,
    values: [one.id, one.facility, one.doctor.id, one.doctor.name, new Date(one.from), new Date(one.until), one.replacement?.id ?? null, one.replacement?.name ?? null, one.reason ?? null, one.by, new Date(one.at)],
  });
}

export interface AffectedSession {
  readonly id: string;
  readonly specialtyId: string;
  readonly roomId: string;
  readonly roomName: string;
  readonly from: Date;
  readonly until: Date;
  readonly stepMinutes: number;
}

/** Locks the open sessions of a doctor that meet a stretch of time. */
export async function lockSessionsOf(db: Queryable, facility: string, doctor: string, from: number, until: number): Promise<AffectedSession[]> {
  const { rows } = await db.query<AffectedSession>({
    name: 'booking.lock-sessions-of-doctor',
    text: `SELECT id, specialty_id AS "specialtyId", room_id AS "roomId", room_name AS "roomName", lower(during) AS "from", upper(during) AS until, step_minutes AS "stepMinutes" FROM booking.session
      WHERE facility = $1 AND doctor_id = $2 AND state = 'open' AND during && tstzrange($3, $4) ORDER BY lower(during) FOR UPDATE`,
    values: [facility, doctor, new Date(from), new Date(until)],
  });
  return rows;
}

/** Cuts a session in two at an instant of its grid; what is booked from there on goes with the second part, whose id it gives. */
export async function splitSession(db: Queryable, id: string, at: number): Promise<string> {
  const values = [id, new Date(at)];
  const { rows } = await db.query<{ id: string; until: Date }>({ name: 'booking.end-of-session', text: 'SELECT gen_random_uuid() AS id, upper(during) AS until FROM booking.session WHERE id = $1', values: [id] });
  const [{ id: second, until }] = rows as [{ id: string; until: Date }];
  await db.query({ name: 'booking.shorten-session', text: 'UPDATE booking.session SET during = tstzrange(lower(during), $2) WHERE id = $1', values });
  await db.query({
    name: 'booking.copy-session',
    text: `INSERT INTO booking.session (id, facility, day, doctor_id, doctor_name, room_id, room_name, specialty_id, during, step_minutes, lanes, visit_types, seats)
      SELECT $3, facility, day, doctor_id, doctor_name, room_id, room_name, specialty_id, tstzrange($2, $4), step_minutes, lanes, visit_types, seats FROM booking.session WHERE id = $1`,
    values: [...values, second, until],
  });
  for (const table of ['claim', 'appointment'] as const) {
    await db.query({ name: `booking.move-to-second-${table}`, text: `UPDATE booking.${table} SET session_id = $3 WHERE session_id = $1 AND lower(during) >= $2`, values: [...values, second] });
  }
  return second;
}

/** When a patient has other seats, from an instant on. */
export async function timesTaken(db: Queryable, patientId: string, besides: string, after: number): Promise<{ from: Date; until: Date }[]> {
  const text = `SELECT lower(during) AS "from", upper(during) AS until FROM booking.claim WHERE patient_id = $1 AND state = 'booked' AND appointment_id IS NOT NULL AND appointment_id <> $2 AND during && tstzrange($3, NULL)`;
  return (await db.query<{ from: Date; until: Date }>({ name: 'booking.times-taken', text, values: [patientId, besides, new Date(after)] })).rows;
}

/** Neither on leave nor in another session than `besides`. */
export async function isDoctorFree(db: Queryable, doctor: string, from: Date, until: Date, besides: string | null = null): Promise<boolean> {
  const text = `SELECT NOT EXISTS (SELECT 1 FROM booking.session WHERE doctor_id = $1 AND state = 'open' AND during && tstzrange($2, $3) AND ($4::uuid IS NULL OR id <> $4))
    AND NOT EXISTS (SELECT 1 FROM booking.leave WHERE doctor_id = $1 AND during && tstzrange($2, $3)) AS free`;
  return (await db.query<{ free: boolean }>({ name: 'booking.is-doctor-free', text, values: [doctor, from, until, besides] })).rows[0]!.free;
}

export async function storeDoctor(db: Queryable, session: string, doctor: { id: string; name: string }): Promise<void> {
  await db.query({ name: 'booking.store-doctor', text: 'UPDATE booking.session SET doctor_id = $2, doctor_name = $3 WHERE id = $1', values: [session, doctor.id, doctor.name] });
}

export async function closeSession(db: Queryable, session: string): Promise<void> {
  await db.query({ name: 'booking.close-session', text: `UPDATE booking.session SET state = 'closed' WHERE id = $1`, values: [session] });
}

/** A leave that is not over, locked. */
export async function lockLeave(db: Queryable, facility: string, id: string, now: number): Promise<{ doctor: string; from: Date; until: Date } | undefined> {
  const text = `SELECT doctor_id AS doctor, lower(during) AS "from", upper(during) AS until FROM booking.leave WHERE id = $1 AND facility = $2 AND upper(during) > $3 FOR UPDATE`;
  return (await db.query<{ doctor: string; from: Date; until: Date }>({ name: 'booking.lock-leave', text, values: [id, facility, new Date(now)] })).rows[0];
}

/** Ends it now; one that has not begun is an empty time. */
export async function shortenLeave(db: Queryable, id: string, now: number): Promise<void> {
  await db.query({ name: 'booking.shorten-leave', text: 'UPDATE booking.leave SET during = tstzrange(lower(during), greatest(lower(during), $2)) WHERE id = $1', values: [id, new Date(now)] });
}

/** Opens the closed sessions of a doctor within a time: those whose template still holds, on days that are not off, where the doctor is not elsewhere or away again. */
export async function openSessionsOf(db: Queryable, of: { facility: string; doctor: string; from: Date; until: Date }, now: number): Promise<string[]> {
  const { rows } = await db.query<{ id: string }>({
    name: 'booking.open-sessions-of',
    text: `UPDATE booking.session s SET state = 'open' WHERE s.facility = $1 AND s.doctor_id = $2 AND s.state = 'closed' AND s.during && tstzrange($3, $4) AND upper(s.during) > $5
      AND (s.template_id IS NULL OR EXISTS (SELECT 1 FROM booking.template t WHERE t.id = s.template_id AND t.valid_from <= s.day AND (t.valid_until IS NULL OR t.valid_until >= s.day)))
      AND NOT EXISTS (SELECT 1 FROM booking.holiday h WHERE h.facility = s.facility AND h.day = s.day AND NOT h.is_open)
      AND NOT EXISTS (SELECT 1 FROM booking.leave l WHERE l.doctor_id = s.doctor_id AND l.during && s.during AND upper(l.during) > $5)
      AND NOT EXISTS (SELECT 1 FROM booking.session o WHERE o.doctor_id = s.doctor_id AND o.state = 'open' AND o.during && s.during) RETURNING s.id`,
    values: [of.facility, of.doctor, of.from, of.until, new Date(now)],
  });
  return rows.map(({ id }) => id);
}

export async function leavesFrom(db: Queryable, facility: string, now: number) {
  const { rows } = await db.query<{ id: string; doctorId: string; doctorName: string; from: Date; until: Date; replacementId: string | null; replacementName: string | null; reason: string | null }>({
    name: 'booking.leaves',
    text: `SELECT id, doctor_id AS "doctorId", doctor_name AS "doctorName", lower(during) AS "from", upper(during) AS until, replacement_id AS "replacementId", replacement_name AS "replacementName", reason
      FROM booking.leave WHERE facility = $1 AND upper(during) > $2 ORDER BY lower(during)`,
    values: [facility, new Date(now)],
  });
  return rows.map(({ doctorId, doctorName, replacementId, replacementName, reason, from, until, id }) => ({
    id, doctor: { id: doctorId, name: doctorName }, from: from.toISOString(), until: until.toISOString(),
    ...(replacementId !== null && { replacement: { id: replacementId, name: replacementName ?? replacementId } }), ...(reason !== null && { reason }),
  }));
}
