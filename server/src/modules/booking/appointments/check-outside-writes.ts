import { systemActor } from '../../../platform/actors.ts';
import { Refusal } from '../../../platform/refusal.ts';
import type { Work } from '../../../platform/work.ts';
import { heldTimeOf } from '../fhir.ts';
import { onlyByBooking } from '../refusals.ts';

type Resource = Parameters<typeof heldTimeOf>[0];

interface Write {
  readonly id: string;
  readonly after: { readonly resource: Resource } | undefined;
}

/**
 * Refuses changes of a booked Appointment from outside (its seat would stay where it was), and new ones that would take time of a doctor or room whom booking
 * schedules then: they would pass by the seats. Booking itself writes as the house.
 */
export async function checkOutsideWrites(work: Work, changes: readonly Write[]): Promise<void> {
  if (work.actor.id === systemActor.id) return;
  const text = 'SELECT 1 FROM booking.appointment WHERE id = ANY ($1) LIMIT 1';
  const { rowCount } = await work.db.query({ name: 'booking.is-own-appointment', text, values: [changes.map(({ id }) => id)] });
  if (rowCount !== 0) {
    throw new Refusal('rule', 'booking.write-through-booking', {
      vi: 'Lịch hẹn này thuộc hệ thống đặt khám: đổi hoặc hủy bằng chức năng đặt khám.', en: 'This appointment belongs to booking: move or cancel it there.',
    });
  }
  for (const { after } of changes) if (after !== undefined) await checkTakesNoSeat(work, after.resource);
}

async function checkTakesNoSeat(work: Work, resource: Resource): Promise<void> {
  const time = heldTimeOf(resource);
  if (time === undefined || !(Date.parse(time.until) > work.now) || Number.isNaN(Date.parse(time.from)) || (time.doctors.length === 0 && time.rooms.length === 0)) return;
  const { rowCount } = await work.db.query({
    name: 'booking.is-scheduled-time',
    text: `SELECT 1 FROM booking.session s WHERE s.state = 'open' AND s.day BETWEEN ($3::timestamptz - interval '1 day')::date AND ($4::timestamptz + interval '1 day')::date
      AND s.during && tstzrange($3, greatest($4, $3::timestamptz + interval '1 second')) AND (s.doctor_id = ANY ($1) OR s.room_id = ANY ($2)) LIMIT 1`,
    values: [time.doctors, time.rooms, new Date(time.from), new Date(time.until)],
  });
  if (rowCount !== 0) throw onlyByBooking();
}
