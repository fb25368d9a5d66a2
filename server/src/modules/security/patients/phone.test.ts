import { describe, expect, it } from 'vitest';
import { phoneOf } from './phone.ts';

describe('Mobile numbers of Vietnam', () => {
  it('are one number however they are typed', () => {
    for (const typed of ['0912345678', '0912 345 678', '0912.345.678', '+84912345678', '+84 912 345 678', '84912345678', '0084912345678']) expect(phoneOf(typed)).toBe('0912345678');
  });

  it('have ten digits and a mobile prefix', () => {
    for (const typed of ['', '091234567', '09123456789', '0243 868 8688', '0112345678', '+1 212 555 0100', '٠٩١٢٣٤٥٦٧٨', '0912345678a']) expect(phoneOf(typed)).toBeUndefined();
  });
});
