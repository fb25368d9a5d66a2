// Seeded: the same mutations every time. SEN_TEST_FUZZ_ROUNDS makes more of them (`SEN_TEST_FUZZ_ROUNDS=1000000`).
import { describe, expect, it } from 'vitest';
import {
  buildDataset, deflatedLittleEndian, DicomError, explicitBigEndian, explicitLittleEndian, fragmentScanner, fromJson, guessText, headerReader, implicitLittleEndian,
  jsonText, nativeFrames, readDataset, readPart10, textOf, toJson, writeDataset, writePart10, type Dataset,
} from '../index.ts';

const rounds = Number(process.env['SEN_TEST_FUZZ_ROUNDS'] ?? 20_000);
const syntaxes = [implicitLittleEndian, explicitLittleEndian, explicitBigEndian, deflatedLittleEndian];

const seed = buildDataset({
  SOPClassUID: '1.2.840.10008.5.1.4.1.1.2', SOPInstanceUID: '1.2.3.4', SpecificCharacterSet: ['', 'ISO 2022 IR 87'], PatientName: 'Nguyen^An', ImageComments: 'x\\y',
  ReferencedImageSequence: [{ ReferencedSOPInstanceUID: '1.2.3.5', PurposeOfReferenceCodeSequence: [{ CodeValue: '121311' }, {}] }],
  ImagePositionPatient: [-12.5, 1000, 0.1], NumberOfFrames: 2, Rows: 2, Columns: 2, PixelRepresentation: 1, SmallestImagePixelValue: -5, BitsAllocated: 8, SamplesPerPixel: 1,
  FrameIncrementPointer: ['00181063'], RecommendedDisplayFrameRateInFloat: 0.1, PixelData: Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8),
});

/** Sequences and items without lengths, and pixels in fragments. */
const openEnded: Dataset = {
  ...seed,
  elements: new Map([...seed.elements].map(([tag, element]) => [tag,
    tag === 0x7fe00010 ? { ...element, bytes: undefined, fragments: [new Uint8Array(0), Uint8Array.of(0xff, 0xd8), Uint8Array.of(0xff, 0xd8)] }
      : element.items === undefined ? element : { ...element, undefinedLength: true, items: element.items.map((item) => ({ ...item, undefinedLength: true })) }])),
};

const seeds = [...syntaxes.map((syntax) => ({ syntax, bytes: writePart10(seed, syntax) })), { syntax: explicitLittleEndian, bytes: writePart10(openEnded, explicitLittleEndian) }];

function random(state: number): () => number {
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

function mutated(bytes: Uint8Array, next: () => number): Uint8Array {
  const copy = bytes.slice();
  const at = () => 128 + Math.floor(next() * (copy.length - 128));
  for (let change = 0; change <= next() * 4; change += 1) {
    const kind = next();
    if (kind < 0.4) copy[at()] = Math.floor(next() * 256);
    else if (kind < 0.6) copy.set([0xff, 0xff, 0xff, 0xff].slice(0, 1 + Math.floor(next() * 4)), Math.min(at(), copy.length - 4));
    else if (kind < 0.8) copy.copyWithin(at(), at(), at());
    else copy.set([[0xfe, 0xff, 0, 0xe0], [0xfe, 0xff, 0xdd, 0xe0], [0x53, 0x51, 0, 0], [0x1b, 0x24, 0x42, 0x5c]][Math.floor(next() * 4)]!, Math.min(at(), copy.length - 4));
  }
  return next() < 0.2 ? copy.subarray(0, at()) : copy;
}

function everything(bytes: Uint8Array, pieces: number): void {
  const { dataset, transferSyntax } = readPart10(bytes);
  const json = toJson(dataset);
  fromJson(JSON.parse(jsonText(json)), { bulkData: () => new Uint8Array(0) });
  const again = writeDataset(dataset, transferSyntax);
  readDataset(again, transferSyntax);
  for (const name of [0x00100010, 0x00204000, 0x00081080]) {
    const value = dataset.elements.get(name)?.bytes;
    if (value !== undefined) guessText(value, dataset.charset, { multiple: true, name: true });
    textOf(dataset, name);
  }
  const reader = headerReader();
  let header;
  for (let from = 0; from < bytes.length && header === undefined; from += pieces) header = reader.push(bytes.subarray(from, from + pieces));
  const { pixels, dataset: head } = header ?? reader.end();
  if (pixels?.length !== undefined) nativeFrames(head, pixels, pixels.length);
}

describe('the readers', () => {
  it(`neither fall nor hang nor swell over ${rounds} mutations`, () => {
    const next = random(20261124);
    const refused = new Map<string, number>();
    const began = performance.now();
    const before = process.memoryUsage().rss;
    let slowest = 0;
    let readable = 0;
    for (let round = 0; round < rounds; round += 1) {
      const bytes = mutated(seeds[round % seeds.length]!.bytes, next);
      const start = performance.now();
      try {
        everything(bytes, 1 + Math.floor(next() * 300));
        readable += 1;
        fragmentScanner(0).take(0, bytes.subarray(Math.floor(next() * bytes.length)));
      } catch (error) {
        if (!(error instanceof DicomError)) throw error;
        refused.set(error.code, (refused.get(error.code) ?? 0) + 1);
      }
      slowest = Math.max(slowest, performance.now() - start);
    }
    // Both ways are walked: many mutations can be read, and the others are refused for several reasons.
    expect(refused.size).toBeGreaterThan(3);
    expect(readable).toBeGreaterThan(rounds / 10);
    expect(slowest).toBeLessThan(2000);
    expect(process.memoryUsage().rss - before).toBeLessThan(600 * 1024 * 1024);
    expect(performance.now() - began).toBeLessThan(rounds * 10);
  }, 600_000);
});
