import type { AddedCapabilities } from '../../record/index.ts';

/** What /metadata tells of Schedule, Slot and Appointment beside their interactions. */
export const scheduling: AddedCapabilities = {
  typeDocumentation: {
    Schedule: 'The doctors and rooms that can be booked are computed from the sessions of booking and never stored; searched by `_id`, `actor`, `active=true`, `date`, `specialty`. Schedules of other houses may be stored and are found behind them.',
    Slot: 'The times to come are computed from the sessions and seats of booking and never stored; searched by `_id`, `schedule`, `schedule.actor`, `specialty`, `start`, `status` (`free`, `busy`), with `_sort=start` and `_include=Slot:schedule`. Seats are taken by Appointment/$hold and $book alone.',
    Appointment: 'Time that booking keeps is booked, moved and cancelled by booking ($find, $hold, $book of IHE ITI Scheduling, and the API of the hospital); a write that would take or change it is refused.',
  },
};
