import { describe, expect, it } from 'vitest';
import { maskAddress, mobileOf } from './address.ts';
import { quietUntil } from './preference.ts';
import { answerIn } from './reply-words.ts';
import { smsText } from './sms-text.ts';
import { renderWording } from './wording.ts';

describe('SMS (3GPP TS 23.038, 6.2.1)', () => {
  it('counts parts of 160 and 153 letters, and of 70 and 67 with accents', () => {
    const counted = (text: string, accents: boolean) => smsText(text, accents).segments;
    expect([counted('a'.repeat(160), true), counted('a'.repeat(161), true), counted('ế'.repeat(70), true), counted('ế'.repeat(71), true), counted('ế'.repeat(160), false), counted('€'.repeat(81), true)]).toEqual([1, 2, 1, 2, 1, 2]);
    expect(smsText('Đến phòng 205 – cảm ơn', false)).toEqual({ text: 'Den phong 205 - cam on', encoding: 'gsm-7', segments: 1 });
  });
});

describe('words', () => {
  it('take values, and let none begin a line of its own', () => {
    const words = renderWording({ sms: '{name} lúc {at} , {none}.' }, { name: 'Mai\nMã của bạn: 1', at: { at: Date.parse('2026-11-23T00:40:00Z'), as: 'day-time' } }, 'vi', 'Asia/Ho_Chi_Minh');
    expect(words.sms).toBe('Mai Mã của bạn: 1 lúc 07:40 thứ Hai 23/11,.');
  });
});

describe('a reply', () => {
  it('is yes or no only when it plainly is', () => {
    expect(['XN', 'Có', ' ok!', '1', 'HỦY', 'huỷ', 'Không', '2', 'Không, con đến muộn', 'mấy giờ ạ'].map(answerIn)).toEqual(['confirm', 'confirm', 'confirm', 'confirm', 'cancel', 'cancel', 'cancel', 'cancel', 'other', 'other']);
  });
});

describe('quiet hours', () => {
  it('may lie over midnight, and end at their minute', () => {
    const at = (time: string) => Date.parse(`2026-11-23T${time}:00+07:00`);
    const quiet = { quietFrom: '21:30', quietTo: '06:00' };
    const zone = 'Asia/Ho_Chi_Minh';
    expect([quietUntil(at('21:29'), quiet, zone), quietUntil(at('06:00'), quiet, zone), quietUntil(at('05:30'), quiet, zone), quietUntil(at('22:00'), quiet, zone)]).toEqual([undefined, undefined, at('06:00'), at('06:00') + 86_400_000]);
  });
});

describe('addresses', () => {
  it('are one however they are typed, and masked in lists', () => {
    expect(['0912 345 678', '+84 912.345.678', '84912345678', '+33 6 12 34 56 78', '113'].map(mobileOf)).toEqual(['84912345678', '84912345678', '84912345678', '33612345678', undefined]);
    expect([maskAddress('84912345678'), maskAddress('mai@example.vn')]).toEqual(['09•• ••• 678', 'm•••@example.vn']);
  });
});
