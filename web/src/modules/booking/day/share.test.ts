import { describe, expect, it } from 'vitest';
import { mostBehind, shareOf } from './share.ts';

describe('A share is told only from ten people on', () => {
  it('says nothing of nine', () => expect(shareOf(8, 9)).toBeUndefined());
  it('counts in percent of all', () => expect(shareOf(338, 406)).toBeCloseTo(83.25, 2));
});

describe('One decision', () => {
  it('is about the clinic where most minutes are lost, not an empty one that is late', () => {
    expect(mostBehind([{ lateMinutes: 40, waiting: 0 }, { lateMinutes: 20, waiting: 14 }, { lateMinutes: 30, waiting: 3 }])).toEqual({ lateMinutes: 20, waiting: 14 });
  });
  it('is none while nobody is 15 minutes behind', () => expect(mostBehind([{ lateMinutes: 14, waiting: 40 }])).toBeUndefined());
});
