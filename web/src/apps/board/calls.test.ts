import type { BoardRoom } from '@sen/contracts';
import { describe, expect, it } from 'vitest';
import { callsOf, keyOf, newCalls, spoken } from './calls.ts';

const at = (time: string) => `2026-11-23T${time}+07:00`;
const room: BoardRoom = {
  id: 'p205', name: 'Phòng 205', short: '205', kind: 'exam', state: 'open', doctors: [], lateMinutes: 0, next: [], waiting: 3,
  called: [{ ticket: 'A0027', maskedName: 'Trần T. M.', turn: 't1', calls: 1, calledAt: at('09:45:00') }, { ticket: 'A0026', maskedName: 'Lê V. T.', turn: 't0', calls: 1, calledAt: at('09:30:00') }],
};

describe('Calls on a waiting-room screen', () => {
  it('announces a fresh call once, and never a stale one', () => {
    const calls = callsOf([room]);
    const now = Date.parse(at('09:45:10'));
    expect(newCalls(calls, new Set(), now).map(({ ticket }) => ticket)).toEqual(['A0027']);
    expect(newCalls(calls, new Set(calls.map(keyOf)), now)).toEqual([]);
  });

  it('announces again who is called again', () => {
    const before = new Set(callsOf([room]).map(keyOf));
    const again = { ...room, called: [{ ...room.called[0]!, calls: 2, calledAt: at('09:47:00') }] };
    expect(newCalls(callsOf([again]), before, Date.parse(at('09:47:05'))).map(({ calls }) => calls)).toEqual([2]);
  });

  it('reads a number digit by digit, as it stands on the ticket', () => expect(spoken('A0027')).toBe('A, 0 0 2 7'));
});
