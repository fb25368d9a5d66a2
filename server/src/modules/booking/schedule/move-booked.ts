// Everybody booked in sessions that will not take place: moved to the next free seat and told, or listed to be called.
import type { LeaveOutcome } from '@sen/contracts';
import { asHouse } from '../../../platform/as-house.ts';
import type { Work } from '../../../platform/work.ts';
import { contactsOf } from '../../identity/index.ts';
import { tellAudit } from '../../security/index.ts';
import { storeToCall, type StoredAppointment } from '../appointments/appointment-store.ts';
import { withdrawReminders } from '../appointments/tell-patient.ts';
import { freePlacesFor, moveToNextFree } from './move-to-next-free.ts';

const onTheirWayMs = 2 * 60 * 60_000;

/** Settles who was booked, soonest first, and writes into the outcome what became of each. */
export async function moveBooked(work: Work, waiting: readonly StoredAppointment[], { how, why }: { readonly how: 'move' | 'call'; readonly why: 'leave' | 'day-off' }, outcome: LeaveOutcome): Promise<void> {
  const left: StoredAppointment[] = [];
  const places = freePlacesFor(waiting, work.now);
  tellAudit(work, { patients: [...new Set(waiting.map(({ patientId }) => patientId))] });
  const contacts = await contactsOf(asHouse(work), [...new Set(waiting.map(({ patientId }) => patientId))]);
  for (const one of waiting) {
    // One whose time is over cannot be moved any more.
    const moved = how === 'move' && one.end.getTime() > work.now ? await moveToNextFree(work, one, places) : undefined;
    const contact = contacts.get(one.patientId);
    const isReached = one.contactPhone !== null || (contact !== undefined && contact.phones.length + contact.emails.length > 0);
    if (moved === undefined) left.push(one);
    else outcome.moved.push(await noteMoved(work, one, moved, { why, isReached }));
  }
  for (const one of left) {
    await withdrawReminders(work, one);
    await storeToCall(work.db, one.id, why, work.now);
    const phone = one.contactPhone ?? contacts.get(one.patientId)?.phones[0];
    outcome.toCall.push({ ...affected(one), ...(phone !== undefined && { phone }) });
  }
}

/** Who has perhaps left home already and is now to come on another day is called besides, as a message may be read too late; and whom no message reaches. */
async function noteMoved(work: Work, was: StoredAppointment, moved: StoredAppointment, { why, isReached }: { why: string; isReached: boolean }): Promise<LeaveOutcome['moved'][number]> {
  const call = !isReached || (was.start.getTime() - work.now < onTheirWayMs && moved.day !== was.day);
  if (call) await storeToCall(work.db, was.id, why, work.now);
  return { ...affected(was), start: moved.start.toISOString(), ...(moved.doctorName !== null && { doctor: moved.doctorName }), room: moved.roomName, call };
}

export function affected({ id, personName, start }: StoredAppointment) {
  return { appointmentId: id, patientName: personName, was: start.toISOString() };
}
