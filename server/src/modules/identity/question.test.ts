import { describe, expect, it } from 'vitest';
import { fold } from './fhir-fold.ts';
import { nameScore, readQuestion } from './question.ts';

describe('a typed question', () => {
  it('drops accents in composed and decomposed Unicode, and đ', () => {
    expect(fold('Đặng Thị Hạnh')).toBe('dang thi hanh');
    expect(fold('Nguyễn'.normalize('NFD'))).toBe('nguyen');
  });

  it('keeps words and numbers apart, with phones as people write them', () => {
    expect(readQuestion('Hạnh 0912 345 678')).toEqual({ words: ['hanh'], numbers: ['0912345678'] });
    expect(readQuestion('+84 912.345.678')).toEqual({ words: [], numbers: ['0912345678'] });
    expect(readQuestion('26.014.582')).toEqual({ words: [], numbers: ['26014582'] });
    expect(readQuestion('   ')).toEqual({ words: [], numbers: [] });
  });
});

describe('the order of those who match', () => {
  const best = (typed: string, names: string[]) => names.sort((a, b) => nameScore(readQuestion(typed), b) - nameScore(readQuestion(typed), a))[0];

  it('puts the whole name before a part of it', () => {
    expect(best('nguyen thi hanh', ['Nguyễn Thị Hạnh Phúc', 'Nguyễn Thị Hạnh'])).toBe('Nguyễn Thị Hạnh');
  });

  it('puts a given name before a middle name', () => {
    expect(best('hanh', ['Trần Hạnh Nguyên', 'Lê Thị Hạnh'])).toBe('Lê Thị Hạnh');
  });

  it('puts a whole word before the beginning of one', () => {
    expect(best('an', ['Lê Thị Anh', 'Lê Văn An'])).toBe('Lê Văn An');
  });
});
