// What is free: computed from sessions and claims; nothing is stored for a free seat.
import type { BookingDay, BookingDoctor, BookingSpecialty, BookingStart, VisitType } from '@sen/contracts';
import type { Work } from '../../../platform/work.ts';
import { facilityName, facilityPhone } from '../appointments/show-appointments.ts';
import { holidaysOf } from '../schedule/find-holidays.ts';
import { accessOf } from '../../security/index.ts';
import { sayWhereToLook } from '../refusals.ts';
import { bookerOf } from './channel-of.ts';
import { findFacility } from './find-facility.ts';
import { findMinutes, type AskedVisit } from './find-minutes.ts';
import { addDays, localDay } from './local-time.ts';
import { startsOf, type Start } from './seat-rules.ts';
import { findSessions, type SessionQuery, type StoredSession } from './seat-store.ts';
import { visitTypesOn } from './visit-type-store.ts';

export interface Where {
  readonly facility?: string | undefined;
  readonly specialty?: string | undefined;
  readonly doctor?: string | undefined;
  readonly room?: string | undefined;
  readonly visitType?: string | undefined;
}

/** The starts of a day in order of time, taken ones too. */
export async function findStarts(work: Work, where: Where & { date: string; only?: 'free' | undefined }): Promise<BookingStart[]> {
  checkWhere(work, where);
  const found = await startsBySession(work, where, where.date, where.date);
  return found
    .flatMap(([session, starts]) => starts.map((start) => shown(session, start)))
    .filter(({ free }) => where.only === undefined || free)
    .sort((one, other) => one.start.localeCompare(other.start) || Number(other.free) - Number(one.free) || one.room.name.localeCompare(other.room.name));
}

/** How many starts are free on each day. */
export async function countDays(work: Work, where: Where & { from?: string | undefined; days?: number | undefined }): Promise<BookingDay[]> {
  checkWhere(work, where);
  const from = where.from ?? localDay(work.now);
  const until = addDays(from, (where.days ?? 14) - 1);
  const facility = await findFacility(work, where.facility);
  const days = new Map<string, { free: number; sessions: number }>();
  for (const [{ day }, starts] of await startsBySession(work, where, from, until)) {
    const sum = days.get(day) ?? { free: 0, sessions: 0 };
    days.set(day, { free: sum.free + starts.filter(({ lane }) => lane !== undefined).length, sessions: sum.sessions + 1 });
  }
  const holidays = await holidaysOf(work.db, facility, from, until);
  return Array.from({ length: where.days ?? 14 }, (_, i) => dayOf(addDays(from, i), days, holidays));
}

/** A whole hospital at once is not for strangers: each question costs as much as thirty of what a person asks. */
function checkWhere(work: Work, { specialty, doctor, room }: Where): void {
  const access = accessOf(work.actor);
  const isStranger = bookerOf(work.actor, (permission) => access.permits(permission)) === undefined;
  if (isStranger && specialty === undefined && doctor === undefined && room === undefined) throw sayWhereToLook();
}

function dayOf(date: string, days: ReadonlyMap<string, { free: number; sessions: number }>, holidays: ReadonlyMap<string, string>): BookingDay {
  const [sum, note] = [days.get(date), holidays.get(date)];
  if (sum !== undefined) return { date, state: sum.free > 0 ? 'free' : 'full', free: sum.free };
  return { date, state: note === undefined ? 'closed' : 'holiday', free: 0, ...(note !== undefined && { note }) };
}

/** The specialties with their first free start, and the kinds of visit. */
export async function listSpecialties(work: Work, asked?: string): Promise<{ facility: string; facilityName: string; phone?: string; specialties: BookingSpecialty[]; visitTypes: VisitType[] }> {
  const facility = await findFacility(work, asked);
  const today = localDay(work.now);
  const { rows } = await work.db.query<{ id: string; name: string; plain: string | null; doctors: number }>({
    name: 'booking.specialties',
    text: `SELECT p.id, p.name, CASE WHEN $2 = 'vi' THEN plain_vi ELSE plain_en END AS plain,
      (SELECT count(DISTINCT s.doctor_id)::int FROM booking.session s WHERE s.specialty_id = p.id AND s.day BETWEEN $3::date AND $3::date + 30 AND s.state = 'open') AS doctors
      FROM booking.specialty p WHERE p.facility = $1 AND p.active ORDER BY p.name`,
    values: [facility, work.language, today],
  });
  const first = firstFree(await startsBySession(work, { facility }, today, addDays(today, 6)), ({ specialtyId }) => specialtyId);
  const specialties = rows.map(({ plain, ...one }) => ({ ...one, ...(plain !== null && { plain }), ...(first.has(one.id) && { nextFree: new Date(first.get(one.id)!).toISOString() }) }));
  const visitTypes = (await visitTypesOn(work.db, today)).map((type) => ({ code: type.code, name: work.language === 'vi' ? type.nameVi : type.nameEn, minutes: type.minutes }));
  const phone = await facilityPhone(work, facility);
  return { facility, facilityName: await facilityName(work, facility), ...(phone !== undefined && { phone }), specialties, visitTypes };
}

/** The doctors of a specialty, the soonest free first. */
export async function listDoctors(work: Work, where: Where): Promise<BookingDoctor[]> {
  const today = localDay(work.now);
  const found = await startsBySession(work, where, today, addDays(today, 13));
  const first = firstFree(found, ({ doctorId }) => doctorId ?? undefined);
  const doctors = new Map<string, { id: string; name: string; specialties: { id: string; name: string }[]; days: string[] }>();
  for (const [{ doctorId, doctorName, specialtyId, specialtyName, day }] of found) {
    if (doctorId === null) continue;
    const one = doctors.get(doctorId) ?? { id: doctorId, name: doctorName ?? doctorId, specialties: [], days: [] };
    if (!one.specialties.some(({ id }) => id === specialtyId)) one.specialties.push({ id: specialtyId, name: specialtyName });
    if (!one.days.includes(day)) one.days.push(day);
    doctors.set(doctorId, one);
  }
  return [...doctors.values()]
    .map((one) => ({ ...one, ...(first.has(one.id) && { nextFree: new Date(first.get(one.id)!).toISOString() }) }))
    .sort((one, other) => (first.get(one.id) ?? Infinity) - (first.get(other.id) ?? Infinity) || one.name.localeCompare(other.name, 'vi'));
}

async function startsBySession(work: Work, where: Where, from: string, until: string): Promise<(readonly [StoredSession, Start[]])[]> {
  const facility = await findFacility(work, where.facility);
  const query: SessionQuery = { facility, from, until, specialty: where.specialty, doctor: where.doctor, room: where.room };
  const sessions = await findSessions(work.db, query, work.now);
  const access = accessOf(work.actor);
  const channel = bookerOf(work.actor, (permission) => access.permits(permission))?.channel ?? 'web';
  const minutes = new Map<string | null, AskedVisit>();
  for (const doctor of new Set(sessions.map(({ doctorId }) => doctorId))) minutes.set(doctor, await findMinutes(work, where.visitType, doctor));
  return sessions.map((session) => {
    const asked = minutes.get(session.doctorId)!;
    return [session, startsOf(session, { channel, visitType: asked.code, minutes: asked.minutes, now: work.now })];
  });
}

function firstFree(found: readonly (readonly [StoredSession, Start[]])[], keyOf: (session: StoredSession) => string | undefined): Map<string, number> {
  const first = new Map<string, number>();
  for (const [session, starts] of found) {
    const key = keyOf(session);
    const free = starts.find(({ lane }) => lane !== undefined)?.at;
    if (key !== undefined && free !== undefined) first.set(key, Math.min(free, first.get(key) ?? Infinity));
  }
  return first;
}

function shown(session: StoredSession, { at, minutes, lane }: Start): BookingStart {
  const { doctorId, doctorName } = session;
  return {
    start: new Date(at).toISOString(), minutes, free: lane !== undefined, session: session.id,
    ...(doctorId !== null && { doctor: { id: doctorId, name: doctorName ?? doctorId } }),
    room: { id: session.roomId, name: session.roomName }, specialty: { id: session.specialtyId, name: session.specialtyName },
  };
}
