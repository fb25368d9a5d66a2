// What booking does when something happened elsewhere; each is safe to run twice.
import type { HospitalEvent, Work } from '../../platform/work.ts';
import { readPatients, type PatientMove } from '../identity/index.ts';
import { asHouse } from '../../platform/as-house.ts';
import { loadAppointment, moveBack, moveToPatient, storePeople, storeState, storeArrived } from './appointments/appointment-store.ts';
import { cancelAppointment } from './appointments/cancel-appointment.ts';
import { confirmAppointment } from './appointments/confirm-appointment.ts';
import { recordAppointment } from './appointments/record-appointment.ts';
import { bookOffer } from './waiting/book-offer.ts';
import { releaseOffer } from './waiting/release-offer.ts';
import { moveWaiting, moveWaitingBack } from './waiting/waiting-store.ts';
import { sendLateNotices } from './desk/send-late-notices.ts';

/** A visit of an appointment has begun at the desk of a module below, or is over. */
export async function followVisit(work: Work, event: HospitalEvent): Promise<void> {
  const { appointmentId, visitId } = event.data as { appointmentId?: string; visitId: string };
  if (appointmentId === undefined) return;
  await work.transact(async (inner) => {
    const one = await loadAppointment(inner.db, appointmentId, true);
    if (event.name === 'encounters.visit-arrived' && one?.state === 'booked') await storeArrived(inner.db, one.id, visitId);
    else if (event.name === 'encounters.visit-finished' && one?.state === 'arrived') await storeState(inner.db, one.id, 'fulfilled', inner.now);
    else return;
    await recordAppointment(inner, appointmentId, 'U');
  });
}

export async function followReply(work: Work, event: HospitalEvent): Promise<void> {
  const { about, answer } = event.data as { about?: { kind: string; id: string }; answer: string };
  if (about?.kind === 'waiting' && answer === 'confirm') return void (await bookOffer(work, about.id));
  if (about?.kind === 'waiting' && answer === 'cancel') return releaseOffer(work, about.id);
  if (about?.kind !== 'appointment') return;
  const one = await loadAppointment(work.db, about.id);
  if (one?.state !== 'booked' || one.end.getTime() <= work.now) return;
  const load = async (inner: Work) => (await loadAppointment(inner.db, about.id, true))!;
  if (answer === 'confirm') await confirmAppointment(work, load);
  if (answer === 'cancel') await cancelAppointment(work, load);
}

export async function followLateRoom(work: Work, event: HospitalEvent): Promise<void> {
  const { roomId, lateMinutes } = event.data as { roomId: string; lateMinutes: number };
  if (lateMinutes >= 15) await sendLateNotices(work, roomId, lateMinutes);
}

/** What the list of a day shows of people follows the record; only a version after the first can change it. */
export async function keepPeople(work: Work, changes: readonly { readonly id: string; readonly version: number; readonly after: unknown }[]): Promise<void> {
  const changed = changes.filter(({ version, after }) => version > 1 && after !== undefined).map(({ id }) => id);
  if (changed.length > 0) await storePeople(work.db, [...(await readPatients(asHouse(work), changed)).values()]);
}

/** Answers identity.move-patient: appointments and the waiting list go with the patient and come back; gives how many appointments moved. */
export async function answerMovePatient(work: Work, { from, to, mergeId, undo, stayed = [] }: PatientMove): Promise<number> {
  const kept = stayed.flatMap((one) => (one.startsWith('Appointment/') ? [one.slice(12)] : []));
  const moved = undo ? await moveBack(work.db, mergeId, to, kept) : await moveToPatient(work.db, mergeId, from, to);
  await (undo ? moveWaitingBack(work.db, mergeId, to) : moveWaiting(work.db, mergeId, from, to));
  await storePeople(work.db, [...(await readPatients(asHouse(work), [to])).values()]);
  return moved;
}
