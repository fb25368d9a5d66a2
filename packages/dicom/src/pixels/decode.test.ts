import { describe, expect, it } from 'vitest';
import { buildDataset, type Values } from '../dataset/build-dataset.ts';
import { DicomError } from '../dataset/dicom-error.ts';
import { canDecode, decodeFrame } from './decode-frame.ts';
import { encodeFrame } from './encode-frame.ts';
import type { Frame } from './frame.ts';
import { describePixels, type PixelDescription } from './pixel-description.ts';
import { decodeRle, encodeRle } from './rle.ts';

const explicit = '1.2.840.10008.1.2.1';
const bigEndian = '1.2.840.10008.1.2.2';
const rle = '1.2.840.10008.1.2.5';
const jpegExtended = '1.2.840.10008.1.2.4.51';
const jpegLossless = '1.2.840.10008.1.2.4.70';

describe('native frames (DICOM PS3.5 8.1)', () => {
  it('reads single bits of a frame that begins within a byte', async () => {
    const { cells } = await decodeFrame(pixels({ Rows: 1, Columns: 5, BitsAllocated: 1, BitsStored: 1, HighBit: 0 }), explicit, { bytes: Uint8Array.of(0b1010_0000, 0b10), firstBit: 5 });
    expect([...cells]).toEqual([1, 0, 1, 0, 1]);
  });

  it('turns words of big endian round', async () => {
    const signed = pixels({ Columns: 2, Rows: 1, BitsAllocated: 16, BitsStored: 16, HighBit: 15, PixelRepresentation: 1 });
    expect([...(await decodeFrame(signed, bigEndian, { bytes: Uint8Array.of(0xff, 0xfe, 0x01, 0x02) })).cells]).toEqual([-2, 258]);
    const bytes = pixels({ Columns: 3, Rows: 1 });
    expect([...(await decodeFrame(bytes, bigEndian, { bytes: Uint8Array.of(2, 1, 0, 3), words: true })).cells]).toEqual([1, 2, 3]);
  });

  it('reads words that begin at an odd byte of a buffer', async () => {
    const wide = pixels({ Columns: 2, Rows: 1, BitsAllocated: 16, BitsStored: 16, HighBit: 15 });
    const file = Buffer.from(new Uint8Array([9, 1, 0, 2, 0]).buffer);
    expect([...(await decodeFrame(wide, explicit, { bytes: file.subarray(1) })).cells]).toEqual([1, 2]);
  });

  it('puts planes together', async () => {
    const description = pixels({ Columns: 2, Rows: 1, SamplesPerPixel: 3, PhotometricInterpretation: 'RGB', PlanarConfiguration: 1 });
    const frame = await decodeFrame(description, explicit, { bytes: Uint8Array.of(1, 4, 2, 5, 3, 6) });
    expect([...frame.cells]).toEqual([1, 2, 3, 4, 5, 6]);
    expect(frame.description.planar).toBe(false);
  });

  it('gives both pixels of YBR_FULL_422 their colours', async () => {
    const description = pixels({ Columns: 2, Rows: 1, SamplesPerPixel: 3, PhotometricInterpretation: 'YBR_FULL_422', PlanarConfiguration: 0 });
    const frame = await decodeFrame(description, explicit, { bytes: Uint8Array.of(10, 20, 30, 40) });
    expect([...frame.cells]).toEqual([10, 30, 40, 20, 30, 40]);
    expect(frame.description.photometric).toBe('YBR_FULL');
  });

  it('reads 32 bits and floats', async () => {
    const wide = pixels({ Columns: 1, Rows: 1, BitsAllocated: 32, BitsStored: 32, HighBit: 31 });
    expect([...(await decodeFrame(wide, explicit, { bytes: Uint8Array.of(1, 0, 0, 0x80) })).cells]).toEqual([0x8000_0001]);
    const float = { ...wide, floating: true };
    expect([...(await decodeFrame(float, explicit, { bytes: Uint8Array.of(0, 0, 0xc0, 0x3f) })).cells]).toEqual([1.5]);
  });

  it('refuses a frame that is too short', async () => {
    await expect(decodeFrame(pixels({}), explicit, { bytes: new Uint8Array(3) })).rejects.toMatchObject({ code: 'dicom.pixels-undecodable' });
  });
});

describe('RLE Lossless (DICOM PS3.5 Annex G)', () => {
  it('decodes runs and literals, the high bytes first', () => {
    const segments = [Uint8Array.of(254, 1), Uint8Array.of(2, 5, 6, 7)];
    expect([...decodeRle(withHeader(segments), { pixels: 3, samples: 1, size: 2 })]).toEqual([5, 1, 6, 1, 7, 1]);
  });

  it.each([[1, 1], [1, 2], [1, 4], [3, 1], [3, 2]])('comes back as it went: %i samples of %i bytes', (samples, size) => {
    const next = random(7);
    for (let round = 0; round < 200; round += 1) {
      const columns = 1 + (next() % 300);
      const count = columns * (1 + (next() % 4));
      const calm = next() % 4;
      const cells = Uint8Array.from({ length: count * samples * size }, () => (next() % 8 <= calm ? next() & 255 : 9));
      expect(Buffer.compare(decodeRle(encodeRle(cells, { pixels: count, samples, size }, columns), { pixels: count, samples, size }), cells)).toBe(0);
    }
  });

  it('answers 20,000 mutated frames with pixels or a refusal', () => {
    const next = random(11);
    const shape = { pixels: 24, samples: 1, size: 2 };
    const good = encodeRle(Uint8Array.from({ length: 48 }, () => next() & 3), shape, 6);
    let refused = 0;
    for (let round = 0; round < 20_000; round += 1) {
      const bytes = mutated(good, next);
      const answer = pixelsOrRefusal(() => decodeRle(bytes, shape));
      expect(answer === 'dicom.pixels-undecodable' || answer.length === 48).toBe(true);
      if (typeof answer === 'string') refused += 1;
    }
    expect(refused).toBeGreaterThan(1000);
  });
});

describe('JPEG (ISO/IEC 10918-1)', () => {
  // Eight by eight, 12 bits: 400 more to the right, 100 more downwards. Written by DCMTK 3.6.7.
  const extended = Buffer.from('/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAIBAQEBAQIBAQECAgICAgQDAgICAgUEBAMEBgUGBgYFBgYGBwkIBgcJBwYGCAsICQoKCgoKBggLDAsKDAkKCgr/wQALDAAIAAgBAREA/8QAFAABAAAAAAAAAAAAAAAAAAAAC//EABwQAAAGAwAAAAAAAAAAAAAAAAALDSg5RVZidP/aAAgBAQAAPwA1dDhiOGIJoGDUXLqP///Z', 'base64');
  const lossless = Buffer.from('/9j/4AAQSkZJRgABAQAAAQABAAD/wwALEAAIAAgBAREA/8QAFgABAQEAAAAAAAAAAAAAAAAACQcQ/9oACAEBAAEAAMyDIMgyDIMgyFkZBkGQZBkGQZCyMgyDIMgyDIMhZGQZBkGQZBkGQsjIMgyDIMgyDIWRkGQZBkGQZBkLIyDIMgyDIMgyFkZBkGQZBkGQZD//2Q==', 'base64');
  const description = pixels({ Rows: 8, Columns: 8, BitsAllocated: 16, BitsStored: 12, HighBit: 11 });
  const ramp = Array.from({ length: 64 }, (_, at) => (at % 8) * 400 + Math.floor(at / 8) * 100);

  it('decodes 12 bits as near as its quality is', async () => {
    const { cells } = await decodeFrame(description, jpegExtended, { bytes: extended });
    expect(Math.max(...ramp.map((value, at) => Math.abs(value - cells[at]!)))).toBeLessThan(8);
  });

  it('decodes lossless ones exactly, from two fragments too', async () => {
    const { cells } = await decodeFrame(description, jpegLossless, { bytes: [lossless.subarray(0, 80), lossless.subarray(80)] });
    expect([...cells]).toEqual(ramp);
  });

  it('refuses a picture of another size than the data set tells', async () => {
    await expect(decodeFrame({ ...description, columns: 9 }, jpegLossless, { bytes: lossless })).rejects.toThrow('dicom.pixels-undecodable');
  });

  it('refuses moving pictures, and says so beforehand', async () => {
    expect([canDecode('1.2.840.10008.1.2.4.102'), canDecode(jpegLossless), canDecode(bigEndian)]).toEqual([false, true, true]);
    await expect(decodeFrame(description, '1.2.840.10008.1.2.4.102', { bytes: lossless })).rejects.toThrow('dicom.pixels-undecodable');
  });

  it.each([['extended', jpegExtended, extended], ['lossless', jpegLossless, lossless]])('answers mutated %s streams with pixels or a refusal', async (_, uid, good) => {
    const next = random(5);
    for (let round = 0; round < 1000; round += 1) await mayRefuse(decodeFrame(description, uid, { bytes: mutated(good, next) }));
  });
});

const everyEncoder = [
  ['RLE', rle], ['deflated frames', '1.2.840.10008.1.2.8.1'], ['JPEG-LS', '1.2.840.10008.1.2.4.80'], ['JPEG 2000', '1.2.840.10008.1.2.4.90'], ['HTJ2K', '1.2.840.10008.1.2.4.201'], ['HTJ2K by resolution', '1.2.840.10008.1.2.4.202'],
] as const;

describe('transfer syntaxes that lose nothing', () => {
  it.each(everyEncoder)('%s brings every kind of frame back', async (_, uid) => {
    for (const frame of kinds()) {
      const encoded = await encodeFrame(frame, uid);
      expect(encoded.bytes.length % 2).toBe(0);
      const back = await decodeFrame({ ...frame.description, photometric: encoded.photometric }, uid, { bytes: encoded.bytes });
      expect(back.cells).toEqual(frame.cells);
      expect(back.description).toEqual(frame.description);
    }
  });

  it.each(everyEncoder)('%s cut short is refused', async (_, uid) => {
    const frame = kinds()[0]!;
    const { bytes } = await encodeFrame(frame, uid);
    await expect(decodeFrame(frame.description, uid, { bytes: bytes.subarray(0, bytes.length >> 1) })).rejects.toThrow('dicom.pixels-undecodable');
  });

  it.each(everyEncoder)('%s mutated is answered with pixels or a refusal, and the next frame is right', async (_, uid) => {
    const frame = kinds()[0]!;
    const { bytes } = await encodeFrame(frame, uid);
    const next = random(3);
    for (let round = 0; round < 40; round += 1) await mayRefuse(decodeFrame(frame.description, uid, { bytes: mutated(bytes, next) }));
    expect((await decodeFrame(frame.description, uid, { bytes })).cells).toEqual(frame.cells);
  });

  it('refuses what a codec would drop: an overlay in a high bit', async () => {
    const description = pixels({ Rows: 1, Columns: 2, BitsAllocated: 16, BitsStored: 12, HighBit: 11 });
    await expect(encodeFrame({ description, cells: Uint16Array.of(1, 0x8001) }, '1.2.840.10008.1.2.4.80')).rejects.toThrow('dicom.pixels-unencodable');
    expect([...(await encodeFrame({ description, cells: Uint16Array.of(1, 0x8001) }, explicit)).bytes]).toEqual([1, 0, 1, 0x80]);
  });

  it('refuses JPEG 2000 whose colours are coarser than its grey', async () => {
    const frame = kinds()[4]!;
    const { bytes } = await encodeFrame(frame, '1.2.840.10008.1.2.4.90');
    const coarse = Uint8Array.from(bytes);
    // XRsiz of the second component: SOC, SIZ, 40 bytes to the components, three for each.
    coarse[46] = 2;
    await expect(decodeFrame(frame.description, '1.2.840.10008.1.2.4.90', { bytes: coarse })).rejects.toThrow('dicom.pixels-undecodable');
  });

  it('refuses more than 8 bits for JPEG baseline', async () => {
    await expect(encodeFrame(kinds()[1]!, '1.2.840.10008.1.2.4.50')).rejects.toThrow('dicom.pixels-unencodable');
  });
});

function pixels(values: Values): PixelDescription {
  return describePixels(buildDataset({ Rows: 2, Columns: 2, SamplesPerPixel: 1, PhotometricInterpretation: 'MONOCHROME2', BitsAllocated: 8, BitsStored: 8, HighBit: 7, PixelRepresentation: 0, ...values }));
}

function kinds(): Frame[] {
  const size = { Rows: 33, Columns: 41 };
  const wave = (most: number) => (_: unknown, at: number) => Math.floor((Math.sin(at / 13) * most) / 3 + most / 3 + (at % 5));
  return [
    { description: pixels(size), cells: Uint8Array.from({ length: 1353 }, wave(255)) },
    { description: pixels({ ...size, BitsAllocated: 16, BitsStored: 12, HighBit: 11 }), cells: Uint16Array.from({ length: 1353 }, wave(4000)) },
    { description: pixels({ ...size, BitsAllocated: 16, BitsStored: 12, HighBit: 11, PixelRepresentation: 1 }), cells: Int16Array.from({ length: 1353 }, (_, at) => wave(2000)(_, at) - 900) },
    { description: pixels({ ...size, BitsAllocated: 16, BitsStored: 16, HighBit: 15, PixelRepresentation: 1 }), cells: Int16Array.from({ length: 1353 }, (_, at) => wave(30_000)(_, at) - 15_000) },
    { description: pixels({ ...size, SamplesPerPixel: 3, PhotometricInterpretation: 'RGB', PlanarConfiguration: 0 }), cells: Uint8Array.from({ length: 4059 }, wave(255)) },
  ];
}

function withHeader(segments: readonly Uint8Array[]): Uint8Array {
  const header = Buffer.alloc(64);
  header.writeUInt32LE(segments.length, 0);
  let at = 64;
  segments.forEach((segment, index) => {
    header.writeUInt32LE(at, 4 + index * 4);
    at += segment.length;
  });
  return Buffer.concat([header, ...segments]);
}

/** Whatever else goes wrong, goes on. */
function pixelsOrRefusal(decode: () => Uint8Array): Uint8Array | string {
  try {
    return decode();
  } catch (error) {
    if (error instanceof DicomError) return error.code;
    throw error;
  }
}

async function mayRefuse(decoding: Promise<Frame>): Promise<void> {
  const answer = await decoding.catch((error: unknown) => (error instanceof DicomError ? error.code : Promise.reject(error)));
  expect(typeof answer === 'object' || answer === 'dicom.pixels-undecodable').toBe(true);
}

function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state >>> 8;
  };
}

function mutated(good: Uint8Array, next: () => number): Uint8Array {
  const bytes = Uint8Array.from(good);
  for (let changes = 1 + (next() % 3); changes > 0; changes -= 1) bytes[next() % bytes.length] = next() & 255;
  return next() % 4 === 0 ? bytes.subarray(0, next() % bytes.length) : bytes;
}
