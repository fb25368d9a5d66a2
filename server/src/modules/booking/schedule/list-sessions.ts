import { randomUUID } from 'node:crypto';
import type { BodyOf, SessionView, addSession as addSessionContract } from '@sen/contracts';
import { Refusal } from '../../../platform/refusal.ts';
import type { Work } from '../../../platform/work.ts';
import { findDoctor, findRoom } from '../../encounters/index.ts';
import { endsBeforeItBegins } from '../refusals.ts';
import { findFacility } from '../seats/find-facility.ts';
import { addDays, instantOf } from '../seats/local-time.ts';
import { openSpecialty } from './open-specialty.ts';
import { minuteOf } from './schedule-findings.ts';
import { insertSession, sessionViews } from './schedule-store.ts';

/** Sessions of some days with how full they are. */
export async function listSessions(work: Work, { from, days = 1, ...by }: { from: string; days?: number; doctor?: string; specialty?: string; room?: string }): Promise<SessionView[]> {
  return sessionViews(work.db, await findFacility(work), from, addDays(from, days - 1), by, work.now);
}

/** Adds one session outside the weekly templates. Refuses with `booking.doctor-is-elsewhere`. */
export async function addSession(work: Work, input: BodyOf<typeof addSessionContract>): Promise<SessionView> {
  const [facility, id] = [await findFacility(work), randomUUID()];
  const [from, until] = [instantOf(input.date, minuteOf(input.from)), instantOf(input.date, minuteOf(input.until))];
  if (until <= from || until <= work.now) throw endsBeforeItBegins();
  const room = await findRoom(work, input.room);
  const doctor = input.doctor === undefined ? undefined : await findDoctor(work, input.doctor);
  try {
    await work.transact(async (inner) => {
      await openSpecialty(inner, facility, input.specialty);
      await insertSession(inner.db, { ...input, id, facility, from: new Date(from), until: new Date(until), doctor, room });
    });
  } catch (error) {
    if (error instanceof Error && 'constraint' in error && error.constraint === 'doctor_is_in_one_place') throw doctorElsewhere();
    throw error;
  }
  return (await sessionViews(work.db, facility, input.date, input.date, {}, work.now)).find((one) => one.id === id)!;
}

function doctorElsewhere(): Refusal {
  return new Refusal('conflict', 'booking.doctor-is-elsewhere', { vi: 'Bác sĩ đã có buổi khám khác vào giờ này.', en: 'The doctor has another session at that time.' });
}
