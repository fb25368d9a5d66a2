import type { Work } from '../../../platform/work.ts';

const keptMs = 24 * 3_600_000;

/** Removes what ended a day ago and nobody came across: holds, codes of visitors, numbers for the desk. */
export async function purgeEnded(work: Work): Promise<void> {
  const values = [new Date(work.now - keptMs)];
  await work.db.query({ name: 'booking.purge-holds', text: `DELETE FROM booking.claim WHERE state = 'held' AND held_until < $1`, values });
  await work.db.query({ name: 'booking.purge-visitors', text: 'DELETE FROM booking.visitor WHERE until < $1', values });
  await work.db.query({ name: 'booking.purge-desk-numbers', text: 'DELETE FROM booking.desk_number WHERE given < $1', values });
  await work.db.query({ name: 'booking.purge-menus', text: 'DELETE FROM booking.call_menu WHERE at < $1', values });
  await work.db.query({ name: 'booking.purge-guesses', text: 'DELETE FROM booking.birth_guess WHERE until < $1', values: [new Date(work.now)] });
}
