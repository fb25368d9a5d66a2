import { createInflateRaw } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { packContent, unpackContent } from './codec.ts';

const observation = JSON.stringify({ resourceType: 'Observation', status: 'final', code: { coding: [{ system: 'http://loinc.org', code: '8480-6' }] }, note: 'Huyết áp' });

const place = { type: 'Observation', id: 'o1', version: 3 };
const packed = (json: string): Buffer => packContent(json, place);
const unpacked = (content: Buffer): Buffer => unpackContent({ ...place, content });

describe('stored content', () => {
  it('comes back byte for byte, small, large and in any order', () => {
    const large = JSON.stringify({ resourceType: 'Observation', note: Array.from({ length: 400_000 }, (_, i) => i % 97).join('-') });
    for (const text of [observation, large, '{}', observation, large]) expect(unpacked(packed(text)).toString()).toBe(text);
  });

  it('is much smaller than the text', () => {
    expect(packed(observation).length).toBeLessThan(observation.length / 2);
  });

  it('refuses what is cut, changed or of an unknown dictionary, and works on afterwards', () => {
    const whole = packed(observation);
    expect(() => unpacked(whole.subarray(0, 20))).toThrow();
    expect(() => unpacked(Buffer.concat([whole.subarray(0, 10), Buffer.alloc(40, 0xff)]))).toThrow();
    expect(() => unpacked(Buffer.of(200, 1, 2))).toThrow(/dictionary 200/);
    expect(unpacked(whole).toString()).toBe(observation);
  });

  it('finds in the pinned runtime the coder that it uses again', () => {
    const coder = createInflateRaw() as unknown as { _handle: { writeSync: unknown; reset: unknown }; _writeState: unknown };
    expect(typeof coder._handle.writeSync).toBe('function');
    expect(typeof coder._handle.reset).toBe('function');
    expect(coder._writeState).toBeInstanceOf(Uint32Array);
  });
});
