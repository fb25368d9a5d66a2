import { describe, expect, it } from 'vitest';
import { buildDataset, explicitBigEndian, fromJson, jsonText, readDataset, toJson, writeDataset } from '../index.ts';
import { exactNumber, shortestFloat } from './exact-number.ts';

describe('the DICOM JSON model (PS3.18 Annex F)', () => {
  const dataset = buildDataset({
    PatientName: 'Yamada^Tarou=山田^太郎', OtherPatientNames: ['Lê^An', ''], PatientID: null, StudyInstanceUID: '1.2.3', ImageType: ['ORIGINAL', '', 'AXIAL'],
    SliceThickness: 1.25, ImagePositionPatient: ['-12.50', '1e3', '0.12345678901234567'], InstanceNumber: 12, Rows: 512, PixelRepresentation: 1, SmallestImagePixelValue: -5,
    FrameIncrementPointer: ['00181063'], ReferencedSeriesSequence: [{ SeriesInstanceUID: '1.2.4' }, {}], RedPaletteColorLookupTableData: Uint8Array.of(1, 0, 2, 0),
    RecommendedDisplayFrameRateInFloat: 0.1, PixelData: Uint8Array.of(1, 2),
  });
  const json = toJson(dataset, { bulkData: ({ tag, offset, length }) => (tag === 0x7fe00010 ? `bulk?offset=${offset}&length=${length}` : undefined) });

  it('has each kind of value as the annex shows it', () => {
    expect(json).toMatchObject({
      '00080005': { vr: 'CS', Value: ['ISO_IR 192'] },
      '00080008': { vr: 'CS', Value: ['ORIGINAL', null, 'AXIAL'] },
      '00100010': { vr: 'PN', Value: [{ Alphabetic: 'Yamada^Tarou', Ideographic: '山田^太郎' }] },
      '00100020': { vr: 'LO' },
      '00101001': { vr: 'PN', Value: [{ Alphabetic: 'Lê^An' }, null] },
      '00180050': { vr: 'DS', Value: [1.25] },
      '00200032': { vr: 'DS', Value: [-12.5, 1000, '0.12345678901234567'] },
      '00280106': { vr: 'SS', Value: [-5] },
      '00280009': { vr: 'AT', Value: ['00181063'] },
      '00081115': { vr: 'SQ', Value: [{ '0020000E': { vr: 'UI', Value: ['1.2.4'] } }, {}] },
      '00281201': { vr: 'OW', InlineBinary: 'AQACAA==' },
      '7FE00010': { vr: 'OB', BulkDataURI: 'bulk?offset=0&length=2' },
    });
  });

  it('comes back as the same data set', () => {
    const again = fromJson(JSON.parse(jsonText(json)), { bulkData: () => Uint8Array.of(1, 2) });
    const expected = buildDataset({ ImagePositionPatient: ['-12.5', '1000', '0.12345678901234567'] });
    expect(again.elements.get(0x00200032)?.bytes).toEqual(expected.elements.get(0x00200032)?.bytes);
    expect(toJson(again)).toEqual(toJson(dataset));
  });

  it('is little endian inline whatever the file is', () => {
    const big = readDataset(writeDataset(dataset, explicitBigEndian), explicitBigEndian).dataset;
    expect(toJson(big)).toEqual(toJson(dataset));
  });

  it('keeps the order of tags, which JavaScript would not', () => {
    const text = jsonText(toJson(buildDataset({ PatientID: 'A', ROINumber: 1, ReferencedROINumber: 2 })));
    expect(text.indexOf('00100020')).toBeLessThan(text.indexOf('30060022'));
    expect(JSON.parse(text)).toEqual(toJson(buildDataset({ PatientID: 'A', ROINumber: 1, ReferencedROINumber: 2 })));
  });

  it.each([
    ['a list', []], ['a tag that is none', { PatientName: { vr: 'PN' } }], ['a VR that is none', { '00100010': { vr: 'XX' } }], ['no VR', { '00100010': {} }],
    ['text for a number', { '00280010': { vr: 'US', Value: ['many'] } }], ['an object for text', { '00100020': { vr: 'LO', Value: [{}] } }],
    ['binary that is not base64', { '7FE00010': { vr: 'OB', InlineBinary: '???' } }], ['no list of values', { '00100020': { vr: 'LO', Value: 'A' } }],
    ['sequences without bottom', Array.from({ length: 100 }).reduce<object>((inner) => ({ '00081140': { vr: 'SQ', Value: [inner] } }), {})],
  ])('is refused: %s', (_, wrong) => {
    expect(() => fromJson(wrong)).toThrow('dicom.json');
  });

  it('is refused when bulk data is nowhere', () => {
    expect(() => fromJson({ '7FE00010': { vr: 'OB', BulkDataURI: 'x' } })).toThrow('dicom.value-missing');
  });
});

describe('decimals as JSON numbers', () => {
  it.each([['1.50', 1.5], ['+3', 3], ['-0.1', -0.1], ['1E3', 1000], ['.5', 0.5], ['5.', 5], ['9007199254740993', undefined], ['0.12345678901234567', undefined], ['', undefined], ['1,5', undefined], ['1e999', undefined], ['--1', undefined]])('%s', (text, value) => {
    expect(exactNumber(text)).toBe(value);
  });

  it('shows a 32-bit float as short as it comes back', () => {
    expect(shortestFloat(Math.fround(0.1))).toBe(0.1);
    for (const value of [Math.PI, -77.20406, 1e-30, 3.4e38]) expect(Math.fround(shortestFloat(Math.fround(value)))).toBe(Math.fround(value));
  });
});
