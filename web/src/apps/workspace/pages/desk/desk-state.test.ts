import { describe, expect, it } from 'vitest';
import { looksScanned, mayBeSpokenCode, paneOfReading, type Reading } from './desk-state.ts';

const ha = { id: 'ha', name: 'Hoàng Thị Thu Hà', sex: 'female' } as const;
const card: Reading = { kind: 'citizen-card', fields: { name: 'Hoàng Thị Thu Hà', citizenNumber: '001182012345' }, findings: [], patients: [], candidates: [] };

describe('where a scan leads', () => {
  it('opens the one person who has the number', () => {
    expect(paneOfReading({ ...card, patients: [{ patient: ha, differs: [] }] })).toMatchObject({ kind: 'person', subject: { person: { id: 'ha' }, by: 'citizen-card' } });
  });

  it('does not take a number that was typed for a card that was seen', () => {
    expect(paneOfReading({ ...card, patients: [{ patient: ha, differs: [] }] }, true)).toMatchObject({ kind: 'person', subject: { by: 'search' } });
    expect(['8351 7787 5', '012345678'].every(mayBeSpokenCode)).toBe(true);
  });

  it('offers those who are alike, and keeps what the card says for a new record', () => {
    expect(paneOfReading({ ...card, candidates: [{ patient: ha, bits: 9, score: 0.9, grade: 'probable', reasons: [] }] })).toMatchObject({ kind: 'several', people: [{ id: 'ha' }], draft: { citizenNumber: '001182012345' } });
  });

  it('goes to a filled form when nobody is alike, and says so when nothing can be read', () => {
    expect(paneOfReading(card)).toEqual({ kind: 'none', draft: { kind: 'full', name: 'Hoàng Thị Thu Hà', citizenNumber: '001182012345' }, findings: [] });
    expect(paneOfReading({ ...card, kind: 'unknown', fields: {} })).toEqual({ kind: 'unreadable', findings: [] });
  });

  it('tells what a scanner typed from a name or a telephone number', () => {
    expect(['001182012345|…', 'SEN:B:x', 'GD4010000007336', '001182012345'].every(looksScanned)).toBe(true);
    expect(['Hoàng Thị Hà', '0912000458'].some(looksScanned)).toBe(false);
  });
});
