import { describe, expect, it } from 'vitest';
import { passwordFinding } from './password-rules.ts';

const judge = (password: string, secondFactor = false) => passwordFinding(password, { words: ['le.minh.quang', 'Lê Minh Quang', 'Bệnh viện Sen Hồng'], secondFactor });

describe('NIST SP 800-63B-4 §3.1.1.2: length', () => {
  it('asks for 15 characters alone, 8 beside a second factor, and takes 128', () => {
    expect(judge('cá mè kho tộ k')).toBe('too-short');
    expect(judge('cá mè kho tộ kĩ')).toBeUndefined();
    expect(judge('kẹo sữa')).toBe('too-short');
    expect(judge('kẹo sữa!', true)).toBeUndefined();
    expect(judge('một con vịt xòe ra hai cái cánh '.repeat(4).slice(0, 128))).toBeUndefined();
    expect(judge('vịt xòe ra hai cái cánh '.repeat(6).slice(0, 129))).toBe('too-long');
  });

  it('counts characters, not bytes or the way accents are typed', () => {
    expect(judge('ế'.normalize('NFD').repeat(3))).toBe('too-short');
  });

  it('has no rules of composition', () => {
    for (const password of ['sông núi trăng mưa', 'gdkwpvzhnyqrumb', 'xe dap cu mau xanh la', '🦆 bơi qua ao sen mùa hạ']) expect(judge(password)).toBeUndefined();
  });
});

describe('Passwords that a guesser tries first', () => {
  it.each([
    'matkhau123456789', 'MatKhau@2026!!!!', 'm4tkh4u12345678', 'benhvienbachmai2026', '123456789012345', 'qwertyuiop12345', 'aaaaaaaaaaaaaaaa', 'abcabcabcabcabcabc',
    'leminhquang1990', 'LeMinhQuang@123456', 'le.minh.quang2026', 'senhongsenhong2026', 'Password12345678', 'nguyenvantuan123', 'anhyeuem1234567', 'BacSi@BenhVien2026',
  ])('refuses %s', (password) => expect(judge(password)).toBe('too-easy'));
});
