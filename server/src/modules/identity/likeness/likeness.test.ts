import { describe, expect, it } from 'vitest';
import { nameKey, phoneKey, type Description } from './description.ts';
import { likenessOf } from './likeness.ts';
import { isWordSlip } from './typing-slip.ts';

const lan: Description = { identifiers: ['cccd|001188000001'], names: ['Trần Thị Lan'], birthDate: '1988-02-14', gender: 'female', phones: ['0912345678'] };
const like = (asked: Partial<Description>, known: Partial<Description> = {}) => likenessOf({ ...lan, ...asked }, { ...lan, ...known });
const grade = (asked: Partial<Description>, known: Partial<Description> = {}) => like(asked, known)?.grade;
const codes = (asked: Partial<Description>, known: Partial<Description> = {}) => like(asked, known)?.reasons.map(({ code }) => code);
const bare: Partial<Description> = { identifiers: [], phones: [] };

describe('R4 patient-operation-match.html: grades of likeness', () => {
  it('is certain only by an identifier that nothing contradicts', () => {
    expect(grade({})).toBe('certain');
    expect(grade({ birthDate: undefined })).toBe('certain');
    expect(grade({ names: [], birthDate: undefined })).toBe('probable');
    expect(grade({ names: ['Lê Văn Hùng'] })).toBe('probable');
    expect(grade({ names: ['Lê Văn Hùng'], birthDate: '1950-01-01', gender: 'male' })).toBe('possible');
    expect(grade({ identifiers: [] })).toBe('probable');
    const unnamed = { identifiers: ['|12'] };
    expect([grade(unnamed, unnamed), grade({ ...unnamed, names: [], birthDate: undefined }, unnamed)]).toEqual(['probable', 'possible']);
  });

  it('without an identifier asks for a name and more', () => {
    expect(grade({ identifiers: [], birthDate: undefined })).toBe('probable');
    expect(grade({ ...bare, birthDate: '1988' })).toBe('possible');
    expect(grade({ identifiers: [], names: [] })).toBe('possible');
    expect(grade({ ...bare, birthDate: undefined })).toBeUndefined();
    expect(grade({ ...bare, names: ['Trần Thị Mai'] })).toBeUndefined();
    expect(grade({ identifiers: ['cccd|001188567890'] })).toBe('possible');
    expect(grade({ identifiers: [], gender: 'male' })).toBe('possible');
  });
});

describe('Names and dates as they are written here', () => {
  it('count a shared Nguyễn for little and a rare family name for much', () => {
    const bitsOf = (name: string) => like({ ...bare, names: [name] }, { names: [name] })?.bits ?? 0;
    expect(bitsOf('Bế Thị Lan') - bitsOf('Nguyễn Thị Lan')).toBeGreaterThan(6);
  });

  it.each([
    ['without a middle name', 'Trần Lan', 'middle-missing'],
    ['the other way round', 'Lan Trần Thị', 'name-swapped'],
    ['with Telex keys left in', 'Traanf Thij Lan', 'name-slip'],
    ['with VNI keys left in', 'Tra6n2 Thi5 Lan', 'name-slip'],
    ['with a letter slipped', 'Trần Thị Lam', 'name-slip'],
    ['with other marks', 'Trần Thị Lân', 'name-marks'],
    ['without marks', 'tran thi lan', undefined],
  ])('know a name %s', (_how, typed, code) => {
    expect(grade({ ...bare, names: [typed] })).toMatch(/probable|possible/);
    expect(codes({ ...bare, names: [typed] })).toContain(code ?? 'name-same');
  });

  it.each([
    ['a year alone', '1988', 'birth-year'], ['1 January', '1988-01-01', 'birth-default'], ['day and month swapped', '1988-12-02', 'birth-swapped'], ['a digit slipped', '1986-02-14', 'birth-slip'],
  ])('know a birth date with %s', (_how, birthDate, code) => {
    const known = code === 'birth-swapped' ? { birthDate: '1988-02-12' } : {};
    expect(codes({ identifiers: [], birthDate }, known)).toContain(code);
    expect(grade({ identifiers: [], birthDate }, known)).toBe('probable');
  });

  it('take 1 January in both for a year, not for a birthday', () => {
    const day = like(bare)?.bits ?? 0;
    expect(day - (like({ ...bare, birthDate: '1988-01-01' }, { birthDate: '1988-01-01' })?.bits ?? 0)).toBeGreaterThan(4);
  });

  it('take Huỳnh for Hoàng and Võ for Vũ as people do', () => {
    expect(grade({ ...bare, names: ['Huỳnh Thị Lan'] }, { names: ['Hoàng Thị Lan'] })).toBeDefined();
  });
});

describe('Who is alike and yet another', () => {
  const house = { line: 'so 5 ngo 12', commune: 'phuong bach mai', province: 'ha noi' };
  const girl: Partial<Description> = { identifiers: [], names: ['Trần Bảo An'], birthDate: '2024-05-01', address: house, mother: 'lan' };

  it('twins: the same day, mother, house and telephone', () => {
    expect(like(girl, { ...girl, names: ['Trần Bảo Ngọc'] })).toBeUndefined();
    expect(grade(girl, { ...girl, names: ['Trần Bảo An'] })).toBe('probable');
  });

  it('twins whose numbers follow each other', () => {
    expect(grade({ ...girl, identifiers: ['cccd|001324000001'] }, { ...girl, names: ['Trần Bảo Ngọc'], identifiers: ['cccd|001324000002'] })).toBeUndefined();
  });

  it('a family with one telephone', () => {
    expect(like({ identifiers: [], address: house }, { identifiers: [], address: house, names: ['Trần Văn Nam'], birthDate: '1960-03-01', gender: 'male' })).toBeUndefined();
  });

  it('namesakes of one year', () => expect(like(bare, { ...bare, birthDate: '1988-07-01' })).toBeUndefined());

  it('but a digit slipped in the number of one person is doubted only', () => {
    expect(grade({ identifiers: ['cccd|001188000010'] })).toBe('probable');
    expect(codes({ identifiers: ['cccd|001188000010'] })).toContain('citizen-slip');
  });
});

describe('Ready to compare', () => {
  it('names without accents and order, phones with and without +84', () => {
    expect(nameKey('  LAN Trần-thị ')).toBe(nameKey('Trần Thị Lan'));
    expect([phoneKey('+84 912 345 678'), phoneKey('0912.345.678'), phoneKey('84912345678'), phoneKey('0084 912345678')]).toEqual(['0912345678', '0912345678', '0912345678', '0912345678']);
  });

  it.each([['nguyeenx', 'nguyen'], ['nguye6n4', 'nguyen'], ['nguyne', 'nguyen'], ['nguyn', 'nguyen'], ['ddawngj', 'dang']])('%s is a slip of %s', (a, b) => expect(isWordSlip(a, b)).toBe(true));
  it.each([['an', 'anh'], ['lan', 'mai'], ['an', 'ân']])('%s is another name than %s', (a, b) => expect(isWordSlip(a, b)).toBe(false));
});
