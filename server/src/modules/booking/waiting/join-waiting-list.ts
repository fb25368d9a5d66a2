// Waiting for a seat: who, for what, on which days.
import { randomUUID } from 'node:crypto';
import type { BodyOf, BookingHold, WaitingEntry, joinWaitingList as contract } from '@sen/contracts';
import { asHouse } from '../../../platform/as-house.ts';
import { openSecret } from '../../../platform/seal.ts';
import type { Work } from '../../../platform/work.ts';
import { findDoctor } from '../../encounters/index.ts';
import { holdPatient, readPatients } from '../../identity/index.ts';
import { tellAudit } from '../../security/index.ts';
import { seatFreed } from '../appointments/cancel-appointment.ts';
import { checkMayActFor } from '../appointments/check-may-act.ts';
import { noSuchAppointment, sayWhere, tooManyBooked } from '../refusals.ts';
import { findFacility } from '../seats/find-facility.ts';
import { findMinutes } from '../seats/find-minutes.ts';
import { hold } from '../seats/hold.ts';
import { localDay } from '../seats/local-time.ts';
import { loadSession, removeHold } from '../seats/seat-store.ts';
import { hashOf } from '../seats/token.ts';
import { countWaiting, insertWaiting, loadWaiting, storeWithdrawn, waitingOf, type StoredWaiting } from './waiting-store.ts';

const mostWaiting = 5;

/** Joins the line for a seat. Refuses with `booking.say-specialty-or-doctor`, `booking.too-many-booked`, `booking.not-permitted`. */
export async function joinWaitingList(work: Work, wish: BodyOf<typeof contract>): Promise<WaitingEntry> {
  const { specialty, from, until, part = 'any' } = wish;
  checkMayActFor(work, wish.patientId);
  if ((specialty === undefined && wish.doctor === undefined) || until < from || until < localDay(work.now)) throw sayWhere();
  const id = await work.transact(async (inner) => {
    const { id: patientId } = await holdPatient(inner, wish.patientId);
    if ((await countWaiting(inner.db, patientId)) >= mostWaiting) throw tooManyBooked();
    const type = await findMinutes(inner, wish.visitType);
    const doctor = wish.doctor === undefined ? undefined : await findDoctor(inner, wish.doctor);
    const one = { id: randomUUID(), facility: await findFacility(inner), patientId, specialty, doctor, visitType: type.code, from, until, part, by: inner.actor.id };
    await insertWaiting(inner.db, one, inner.now);
    return one.id;
  }).catch((error: unknown) => {
    throw error instanceof Error && 'constraint' in error && error.constraint === 'waiting_specialty_id_fkey' ? sayWhere() : error;
  });
  return (await shown(work, [(await loadWaiting(work.db, id))!]))[0]!;
}

export async function listWaiting(work: Work, patientIds: readonly string[]): Promise<WaitingEntry[]> {
  for (const id of patientIds) checkMayActFor(work, id);
  return shown(work, await waitingOf(work.db, patientIds, localDay(work.now)));
}

/** Waits no longer; a seat that was offered is free for the next. */
export async function leaveWaitingList(work: Work, id: string): Promise<boolean> {
  return work.transact(async (inner) => {
    const one = await loadWaiting(inner.db, id, true);
    if (one === undefined) throw noSuchAppointment();
    checkMayActFor(inner, one.patientId);
    if (one.state !== 'waiting' && one.state !== 'offered') return false;
    await storeWithdrawn(inner.db, id);
    if (one.tokenSealed !== null) await removeHold(inner.db, hashOf(tokenOf(one, one.tokenSealed)));
    if (one.sessionId !== null) await inner.tell({ name: seatFreed, data: { session: one.sessionId } });
    return true;
  });
}

async function shown(work: Work, found: readonly StoredWaiting[]): Promise<WaitingEntry[]> {
  const people = await readPatients(asHouse(work), [...new Set(found.map(({ patientId }) => patientId))]);
  tellAudit(work, { patients: [...people.keys()] });
  const entries: WaitingEntry[] = [];
  for (const one of found) {
    const type = await findMinutes(work, one.visitType);
    const offer = await offerOf(work, one);
    entries.push({
      id: one.id, patientId: one.patientId, patientName: people.get(one.patientId)?.name ?? '', state: one.state === 'offered' && offer === undefined ? 'waiting' : one.state,
      ...(one.specialtyId !== null && { specialty: { id: one.specialtyId, name: one.specialtyName ?? '' } }), ...(one.doctorId !== null && { doctor: { id: one.doctorId, name: one.doctorName ?? '' } }),
      visitType: { id: type.code, name: work.language === 'vi' ? type.nameVi : type.nameEn }, from: one.from, until: one.until, part: one.part, ...(offer !== undefined && { offer }),
    });
  }
  return entries;
}

async function offerOf(work: Work, one: StoredWaiting): Promise<BookingHold | undefined> {
  if (one.state !== 'offered' || one.tokenSealed === null || one.sessionId === null || one.seatFrom === null || one.seatUntil === null || one.offeredUntil === null) return undefined;
  if (one.offeredUntil.getTime() <= work.now) return undefined;
  const session = await loadSession(work.db, one.sessionId, work.now);
  const type = await findMinutes(work, one.visitType);
  const start = one.seatFrom.getTime();
  const seat = { token: tokenOf(one, one.tokenSealed), until: one.offeredUntil.getTime(), start, minutes: (one.seatUntil.getTime() - start) / 60_000 };
  return session === undefined ? undefined : hold(session, type, seat, work.language);
}

function tokenOf(one: StoredWaiting, sealed: string): string {
  return openSecret(sealed, `waiting:${one.id}`);
}
