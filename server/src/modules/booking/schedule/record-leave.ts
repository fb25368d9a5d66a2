// A doctor is away, perhaps from this minute on: sessions are taken over or closed, patients moved or listed to call, everybody told once; all or nothing.
import { randomUUID } from 'node:crypto';
import type { BodyOf, LeaveOutcome, previewLeave as contract } from '@sen/contracts';
import { asHouse } from '../../../platform/as-house.ts';
import type { Work } from '../../../platform/work.ts';
import { findDoctor } from '../../encounters/index.ts';
import { contactsOf } from '../../identity/index.ts';
import { bookedIn, storeToCall, type StoredAppointment } from '../appointments/appointment-store.ts';
import { recordAppointment } from '../appointments/record-appointment.ts';
import { tellReplaced } from '../appointments/tell-patient.ts';
import { findFacility } from '../seats/find-facility.ts';
import { closeSession, insertLeave, isDoctorFree, lockSessionsOf, splitSession, storeDoctor, type AffectedSession } from './leave-store.ts';
import { moveToNextFree } from './move-to-next-free.ts';

type Absence = BodyOf<typeof contract>;

class Preview extends Error {
  readonly outcome: LeaveOutcome;
  constructor(outcome: LeaveOutcome) {
    super('preview');
    this.outcome = outcome;
  }
}

/** Says what a leave would do: does it, and takes it all back. */
export async function previewLeave(work: Work, absence: Absence): Promise<LeaveOutcome> {
  try {
    await work.transact(async (inner) => {
      throw new Preview(await apply(inner, absence));
    });
  } catch (error) {
    if (error instanceof Preview) return error.outcome;
    throw error;
  }
  throw new Error('a preview ends in its own error');
}

/** Records the leave and does what it asks for. */
export async function recordLeave(work: Work, absence: Absence): Promise<{ id: string } & LeaveOutcome> {
  return work.transact(async (inner) => {
    const id = randomUUID();
    return { id, ...(await apply(inner, absence, id)) };
  });
}

async function apply(work: Work, absence: Absence, id: string = randomUUID()): Promise<LeaveOutcome> {
  const [facility, doctor] = [await findFacility(work), await findDoctor(work, absence.doctor)];
  const replacement = absence.replacement === undefined ? undefined : await findDoctor(work, absence.replacement);
  const [from, until] = [Date.parse(absence.from), Date.parse(absence.until)];
  const sessions = await lockSessionsOf(work.db, facility, doctor.id, from, until);
  const outcome: LeaveOutcome = { sessions: sessions.length, booked: 0, takenOver: 0, moved: [], toCall: [] };
  const waiting: StoredAppointment[] = [];
  for (const session of sessions) {
    const part = await partWithin(work, session, from, until);
    const booked = await bookedIn(work.db, part.id, from);
    outcome.booked += booked.length;
    if (replacement !== undefined && (await isDoctorFree(work.db, replacement.id, part.from, part.until))) {
      await storeDoctor(work.db, part.id, replacement);
      for (const one of booked) await tellReplaced(work, await recordAppointment(work, one.id, 'U'));
      outcome.takenOver += booked.length;
      continue;
    }
    await closeSession(work.db, part.id);
    waiting.push(...booked);
  }
  await insertLeave(work.db, { id, facility, doctor, from, until, replacement, reason: absence.reason, by: work.actor.id, at: work.now });
  await settle(work, waiting, absence, outcome);
  return outcome;
}

/** The part of a session that lies within the leave: what was before it, or comes after it, is kept. */
async function partWithin(work: Work, session: AffectedSession, from: number, until: number): Promise<AffectedSession> {
  const stepMs = session.stepMinutes * 60_000;
  const onGrid = (instant: number) => session.from.getTime() + Math.ceil((instant - session.from.getTime()) / stepMs) * stepMs;
  let part = session;
  const [cutFrom, cutUntil] = [onGrid(from), onGrid(until)];
  if (cutFrom > part.from.getTime() && cutFrom < part.until.getTime()) part = { ...part, id: await splitSession(work.db, part.id, cutFrom), from: new Date(cutFrom) };
  if (cutUntil > part.from.getTime() && cutUntil < part.until.getTime()) {
    await splitSession(work.db, part.id, cutUntil);
    part = { ...part, until: new Date(cutUntil) };
  }
  return part;
}

async function settle(work: Work, waiting: readonly StoredAppointment[], absence: Absence, outcome: LeaveOutcome): Promise<void> {
  const left: StoredAppointment[] = [];
  for (const one of waiting) {
    const moved = absence.booked === 'move' ? await moveToNextFree(work, one) : undefined;
    if (moved === undefined) left.push(one);
    else outcome.moved.push({ appointmentId: one.id, patientName: one.personName, was: one.start.toISOString(), start: moved.start.toISOString(), ...(moved.doctorName !== null && { doctor: moved.doctorName }), room: moved.roomName });
  }
  const contacts = await contactsOf(asHouse(work), [...new Set(left.map(({ patientId }) => patientId))]);
  for (const one of left) {
    await storeToCall(work.db, one.id, 'leave', work.now);
    const phone = one.contactPhone ?? contacts.get(one.patientId)?.phones[0];
    outcome.toCall.push({ appointmentId: one.id, patientName: one.personName, was: one.start.toISOString(), ...(phone !== undefined && { phone }) });
  }
}
