import { describe, expect, it } from 'vitest';
import { Refusal } from '../../../../platform/refusal.ts';
import { passagesOf, vectorOf } from './document.ts';
import { matchesText, readTextQuery, tsqueryOf } from './text-query.ts';

const asked = (text: string): string => tsqueryOf(readTextQuery('_text', text), true);
const refused = (text: string): boolean => {
  try {
    readTextQuery('_text', text);
    return false;
  } catch (error) {
    return error instanceof Refusal && error.code === 'record.bad-value';
  }
};

describe('R4 search.html, text search: what _text asks for', () => {
  it('joins words by AND, and knows AND, OR, NOT, phrases and parentheses', () => {
    expect(asked('(bone OR liver) AND metastases')).toBe("(('bone':*A | 'liver':*A) & 'metastases':*A)");
    expect(asked('đau ngực')).toBe("('dau':*A & 'nguc':*A)");
    expect(asked('"Đau ngực" NOT sốt')).toBe("(('dau':A <-> 'nguc':A) & !('sot':*A))");
    expect(asked('a OR b c')).toBe("('a':*A | ('b':*A & 'c':*A))");
    expect(tsqueryOf(readTextQuery('_content', '2345-7'), false)).toBe("('2345' <-> '7':*)");
    expect(asked("o'neil -- x")).toBe("(('o':A <-> 'neil':*A) & 'x':*A)");
    expect(asked('ORAL NOTE')).toBe("('oral':*A & 'note':*A)");
  });

  it('refuses what has no words or does not close', () => {
    for (const text of ['', '   ', '--', '(a', 'a)', '"a', 'OR', 'a OR', 'NOT']) expect([text, refused(text)]).toEqual([text, true]);
  });
});

describe('the words of a resource', () => {
  const resource = {
    resourceType: 'Condition', id: 'secret', meta: { tag: [{ code: 'vip' }] },
    text: { status: 'generated', div: '<div xmlns="http://www.w3.org/1999/xhtml"><!-- ẩn --><p>Đau ng&#7921;c &amp; kh&#xF3; th&#x1EDF;</p></div>' },
    code: { coding: [{ system: 'http://snomed.info/sct', code: '29857009', display: 'Chest pain' }], text: 'Đau thắt' },
    subject: { reference: 'Patient/lan', display: 'Trần Thị Lan' },
    extension: [{ url: 'http://bvsen.vn/muc-do', valueString: 'nặng' }],
    note: [{ text: 'QUJD'.repeat(200) }],
  };
  const passages = passagesOf(resource);
  const holds = (text: string, narrative = false): boolean => matchesText(readTextQuery('_content', text), passages, narrative);

  it('are those of the narrative without tags, and of every string but addresses, ids and data', () => {
    expect(passages.filter(({ narrative }) => narrative).map(({ words }) => words.join(' '))).toEqual(['dau nguc kho tho']);
    expect(passages.filter(({ narrative }) => !narrative).map(({ words }) => words.join(' '))).toEqual(['29857009', 'chest pain', 'dau that', 'tran thi lan', 'nang']);
  });

  it('are matched by their beginning, by phrases within one string, and by weight', () => {
    expect([holds('dau nguc'), holds('Ng'), holds('"dau ng"'), holds('"kho tho"'), holds('"pain dau"'), holds('chest', true), holds('KHÓ', true)]).toEqual([true, true, false, true, false, false, true]);
    expect([holds('NOT vip'), holds('secret'), holds('snomed OR lan'), holds('tran AND NOT lan')]).toEqual([true, false, true, false]);
  });

  it('end where PostgreSQL could hold no more, so that no resource can stop the others', () => {
    const long = passagesOf({ resourceType: 'Basic', text: { status: 'generated', div: Array.from({ length: 50_000 }, (_, i) => `từ${i}`).join(' ') }, note: '\u{20000}'.repeat(250) + ' x' });
    expect(long.reduce((sum, { words }) => sum + words.length, 0)).toBe(16_000);
    expect(Buffer.byteLength(vectorOf(passagesOf({ resourceType: 'Basic', code: Array.from({ length: 16_000 }, (_, i) => `${'\u{20000}'.repeat(30)}${i}`).join(' ') })))).toBeLessThan(1_000_000);
  });

  it('are written for PostgreSQL with a gap between strings', () => {
    expect(vectorOf([{ narrative: true, words: ['a', 'b', 'a'] }, { narrative: false, words: ['a'] }])).toBe("'a':1A,3A,5 'b':2A");
    expect(vectorOf([])).toBe('');
  });
});
