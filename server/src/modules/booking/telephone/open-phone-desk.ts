// The house behind the voice menu: people by number, free seats, booking, all as the channel `phone`.
import { asHouse } from '../../../platform/as-house.ts';
import { Refusal } from '../../../platform/refusal.ts';
import type { Work } from '../../../platform/work.ts';
import { findPatient } from '../../identity/index.ts';
import { bookAppointment } from '../appointments/book-appointment.ts';
import { cancelAppointment } from '../appointments/cancel-appointment.ts';
import { loadOwn } from '../appointments/check-may-act.ts';
import { listAppointments } from '../appointments/list-appointments.ts';
import { findStarts, listSpecialties } from '../seats/find-starts.ts';
import { holdSeat } from '../seats/hold-seat.ts';
import { addDays, localDay } from '../seats/local-time.ts';
import { releaseHold } from '../seats/release-hold.ts';
import { checkBirth } from './check-birth.ts';
import type { PhoneDesk } from './phone-desk.ts';

const daysSearched = 30;
/** Who books now by telephone cannot be there sooner. */
const soonestMs = 60 * 60_000;

/** Opens the desk for one call; `call` counts its holds. Everything is done as the house: the menu asks who calls before it tells anything. */
export function openPhoneDesk(given: Work, call: string): PhoneDesk {
  const work = asHouse(given);
  const booker = { channel: 'phone' as const, holder: `call:${call}`, holdsMost: 2 };
  return {
    findPeople: async (digits) => (await findPatient(work, digits)).matches.filter(({ matchedBy }) => matchedBy !== 'name').map(({ id, name }) => ({ id, givenName: name.split(' ').at(-1) ?? '' })),
    bornOn: async (patient, digits) => (await checkBirth(work, [patient], digits)).length > 0,
    listSpecialties: async () => (await listSpecialties(work)).specialties.filter(({ nextFree }) => nextFree !== undefined).map(({ id, name }) => ({ id, name })),
    findStarts: (specialty, after, most) => soonest(work, specialty, after, most),
    hold: ({ session, start }) => unlessRefused(async () => (await holdSeat(work, { session, start: Date.parse(start) }, booker)).holdToken),
    release: async (hold) => void (await releaseHold(work, hold)),
    book: (holdToken, patientId) => unlessRefused(async () => spoken(await bookAppointment(work, { holdToken, patientId }, booker))),
    nextAppointment: async (patient) => {
      const [next] = (await listAppointments(work, [patient])).coming;
      return next === undefined ? undefined : spoken(next);
    },
    cancel: async (appointment) => (await unlessRefused(() => cancelAppointment(work, (inner) => loadOwn(inner, appointment, true)))) !== undefined,
  };
}

async function soonest(work: Work, specialty: string, after: string | undefined, most: number) {
  const from = Math.max(work.now + soonestMs, after === undefined ? 0 : Date.parse(after) + 1);
  const found = [];
  for (let ahead = 0; ahead < daysSearched && found.length < most; ahead++) {
    const free = await findStarts(work, { specialty, date: addDays(localDay(from), ahead), only: 'free' });
    found.push(...free.filter(({ start }, i) => Date.parse(start) >= from && free[i - 1]?.start !== start));
  }
  return found.slice(0, most).map(({ session, start, room, doctor }) => ({ session, start, room: room.name, ...(doctor !== undefined && { doctor: doctor.name }) }));
}

function spoken({ id, start, arriveAt, room }: { id: string; start: string; arriveAt: string; room: { name: string } }) {
  return { id, start, arriveAt, room: room.name };
}

async function unlessRefused<T>(act: () => Promise<T>): Promise<T | undefined> {
  try {
    return await act();
  } catch (error) {
    if (error instanceof Refusal) return undefined;
    throw error;
  }
}
