// Weekly templates, single sessions, days off and kinds of visit: each change is from a day on, and reaches the sessions already made.
import { randomUUID } from 'node:crypto';
import type { BodyOf, Holiday, ResponseOf, ScheduleEffect, SessionView, WeeklyTemplate, addSession as addSessionContract, listSchedules as listContract, setVisitType as visitTypeContract } from '@sen/contracts';
import { Refusal } from '../../../platform/refusal.ts';
import type { Work } from '../../../platform/work.ts';
import { findDoctor, findRoom } from '../../encounters/index.ts';
import { findFacility } from '../seats/find-facility.ts';
import { addDays, instantOf, localDay } from '../seats/local-time.ts';
import { lawHolidays } from './law-holidays.ts';
import { planSessions } from './plan-sessions.ts';
import { closeSessions, endTemplate, insertTemplate, loadTemplate, minuteOf, sessionViews, templatesOn } from './schedule-store.ts';

/** Templates in force on a day or coming, and what can be chosen in a new one. */
export async function listSchedules(work: Work, by: { on?: string; specialty?: string; doctor?: string; room?: string }): Promise<ResponseOf<typeof listContract>> {
  const facility = await findFacility(work);
  const templates = await templatesOn(work.db, facility, by.on ?? localDay(work.now), by);
  const specialties = (await work.db.query<{ id: string; name: string }>({ name: 'booking.specialty-names', text: 'SELECT id, name FROM booking.specialty WHERE facility = $1 AND active ORDER BY name', values: [facility] })).rows;
  const all = await templatesOn(work.db, facility, '2000-01-01', {});
  const named = (list: readonly (readonly [string | undefined, string | undefined])[]) => [...new Map(list.flatMap(([id, name]) => (id === undefined ? [] : [[id, { id, name: name ?? id }] as const]))).values()];
  return { templates, specialties, doctors: named(all.map((one) => [one.doctor, one.doctorName])), rooms: named(all.map((one) => [one.room, one.roomName])) };
}

export async function addSchedule(work: Work, template: WeeklyTemplate): Promise<{ id: string; effect: ScheduleEffect }> {
  return work.transact(async (inner) => {
    const [facility, id] = [await findFacility(inner), randomUUID()];
    await insertTemplate(inner.db, await named(inner, facility, id, template));
    return { id, effect: { made: await planSessions(inner, facility), changed: 0, withdrawn: 0, keptForBooked: 0 } };
  });
}

/** From its first day on, the new template stands in place of the old one. */
export async function changeSchedule(work: Work, id: string, template: WeeklyTemplate): Promise<{ id: string; effect: ScheduleEffect }> {
  return work.transact(async (inner) => {
    const closed = await endSchedule(inner, id, addDays(template.validFrom, -1));
    const added = await addSchedule(inner, template);
    return { id: added.id, effect: { ...closed, made: added.effect.made } };
  });
}

export async function endSchedule(work: Work, id: string, lastDay: string): Promise<ScheduleEffect> {
  return work.transact(async (inner) => {
    const facility = await findFacility(inner);
    if ((await loadTemplate(inner.db, facility, id)) === undefined) throw noSuchSchedule();
    await endTemplate(inner.db, id, lastDay);
    return { made: 0, changed: 0, ...(await closeSessions(inner.db, { template: id, after: lastDay }, inner.now)) };
  });
}

async function named(work: Work, facility: string, id: string, template: WeeklyTemplate) {
  if (minuteOf(template.until) <= minuteOf(template.from)) throw endsBeforeItBegins();
  const room = await findRoom(work, template.room);
  const doctor = template.doctor === undefined ? undefined : await findDoctor(work, template.doctor);
  return { ...template, id, facility, doctorName: doctor?.name ?? null, roomName: room.name };
}

export async function listSessions(work: Work, { from, days = 1, ...by }: { from: string; days?: number; doctor?: string; specialty?: string; room?: string }): Promise<SessionView[]> {
  return sessionViews(work.db, await findFacility(work), from, addDays(from, days - 1), by, work.now);
}

/** Adds one session outside the weekly templates. Refuses with `booking.doctor-is-elsewhere`. */
export async function addSession(work: Work, input: BodyOf<typeof addSessionContract>): Promise<SessionView> {
  const { date, from, until, ...rest } = input;
  const template = await named(work, await findFacility(work), randomUUID(), { ...rest, from, until, weekday: 1, validFrom: date });
  try {
    await work.db.query({
      name: 'booking.insert-session',
      text: `INSERT INTO booking.session (id, facility, day, doctor_id, doctor_name, room_id, room_name, specialty_id, during, step_minutes, lanes, visit_types, seats)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, tstzrange($9, $10), $11, $12, $13, $14::jsonb)`,
      values: [
        template.id, template.facility, date, template.doctor ?? null, template.doctorName, template.room, template.roomName, template.specialty,
        new Date(instantOf(date, minuteOf(from))), new Date(instantOf(date, minuteOf(until))), template.stepMinutes, template.lanes, template.visitTypes, JSON.stringify(template.seats),
      ],
    });
  } catch (error) {
    if (error instanceof Error && 'constraint' in error && error.constraint === 'doctor_is_in_one_place') throw doctorElsewhere();
    throw error;
  }
  return (await sessionViews(work.db, template.facility, date, date, {}, work.now)).find(({ id }) => id === template.id)!;
}

export async function listHolidays(work: Work, year: number): Promise<Holiday[]> {
  const days = new Map<string, Holiday>([...lawHolidays(year)].map(([date, name]) => [date, { date, name, origin: 'law', open: false }]));
  const { rows } = await work.db.query<{ date: string; name: string; open: boolean }>({
    name: 'booking.own-holidays', text: 'SELECT day::text AS date, name, is_open AS open FROM booking.holiday WHERE facility = $1 AND day BETWEEN $2 AND $3',
    values: [await findFacility(work), `${year}-01-01`, `${year}-12-31`],
  });
  for (const row of rows) days.set(row.date, { ...row, origin: 'hospital' });
  return [...days.values()].sort((one, other) => one.date.localeCompare(other.date));
}

export async function setHoliday(work: Work, holiday: { date: string; name: string; open: boolean }): Promise<{ holiday: Holiday; effect: ScheduleEffect; booked: number }> {
  return work.transact(async (inner) => {
    const { date, name, open } = holiday;
    const facility = await findFacility(inner);
    const text = 'INSERT INTO booking.holiday (facility, day, name, is_open) VALUES ($1, $2, $3, $4) ON CONFLICT (facility, day) DO UPDATE SET name = excluded.name, is_open = excluded.is_open';
    await inner.db.query({ name: 'booking.set-holiday', text, values: [facility, date, name, open] });
    const effect = open ? { withdrawn: 0, keptForBooked: 0, made: await planSessions(inner, facility) } : { made: 0, ...(await closeSessions(inner.db, { facility, day: date }, inner.now)) };
    const { rows } = await inner.db.query<{ booked: number }>({ name: 'booking.booked-on', text: `SELECT count(*)::int AS booked FROM booking.appointment WHERE facility = $1 AND day = $2 AND state = 'booked'`, values: [facility, date] });
    return { holiday: { ...holiday, origin: 'hospital' }, effect: { changed: 0, ...effect }, booked: rows[0]!.booked };
  });
}

export async function setVisitType(work: Work, type: BodyOf<typeof visitTypeContract> & { code: string }): Promise<{ code: string }> {
  const text = `INSERT INTO booking.visit_type (code, valid_from, name_vi, name_en, minutes) VALUES ($1, $2, $3, $4, $5)
    ON CONFLICT (code, valid_from) DO UPDATE SET name_vi = excluded.name_vi, name_en = excluded.name_en, minutes = excluded.minutes`;
  await work.db.query({ name: 'booking.set-visit-type', text, values: [type.code, type.from, type.nameVi, type.nameEn, type.minutes] });
  return { code: type.code };
}

function noSuchSchedule(): Refusal {
  return new Refusal('not-found', 'booking.no-such-schedule', { vi: 'Không có lịch tuần này.', en: 'There is no such weekly schedule.' });
}

function endsBeforeItBegins(): Refusal {
  return new Refusal('incorrect', 'booking.ends-before-it-begins', { vi: 'Giờ kết thúc phải sau giờ bắt đầu.', en: 'The end must be after the beginning.' });
}

function doctorElsewhere(): Refusal {
  return new Refusal('conflict', 'booking.doctor-is-elsewhere', { vi: 'Bác sĩ đã có buổi khám khác vào giờ này.', en: 'The doctor has another session at that time.' });
}
