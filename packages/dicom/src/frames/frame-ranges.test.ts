import { describe, expect, it } from 'vitest';
import {
  buildDataset, encapsulatedFrames, explicitLittleEndian, fragmentScanner, frameRanges, headerReader, writeDataset, type FrameIndex, type Header, type Values,
} from '../index.ts';

const jpeg = '1.2.840.10008.1.2.4.50';
const rle = '1.2.840.10008.1.2.5';
const mpeg = '1.2.840.10008.1.2.4.102';
const begin = [0xff, 0xd8, 1, 2];
const rest = [9, 9, 9, 9, 9, 9];
const table = (...starts: number[]) => Uint8Array.from(starts.flatMap((start) => [start & 0xff, start >>> 8, 0, 0]));
const wide = (...values: number[]) => new Uint8Array(BigUint64Array.from(values.map(BigInt)).buffer);

function encapsulated(frames: number, offsets: Uint8Array, fragments: number[][], more: Values = {}): Uint8Array {
  const built = buildDataset({ NumberOfFrames: String(frames), Rows: 2, Columns: 2, ...more });
  const pixels = { tag: 0x7fe00010, vr: 'OB' as const, offset: 0, length: 0, undefinedLength: true, bytes: undefined, items: undefined, fragments: [offsets, ...fragments.map((bytes) => Uint8Array.from(bytes))] };
  return writeDataset({ ...built, elements: new Map(built.elements).set(0x7fe00010, pixels) }, jpeg);
}

const headerOf = (bytes: Uint8Array, syntax: string): Header => headerReader(syntax).push(bytes)!;
const indexOf = (bytes: Uint8Array, syntax = jpeg): Promise<FrameIndex> =>
  frameRanges(headerOf(bytes, syntax), (offset, length) => Promise.resolve(bytes.subarray(offset, offset + length)));
const framesIn = (bytes: Uint8Array, { frames }: FrameIndex) => frames.map((parts) => parts.flatMap(({ offset, length }) => [...bytes.subarray(offset, offset + length)]));

describe('frames of encapsulated pixels (PS3.5 A.4)', () => {
  it.each([
    ['by the Basic Offset Table', encapsulated(2, table(0, 26), [begin, rest, begin])],
    ['by where code streams begin, without a table', encapsulated(2, table(), [begin, rest, begin])],
  ])('are told %s', async (_, bytes) => {
    const index = await indexOf(bytes);
    expect(index).toMatchObject({ kind: 'frames', findings: [] });
    expect(framesIn(bytes, index)).toEqual([[...begin, ...rest], begin]);
  });

  it('are told by counting', async () => {
    const bytes = encapsulated(3, table(), [[1, 1], [2, 2], [3, 3]]);
    expect(framesIn(bytes, await indexOf(bytes, rle))).toEqual([[1, 1], [2, 2], [3, 3]]);
  });

  it('are one when there is one, whatever it is cut into', async () => {
    const bytes = encapsulated(1, table(), [[1, 1], [2, 2], [3, 3]]);
    expect(framesIn(bytes, await indexOf(bytes, rle))).toEqual([[1, 1, 2, 2, 3, 3]]);
  });

  it('are cut to the lengths of the Extended Offset Table (PS3.3 C.7.6.3.1.8)', async () => {
    const bytes = encapsulated(2, table(), [[...begin, 7, 0], begin], { ExtendedOffsetTable: wide(0, 14), ExtendedOffsetTableLengths: wide(5, 4) });
    expect(framesIn(bytes, await indexOf(bytes))).toEqual([[...begin, 7], begin]);
  });

  it('are told in spite of a table that lies', async () => {
    const bytes = encapsulated(2, table(0, 11), [begin, rest, begin]);
    const index = await indexOf(bytes);
    expect(framesIn(bytes, index)).toEqual([[...begin, ...rest], begin]);
    expect(index.findings.map(({ code }) => code)).toEqual(['dicom.offset-table']);
  });

  it('cannot be told: said so, with everything at hand', async () => {
    const index = await indexOf(encapsulated(2, table(), [[1, 1], [2, 2], [3, 3]]), rle);
    expect(index).toMatchObject({ kind: 'unknown', findings: [{ code: 'dicom.frame-count' }] });
    expect(index.frames[0]).toHaveLength(3);
  });

  it('are one stream when they move', async () => {
    expect(await indexOf(encapsulated(250, table(), [[1, 1], [2, 2]]), mpeg)).toMatchObject({ kind: 'stream', frames: [[{ length: 2 }, { length: 2 }]] });
  });

  it('are found while the file arrives, in pieces of any size', () => {
    const bytes = encapsulated(2, table(0, 26), [begin, rest, begin]);
    const { dataset, pixels } = headerOf(bytes, jpeg);
    for (const size of [1, 5, 1000]) {
      const scanner = fragmentScanner(pixels!.offset);
      let fragments;
      for (let from = 0; from < bytes.length; from += size) fragments = scanner.take(from, bytes.subarray(from, from + size)) ?? fragments;
      expect(framesIn(bytes, encapsulatedFrames(dataset, pixels!, jpeg, fragments!))).toEqual([[...begin, ...rest], begin]);
      expect(fragments!.end).toBe(bytes.length);
    }
  });

  it('of two gigabytes are told by reading a few kilobytes', async () => {
    const bytes = encapsulated(1, table(), [begin]);
    const { dataset, pixels } = headerOf(bytes, jpeg);
    const [huge, count] = [400_000_000, 5];
    const asked: number[] = [];
    const head = (tag: number[], length: number) => Uint8Array.from([...tag, length & 0xff, (length >>> 8) & 0xff, (length >>> 16) & 0xff, length >>> 24]);
    const index = await frameRanges({ dataset: buildDataset({ NumberOfFrames: String(count) }), pixels, transferSyntax: jpeg }, (offset, length) => {
      asked.push(length);
      const at = offset - pixels!.offset;
      if (at === 0) return Promise.resolve(Uint8Array.from([...head([0xfe, 0xff, 0, 0xe0], 0), ...head([0xfe, 0xff, 0, 0xe0], huge), ...begin]));
      const fragment = Math.round((at - 8) / (huge + 8));
      return Promise.resolve(fragment < count ? Uint8Array.from([...head([0xfe, 0xff, 0, 0xe0], huge), ...begin]) : head([0xfe, 0xff, 0xdd, 0xe0], 0));
    });
    expect(index.frames).toHaveLength(count);
    expect(index.frames[4]).toEqual([{ offset: pixels!.offset + 8 + 4 * (huge + 8) + 8, length: huge }]);
    expect(asked.reduce((sum, length) => sum + length)).toBeLessThan(40_000);
    expect(dataset.elements.size).toBeGreaterThan(0);
  });

  it('that break off are refused', async () => {
    const bytes = encapsulated(1, table(), [begin]);
    await expect(indexOf(bytes.subarray(0, bytes.length - 8))).rejects.toThrow('dicom.truncated');
  });
});

describe('frames of native pixels (PS3.5 8.1)', () => {
  const native = (values: Values, length: number) => {
    const bytes = writeDataset(buildDataset({ Rows: 3, Columns: 3, BitsAllocated: 8, SamplesPerPixel: 1, ...values, PixelData: new Uint8Array(length) }), explicitLittleEndian);
    return indexOf(bytes, explicitLittleEndian);
  };

  it('follow each other', async () => {
    const { frames, frameBits } = await native({ NumberOfFrames: '2', BitsAllocated: 16, SamplesPerPixel: 3 }, 108);
    expect(frames.map(([range]) => range!.length)).toEqual([54, 54]);
    expect(frames[1]![0]!.offset - frames[0]![0]!.offset).toBe(54);
    expect(frameBits).toBeUndefined();
  });

  it('of one bit a pixel begin within a byte', async () => {
    const { frames, frameBits } = await native({ NumberOfFrames: '3', BitsAllocated: 1 }, 4);
    expect(frameBits).toBe(9);
    expect(frames.map(([range]) => [range!.offset - frames[0]![0]!.offset, range!.length])).toEqual([[0, 2], [1, 2], [2, 2]]);
  });

  it('with halved colour have two samples a pixel', async () => {
    expect((await native({ PhotometricInterpretation: 'YBR_FULL_422', SamplesPerPixel: 3, Columns: 4 }, 24)).frames[0]![0]!.length).toBe(24);
  });

  it('are those that are there, and what is missing or too much is told', async () => {
    expect(await native({ NumberOfFrames: '4' }, 18)).toMatchObject({ findings: [{ code: 'dicom.pixels-short' }], frames: { length: 2 } });
    expect(await native({ NumberOfFrames: '1' }, 18)).toMatchObject({ findings: [{ code: 'dicom.pixels-long' }], frames: { length: 1 } });
    expect(await native({ NumberOfFrames: '1000000000' }, 18)).toMatchObject({ frames: { length: 2 } });
  });
});
