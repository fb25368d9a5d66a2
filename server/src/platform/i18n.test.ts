import { describe, expect, it } from 'vitest';
import { both, pickLanguage } from './i18n.ts';

describe('The language of a request', () => {
  it('is the person\'s own choice first', () => {
    expect(pickLanguage('en', 'vi', 'vi')).toBe('en');
    expect(pickLanguage('fr', 'en', 'vi')).toBe('en');
  });

  it('is what the browser prefers next (RFC 9110 §12.5.4)', () => {
    expect(pickLanguage(undefined, 'en-US,en;q=0.9', 'vi')).toBe('en');
    expect(pickLanguage(undefined, 'fr, en;q=0.4, vi-VN;q=0.8', 'en')).toBe('vi');
    expect(pickLanguage(undefined, 'en;q=0, vi;q=0.1', 'en')).toBe('vi');
    expect(pickLanguage(undefined, 'vi', 'en')).toBe('vi');
  });

  it('is the house\'s when nothing else says', () => {
    for (const header of [undefined, '', '*', 'fr', 'enx', 'vix-1;q=x', ';;;,,,']) expect(pickLanguage(undefined, header, 'vi')).toBe('vi');
  });

  it('puts both texts in one line where only one fits', () => {
    expect(both({ vi: 'Chào', en: 'Hello' })).toBe('Chào / Hello');
  });
});
