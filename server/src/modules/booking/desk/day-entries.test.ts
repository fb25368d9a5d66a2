import { describe, expect, it } from 'vitest';
import type { DayTurn } from '../../encounters/index.ts';
import type { StoredAppointment } from '../appointments/appointment-store.ts';
import { dayEntries } from './day-entries.ts';

const at = (minute: number) => new Date(Date.UTC(2026, 10, 24, 0, minute));
const appointment = (id: string, state = 'booked') => ({ id, state, roomId: 'r', start: at(60), end: at(75) }) as unknown as StoredAppointment;
const turn = (visitId: string, appointmentId: string | null, state: string, arrived = 50, step = 1) =>
  ({ id: `${visitId}-${step}`, visitId, appointmentId, state, step, roomId: 'r', arrivedAt: at(arrived), ticket: 'A1', name: 'Nguyễn Thị Hạnh' }) as unknown as DayTurn;

/** What the list shows: key and where the visit is. */
const shown = (day: ReturnType<typeof dayEntries>) => Object.fromEntries([...day.entries].map(([key, entry]) => [key, entry.turn?.state ?? entry.appointment?.state]).toSorted());

describe('the people of a day', () => {
  it('are one entry for an appointment with its visit, whichever becomes known first', () => {
    const [first, second] = [dayEntries(), dayEntries()];
    first.change([appointment('hanh')], [], []);
    first.change([], [], [turn('v1', 'hanh', 'waiting')]);
    second.change([], [], [turn('v1', 'hanh', 'waiting')]);
    expect(shown(second)).toEqual({ v1: 'waiting' });
    second.change([appointment('hanh', 'arrived')], [], []);
    expect(shown(first)).toEqual({ hanh: 'waiting' });
    expect(shown(second)).toEqual({ hanh: 'waiting' });
  });

  it('show the latest visit of who left and came back, in whatever order they are read', () => {
    for (const turns of [[turn('a', 'hanh', 'left', 40), turn('b', 'hanh', 'waiting', 55)], [turn('b', 'hanh', 'waiting', 55), turn('a', 'hanh', 'left', 40)]]) {
      const day = dayEntries();
      day.change([appointment('hanh', 'arrived')], [], turns);
      expect(shown(day)).toEqual({ hanh: 'waiting' });
    }
  });

  it('keep the visit of an appointment that was moved to another day', () => {
    const day = dayEntries();
    day.change([appointment('hanh', 'arrived')], [], [turn('v1', 'hanh', 'inside')]);
    day.change([], ['hanh'], []);
    expect(shown(day)).toEqual({ v1: 'inside' });
  });

  it('show the turn at hand of a path, else the one that waits for a return', () => {
    const day = dayEntries();
    day.change([], [], [turn('v1', null, 'away'), turn('v1', null, 'waiting', 50, 2)]);
    expect(shown(day)).toEqual({ v1: 'waiting' });
    day.change([], [], [turn('v1', null, 'away'), turn('v1', null, 'done', 50, 2)]);
    expect(shown(day)).toEqual({ v1: 'away' });
  });
});
