import { describe, expect, it } from 'vitest';
import { fold, wordTails } from './fold.ts';

describe('fold (R4 search §3.1.1.4.9: strings match without case and accents)', () => {
  it('folds composed, decomposed and upper-case Vietnamese alike', () => {
    const forms = ['Nguyễn', 'nguyễn'.normalize('NFD'), 'NGUYỄN', 'nguyen'];
    expect(new Set(forms.map(fold))).toEqual(new Set(['nguyen']));
  });

  it('finds Đặng and Dang, hoà and hòa alike', () => {
    expect(fold('Đặng')).toBe(fold('Dang'));
    expect(fold('hoà')).toBe(fold('hòa'));
  });

  it('collapses white space and keeps digits and dots', () => {
    expect(fold('  Trần   Văn  ')).toBe('tran van');
    expect(fold('26.014.582')).toBe('26.014.582');
  });

  it('gives every run of words that reaches the end', () => {
    expect(wordTails('nguyen thi hanh')).toEqual(['nguyen thi hanh', 'thi hanh', 'hanh']);
    expect(wordTails("o'hara-le j. r.")).toEqual(["o'hara-le j. r.", 'hara-le j. r.', 'le j. r.', 'j. r.', 'r.']);
  });
});
