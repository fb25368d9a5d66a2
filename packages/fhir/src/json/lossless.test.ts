import { describe, expect, it } from 'vitest';
import { isNumber, isRawNumber, numberText, numberValue, parseLossless } from './lossless.ts';

describe('parseLossless (R4 json.html §2.6.1: the precision of a decimal is kept)', () => {
  it.each([
    '{"a":1.0}', '{"a":0.10,"b":[1.50,2]}', '{"a":1e3}', '{"a":1E-7}', '{"a":-0}', '{"a":-0.0}', '{"a":123456789012345678901234567890}',
    '{"a":0.1234567890123456789}', '{"a":1.0,"text":"1.0 \\\\\\" 2.0"}', '1.0', '[1.00]', '{"a":{"b":[[3.140]]}}',
  ])('gives %s back', (text) => {
    expect(JSON.stringify(parseLossless(text))).toBe(text);
  });

  it('keeps plain numbers plain, and leaves digits in strings alone', () => {
    const value = parseLossless('{"n":1.5,"s":"2.16.840.1.113883.6.238 and 1.0","t":"quote \\" 1.0","u":"\\\\"}') as Record<string, unknown>;
    expect(value).toEqual({ n: 1.5, s: '2.16.840.1.113883.6.238 and 1.0', t: 'quote " 1.0', u: '\\' });
    expect(isRawNumber(value['n'])).toBe(false);
  });

  it('offers the digits and the value of a kept number', () => {
    const { a } = parseLossless('{"a":5.40}') as { a: number };
    expect(isNumber(a) && [numberText(a), numberValue(a)]).toEqual(['5.40', 5.4]);
  });

  it.each(['{"a":1.0', '{"a":01}', '{"a":1.}', '{"a":"x', '', '{"a":1.0}}'])('refuses %s as JSON.parse does', (text) => {
    expect(() => parseLossless(text)).toThrow(SyntaxError);
  });
});
