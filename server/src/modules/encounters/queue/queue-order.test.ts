import { describe, expect, it } from 'vitest';
import { lineRules, pickNext, placeOf, returnedPlace, type InLine } from './queue-order.ts';

const minute = 60_000;
const at = (text: string) => Date.parse(`2026-03-02T${text}:00+07:00`);

function waiter(id: string, arrived: string, slot?: string, more: Partial<InLine> = {}): InLine {
  const place = placeOf({ class: more.class ?? 'normal', arrivedAt: at(arrived), slotAt: slot === undefined ? undefined : at(slot) });
  return { id, class: 'normal', dueAt: place.dueAt, waitingSince: at(arrived), onTime: slot !== undefined && !place.late, returning: false, ...more };
}

const next = (line: InLine[], time: string, returned = 0) => pickNext(line, at(time), returned)?.id;

describe('the slot, not the arrival, decides the place', () => {
  it('calls the earlier slot although the later one came first', () => {
    expect(next([waiter('later', '07:30', '08:15'), waiter('earlier', '07:55', '08:00')], '08:16')).toBe('earlier');
  });

  it('puts somebody late behind those on time at that moment, and within the grace keeps the slot', () => {
    const late = waiter('late', '08:20', '08:00');
    const graced = waiter('graced', '08:09', '08:00');
    expect(next([late, waiter('on time', '08:10', '08:25')], '08:31')).toBe('on time');
    expect(next([graced, waiter('on time', '08:00', '08:05')], '08:10')).toBe('graced');
  });

  it('lets somebody without a slot in only when no slot is due or about to be', () => {
    const walkIn = waiter('walk-in', '07:00');
    expect(next([walkIn, waiter('booked', '07:50', '08:00')], '08:00')).toBe('booked');
    expect(next([walkIn, waiter('booked', '07:50', '08:04')], '08:00')).toBe('booked');
    expect(next([walkIn, waiter('booked', '07:50', '08:30')], '08:00')).toBe('walk-in');
  });

  it('calls somebody early when the doctor would otherwise be idle', () => {
    expect(next([waiter('early', '07:10', '09:00')], '07:30')).toBe('early');
  });
});

describe('who goes first', () => {
  it('takes an emergency, then the urgent, whatever their slot', () => {
    const line = [waiter('booked', '07:50', '08:00'), waiter('urgent', '08:05', undefined, { class: 'urgent' }), waiter('emergency', '08:06', undefined, { class: 'emergency' })];
    expect(next(line, '08:10')).toBe('emergency');
    expect(next(line.slice(0, 2), '08:10')).toBe('urgent');
  });

  it('takes who is back from tests first, but only two in a row while somebody on time is due', () => {
    const back = waiter('back', '08:40', undefined, { returning: true, dueAt: returnedPlace(at('07:00'), undefined).dueAt });
    const line = [back, waiter('on time', '08:30', '08:45')];
    expect([next(line, '08:46'), next(line, '08:46', 2)]).toEqual(['back', 'on time']);
  });
});

describe('nobody starves', () => {
  it('is passed by nobody who comes after the due time and the grace, save emergencies and the urgent', () => {
    for (let seed = 1; seed <= 200; seed++) expect(overtakenAfterDue(seed)).toEqual([]);
  });
});

/** Plays a full room of one doctor, too small for who comes; gives who was passed by somebody that came later than their due time and the grace. */
function overtakenAfterDue(seed: number): string[] {
  let state = seed;
  const dice = () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
  const start = at('07:00');
  const coming = Array.from({ length: 80 }, (_, i): InLine => {
    const arrivedAt = start + dice() * 240 * minute;
    const slotAt = dice() < 0.6 ? arrivedAt + (dice() * 60 - 20) * minute : undefined;
    const kind = dice() < 0.2 ? 'priority' : 'normal';
    const place = placeOf({ class: kind, arrivedAt, slotAt });
    return { id: `${i}`, class: kind, dueAt: place.dueAt, waitingSince: arrivedAt, onTime: slotAt !== undefined && !place.late, returning: false };
  }).sort((a, b) => a.waitingSince - b.waitingSince);
  const line: InLine[] = [];
  const wrong: string[] = [];
  for (let now = start; coming.length + line.length > 0; now += 5 * minute) {
    while (coming[0] !== undefined && coming[0].waitingSince <= now) line.push(coming.shift()!);
    const called = pickNext(line, now);
    if (called === undefined) continue;
    line.splice(line.indexOf(called), 1);
    const slack = (lineRules.graceMinutes + lineRules.priorityLeadMinutes) * minute;
    wrong.push(...line.filter((one) => one.dueAt <= now && called.waitingSince > one.dueAt + slack).map(({ id }) => id));
  }
  return wrong;
}
