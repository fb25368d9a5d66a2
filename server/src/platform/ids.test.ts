import { describe, expect, it } from 'vitest';
import { randomId, requestId } from './ids.ts';

describe('Ids', () => {
  it('are 13 characters of lower-case base32 and do not repeat', () => {
    const ids = new Set(Array.from({ length: 10_000 }, () => randomId()));
    expect(ids.size).toBe(10_000);
    for (const id of ids) expect(id).toMatch(/^[0-9a-hjkmnp-tv-z]{13}$/);
  });

  it('of requests are taken over when they are sane, and made otherwise', () => {
    expect(requestId('gateway-000123')).toBe('gateway-000123');
    const made = [undefined, 'short', 'x'.repeat(65), 'two words here', 'line\nbreak-line', ['a-sane-id-1', 'b-sane-id-2']].map((given) => requestId(given));
    expect(new Set(made).size).toBe(made.length);
    for (const id of made) expect(id).toMatch(/^[0-9a-z]{13}-[0-9a-z]+$/);
  });
});
