import { inflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import {
  buildDataset, deflatedLittleEndian, explicitBigEndian, explicitLittleEndian, headerReader, implicitLittleEndian, itemsOf, numbersOf, readDataset,
  readPart10, tagOf, textOf, writeDataset, writePart10, type Dataset, type Header,
} from '../index.ts';

const syntaxes = [implicitLittleEndian, explicitLittleEndian, explicitBigEndian, deflatedLittleEndian];
const u16 = (value: number) => [value & 0xff, value >>> 8];
const u32 = (value: number) => [...u16(value & 0xffff), ...u16(value >>> 16)];
const tag = (value: number) => [...u16(value >>> 16), ...u16(value & 0xffff)];
const letters = (text: string) => [...text].map((letter) => letter.charCodeAt(0));
const short = (name: number, vr: string, bytes: number[]) => [...tag(name), ...letters(vr), ...u16(bytes.length), ...bytes];
const long = (name: number, vr: string, bytes: number[], length = bytes.length) => [...tag(name), ...letters(vr), 0, 0, ...u32(length), ...bytes];
const implicit = (name: number, bytes: number[], length = bytes.length) => [...tag(name), ...u32(length), ...bytes];
const read = (bytes: number[], syntax = explicitLittleEndian, limits = {}) => readDataset(Uint8Array.from(bytes), syntax, limits);
const codes = ({ findings }: { findings: readonly { code: string }[] }) => findings.map(({ code }) => code);
const open = 0xffffffff;

const brain = buildDataset({
  SOPClassUID: '1.2.840.10008.5.1.4.1.1.2', SOPInstanceUID: '1.2.3.4', Modality: 'CT', PatientName: 'Nguyễn^Văn An', PatientID: 'BN-0001',
  ReferencedImageSequence: [{ ReferencedSOPClassUID: '1.2.840.10008.5.1.4.1.1.2', ReferencedSOPInstanceUID: '1.2.3.5', PurposeOfReferenceCodeSequence: [{ CodeValue: '121311' }] }, {}],
  ImagePositionPatient: [-12.5, 1000, 0.1], Rows: 2, Columns: 2, PixelRepresentation: 1, SmallestImagePixelValue: -5, BitsAllocated: 16, SamplesPerPixel: 1,
  PixelData: Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8),
});

function shown(dataset: Dataset): unknown {
  return [...dataset.elements.values()].map(({ tag: name, vr, items, bytes }) => [name, vr, items?.map((item) => shown(item)) ?? (bytes && numbersOf(dataset, name).length > 0 ? numbersOf(dataset, name) : textOf(dataset, name))]);
}

describe('a data set (PS3.5 7)', () => {
  it.each(syntaxes)('comes back from %s with the same values', (syntax) => {
    const again = readDataset(writeDataset(brain, syntax), syntax);
    expect(again.findings).toEqual([]);
    expect(textOf(again.dataset, tagOf('PatientName')!)).toBe('Nguyễn^Văn An');
    expect(numbersOf(again.dataset, tagOf('SmallestImagePixelValue')!)).toEqual([-5]);
    const native = (ds: Dataset) => JSON.stringify(shown(ds)).replaceAll('"OB"', '"OW"').replace(/,"O[BW]",\[[^\]]*\]/, '');
    expect(native(again.dataset)).toBe(native(brain));
  });

  it.each(syntaxes.slice(0, 3))('is written from %s as the bytes it was read from', (syntax) => {
    const bytes = writeDataset(brain, syntax);
    expect(writeDataset(readDataset(bytes, syntax).dataset, syntax)).toEqual(bytes);
  });

  it('keeps sequences open or counted as they were', () => {
    const item = (bytes: number[], length: number) => [...tag(0xfffee000), ...u32(length), ...bytes];
    const code = short(0x00080100, 'SH', letters('121311'));
    const bytes = [
      ...long(0x00081140, 'SQ', [...item([...code, ...tag(0xfffee00d), ...u32(0)], open), ...item(code, code.length), ...tag(0xfffee0dd), ...u32(0)], open),
      ...long(0x00081199, 'SQ', item(code, code.length)),
    ];
    const { dataset, findings } = read(bytes);
    expect(findings).toEqual([]);
    expect(itemsOf(dataset, 0x00081140)).toHaveLength(2);
    expect([...writeDataset(dataset, explicitLittleEndian)]).toEqual(bytes);
  });

  it('reads UN of undefined length as implicit, and writes it so (6.2.2)', () => {
    const inside = implicit(0x00091001, letters('AB'));
    const bytes = long(0x00091010, 'UN', [...tag(0xfffee000), ...u32(inside.length), ...inside, ...tag(0xfffee0dd), ...u32(0)], open);
    const { dataset } = read(bytes);
    expect(itemsOf(dataset, 0x00091010)[0]?.elements.get(0x00091001)?.bytes).toEqual(Uint8Array.of(65, 66));
    expect([...writeDataset(dataset, explicitLittleEndian)]).toEqual(bytes);
  });

  it('chooses between US and SS by Pixel Representation, and takes a creator for LO (7.8.1)', () => {
    const { dataset } = read([...implicit(0x00090010, letters('SEN ')), ...implicit(0x00091001, [1, 2]), ...implicit(0x00280103, [1, 0]), ...implicit(0x00280106, [0xfb, 0xff])], implicitLittleEndian);
    expect([...dataset.elements.values()].map(({ vr }) => vr)).toEqual(['LO', 'UN', 'US', 'SS']);
    expect(numbersOf(dataset, 0x00280106)).toEqual([-5]);
  });

  it('writes what is too long for its VR as UN (6.2.2)', () => {
    const text = 'x'.repeat(70_000);
    const bytes = writeDataset(buildDataset({ ImageComments: text }, ''), explicitLittleEndian);
    expect(String.fromCharCode(bytes[4]!, bytes[5]!)).toBe('UN');
    expect(textOf(readDataset(bytes, explicitLittleEndian).dataset, tagOf('ImageComments')!)).toBe(text);
  });

  it('counts group lengths anew', () => {
    const { dataset } = read([...short(0x00080000, 'UL', u32(99)), ...short(0x00080060, 'CS', letters('CT'))]);
    expect(numbersOf(readDataset(writeDataset(dataset, implicitLittleEndian), implicitLittleEndian).dataset, 0x00080000)).toEqual([10]);
  });
});

describe('what is wrong but can be read', () => {
  it.each([
    ['an odd length', short(0x00080060, 'CS', letters('CT1')), ['dicom.odd-length']],
    ['a VR nobody knows', short(0x00080060, '??', letters('CT')), ['dicom.unknown-vr']],
    ['a tag out of order', [...short(0x00100020, 'LO', letters('P1')), ...short(0x00080060, 'CS', letters('CT'))], ['dicom.element-order']],
    ['a tag twice', [...short(0x00080060, 'CS', letters('CT')), ...short(0x00080060, 'CS', letters('MR'))], ['dicom.duplicate-element']],
    ['a few bytes behind', [...short(0x00080060, 'CS', letters('CT')), 1, 2, 3], ['dicom.trailing-bytes']],
    ['zeros behind', [...short(0x00080060, 'CS', letters('CT')), ...Array.from({ length: 64 }, () => 0)], ['dicom.trailing-bytes']],
    ['implicit bytes called explicit', implicit(0x00080060, letters('CT')), ['dicom.syntax-mislabelled']],
    ['a delimiter nobody asked for', [...short(0x00080060, 'CS', letters('CT')), ...tag(0xfffee00d), ...u32(0)], ['dicom.unexpected-delimiter']],
  ])('is told of: %s', (_, bytes, told) => {
    const result = read(bytes);
    expect(codes(result)).toEqual(told);
    expect(textOf(result.dataset, 0x00080060)).toMatch(/^CT/);
  });
});

describe('what cannot be believed', () => {
  const nest = (depth: number) => Array.from({ length: depth }, () => [...long(0x00081140, 'SQ', [], open), ...tag(0xfffee000), ...u32(open)]).flat();
  it.each([
    ['a length beyond the end', long(0x7fe00010, 'OB', [1], 2_147_483_647), 'dicom.truncated'],
    ['an element beyond its item', long(0x00081140, 'SQ', [...tag(0xfffee000), ...u32(8), ...short(0x00080100, 'SH', letters('121311'))]), 'dicom.length-beyond-parent'],
    ['an item beyond its sequence', long(0x00081140, 'SQ', [...tag(0xfffee000), ...u32(80)]), 'dicom.length-beyond-parent'],
    ['something else than an item', long(0x00081140, 'SQ', short(0x00080100, 'SH', [])), 'dicom.unexpected-tag'],
    ['text of undefined length', long(0x00081140, 'UT', [], open), 'dicom.undefined-length'],
    ['a sequence that never ends', nest(3), 'dicom.truncated'],
    ['sequences without bottom', nest(100_000), 'dicom.too-deep'],
  ])('is refused: %s', (_, bytes, code) => {
    expect(() => read(bytes)).toThrow(expect.objectContaining({ name: 'DicomError', code }) as Error);
  });

  it('is refused: more elements than memory should hold', () => {
    const empty = Array.from({ length: 200 }, () => [...tag(0xfffee000), ...u32(0)]).flat();
    expect(() => read(long(0x00081140, 'SQ', empty), explicitLittleEndian, { maxElements: 100 })).toThrow('dicom.too-many-elements');
  });
});

describe('a file (PS3.10 7.1)', () => {
  const file = writePart10(brain, explicitLittleEndian, 'MAY_CT');

  it('tells its meta information and where its data set begins', () => {
    const { meta, dataset, transferSyntax, datasetOffset, findings } = readPart10(file);
    expect(findings).toEqual([]);
    expect(transferSyntax).toBe(explicitLittleEndian);
    expect(textOf(meta, tagOf('SourceApplicationEntityTitle')!)).toBe('MAY_CT');
    expect(textOf(meta, tagOf('MediaStorageSOPInstanceUID')!)).toBe('1.2.3.4');
    expect(writeDataset(dataset, explicitLittleEndian)).toEqual(file.slice(datasetOffset));
  });

  it.each([
    ['without preamble', file.subarray(128), ['dicom.preamble-missing']],
    ['without preamble and prefix', file.subarray(132), ['dicom.preamble-missing']],
    ['of the data set alone', writeDataset(brain, implicitLittleEndian), ['dicom.preamble-missing', 'dicom.meta-missing']],
    ['of the data set alone, big endian', writeDataset(brain, explicitBigEndian), ['dicom.preamble-missing', 'dicom.meta-missing']],
  ])('is read %s', (_, bytes, told) => {
    const result = readPart10(bytes);
    expect(codes(result)).toEqual(told);
    expect(textOf(result.dataset, tagOf('PatientID')!)).toBe('BN-0001');
  });

  it.each([['nothing', new Uint8Array(0)], ['a picture', Uint8Array.from(letters('\x89PNG\r\n\x1a\n0000IHDR'))], ['text', Uint8Array.from(letters('hello, this is a letter and no image'))]])('is not %s', (_, bytes) => {
    expect(() => readPart10(bytes)).toThrow('dicom.not-dicom');
    expect(() => { const reader = headerReader(); reader.push(bytes); reader.end(); }).toThrow('dicom.not-dicom');
  });
});

describe('the header of what is still arriving', () => {
  const inPieces = (bytes: Uint8Array, size: number, syntax?: string): Header => {
    const reader = headerReader(syntax);
    for (let from = 0; from < bytes.length; from += size) {
      const header = reader.push(bytes.slice(from, from + size));
      if (header !== undefined) return header;
    }
    return reader.end();
  };

  it.each(syntaxes.flatMap((syntax) => [1, 3, 64, 1_000_000].map((size) => ({ syntax, size }))))('is whole before the pixels: $syntax in pieces of $size', ({ syntax, size }) => {
    const bytes = writeDataset(brain, syntax);
    for (const header of [inPieces(bytes, size, syntax), inPieces(writePart10(brain, syntax), size)]) {
      expect(header.findings).toEqual([]);
      expect(header.dataset.elements.size).toBe(brain.elements.size - 1);
      expect(textOf(header.dataset, tagOf('PatientName')!)).toBe('Nguyễn^Văn An');
      expect(header.pixels).toMatchObject({ tag: 0x7fe00010, length: 8 });
      const plain = syntax === deflatedLittleEndian ? inflateRawSync(bytes) : bytes;
      expect([...plain.subarray(header.pixels!.offset)]).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    }
  });

  it('comes at the end of what has no pixels', () => {
    const report = buildDataset({ SOPClassUID: '1.2.840.10008.5.1.4.1.1.88.11', PatientName: 'Lê^Bình' });
    const header = inPieces(writeDataset(report, explicitLittleEndian), 7, explicitLittleEndian);
    expect(header.pixels).toBeUndefined();
    expect(textOf(header.dataset, tagOf('PatientName')!)).toBe('Lê^Bình');
  });

  it('passes over what is long, and tells where it stands', () => {
    const bytes = writeDataset(buildDataset({ PatientID: 'P1', EncapsulatedDocument: new Uint8Array(3_000_000), Rows: 7 }, ''), explicitLittleEndian);
    const { dataset } = inPieces(bytes, 60_000, explicitLittleEndian);
    const document = dataset.elements.get(tagOf('EncapsulatedDocument')!);
    expect(document).toMatchObject({ bytes: undefined, length: 3_000_000, offset: bytes.length - 3_000_000 });
    expect(numbersOf(dataset, tagOf('Rows')!)).toEqual([7]);
  });

  it('holds no more than its limit, whatever a length says', () => {
    const reader = headerReader(explicitLittleEndian, { maxHeldBytes: 1000 });
    expect(() => reader.push(Uint8Array.from(long(0x00420011, 'UT', letters('x'), 5000)))).toThrow('dicom.header-too-long');
  });

  it('refuses what ends too early', () => {
    const reader = headerReader(explicitLittleEndian);
    reader.push(Uint8Array.from(short(0x00080060, 'CS', letters('CT')).slice(0, 9)));
    expect(() => reader.end()).toThrow('dicom.truncated');
  });

  it('does not inflate more than the header asks', () => {
    const big = buildDataset({ PatientID: 'P1', Rows: 1, PixelData: new Uint8Array(80_000_000) });
    const bytes = writeDataset(big, deflatedLittleEndian);
    const before = process.memoryUsage().arrayBuffers;
    expect(headerReader(deflatedLittleEndian).push(bytes)?.pixels?.length).toBe(80_000_000);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(20_000_000);
  });
});
