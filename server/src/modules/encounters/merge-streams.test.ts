import { describe, expect, it } from 'vitest';
import { mergeStreams, type Progress, type Stream } from './merge-streams.ts';
import { readProgress, writeProgress } from './paging.ts';

interface Dated {
  readonly when: string;
}

function streamOf(name: string, days: readonly number[], pageSize: number, reads: string[]): Stream<Dated> {
  const items = days.map((day) => ({ when: `2026-01-${String(day).padStart(2, '0')}` }));
  return {
    name,
    read: async (place = '0') => {
      reads.push(`${name}${place}`);
      const from = Number(place);
      const next = from + pageSize < items.length ? String(from + pageSize) : undefined;
      return { items: items.slice(from, from + pageSize), ...(next !== undefined && { next }) };
    },
  };
}

describe('dated lists read as one', () => {
  it('gives every item once, newest first, across any page size', async () => {
    for (const limit of [1, 2, 3, 7, 50]) {
      const streams = [streamOf('a', [20, 18, 9, 3], 2, []), streamOf('b', [19, 10, 2], 3, []), streamOf('c', [], 5, [])];
      const days: string[] = [];
      let progress: Progress | undefined = {};
      while (progress !== undefined) {
        const page: { items: Dated[]; progress?: Progress } = await mergeStreams(streams, limit, readProgress(writeProgress(progress)));
        days.push(...page.items.map((item) => item.when.slice(8)));
        progress = page.progress;
      }
      expect(days).toEqual(['20', '19', '18', '10', '09', '03', '02']);
    }
  });

  it('reads no page of a list before it is needed', async () => {
    const reads: string[] = [];
    await mergeStreams([streamOf('a', [20, 18, 9, 3], 2, reads), streamOf('b', [5, 4, 2], 1, reads)], 1);
    expect(reads).toEqual(['a0', 'b0']);
  });

  it('refuses a cursor that it did not write', () => {
    for (const cursor of ['%%%', 'bm90IGpzb24', Buffer.from('{"a":{"shown":-1}}').toString('base64url'), Buffer.from('[1]').toString('base64url')]) {
      expect(() => readProgress(cursor)).toThrow(expect.objectContaining({ code: 'encounters.bad-cursor' }));
    }
  });
});
