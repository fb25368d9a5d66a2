import { constants, crc32, deflateRawSync, gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { joinedGzip } from './joined-gzip.ts';

const entry = (text: string) => {
  const bytes = Buffer.from(text);
  return { deflated: deflateRawSync(bytes, { finishFlush: constants.Z_FULL_FLUSH }), crc: crc32(bytes), bytes: bytes.length };
};

describe('metadata put together without unpacking', () => {
  it.each([0, 1, 2, 500])('is one gzip file that unpacks to a list of %i', (count) => {
    const made = Array.from({ length: count }, (_, i) => ({ 'name': `Ảnh ${i}`, 'long': 'x'.repeat((i * 37) % 5_000) }));
    expect(JSON.parse(gunzipSync(joinedGzip(made.map((one) => entry(JSON.stringify(one))))).toString())).toEqual(made);
  });
});
