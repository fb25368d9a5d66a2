import { describe, expect, it } from 'vitest';
import { formatAge, formatBand, formatDate, formatSexAge, formatShort, formatToday, formatValue, glued, initialOf } from './format.ts';
import { pieces, plain } from './plain.ts';

const now = Date.parse('2026-11-23T08:52:00+07:00');

describe('dates', () => {
  it('are dd/MM/yyyy in Vietnamese, told in the hospital’s zone, and stay partial when they are', () => {
    expect(formatDate('1968-03-14', 'vi')).toBe('14/03/1968');
    expect(formatDate('1968-03', 'vi')).toBe('03/1968');
    expect(formatDate('1968', 'en')).toBe('1968');
    expect(formatDate('2026-11-22T18:30:00Z', 'vi')).toBe('23/11/2026');
    expect(formatDate('1968-03-14', 'en')).toBe('14 Mar 1968');
  });

  it('are short beside other things', () => {
    expect(formatShort('2026-11-23T08:36:00+07:00', now, 'vi')).toBe('08:36');
    expect(formatShort('2026-11-20T08:36:00+07:00', now, 'vi')).toBe('20/11');
    expect(formatShort('2024-11-20', now, 'en')).toBe('20 Nov 2024');
    expect(formatToday(now, 'vi')).toEqual({ day: 'Thứ Hai, 23/11/2026', time: '08:52' });
  });
});

describe('numbers', () => {
  it('keep their digits and take the marks of the language', () => {
    expect(formatValue('7.0', 'vi')).toBe('7,0');
    expect(formatValue('1234.5', 'vi')).toBe('1234,5');
    expect(formatValue('12345.5', 'vi')).toBe('12.345,5');
    expect(formatValue('12345', 'en')).toBe('12,345');
    expect(formatValue('<0.5', 'vi')).toBe('<0,5');
    expect(formatValue('152/88', 'vi')).toBe('152/88');
    expect(formatValue('Âm tính', 'vi')).toBe('Âm tính');
  });

  it('show ranges with equal decimals, or the laboratory’s own words', () => {
    expect(formatBand({ low: 3.5, high: 5 }, 'vi')).toBe('3,5–5,0');
    expect(formatBand({ low: 60 }, 'vi')).toBe('≥\u00a060');
    expect(formatBand({ text: 'Âm tính' }, 'vi')).toBe('Âm tính');
    expect(formatBand(undefined, 'vi')).toBeUndefined();
  });
});

describe('people', () => {
  it('carry their age in its unit and are lettered by the given name', () => {
    expect(formatAge({ value: 31, unit: 'months' }, 'vi')).toBe('31\u00a0tháng');
    expect(formatAge({ value: 1, unit: 'days' }, 'en')).toBe('1\u00a0day');
    expect(formatSexAge('female', { value: 58, unit: 'years' }, 'vi')).toBe('Nữ, 58');
    expect(initialOf('Nguyễn Thị Ánh')).toBe('Á');
    expect(glued('BS. Lê Minh, 10 mg')).toBe('BS.\u00a0Lê Minh, 10\u00a0mg');
  });
});

describe('highlights', () => {
  it('fall on accented letters when plain ones were typed, at the beginnings of words only', () => {
    expect(plain('Đặng HOÀ')).toBe('dang hoa');
    expect(pieces('Nguyễn Thị Hạnh', 'han ng').filter((piece) => piece.hit).map((piece) => piece.text)).toEqual(['Ng', 'Hạn']);
  });
});
