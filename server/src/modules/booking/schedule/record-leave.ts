// A doctor is away, perhaps from this minute on: sessions are taken over or closed, patients moved or listed to call, everybody told once; all or nothing.
import { randomUUID } from 'node:crypto';
import type { BodyOf, LeaveOutcome, previewLeave as contract } from '@sen/contracts';
import type { Work } from '../../../platform/work.ts';
import { findDoctor } from '../../encounters/index.ts';
import { bookedIn, type StoredAppointment } from '../appointments/appointment-store.ts';
import { recordAppointment } from '../appointments/record-appointment.ts';
import { tellReplaced } from '../appointments/tell-patient.ts';
import { endsBeforeItBegins, replacesThemselves } from '../refusals.ts';
import { findFacility } from '../seats/find-facility.ts';
import { closeSession, insertLeave, isDoctorFree, lockSessionsOf, splitSession, storeDoctor, type AffectedSession } from './leave-store.ts';
import { affected, moveBooked } from './move-booked.ts';
import { moveWaiting } from './move-waiting.ts';
import { runPreview } from './run-preview.ts';
import { showOutcome } from './show-outcome.ts';

type Absence = BodyOf<typeof contract>;

/** Says what a leave would do: does it, and takes it all back. */
export async function previewLeave(work: Work, absence: Absence): Promise<LeaveOutcome> {
  return showOutcome(work, await runPreview(work, (inner) => apply(inner, absence)));
}

/** Records the leave and does what it asks for. */
export async function recordLeave(work: Work, absence: Absence): Promise<{ id: string } & LeaveOutcome> {
  return work.transact(async (inner) => {
    const id = randomUUID();
    return { id, ...showOutcome(inner, await apply(inner, absence, id)) };
  });
}

async function apply(work: Work, absence: Absence, id: string = randomUUID()): Promise<LeaveOutcome> {
  const [facility, doctor] = [await findFacility(work), await findDoctor(work, absence.doctor)];
  const replacement = absence.replacement === undefined ? undefined : await findDoctor(work, absence.replacement);
  const [from, until] = [Date.parse(absence.from), Date.parse(absence.until)];
  if (until <= from || until <= work.now) throw endsBeforeItBegins();
  if (replacement?.id === doctor.id) throw replacesThemselves();
  const leave: Leave = { facility, doctor, replacement, from, until };
  const outcome: LeaveOutcome = { sessions: 0, booked: 0, takenOver: [], moved: [], toCall: [], here: [] };
  const waiting: StoredAppointment[] = [];
  for (const session of await lockSessionsOf(work.db, facility, doctor.id, from, until)) {
    outcome.sessions++;
    waiting.push(...(await leaveSession(work, session, leave, outcome)));
  }
  await insertLeave(work.db, { ...leave, id, reason: absence.reason, by: work.actor.id, at: work.now });
  await moveBooked(work, waiting, { how: absence.booked, why: 'leave' }, outcome);
  return outcome;
}

interface Leave {
  readonly facility: string;
  readonly doctor: { readonly id: string; readonly name: string };
  readonly replacement: { readonly id: string; readonly name: string } | undefined;
  readonly from: number;
  readonly until: number;
}

/** Hands a session over, or closes it and gives who is booked in it. */
async function leaveSession(work: Work, session: AffectedSession, { facility, doctor, replacement, from, until }: Leave, outcome: LeaveOutcome): Promise<StoredAppointment[]> {
  const part = await partWithin(work, session, from, until);
  const isRunning = from <= work.now && session.from.getTime() <= work.now && work.now < session.until.getTime();
  // Who was booked before the doctor left and has not come yet finds nobody either.
  const late = part.id !== session.id && isRunning ? await bookedIn(work.db, session.id, 0) : [];
  const booked = [...late, ...(await bookedIn(work.db, part.id, 0))];
  const isTakenOver = replacement !== undefined && (await isDoctorFree(work.db, replacement.id, part.from, part.until));
  outcome.booked += booked.length;
  if (isRunning) outcome.here.push(...(await moveWaiting(work, { facility, session, doctor: doctor.id, replacement: isTakenOver ? replacement : undefined })));
  if (!isTakenOver) {
    await closeSession(work.db, part.id);
    return booked;
  }
  await storeDoctor(work.db, part.id, replacement);
  for (const one of booked) {
    const stored = await recordAppointment(work, one.id, 'U');
    await tellReplaced(work, { ...stored, doctorId: replacement.id, doctorName: replacement.name });
    outcome.takenOver.push({ ...affected(one), doctor: replacement.name, room: one.roomName });
  }
  return [];
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
