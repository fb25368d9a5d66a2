import { describe, expect, it } from 'vitest';
import { missedBy } from './missed-rule.ts';

const at = (time: string) => new Date(`2026-03-02T${time}:00+07:00`);
const one = { start: at('09:00'), toldFrom: null, sessionUntil: at('11:30') };

describe('missedBy', () => {
  it('waits for the end of the session where no minutes are set', () => {
    expect([missedBy(one, 0, at('11:30').getTime()), missedBy(one, 0, at('11:31').getTime())?.code]).toEqual([undefined, 'session-ended']);
  });

  it('counts minutes from the start, or from what the patient was told when the room ran late', () => {
    expect([missedBy(one, 30, at('09:30').getTime()), missedBy(one, 30, at('09:31').getTime())?.code]).toEqual([undefined, 'minutes-after-start']);
    expect([missedBy({ ...one, toldFrom: at('09:40') }, 30, at('10:00').getTime()), missedBy({ ...one, toldFrom: at('09:40') }, 30, at('10:11').getTime())?.code]).toEqual([undefined, 'minutes-after-start']);
  });

  it('names where each rule is from', () => {
    expect(missedBy(one, 30, at('10:00').getTime())?.source).toContain('R4');
  });
});
