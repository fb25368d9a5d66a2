import { describe, expect, it } from 'vitest';
import { order } from '../../server/src/order.ts';
import { scanRefusals, scanSource } from '../../tools/checks/refusal-codes.ts';
import { refusalFindings, refusalsText } from '../../tools/refusals.ts';

describe('refusals', () => {
  it('are all listed in docs/refusals.md with both texts, and none is listed that is not made', () => {
    expect(refusalFindings()).toEqual([]);
  });

  it('carry the name of who makes them', () => {
    const owners: readonly string[] = [...order, 'platform', 'http', 'fhir', 'import', 'cli'];
    const strangers = scanRefusals().refusals.filter(({ code }) => !owners.includes(code.slice(0, code.indexOf('.'))));
    expect(strangers.map(({ code, place }) => `${place}: ${code}`)).toEqual([]);
  });

  it('say something in both languages, and not the same', () => {
    const poor = scanRefusals().refusals.filter(({ vi, en }) => (vi.length < 4 || en.length < 4 || vi === en) && !(vi === '…' && en === '…'));
    expect(poor.map(({ code, place }) => `${place}: ${code}`)).toEqual([]);
  });
});

describe('reading a refusal out of the source', () => {
  const scan = (text: string) => scanSource('a.ts', text);

  it('takes literals, templates and constants of the file', () => {
    const { refusals } = scan(`
      const texts = { full: { vi: 'Đầy.', en: 'Full.' } } satisfies Record<string, RefusalText>;
      throw new Refusal('rule', 'booking.slot-taken', { vi: \`Ô \${slot} đã có người.\`, en: 'Taken' + '.' });
      const other = new Refusal('busy', 'booking.full', texts.full);`);
    expect(refusals).toEqual([
      { code: 'booking.slot-taken', category: 'rule', vi: 'Ô … đã có người.', en: 'Taken.', place: 'a.ts:3' },
      { code: 'booking.full', category: 'busy', vi: 'Đầy.', en: 'Full.', place: 'a.ts:4' },
    ]);
  });

  it('points to one whose code is put together at run time', () => {
    expect(scan(`throw new Refusal('rule', 'booking.' + what, { vi: 'Không.', en: 'No.' });`).unreadable).toEqual(['a.ts:1']);
  });

  it('lists a code once for each text it is given', () => {
    const one = { code: 'a.b', category: 'rule', vi: 'Một.', en: 'One.', place: 'a.ts:1' };
    const text = refusalsText([one, { ...one, place: 'b.ts:1' }, { ...one, vi: 'Hai.', en: 'Two.' }]);
    expect(text.match(/`a\.b`/g)).toHaveLength(2);
  });
});
