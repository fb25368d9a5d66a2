import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildDataset, readPart10, writePart10, type Dataset } from '../../packages/dicom/src/index.ts';
import { decodeFrame, describePixels, describeTone, encodeFrame, transcodeHeader, type StoredFrame } from '../../packages/dicom/src/pixels/index.ts';
import { paintFrame } from '../../packages/dicom/src/pixels/paint.ts';
import { isInstalled, run } from '../support/dicom-peers.ts';

const explicit = '1.2.840.10008.1.2.1';
const pixelData = 0x7fe00010;

interface Kind { readonly name: string; readonly samples: number; readonly allocated: number; readonly stored: number; readonly signed: boolean; readonly rows: number; readonly columns: number }

const kinds: readonly Kind[] = [
  { name: 'grey of 8 bits', samples: 1, allocated: 8, stored: 8, signed: false, rows: 61, columns: 90 },
  { name: 'grey of 12 bits', samples: 1, allocated: 16, stored: 12, signed: false, rows: 67, columns: 83 },
  { name: 'grey of 16 bits with sign', samples: 1, allocated: 16, stored: 16, signed: true, rows: 64, columns: 64 },
  { name: 'RGB', samples: 3, allocated: 8, stored: 8, signed: false, rows: 40, columns: 56 },
];

let folder: string;
beforeAll(async () => { folder = await mkdtemp(join(tmpdir(), 'sen-pixels-')); });
afterAll(() => rm(folder, { recursive: true }));

describe.skipIf(!isInstalled('dcmcjpls'))('pixels, beside DCMTK (package dcmtk; skipped where it is not installed)', () => {
  const lossless = [
    { name: 'RLE', program: 'dcmcrle', args: [] as string[], kinds },
    { name: 'JPEG lossless, first predictor', program: 'dcmcjpeg', args: ['+e1'], kinds },
    ...[2, 4, 5, 6, 7].map((predictor) => ({ name: `JPEG lossless, predictor ${predictor}`, program: 'dcmcjpeg', args: ['+el', '+sv', String(predictor)], kinds })),
    { name: 'JPEG-LS', program: 'dcmcjpls', args: [], kinds },
    { name: 'JPEG-LS, colours apart', program: 'dcmcjpls', args: ['+in'], kinds: kinds.filter(({ samples }) => samples === 3) },
  ];
  for (const { name, program, args, kinds: some } of lossless) {
    it.each(some)(`decodes ${name} of DCMTK bit by bit: $name`, async (kind) => {
      const file = await writeImage(kind);
      const out = join(folder, 'peer.dcm');
      expect(await run(program, [...args, file, out])).toMatchObject({ code: 0 });
      const frame = await decodedOf(out);
      expect(Buffer.compare(bytesOf(frame.cells), pixelsOf(kind))).toBe(0);
    });
  }

  it.each([
    { name: 'baseline', args: ['+eb', '+q', '90'], kind: kinds[0]! },
    { name: 'baseline, colours', args: ['+eb', '+q', '90'], kind: kinds[3]! },
    { name: 'baseline, colours at half width', args: ['+eb', '+q', '90', '+s2'], kind: kinds[3]! },
    { name: 'extended, 12 bits', args: ['+ee', '+q', '90'], kind: kinds[1]! },
    { name: 'progressive', args: ['+ep', '+q', '90'], kind: kinds[0]! },
  ])('decodes JPEG $name as DCMTK does', async ({ args, kind }) => {
    const out = join(folder, 'lossy.dcm');
    expect(await run('dcmcjpeg', [...args, await writeImage(kind), out])).toMatchObject({ code: 0 });
    const theirs = join(folder, 'theirs.dcm');
    expect(await run('dcmdjpeg', [out, theirs])).toMatchObject({ code: 0 });
    const frame = await decodedOf(out);
    const other = await decodedOf(theirs);
    expect(noiseRatio(frame.cells, other.cells, kind.stored)).toBeGreaterThan(40);
  });

  it.each([
    { name: 'RLE', uid: '1.2.840.10008.1.2.5', program: 'dcmdrle', kinds },
    { name: 'JPEG-LS', uid: '1.2.840.10008.1.2.4.80', program: 'dcmdjpls', kinds },
  ].flatMap(({ kinds: some, ...rest }) => some.map((kind) => ({ ...rest, kind, of: kind.name }))))('writes $name that DCMTK reads bit by bit: $of', async ({ uid, program, kind }) => {
    const theirs = await readByPeer(kind, uid, program);
    expect(Buffer.compare(bytesOf((await decodedOf(theirs)).cells), pixelsOf(kind))).toBe(0);
  });

  it.each([kinds[0]!, kinds[3]!])('writes JPEG baseline that DCMTK reads: $name', async (kind) => {
    const theirs = await readByPeer(kind, '1.2.840.10008.1.2.4.50', 'dcmdjpeg');
    expect(noiseRatio((await decodedOf(theirs)).cells, pixelsOf(kind), 8)).toBeGreaterThan(30);
  });

  it.each(kinds.slice(0, 3))('shades as DCMTK does: $name', async (kind) => {
    const file = await writeImage(kind);
    const out = join(folder, 'shaded.pgm');
    const { center, width } = kind.stored === 8 ? { center: 100, width: 120 } : { center: 1200, width: 1500 };
    expect(await run('dcm2pnm', ['+op', '+Ww', String(center), String(width), file, out])).toMatchObject({ code: 0 });
    const { dataset } = readPart10(await readFile(file));
    const frame = await decodedOf(file);
    const { pixels } = paintFrame(frame, describeTone(dataset, frame.description), { center, width, shape: 'LINEAR' });
    const theirs = (await readFile(out)).subarray(-kind.rows * kind.columns);
    const apart = theirs.map((value, at) => Math.abs(value - pixels[at]!));
    expect(Math.max(...apart)).toBeLessThanOrEqual(1);
  });
});

/** Waves and a little noise, always the same. */
function pixelsOf({ samples, allocated, stored, signed, rows, columns }: Kind): Buffer {
  const bytes = Buffer.alloc(rows * columns * samples * (allocated / 8));
  const most = 2 ** Math.min(stored, 12) - 1;
  for (let at = 0; at < rows * columns * samples; at += 1) {
    const [x, y] = [Math.floor(at / samples) % columns, Math.floor(at / samples / columns)];
    const wave = (Math.sin(x / 9 + (at % samples)) + Math.cos(y / 7)) / 4 + 0.5;
    const value = Math.floor(wave * most * 0.9) + (Math.imul(at, 2_654_435_761) >>> 30) - (signed ? Math.floor(most / 2) : 0);
    if (allocated === 8) bytes.writeUInt8(value, at);
    else if (signed) bytes.writeInt16LE(value * 8, at * 2);
    else bytes.writeUInt16LE(value, at * 2);
  }
  return bytes;
}

function imageOf(kind: Kind): Dataset {
  const { samples, allocated, stored, signed, rows, columns } = kind;
  const dataset = buildDataset({
    SOPClassUID: '1.2.840.10008.5.1.4.1.1.7', SOPInstanceUID: '2.25.77', StudyInstanceUID: '2.25.78', SeriesInstanceUID: '2.25.79', Modality: 'OT',
    ImageType: ['ORIGINAL', 'PRIMARY'], PatientName: 'Lê^Thị Bình', PatientID: 'BN0002',
    SamplesPerPixel: samples, PhotometricInterpretation: samples === 3 ? 'RGB' : 'MONOCHROME2', Rows: rows, Columns: columns,
    ...(samples === 3 && { PlanarConfiguration: 0 }),
    BitsAllocated: allocated, BitsStored: stored, HighBit: stored - 1, PixelRepresentation: signed ? 1 : 0,
  });
  return withPixels(dataset, pixelsOf(kind));
}

function withPixels(dataset: Dataset, bytes: Uint8Array, encapsulated = false): Dataset {
  const element = { tag: pixelData, vr: encapsulated ? 'OB' : 'OW', offset: 0, length: bytes.length, undefinedLength: encapsulated, items: undefined } as const;
  const value = encapsulated ? { ...element, bytes: undefined, fragments: [new Uint8Array(0), bytes] } : { ...element, bytes, fragments: undefined };
  return { ...dataset, elements: new Map(dataset.elements).set(pixelData, value) };
}

async function writeImage(kind: Kind): Promise<string> {
  const file = join(folder, 'ours.dcm');
  await writeFile(file, writePart10(imageOf(kind), explicit));
  return file;
}

/** Encodes by our code, and lets the peer write it native. */
async function readByPeer(kind: Kind, uid: string, program: string): Promise<string> {
  const dataset = imageOf(kind);
  const description = describePixels(dataset);
  const encoded = await encodeFrame(await decodeFrame(description, explicit, { bytes: pixelsOf(kind) }), uid);
  const header = transcodeHeader(dataset, description, { to: uid, photometric: encoded.photometric, ratio: pixelsOf(kind).length / encoded.bytes.length });
  const file = join(folder, 'encoded.dcm');
  await writeFile(file, writePart10(withPixels(header, encoded.bytes, true), uid));
  const out = join(folder, 'by-peer.dcm');
  expect(await run(program, [file, out])).toMatchObject({ code: 0 });
  return out;
}

async function decodedOf(file: string) {
  const { dataset, transferSyntax } = readPart10(await readFile(file));
  const element = dataset.elements.get(pixelData)!;
  const stored: StoredFrame = { bytes: element.fragments?.slice(1) ?? element.bytes! };
  return decodeFrame(describePixels(dataset), transferSyntax, stored);
}

function bytesOf(cells: ArrayBufferView): Buffer {
  return Buffer.from(cells.buffer, cells.byteOffset, cells.byteLength);
}

/** PSNR in dB. */
function noiseRatio(ours: ArrayLike<number>, theirs: ArrayLike<number>, bits: number): number {
  let squares = 0;
  for (let at = 0; at < ours.length; at += 1) squares += (ours[at]! - theirs[at]!) ** 2;
  return squares === 0 ? Infinity : 10 * Math.log10((2 ** bits - 1) ** 2 / (squares / ours.length));
}
