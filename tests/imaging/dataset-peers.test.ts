// Our reading and writing of data sets beside DCMTK's. Needs dump2dcm and its kin (Debian: dcmtk); says so and skips without them.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isInstalled } from '../support/dicom-peers.ts';
import {
  buildDataset, deflatedLittleEndian, explicitBigEndian, explicitLittleEndian, frameRanges, fromJson, headerReader, implicitLittleEndian, jsonText, readDataset, readPart10,
  tagOf, textOf, toJson, transferSyntax, writeDataset, writePart10, type JsonDataset,
} from '@sen/dicom';


const dump = `
(0008,0005) CS [ISO_IR 192]
(0008,0008) CS [ORIGINAL\\PRIMARY\\AXIAL]
(0008,0016) UI =CTImageStorage
(0008,0018) UI [1.2.3.4.5.6.7]
(0008,0020) DA [20261124]
(0008,0030) TM [101112.123]
(0008,0060) CS [CT]
(0008,1140) SQ
(fffe,e000) na
(0008,1150) UI =CTImageStorage
(0008,1155) UI [1.2.3]
(0040,a170) SQ
(fffe,e000) na
(0008,0100) SH [121311]
(0008,0104) LO [Ảnh định vị]
(fffe,e00d) na
(fffe,e0dd) na
(fffe,e00d) na
(fffe,e000) na
(fffe,e00d) na
(fffe,e0dd) na
(0009,0010) LO [SEN TEST]
(0009,1001) LO [of ours]
(0010,0010) PN [Nguyễn^Văn An]
(0010,0020) LO [BN-0001]
(0010,0030) DA
(0018,0050) DS [1.25]
(0018,9345) FD 3.25
(0020,000d) UI [1.2.3.1]
(0020,000e) UI [1.2.3.2]
(0020,0013) IS [12]
(0020,0032) DS [-12.5\\1e3\\0.1]
(0020,4000) LT [Ổ bụng \\ không thấy dịch]
(0028,0002) US 1
(0028,0004) CS [MONOCHROME2]
(0028,0008) IS [3]
(0028,0009) AT (0018,1063)
(0028,0010) US 16
(0028,0011) US 16
(0028,0100) US 16
(0028,0101) US 12
(0028,0102) US 11
(0028,0103) US 0
(0028,1050) DS [40]
(0028,1051) DS [400]
(7fe0,0010) OW =pixels.raw
`;

describe.skipIf(!isInstalled('dcm2json'))('data sets beside DCMTK', () => {
  let folder = '';
  const path = (name: string) => join(folder, name);
  const run = (tool: string, ...options: string[]) => execFileSync(tool, options, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
  const theirJson = (name: string) => JSON.parse(run('dcm2json', name).toString()) as JsonDataset;
  const withoutPixels = (json: JsonDataset) => Object.fromEntries(Object.entries(json).filter(([tag]) => tag !== '7FE00010'));

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'sen-dicom-'));
    writeFileSync(path('ct.dump'), dump);
    writeFileSync(path('pixels.raw'), Uint8Array.from({ length: 3 * 16 * 16 * 2 }, (_, at) => (at % 2 === 0 ? at & 0xff : at & 0x0f)));
    run('dump2dcm', '+te', 'ct.dump', 'explicit.dcm');
    run('dcmconv', '+ti', 'explicit.dcm', 'implicit.dcm');
    run('dcmconv', '+tb', 'explicit.dcm', 'big.dcm');
    run('dcmconv', '+td', 'explicit.dcm', 'deflated.dcm');
    run('dcmconv', '+te', '+e', 'explicit.dcm', 'counted.dcm');
    run('dcmconv', '+te', '-e', 'explicit.dcm', 'open.dcm');
    run('dcmconv', '+ti', '+g=', 'explicit.dcm', 'group-lengths.dcm');
    run('dcmcrle', 'explicit.dcm', 'rle.dcm');
    run('dcmcrle', '-ot', '+fs', '1', 'explicit.dcm', 'rle-pieces.dcm');
    run('dcmcjpeg', '+e1', 'explicit.dcm', 'jpeg.dcm');
    run('dcmcjpls', 'explicit.dcm', 'jpegls.dcm');
  }, 60_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const files = ['explicit', 'implicit', 'big', 'counted', 'open', 'group-lengths', 'rle', 'rle-pieces', 'jpeg', 'jpegls'];

  it.each(files)('are written as the bytes they were read from: %s', (name) => {
    const bytes = readFileSync(path(`${name}.dcm`));
    const { dataset, meta, transferSyntax: syntax, datasetOffset, findings } = readPart10(bytes);
    expect(findings).toEqual([]);
    expect(Buffer.compare(writeDataset(dataset, syntax), bytes.subarray(datasetOffset))).toBe(0);
    expect(Buffer.compare(writeDataset(meta, explicitLittleEndian), bytes.subarray(132, datasetOffset))).toBe(0);
  });

  it.each(['explicit', 'implicit', 'big', 'deflated', 'counted', 'open'])('say the same in JSON: %s', (name) => {
    const { dataset } = readPart10(readFileSync(path(`${name}.dcm`)));
    const ours = JSON.parse(jsonText(toJson(dataset))) as JsonDataset;
    expect(ours).toEqual(theirJson(`${name}.dcm`));
    expect(JSON.parse(jsonText(toJson(fromJson(ours))))).toEqual(ours);
  });

  it.each([implicitLittleEndian, explicitLittleEndian, explicitBigEndian, deflatedLittleEndian])('of ours are read by DCMTK: %s', (syntax) => {
    const { dataset } = readPart10(readFileSync(path('explicit.dcm')));
    writeFileSync(path('ours.dcm'), writePart10(dataset, syntax, 'SEN'));
    // Implicit VR keeps no VR of private elements: they come back as UN (PS3.5 6.2.2).
    const shared = (json: JsonDataset) => (syntax === implicitLittleEndian ? { ...json, '00091001': undefined } : json);
    expect(shared(theirJson('ours.dcm'))).toEqual(shared(theirJson('explicit.dcm')));
    expect(run('dcmdump', '+P', '0002,0013', 'ours.dcm').toString()).toContain('[SEN_1]');
  });

  it('of our own making are read by DCMTK', () => {
    const made = buildDataset({
      SOPClassUID: '1.2.840.10008.5.1.4.1.1.7', SOPInstanceUID: '2.25.1', PatientName: 'Đỗ^Thị Hoa', ReferencedImageSequence: [{ ReferencedSOPInstanceUID: '2.25.2' }], Rows: 1, SliceThickness: 0.1 + 0.2,
    });
    writeFileSync(path('made.dcm'), writePart10(made, explicitLittleEndian));
    expect(theirJson('made.dcm')).toEqual(JSON.parse(jsonText(toJson(made))));
  });

  it.each(files)('give their header while they arrive: %s', (name) => {
    const bytes = readFileSync(path(`${name}.dcm`));
    const reader = headerReader();
    const header = Array.from({ length: Math.ceil(bytes.length / 100) }, (_, at) => bytes.subarray(at * 100, at * 100 + 100)).reduce<ReturnType<typeof reader.push>>((found, chunk) => found ?? reader.push(chunk), undefined);
    expect(header?.findings).toEqual([]);
    expect(withoutPixels(toJson(header!.dataset))).toEqual(withoutPixels(toJson(readPart10(bytes).dataset)));
    expect(header?.pixels?.length === undefined).toBe(transferSyntax(header!.transferSyntax).encapsulated);
  });

  it.each(['rle', 'rle-pieces', 'jpeg', 'jpegls', 'explicit'])('give three frames: %s', async (name) => {
    const bytes = readFileSync(path(`${name}.dcm`));
    const header = headerReader().push(bytes)!;
    const { kind, frames, findings } = await frameRanges(header, (offset, length) => Promise.resolve(bytes.subarray(header.datasetOffset + offset, header.datasetOffset + offset + length)));
    expect({ kind, findings, count: frames.length }).toEqual({ kind: 'frames', findings: [], count: 3 });
    const pixels = readPart10(bytes).dataset.elements.get(0x7fe00010)!;
    const whole = Buffer.concat(pixels.fragments?.slice(1) ?? [pixels.bytes!]);
    expect(Buffer.compare(Buffer.concat(frames.flat().map(({ offset, length }) => bytes.subarray(header.datasetOffset + offset, header.datasetOffset + offset + length))), whole)).toBe(0);
  });

  it('keep Vietnamese in JSON and back', () => {
    const back = fromJson(theirJson('explicit.dcm'));
    expect(textOf(readDataset(writeDataset(back, implicitLittleEndian), implicitLittleEndian).dataset, tagOf('PatientName')!)).toBe('Nguyễn^Văn An');
  });
});
