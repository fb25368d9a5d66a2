import { createInflateRaw } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { packContent, unpackContent } from './codec.ts';

const observation = JSON.stringify({ resourceType: 'Observation', status: 'final', code: { coding: [{ system: 'http://loinc.org', code: '8480-6' }] }, note: 'Huyết áp' });

describe('stored content', () => {
  it('comes back byte for byte, small, large and in any order', () => {
    const large = JSON.stringify({ resourceType: 'Binary', data: Array.from({ length: 400_000 }, (_, i) => i % 97).join('-') });
    for (const text of [observation, large, '{}', observation, large]) expect(unpackContent(packContent(text)).toString()).toBe(text);
  });

  it('is much smaller than the text', () => {
    expect(packContent(observation).length).toBeLessThan(observation.length / 2);
  });

  it('refuses what is cut, changed or of an unknown dictionary, and works on afterwards', () => {
    const packed = packContent(observation);
    expect(() => unpackContent(packed.subarray(0, 20))).toThrow();
    expect(() => unpackContent(Buffer.concat([packed.subarray(0, 10), Buffer.alloc(40, 0xff)]))).toThrow();
    expect(() => unpackContent(Buffer.of(200, 1, 2))).toThrow(/dictionary 200/);
    expect(unpackContent(packed).toString()).toBe(observation);
  });

  it('finds in the pinned runtime the coder that it uses again', () => {
    const coder = createInflateRaw() as unknown as { _handle: { writeSync: unknown; reset: unknown }; _writeState: unknown };
    expect(typeof coder._handle.writeSync).toBe('function');
    expect(typeof coder._handle.reset).toBe('function');
    expect(coder._writeState).toBeInstanceOf(Uint32Array);
  });
});
