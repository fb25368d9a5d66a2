import { describe, expect, it } from 'vitest';
import { codeOf, matchingStep, otpauthUri, stepAt, toBase32 } from './one-time-password.ts';

const secret = Buffer.from('12345678901234567890');

describe('RFC 6238, appendix B (SHA-1, the last six digits)', () => {
  it.each([[59, '287082'], [1111111109, '081804'], [1111111111, '050471'], [1234567890, '005924'], [2000000000, '279037'], [20000000000, '353130']])('at %i s the code is %s', (seconds, code) => {
    expect(codeOf(secret, stepAt(seconds * 1000))).toBe(code);
  });
});

describe('RFC 6238 §5.2: a code is good once, and one step early or late', () => {
  const now = 1_234_567_890_000;
  const step = stepAt(now);

  it('takes the step before and after, no further', () => {
    expect([-2, -1, 0, 1, 2].map((by) => matchingStep(secret, codeOf(secret, step + by), now, 0))).toEqual([undefined, step - 1, step, step + 1, undefined]);
  });

  it('takes no code of a step that was used, nor of one before it', () => {
    expect(matchingStep(secret, codeOf(secret, step), now, step)).toBeUndefined();
    expect(matchingStep(secret, codeOf(secret, step - 1), now, step)).toBeUndefined();
    expect(matchingStep(secret, codeOf(secret, step + 1), now, step)).toBe(step + 1);
  });

  it('reads spaces as people type them, and nothing but six digits', () => {
    expect(matchingStep(secret, '005 924', now, 0)).toBe(step);
    for (const typed of ['', '00592', '0059244', 'abcdef', '٠٠٥٩٢٤']) expect(matchingStep(secret, typed, now, 0)).toBeUndefined();
  });
});

describe('RFC 4648 §10: base32', () => {
  it('writes the vectors without padding', () => {
    expect(['', 'f', 'fo', 'foo', 'foob', 'fooba', 'foobar'].map((text) => toBase32(Buffer.from(text)))).toEqual(['', 'MY', 'MZXQ', 'MZXW6', 'MZXW6YQ', 'MZXW6YTB', 'MZXW6YTBOI']);
  });

  it('stands in the address an authenticator app reads', () => {
    expect(otpauthUri(Buffer.from('foobar'), 'Bệnh viện Sen', 'bacsi')).toBe('otpauth://totp/B%E1%BB%87nh%20vi%E1%BB%87n%20Sen:bacsi?secret=MZXW6YTBOI&issuer=B%E1%BB%87nh%20vi%E1%BB%87n%20Sen&algorithm=SHA1&digits=6&period=30');
  });
});
