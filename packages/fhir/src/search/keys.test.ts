import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { resourceTypes } from '../structure/structure.ts';
import { hash64, idOfKey, keyOf, newId } from './keys.ts';
import { placeOf, systemCodeTerm } from './terms.ts';

describe('keys of resources (frozen: stored rows depend on them)', () => {
  it('decodes a server-made id and makes it again', () => {
    const id = newId(Date.UTC(2026, 10, 23));
    expect(id).toMatch(/^[0-7][0-9a-hjkmnp-tv-z]{12}$/);
    expect(keyOf(id)).toBeGreaterThanOrEqual(0n);
    expect(idOfKey(keyOf(id))).toBe(id);
  });

  it('hashes every other id to a negative key', () => {
    expect(keyOf('nguyen-thi-hanh')).toBeLessThan(0n);
    expect(keyOf('8a4c9c04-1524-9f1c-d65b-9b17e4520fef')).toBeLessThan(0n);
    expect(keyOf('0CNAMHWDGKE00')).toBeLessThan(0n);
  });

  it('makes ids that rise and never repeat, also within a millisecond and when the clock steps back', () => {
    const now = Date.UTC(2030, 0, 1);
    const ids = Array.from({ length: 5000 }, (_, i) => newId(now - i));
    expect(new Set(ids).size).toBe(5000);
    expect([...ids].sort()).toEqual(ids);
  });

  it('keeps the hashes and the type numbers of the first release', () => {
    expect(hash64('sen')).toBe(4346745018011387846n);
    expect(systemCodeTerm('http://loinc.org', '8480-6')).toBe(hash64('s|http://loinc.org|8480-6'));
    expect(placeOf('Observation', 'subject?Patient', 'reference')).toBe(placeOf('Observation', 'subject', 'reference'));
    expect(createHash('sha256').update(resourceTypes.join(' ')).digest('hex').slice(0, 16)).toBe('277dd4fd0f7165ea');
  });
});
