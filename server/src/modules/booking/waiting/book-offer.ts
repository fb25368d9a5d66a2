import { openSecret } from '../../../platform/seal.ts';
import { Refusal } from '../../../platform/refusal.ts';
import type { Work } from '../../../platform/work.ts';
import { bookAppointment } from '../appointments/book-appointment.ts';
import { loadWaiting } from './waiting-store.ts';

/** Books the seat that is offered, for who answered yes; an offer that has lapsed is for the next. */
export async function bookOffer(work: Work, id: string): Promise<void> {
  const one = await loadWaiting(work.db, id);
  if (one?.state !== 'offered' || one.tokenSealed === null) return;
  const holdToken = openSecret(one.tokenSealed, `waiting:${id}`);
  try {
    await bookAppointment(work, { holdToken, patientId: one.patientId }, { channel: 'app', holder: `waiting:${id}`, holdsMost: 1 });
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
  }
}
