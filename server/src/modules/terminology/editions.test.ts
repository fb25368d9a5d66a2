import { describe, expect, it } from 'vitest';
import { compareVersions, editionInForce, splitCanonical, type Edition } from './editions.ts';

const edition = (id: string | undefined, more: Partial<Edition> = {}): Edition => ({ id, version: undefined, status: 'active', from: undefined, until: undefined, dated: undefined, ...more });

describe('editionInForce', () => {
  const before = edition('before', { status: 'retired', from: '2004-07-08', until: '2025-07-01' });
  const since = edition('since', { from: '2025-07-01' });
  const chosen = (editions: Edition[], day: string | undefined, version?: string) => editionInForce(editions, { day, version })?.id;

  it('goes by the days in force, the first one counted and the last one too, whatever the status is by now', () => {
    expect(['2004-07-07', '2004-07-08', '2025-06-30', '2025-07-01'].map((day) => chosen([since, before], day))).toEqual([undefined, 'before', 'before', 'since']);
    expect(chosen([before, since], undefined)).toBe('since');
  });

  it('of several in force takes the one that began last, by its date where it has no days in force', () => {
    const [old, recent] = [edition('old', { dated: '2020-01-01' }), edition('recent', { dated: '2024-01-01' })];
    expect([chosen([old, recent], '2023-01-01'), chosen([old, recent], '2024-01-01'), chosen([old, recent], '1999-01-01')]).toEqual(['old', 'recent', 'recent']);
  });

  it('prefers active to draft to retired, and what is stored here to what R4 brings', () => {
    expect(chosen([edition('d', { status: 'draft', dated: '2026-01-01' }), edition('a'), edition('r', { status: 'retired' })], '2026-02-01')).toBe('a');
    expect(chosen([edition(undefined, { dated: '2026-01-01' }), edition('own')], '2026-02-01')).toBe('own');
  });

  it('takes the version asked for, in force or not; else the highest', () => {
    expect(chosen([edition('1', { version: '1' }), { ...before, version: '2' }], '2026-01-01', '2')).toBe('before');
    expect(chosen([edition('9', { version: '2.9' }), edition('10', { version: '2.10' })], '2026-01-01')).toBe('10');
  });
});

describe('compareVersions', () => {
  it('orders by numbers, and text by text', () => {
    expect(['2.10', '2.9', '4.0.1', '4.0.1-b', '20260101', '2.9.1'].sort(compareVersions)).toEqual(['2.9', '2.9.1', '2.10', '4.0.1', '4.0.1-b', '20260101']);
  });
});

describe('splitCanonical', () => {
  it('splits address and version', () => {
    expect([splitCanonical('http://a|1'), splitCanonical('http://a'), splitCanonical('http://a|')]).toEqual([{ url: 'http://a', version: '1' }, { url: 'http://a', version: undefined }, { url: 'http://a', version: undefined }]);
  });
});
