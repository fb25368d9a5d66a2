// Sessions already made follow their template: changed in place where everybody booked keeps the time, closed where nobody is booked, else left as they are.
import type { ScheduleEffect } from '@sen/contracts';
import type { Work } from '../../../platform/work.ts';
import { bookedIn } from '../appointments/appointment-store.ts';
import { recordAppointment } from '../appointments/record-appointment.ts';
import { tellMoved, tellReplaced } from '../appointments/tell-patient.ts';
import { instantOf, localDay, weekdayOf } from '../seats/local-time.ts';
import { closeSession, isDoctorFree } from './leave-store.ts';
import { minuteOf } from './schedule-findings.ts';
import type { NamedTemplate } from './schedule-store.ts';
import { lockSessionsFrom, storeSession, type MadeSession } from './session-store.ts';

const staysListed = 30;

export interface SessionChange {
  readonly template: string;
  /** First day that is changed; today when that is over. */
  readonly from: string;
  /** What stands in place of it; absent: nothing. */
  readonly to?: NamedTemplate;
}

/** Changes the open sessions of a template from a day on. */
export async function changeSessions(work: Work, { template, from, to }: SessionChange): Promise<ScheduleEffect> {
  const effect: ScheduleEffect = { made: 0, changed: 0, withdrawn: 0, keptForBooked: 0, told: 0, stays: [] };
  const today = localDay(work.now);
  for (const session of await lockSessionsFrom(work.db, template, from < today ? today : from, work.now)) {
    if (to !== undefined && (await fits(work, session, to))) {
      effect.told += await change(work, session, to);
      effect.changed++;
    } else if (session.seats.length === 0 && session.from.getTime() > work.now) {
      await closeSession(work.db, session.id);
      effect.withdrawn++;
    } else {
      effect.keptForBooked++;
      if (effect.stays.length < staysListed) effect.stays.push({ date: session.day, from: session.from.toISOString(), until: session.until.toISOString(), booked: session.seats.length });
    }
  }
  return effect;
}

async function fits(work: Work, session: MadeSession, to: NamedTemplate): Promise<boolean> {
  const [from, until] = timesOn(session.day, to);
  const sameDay = weekdayOf(session.day) === to.weekday && session.day >= to.validFrom && (to.validUntil === undefined || session.day <= to.validUntil);
  const samePlace = session.specialtyId === to.specialty || session.seats.length === 0;
  const allFit = session.seats.every((seat) => seat.from.getTime() >= from && seat.until.getTime() <= until && seat.lane <= to.lanes);
  if (!sameDay || !samePlace || !allFit) return false;
  return to.doctor === undefined || isDoctorFree(work.db, to.doctor, new Date(from), new Date(until), session.id);
}

/** Gives how many patients were told. */
async function change(work: Work, session: MadeSession, to: NamedTemplate): Promise<number> {
  const [from, until] = timesOn(session.day, to);
  await storeSession(work.db, session.id, to, new Date(from), new Date(until));
  const [otherRoom, otherDoctor] = [session.roomId !== to.room, session.doctorId !== (to.doctor ?? null)];
  if (!otherRoom && !otherDoctor) return 0;
  const booked = await bookedIn(work.db, session.id, work.now);
  for (const one of booked) {
    const stored = await recordAppointment(work, one.id, 'U');
    await (otherRoom || to.doctor === undefined ? tellMoved(work, stored) : tellReplaced(work, stored));
  }
  return booked.length;
}

function timesOn(day: string, { from, until }: NamedTemplate): [number, number] {
  return [instantOf(day, minuteOf(from)), instantOf(day, minuteOf(until))];
}
