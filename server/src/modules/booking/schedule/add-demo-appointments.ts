import { asHouse } from '../../../platform/as-house.ts';
import { Refusal } from '../../../platform/refusal.ts';
import type { Work } from '../../../platform/work.ts';
import { searchResources } from '../../record/index.ts';
import { bookAppointment } from '../appointments/book-appointment.ts';
import { findStarts, listSpecialties } from '../seats/find-starts.ts';
import { holdSeat } from '../seats/hold-seat.ts';
import { addDays, localDay } from '../seats/local-time.ts';

const daysBooked = 6;
const reasons = ['Tái khám theo hẹn', 'Đau đầu, chóng mặt', 'Mệt mỏi kéo dài', 'Kiểm tra định kỳ', 'Đau ngực khi gắng sức', 'Ho, sốt nhẹ'];

/** Books the people of the demo hospital over the coming days, most today; does nothing when there are appointments. Gives how many. */
export async function ensureDemoAppointments(work: Work): Promise<number> {
  const { rows } = await work.db.query<{ there: boolean }>({ text: 'SELECT EXISTS (SELECT 1 FROM booking.appointment) AS there' });
  if (rows[0]?.there === true) return 0;
  const { resources } = await searchResources(asHouse(work), 'Patient', '_count=60&_elements=id,deceased');
  const people = resources.filter((one) => one['deceasedDateTime'] === undefined && one['deceasedBoolean'] !== true).map(({ id }) => id ?? '');
  const { specialties } = await listSpecialties(work);
  let booked = 0;
  for (const [i, patientId] of people.entries()) {
    const specialty = specialties[i % Math.max(1, specialties.length)]?.id;
    if (specialty !== undefined && (await book(work, patientId, specialty, i))) booked++;
  }
  return booked;
}

async function book(work: Work, patientId: string, specialty: string, i: number): Promise<boolean> {
  // Every second person today; when today is over or a day off, on the next day with seats.
  const first = i % 2 === 0 ? 0 : 1 + (i % (daysBooked - 1));
  for (let ahead = first; ahead < first + 5; ahead++) {
    const free = await findStarts(work, { specialty, date: addDays(localDay(work.now), ahead), only: 'free' });
    const start = free[(i * 7) % Math.max(1, free.length)];
    if (start === undefined) continue;
    try {
      const booker = { channel: (['app', 'phone', 'web', 'desk'] as const)[i % 4]!, holder: `demo:${i}`, holdsMost: 1 };
      const held = await holdSeat(work, { session: start.session, start: Date.parse(start.start), visitType: i % 3 === 0 ? 'follow-up' : 'first' }, booker);
      await bookAppointment(work, { holdToken: held.holdToken, patientId, reason: reasons[i % reasons.length] }, { ...booker, channel: 'desk' });
      return true;
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
    }
  }
  return false;
}
