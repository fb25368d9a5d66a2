// Queries on templates, sessions as schedules see them, holidays and leave.
import type { SeatRule, SessionView, StoredTemplate, WeeklyTemplate } from '@sen/contracts';
import type { Queryable } from '../../../platform/database.ts';
import { keptAt } from '../seats/seat-rules.ts';
import { minuteOf } from './schedule-findings.ts';

const clock = (minute: string) => `to_char(make_interval(mins => ${minute}), 'HH24:MI')`;
const template = `SELECT t.id, t.doctor_id AS doctor, t.doctor_name AS "doctorName", t.room_id AS room, t.room_name AS "roomName", t.specialty_id AS specialty, p.name AS "specialtyName",
  t.weekday, ${clock('t.from_minute')} AS "from", ${clock('t.until_minute')} AS until, t.step_minutes AS "stepMinutes", t.lanes, t.visit_types AS "visitTypes", t.seats,
  t.valid_from::text AS "validFrom", t.valid_until::text AS "validUntil" FROM booking.template t JOIN booking.specialty p ON p.id = t.specialty_id`;

type Nullable<T> = { [K in keyof T]: T[K] | null };

export async function templatesOn(db: Queryable, facility: string, on: string, by: { specialty?: string | undefined; doctor?: string | undefined; room?: string | undefined }): Promise<StoredTemplate[]> {
  const { rows } = await db.query<Nullable<StoredTemplate>>({
    name: 'booking.templates-on',
    text: `${template} WHERE t.facility = $1 AND (t.valid_until IS NULL OR t.valid_until >= greatest($2, t.valid_from)) AND ($3::text IS NULL OR t.specialty_id = $3) AND ($4::text IS NULL OR t.doctor_id = $4)
      AND ($5::text IS NULL OR t.room_id = $5) ORDER BY p.name, t.room_name, t.weekday, t.from_minute`,
    values: [facility, on, by.specialty ?? null, by.doctor ?? null, by.room ?? null],
  });
  return rows.map(present);
}

export async function loadTemplate(db: Queryable, facility: string, id: string): Promise<StoredTemplate | undefined> {
  const { rows } = await db.query<Nullable<StoredTemplate>>({ name: 'booking.load-template', text: `${template} WHERE t.facility = $1 AND t.id = $2`, values: [facility, id] });
  return rows[0] === undefined ? undefined : present(rows[0]);
}

/** A column without a value is an element that is not there. */
function present<T extends object>(row: Nullable<T>): T {
  return Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null)) as T;
}

export interface NamedTemplate extends WeeklyTemplate {
  readonly id: string;
  readonly facility: string;
  readonly doctorName: string | null;
  readonly roomName: string;
}

export async function insertTemplate(db: Queryable, one: NamedTemplate): Promise<void> {
  await db.query({
    name: 'booking.insert-template',
    text: `INSERT INTO booking.template (id, facility, doctor_id, doctor_name, room_id, room_name, specialty_id, weekday, from_minute, until_minute, step_minutes, lanes, visit_types, seats, valid_from, valid_until)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14::jsonb, $15, $16)`,
    values: [
      one.id, one.facility, one.doctor ?? null, one.doctorName, one.room, one.roomName, one.specialty, one.weekday, minuteOf(one.from), minuteOf(one.until), one.stepMinutes, one.lanes,
      one.visitTypes, JSON.stringify(one.seats), one.validFrom, one.validUntil ?? null,
    ],
  });
}

export async function endTemplate(db: Queryable, id: string, lastDay: string): Promise<void> {
  const text = `UPDATE booking.template SET valid_until = least($2::date, coalesce(valid_until, $2::date)) WHERE id = $1`;
  await db.query({ name: 'booking.end-template', text, values: [id, lastDay] });
}

export async function specialtyNames(db: Queryable, facility: string): Promise<{ id: string; name: string }[]> {
  return (await db.query<{ id: string; name: string }>({ name: 'booking.specialty-names', text: 'SELECT id, name FROM booking.specialty WHERE facility = $1 AND active ORDER BY name', values: [facility] })).rows;
}

export interface NewSession {
  readonly id: string;
  readonly facility: string;
  readonly date: string;
  readonly from: Date;
  readonly until: Date;
  readonly doctor: { readonly id: string; readonly name: string } | undefined;
  readonly room: { readonly id: string; readonly name: string };
  readonly specialty: string;
  readonly stepMinutes: number;
  readonly lanes: number;
  readonly visitTypes: readonly string[];
  readonly seats: readonly SeatRule[];
}

export async function insertSession(db: Queryable, one: NewSession): Promise<void> {
  await db.query({
    name: 'booking.insert-session',
    text: `INSERT INTO booking.session (id, facility, day, doctor_id, doctor_name, room_id, room_name, specialty_id, during, step_minutes, lanes, visit_types, seats)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, tstzrange($9, $10), $11, $12, $13, $14::jsonb)`,
    values: [
      one.id, one.facility, one.date, one.doctor?.id ?? null, one.doctor?.name ?? null, one.room.id, one.room.name, one.specialty, one.from, one.until, one.stepMinutes, one.lanes, one.visitTypes,
      JSON.stringify(one.seats),
    ],
  });
}

export async function sessionViews(db: Queryable, facility: string, from: string, until: string, by: { specialty?: string | undefined; doctor?: string | undefined; room?: string | undefined }, now: number): Promise<SessionView[]> {
  type Row = { id: string; date: string; from: Date; until: Date; stepMinutes: number; lanes: number; doctorId: string | null; doctorName: string | null; roomId: string; roomName: string; specialtyId: string; specialtyName: string; state: 'open' | 'closed'; booked: number; held: number; seats: SeatRule[]; taken: Record<string, number> | null };
  const steps = (state: string) => `coalesce((SELECT sum(extract(epoch FROM upper(c.during) - lower(c.during)) / 60 / s.step_minutes) FROM booking.claim c WHERE c.session_id = s.id AND ${state}), 0)::int`;
  const { rows } = await db.query<Row>({
    name: 'booking.session-views',
    text: `SELECT s.id, s.day::text AS date, lower(s.during) AS "from", upper(s.during) AS until, s.step_minutes AS "stepMinutes", s.lanes, s.doctor_id AS "doctorId", s.doctor_name AS "doctorName",
      s.room_id AS "roomId", s.room_name AS "roomName", s.specialty_id AS "specialtyId", p.name AS "specialtyName", s.state, s.seats,
      (SELECT json_object_agg(pool, steps) FROM (SELECT c.pool, sum(extract(epoch FROM upper(c.during) - lower(c.during)) / 60 / s.step_minutes)::int AS steps FROM booking.claim c
        WHERE c.session_id = s.id AND (c.state = 'booked' OR c.state = 'held' AND c.held_until > $7) GROUP BY c.pool) taken) AS taken,
      ${steps("c.state = 'booked'")} AS booked, ${steps("c.state = 'held' AND c.held_until > $7")} AS held
      FROM booking.session s JOIN booking.specialty p ON p.id = s.specialty_id WHERE s.facility = $1 AND s.day BETWEEN $2 AND $3 AND ($4::text IS NULL OR s.specialty_id = $4)
      AND ($5::text IS NULL OR s.doctor_id = $5) AND ($6::text IS NULL OR s.room_id = $6) ORDER BY s.day, p.name, s.room_name, lower(s.during)`,
    values: [facility, from, until, by.specialty ?? null, by.doctor ?? null, by.room ?? null, new Date(now)],
  });
  return rows.map(({ doctorId, doctorName, roomId, roomName, specialtyId, specialtyName, seats: rules, taken, ...row }) => {
    const seats = Math.floor((row.until.getTime() - row.from.getTime()) / 60_000 / row.stepMinutes) * row.lanes;
    return {
      ...row, from: row.from.toISOString(), until: row.until.toISOString(), ...(doctorId !== null && { doctor: { id: doctorId, name: doctorName ?? doctorId } }),
      room: { id: roomId, name: roomName }, specialty: { id: specialtyId, name: specialtyName }, seats, free: Math.max(0, seats - row.booked - row.held), pools: poolsOf(rules, taken ?? {}, row.from.getTime(), now),
    };
  });
}

function poolsOf(rules: readonly SeatRule[], taken: Readonly<Record<string, number>>, from: number, now: number): SessionView['pools'] {
  const pools = new Set([...rules.map(({ pool }) => pool), ...Object.keys(taken)]);
  return [...pools].map((pool) => {
    const rule = rules.find((one) => one.pool === pool);
    const opensAt = rule === undefined || rule.kept === 0 ? undefined : from - rule.openHoursBefore * 3_600_000;
    const keptNow = rule === undefined ? 0 : keptAt({ seats: rules, from }, pool, now);
    return { pool, taken: taken[pool] ?? 0, kept: rule?.kept ?? 0, keptNow, ...(opensAt !== undefined && { opensAt: new Date(opensAt).toISOString() }), ...(rule?.most !== undefined && { most: rule.most }) };
  });
}
