import { systemActor } from '../../../platform/actors.ts';
import { Refusal } from '../../../platform/refusal.ts';
import type { Work } from '../../../platform/work.ts';

/** Refuses changes of a booked Appointment from outside: its seat would stay where it was. Booking itself writes as the house. */
export async function checkOutsideWrites(work: Work, changes: readonly { readonly id: string }[]): Promise<void> {
  if (work.actor.id === systemActor.id) return;
  const text = 'SELECT 1 FROM booking.appointment WHERE id = ANY ($1) LIMIT 1';
  const { rowCount } = await work.db.query({ name: 'booking.is-own-appointment', text, values: [changes.map(({ id }) => id)] });
  if (rowCount === 0) return;
  throw new Refusal('rule', 'booking.write-through-booking', {
    vi: 'Lịch hẹn này thuộc hệ thống đặt khám: đổi hoặc hủy bằng chức năng đặt khám.', en: 'This appointment belongs to booking: move or cancel it there.',
  });
}
