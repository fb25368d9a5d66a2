import { describe, expect, it } from 'vitest';
import { likenessOf, nameKey, phoneKey, type Description } from './likeness.ts';

const lan: Description = { identifiers: ['cccd|001188000001'], names: [nameKey('Trần Thị Lan')], birthDate: '1988-02-14', gender: 'female', phones: ['0912345678'] };
const grade = (asked: Partial<Description>, known: Partial<Description> = {}) => likenessOf({ ...lan, ...asked }, { ...lan, ...known })?.grade;

describe('R4 patient-operation-match.html: grades of likeness', () => {
  it('is certain only by an identifier that nothing contradicts', () => {
    expect(grade({})).toBe('certain');
    expect(grade({ birthDate: undefined })).toBe('certain');
    expect(grade({ names: [], birthDate: undefined })).toBe('probable');
    expect(grade({ names: [nameKey('Lê Văn Hùng')] })).toBe('probable');
    expect(grade({ names: [nameKey('Lê Văn Hùng')], birthDate: '1950-01-01', gender: 'male' })).toBe('possible');
    expect(grade({ identifiers: [] })).toBe('probable');
    const unnamed = { identifiers: ['|12'] };
    expect([grade(unnamed, unnamed), grade({ ...unnamed, names: [], birthDate: undefined }, unnamed)]).toEqual(['probable', 'possible']);
  });

  it('without an identifier asks for two facts at least, and doubts when another number of the same kind is known', () => {
    expect(grade({ identifiers: [], birthDate: undefined })).toBe('probable');
    expect(grade({ identifiers: [], birthDate: '1988', phones: [] })).toBe('possible');
    expect(grade({ identifiers: [], names: [] })).toBe('possible');
    expect(grade({ identifiers: [], birthDate: undefined, phones: [] })).toBeUndefined();
    expect(grade({ identifiers: [], names: [nameKey('Trần Thị Mai')], phones: [] })).toBeUndefined();
    expect(grade({ identifiers: ['cccd|001188000002'] })).toBe('possible');
    expect(grade({ identifiers: [], gender: 'male' })).toBe('possible');
  });

  it('compares names without accents and order, and phones with and without +84', () => {
    expect(nameKey('  LAN Trần-thị ')).toBe(nameKey('Trần Thị Lan'));
    expect([phoneKey('+84 912 345 678'), phoneKey('0912.345.678'), phoneKey('84912345678'), phoneKey('0084 912345678')]).toEqual(['0912345678', '0912345678', '0912345678', '0912345678']);
  });
});
