import type { Work } from '../../../platform/work.ts';
import { cannotChange, holdEnded, movedOften, noSuchSession, samePatientThen } from '../refusals.ts';
import { localDay } from '../seats/local-time.ts';
import { countFreed, freeSeat, keepClaim, lockClaim } from '../seats/seat-store.ts';
import { hashOf } from '../seats/token.ts';
import { storeMoved, type StoredAppointment } from './appointment-store.ts';
import { seatFreed } from './cancel-appointment.ts';
import { recordAppointment } from './record-appointment.ts';
import { tellMoved } from './tell-patient.ts';

/** Each move sends a message: patients and visitors may so often, then the hospital does it for them. */
const movesMost = 5;

/** Moves an appointment to a held seat in one step: when the hold has ended, the old seat stays. Moved twice to the same seat, it stays there. */
export async function moveAppointment(work: Work, load: (inner: Work) => Promise<StoredAppointment>, holdToken: string, holder: string): Promise<StoredAppointment> {
  return work.transact((inner) => move(inner, load, holdToken, holder)).catch((error: unknown) => {
    if (error instanceof Error && 'constraint' in error && error.constraint === 'patient_is_in_one_place') throw samePatientThen();
    throw error;
  });
}

function isByThemselves({ actor }: Work, holder: string): boolean {
  return holder.startsWith('phone:') || actor.patients !== undefined;
}

async function move(work: Work, load: (inner: Work) => Promise<StoredAppointment>, holdToken: string, holder: string): Promise<StoredAppointment> {
  const before = await load(work);
  const claim = await lockClaim(work.db, hashOf(holdToken));
  if (claim?.appointmentId === before.id && claim.state === 'booked') return before;
  if (before.state !== 'booked' || before.end.getTime() <= work.now) throw cannotChange();
  if (claim === undefined || claim.holder !== holder || claim.state !== 'held' || !claim.isOpen || claim.heldUntil!.getTime() <= work.now) throw holdEnded();
  if (claim.facility !== before.facility) throw noSuchSession();
  if (isByThemselves(work, holder) && (await countFreed(work.db, before.id)) >= movesMost) throw movedOften();
  // In one transaction: whatever fails after this, the old seat is booked again.
  const freed = await freeSeat(work.db, before.id);
  await keepClaim(work.db, claim.id, before.patientId, before.id);
  await storeMoved(work.db, before.id, { sessionId: claim.sessionId, from: claim.from, until: claim.until, day: localDay(claim.from.getTime()), visitType: claim.visitType });
  const stored = await recordAppointment(work, before.id, 'U');
  await tellMoved(work, stored);
  if (freed !== undefined) await work.tell({ name: seatFreed, data: { session: freed } });
  return stored;
}
