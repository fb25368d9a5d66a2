// Queries on appointments.
import type { AppointmentState, BookingChannel } from '@sen/contracts';
import type { Queryable } from '../../../platform/database.ts';

export interface StoredAppointment {
  readonly id: string;
  readonly facility: string;
  readonly patientId: string;
  readonly personName: string;
  readonly personSex: 'male' | 'female' | 'other' | 'unknown';
  readonly personBirthDate: string | null;
  readonly state: AppointmentState;
  readonly sessionId: string;
  readonly start: Date;
  readonly end: Date;
  readonly day: string;
  readonly visitType: string;
  readonly visitTypeVi: string;
  readonly visitTypeEn: string;
  readonly channel: BookingChannel;
  readonly code: string;
  readonly qr: string;
  readonly reason: string | null;
  readonly contactPhone: string | null;
  readonly bookedBy: string;
  readonly bookedAt: Date;
  readonly confirmedAt: Date | null;
  readonly visitId: string | null;
  readonly toCall: string | null;
  readonly toCallSince: Date | null;
  readonly doctorId: string | null;
  readonly doctorName: string | null;
  readonly roomId: string;
  readonly roomName: string;
  readonly specialtyId: string;
  readonly specialtyName: string;
  readonly sessionUntil: Date;
  readonly toldFrom: Date | null;
}

const select = `SELECT a.id, a.facility, a.patient_id AS "patientId", a.person_name AS "personName", a.person_sex AS "personSex", a.person_birth_date AS "personBirthDate", a.state, a.session_id AS "sessionId", lower(a.during) AS start, upper(a.during) AS "end", a.day::text AS day,
  a.visit_type AS "visitType", coalesce(v.name_vi, a.visit_type) AS "visitTypeVi", coalesce(v.name_en, a.visit_type) AS "visitTypeEn", a.channel, a.code, a.qr, a.reason,
  a.contact_phone AS "contactPhone", a.booked_by AS "bookedBy", a.booked_at AS "bookedAt", a.confirmed_at AS "confirmedAt", a.visit_id AS "visitId", a.to_call AS "toCall",
  a.to_call_since AS "toCallSince", s.doctor_id AS "doctorId", s.doctor_name AS "doctorName", s.room_id AS "roomId", s.room_name AS "roomName",
  s.specialty_id AS "specialtyId", p.name AS "specialtyName", upper(s.during) AS "sessionUntil", a.told_from AS "toldFrom"
  FROM booking.appointment a JOIN booking.session s ON s.id = a.session_id JOIN booking.specialty p ON p.id = s.specialty_id
  LEFT JOIN LATERAL (SELECT name_vi, name_en FROM booking.visit_type t WHERE t.code = a.visit_type AND t.valid_from <= a.day ORDER BY valid_from DESC LIMIT 1) v ON true`;

export async function loadAppointment(db: Queryable, id: string, lock = false): Promise<StoredAppointment | undefined> {
  if (lock) await db.query({ name: 'booking.lock-appointment', text: 'SELECT 1 FROM booking.appointment WHERE id = $1 FOR UPDATE', values: [id] });
  return (await db.query<StoredAppointment>({ name: 'booking.load-appointment', text: `${select} WHERE a.id = $1`, values: [id] })).rows[0];
}

export async function appointmentByCode(db: Queryable, by: { readonly code: string } | { readonly qr: string }): Promise<StoredAppointment | undefined> {
  const [column, value] = 'qr' in by ? ['qr', by.qr] : ['code', by.code];
  return (await db.query<StoredAppointment>({ name: `booking.appointment-by-${column}`, text: `${select} WHERE a.${column} = $1`, values: [value] })).rows[0];
}

export async function appointmentsOfPatients(db: Queryable, patientIds: readonly string[], from: string, until: string): Promise<StoredAppointment[]> {
  const text = `${select} WHERE a.patient_id = ANY ($1) AND a.day BETWEEN $2 AND $3 ORDER BY lower(a.during)`;
  return (await db.query<StoredAppointment>({ name: 'booking.appointments-of-patients', text, values: [patientIds, from, until] })).rows;
}

export async function appointmentsOfDay(db: Queryable, facility: string, day: string): Promise<StoredAppointment[]> {
  return (await db.query<StoredAppointment>({ name: 'booking.appointments-of-day', text: `${select} WHERE a.facility = $1 AND a.day = $2`, values: [facility, day] })).rows;
}

/** Those booked in a room who are to come yet. */
export async function appointmentsComing(db: Queryable, roomId: string, day: string, now: number): Promise<StoredAppointment[]> {
  const text = `${select} WHERE s.room_id = $1 AND s.day = $2 AND a.state = 'booked' AND lower(a.during) > $3 ORDER BY lower(a.during), a.id`;
  return (await db.query<StoredAppointment>({ name: 'booking.appointments-coming', text, values: [roomId, day, new Date(now)] })).rows;
}

export async function loadAppointments(db: Queryable, ids: readonly string[]): Promise<StoredAppointment[]> {
  if (ids.length === 0) return [];
  return (await db.query<StoredAppointment>({ name: 'booking.load-appointments', text: `${select} WHERE a.id = ANY ($1)`, values: [ids] })).rows;
}

export interface ChangedAppointments {
  /** Give it as `since` the next time. */
  readonly upTo: string;
  readonly changed: string[];
  /** Moved to another day. */
  readonly gone: string[];
}

/** Ids of the appointments of a day that changed since `upTo` of an earlier answer, themselves or in their session; '0' gives all. */
export async function appointmentsChanged(db: Queryable, facility: string, day: string, since: string): Promise<ChangedAppointments> {
  const text = `SELECT pg_snapshot_xmin(pg_current_snapshot())::text AS "upTo",
    ARRAY(SELECT id FROM booking.appointment WHERE facility = $1 AND day = $2 AND changed >= $3::text::xid8
      UNION SELECT a.id FROM booking.session s JOIN booking.appointment a ON a.session_id = s.id AND a.day = $2 WHERE s.facility = $1 AND s.day = $2 AND s.changed >= $3::text::xid8) AS changed,
    ARRAY(SELECT id FROM booking.appointment WHERE facility = $1 AND changed >= $3::text::xid8 AND left_days IS NOT NULL AND $2 = ANY (left_days) AND day <> $2) AS gone`;
  return (await db.query<ChangedAppointments>({ name: 'booking.appointments-changed', text, values: [facility, day, since] })).rows[0]!;
}

export async function appointmentsToCall(db: Queryable, facility: string): Promise<StoredAppointment[]> {
  const text = `${select} WHERE a.facility = $1 AND a.to_call IS NOT NULL ORDER BY lower(a.during)`;
  return (await db.query<StoredAppointment>({ name: 'booking.appointments-to-call', text, values: [facility] })).rows;
}

export async function countComing(db: Queryable, patientId: string, now: number): Promise<number> {
  const text = `SELECT count(*)::int AS coming FROM booking.appointment WHERE patient_id = $1 AND state = 'booked' AND upper(during) > $2`;
  return (await db.query<{ coming: number }>({ name: 'booking.count-coming', text, values: [patientId, new Date(now)] })).rows[0]!.coming;
}

/** What visitors have booked by a telephone: those to come, and those booked since an instant. */
export async function countBookedBy(db: Queryable, phone: string, now: number, since: number): Promise<{ coming: number; lately: number }> {
  const text = `SELECT count(*) FILTER (WHERE state = 'booked' AND upper(during) > $2)::int AS coming, count(*) FILTER (WHERE booked_at > $3)::int AS lately
    FROM booking.appointment WHERE contact_phone = $1 AND booked_by = 'visitor'`;
  return (await db.query<{ coming: number; lately: number }>({ name: 'booking.count-booked-by', text, values: [phone, new Date(now), new Date(since)] })).rows[0]!;
}

export interface NewAppointment {
  readonly id: string;
  readonly facility: string;
  readonly patientId: string;
  readonly person: { readonly name: string; readonly sex: string; readonly birthDate?: string };
  readonly sessionId: string;
  readonly from: Date;
  readonly until: Date;
  readonly day: string;
  readonly visitType: string;
  readonly channel: string;
  readonly code: string;
  readonly qr: string;
  readonly reason: string | null;
  readonly contactPhone: string | null;
  readonly bookedBy: string;
  readonly bookedAt: Date;
}

export async function insertAppointment(db: Queryable, one: NewAppointment): Promise<void> {
  await db.query({
    name: 'booking.insert-appointment',
    text: `INSERT INTO booking.appointment (id, facility, patient_id, state, session_id, during, day, visit_type, channel, code, qr, reason, contact_phone, booked_by, booked_at, person_name, person_sex,
      person_birth_date) VALUES ($1, $2, $3, 'booked', $4, tstzrange($5, $6), $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)`,
    values: [one.id, one.facility, one.patientId, one.sessionId, one.from, one.until, one.day, one.visitType, one.channel, one.code, one.qr, one.reason, one.contactPhone, one.bookedBy, one.bookedAt,
      one.person.name, one.person.sex, one.person.birthDate ?? null],
  });
}

export async function storeMoved(db: Queryable, id: string, to: { sessionId: string; from: Date; until: Date; day: string; visitType: string }): Promise<void> {
  const text = `UPDATE booking.appointment SET session_id = $2, during = tstzrange($3, $4), day = $5, visit_type = $6, confirmed_at = NULL, told_from = NULL, to_call = NULL, to_call_since = NULL WHERE id = $1`;
  await db.query({ name: 'booking.store-moved', text, values: [id, to.sessionId, to.from, to.until, to.day, to.visitType] });
}

export async function storeState(db: Queryable, id: string, state: AppointmentState, now: number, cancelReason?: string): Promise<void> {
  const text = `UPDATE booking.appointment SET state = $2, cancelled_at = CASE WHEN $2 = 'cancelled' THEN $3::timestamptz END, cancel_reason = $4, to_call = NULL, to_call_since = NULL WHERE id = $1`;
  await db.query({ name: 'booking.store-state', text, values: [id, state, new Date(now), cancelReason ?? null] });
}

export async function storeArrived(db: Queryable, id: string, visitId: string): Promise<void> {
  const text = `UPDATE booking.appointment SET state = 'arrived', visit_id = $2, to_call = NULL, to_call_since = NULL WHERE id = $1`;
  await db.query({ name: 'booking.store-arrived', text, values: [id, visitId] });
}

export async function storeConfirmed(db: Queryable, id: string, now: number): Promise<void> {
  const text = `UPDATE booking.appointment SET confirmed_at = coalesce(confirmed_at, $2) WHERE id = $1`;
  await db.query({ name: 'booking.store-confirmed', text, values: [id, new Date(now)] });
}

export async function storeCalled(db: Queryable, id: string): Promise<void> {
  await db.query({ name: 'booking.store-called', text: 'UPDATE booking.appointment SET to_call = NULL, to_call_since = NULL WHERE id = $1', values: [id] });
}

/** Those of the last week who have not come and whose session is over, or whose start is so many minutes ago. */
export async function expectedStill(db: Queryable, now: number, minutes: number): Promise<string[]> {
  const text = `SELECT a.id FROM booking.appointment a JOIN booking.session s ON s.id = a.session_id
    WHERE a.state = 'booked' AND a.day BETWEEN ($1::timestamptz - interval '7 days')::date AND ($1::timestamptz + interval '1 day')::date
    AND (upper(s.during) < $1 OR $2::int > 0 AND lower(a.during) + make_interval(mins => $2) < $1) ORDER BY a.day LIMIT 500`;
  return (await db.query<{ id: string }>({ name: 'booking.expected-still', text, values: [new Date(now), minutes] })).rows.map(({ id }) => id);
}

/** Keeps from when they are to come now that the room runs late. */
export async function storeTold(db: Queryable, ids: readonly string[], lateMinutes: number): Promise<void> {
  const text = 'UPDATE booking.appointment SET told_from = lower(during) + make_interval(mins => $2) WHERE id = ANY ($1)';
  await db.query({ name: 'booking.store-told', text, values: [ids, lateMinutes] });
}

/** What a day shows of people follows the record. */
export async function storePeople(db: Queryable, people: readonly { readonly id: string; readonly name: string; readonly sex: string; readonly birthDate?: string }[]): Promise<void> {
  await db.query({
    name: 'booking.store-people',
    text: `UPDATE booking.appointment a SET person_name = p.name, person_sex = p.sex, person_birth_date = p."birthDate"
      FROM jsonb_to_recordset($1::jsonb) AS p(id text, name text, sex text, "birthDate" text)
      WHERE a.patient_id = p.id AND (a.person_name, a.person_sex, a.person_birth_date) IS DISTINCT FROM (p.name, p.sex, p."birthDate")`,
    values: [JSON.stringify(people)],
  });
}

/** Notes that the hospital changed it and somebody must call. */
export async function storeToCall(db: Queryable, id: string, why: string, now: number): Promise<void> {
  await db.query({ name: 'booking.store-to-call', text: 'UPDATE booking.appointment SET to_call = $2, to_call_since = $3 WHERE id = $1', values: [id, why, new Date(now)] });
}

/** Booked appointments of a session that begin at an instant or later, soonest first. */
export async function bookedIn(db: Queryable, sessionId: string, from: number): Promise<StoredAppointment[]> {
  const text = `${select} WHERE a.session_id = $1 AND a.state = 'booked' AND lower(a.during) >= $2 ORDER BY lower(a.during)`;
  return (await db.query<StoredAppointment>({ name: 'booking.booked-in', text, values: [sessionId, new Date(from)] })).rows;
}

/** Moves the appointments of a patient to another and keeps which they were. Two that overlap both stay: the desk sees them. */
export async function moveToPatient(db: Queryable, mergeId: string, from: string, to: string): Promise<number> {
  const { rowCount } = await db.query({
    name: 'booking.move-to-patient',
    text: `WITH moved AS (UPDATE booking.appointment SET patient_id = $3 WHERE patient_id = $2 RETURNING id)
      INSERT INTO booking.moved_by_merge (merge_id, appointment_id) SELECT $1, id FROM moved ON CONFLICT DO NOTHING`,
    values: [mergeId, from, to],
  });
  await moveSeats(db, mergeId, to);
  return rowCount;
}

/** Gives back exactly what went with the merge, but for appointments whose resource stays with the kept record. */
export async function moveBack(db: Queryable, mergeId: string, to: string, stayed: readonly string[]): Promise<number> {
  await db.query({ name: 'booking.forget-stayed', text: 'DELETE FROM booking.moved_by_merge WHERE merge_id = $1 AND appointment_id = ANY ($2)', values: [mergeId, stayed] });
  const text = 'UPDATE booking.appointment a SET patient_id = $2 FROM booking.moved_by_merge m WHERE m.merge_id = $1 AND a.id = m.appointment_id';
  const { rowCount } = await db.query({ name: 'booking.move-back', text, values: [mergeId, to] });
  await moveSeats(db, mergeId, to);
  await db.query({ name: 'booking.forget-merge', text: 'DELETE FROM booking.moved_by_merge WHERE merge_id = $1', values: [mergeId] });
  return rowCount;
}

async function moveSeats(db: Queryable, mergeId: string, to: string): Promise<void> {
  await db.query({
    name: 'booking.move-seats',
    text: `UPDATE booking.claim c SET patient_id = $2 FROM booking.moved_by_merge m WHERE m.merge_id = $1 AND c.appointment_id = m.appointment_id
      AND NOT EXISTS (SELECT 1 FROM booking.claim o WHERE o.patient_id = $2 AND o.state = 'booked' AND o.during && c.during AND o.id <> c.id)`,
    values: [mergeId, to],
  });
}
