import { decode as decodePng } from 'fast-png';
import { describe, expect, it } from 'vitest';
import { buildDataset, type Values } from '../dataset/build-dataset.ts';
import type { Dataset } from '../dataset/dataset.ts';
import { numbersOf, textOf, textsOf } from '../dataset/values.ts';
import { decodeFrame } from './decode-frame.ts';
import { encodeFrame } from './encode-frame.ts';
import { readJ2kStream } from './j2k-stream.ts';
import { describePixels } from './pixel-description.ts';
import { renderFrame, type Rendering } from './render-frame.ts';
import { describeTone } from './tone.ts';
import { transcodeHeader } from './transcode-frame.ts';

const explicit = '1.2.840.10008.1.2.1';

describe('grey (DICOM PS3.4 N.2)', () => {
  it('shows MONOCHROME1 the other way round', async () => {
    expect(await shown({ PhotometricInterpretation: 'MONOCHROME1', WindowCenter: 128, WindowWidth: 256 }, [0, 255])).toEqual([255, 0]);
    expect(await shown({ PhotometricInterpretation: 'MONOCHROME1', PresentationLUTShape: 'INVERSE', WindowCenter: 128, WindowWidth: 256 }, [0, 255])).toEqual([255, 0]);
  });

  it('rescales before the window, and takes the window of the caller first', async () => {
    const scanner = { RescaleSlope: 2, RescaleIntercept: -100, WindowCenter: 0.5, WindowWidth: 201 };
    expect(await shown(scanner, [0, 50, 100])).toEqual([0, 128, 255]);
    expect(await shown(scanner, [0, 50, 100], { format: 'png', window: { center: 101, width: 1, shape: 'LINEAR' } })).toEqual([0, 0, 0]);
  });

  it('takes all values but the padding where no window is told', async () => {
    expect(await shown({ PixelPaddingValue: 255 }, [255, 10, 20, 30])).toEqual([255, 0, 128, 255]);
  });

  it('follows a sigmoid, and a table of values of interest', async () => {
    expect(await shown({ WindowCenter: 100, WindowWidth: 50, VOILUTFunction: 'SIGMOID' }, [0, 100, 200])).toEqual([0, 128, 255]);
    const table = { VOILUTSequence: [{ LUTDescriptor: [3, 10, 8], LUTData: words(0, 200, 100) }] };
    expect(await shown(table, [0, 11, 12, 200])).toEqual([0, 200, 100, 100]);
  });

  it('takes what the functional groups of a frame tell', async () => {
    const groups = {
      SharedFunctionalGroupsSequence: [{ PixelValueTransformationSequence: [{ RescaleSlope: 1, RescaleIntercept: 10 }] }],
      PerFrameFunctionalGroupsSequence: [{ FrameVOILUTSequence: [{ WindowCenter: 60.5, WindowWidth: 101 }] }],
    };
    expect(await shown(groups, [0, 50, 100])).toEqual([0, 128, 255]);
  });

  it('leaves overlay bits out', async () => {
    const dataset = image({ Columns: 2, BitsAllocated: 16, BitsStored: 12, HighBit: 11, WindowCenter: 2048, WindowWidth: 4096 });
    expect(await pictureOf(dataset, Uint8Array.of(0, 0xf0, 0xff, 0xff))).toEqual([0, 255]);
  });

  it('shows single bits black and white', async () => {
    expect(await pictureOf(image({ Columns: 4, BitsAllocated: 1, BitsStored: 1, HighBit: 0 }), Uint8Array.of(0b1010))).toEqual([0, 255, 0, 255]);
  });
});

describe('colours (DICOM PS3.3 C.7.6.3.1.2 and C.7.9)', () => {
  it('looks a palette up, whether its entries have 8 bits or 16', async () => {
    const palette = (bits: number, red: Uint8Array): Values => ({
      PhotometricInterpretation: 'PALETTE COLOR',
      ...Object.fromEntries(['Red', 'Green', 'Blue'].map((colour) => [`${colour}PaletteColorLookupTableDescriptor`, [2, 5, bits]])),
      RedPaletteColorLookupTableData: red, GreenPaletteColorLookupTableData: words(0, 0), BluePaletteColorLookupTableData: words(0, 0),
    });
    expect(await shown(palette(16, words(0x1200, 0xff00)), [0, 6])).toEqual([0x12, 0, 0, 0xff, 0, 0]);
    expect(await shown(palette(8, Uint8Array.of(7, 9)), [5, 9])).toEqual([7, 0, 0, 9, 0, 0]);
  });

  it('expands a palette in segments', async () => {
    const colours = ['Red', 'Green', 'Blue'];
    const data = words(0, 1, 0, 1, 2, 0xff00, 2, 1, 0, 0);
    const palette = {
      PhotometricInterpretation: 'PALETTE COLOR',
      ...Object.fromEntries(colours.map((colour) => [`${colour}PaletteColorLookupTableDescriptor`, [4, 0, 16]])),
      ...Object.fromEntries(colours.map((colour) => [`Segmented${colour}PaletteColorLookupTableData`, data])),
    };
    expect(await shown(palette, [0, 1, 2, 3])).toEqual([0, 0, 0, 127, 127, 127, 255, 255, 255, 0, 0, 0]);
  });

  it('refuses a palette that is not there', async () => {
    await expect(shown({ PhotometricInterpretation: 'PALETTE COLOR' }, [0])).rejects.toThrow('dicom.pixels-undecodable');
  });

  it('turns YBR_FULL to RGB', async () => {
    const dataset = image({ Columns: 1, SamplesPerPixel: 3, PlanarConfiguration: 0, PhotometricInterpretation: 'YBR_FULL' });
    const [red, green, blue] = await pictureOf(dataset, Uint8Array.of(76, 85, 255));
    expect([red! > 250, green! < 5, blue! < 5]).toEqual([true, true, true]);
  });
});

describe('renderings (DICOM PS3.18 8.3.5)', () => {
  it('fits a viewport in the proportions of the pixels', async () => {
    const dataset = image({ Columns: 4, Rows: 2, PixelAspectRatio: [2, 1] });
    const frame = await decodeFrame(describePixels(dataset), explicit, { bytes: new Uint8Array(8) });
    const png = decodePng(await renderFrame(frame, describeTone(dataset, frame.description), { format: 'png', viewport: { width: 100, height: 50 } }));
    expect([png.width, png.height]).toEqual([50, 50]);
  });

  it('makes means when it shrinks, and goes smoothly when it grows', async () => {
    const window = { WindowCenter: 128, WindowWidth: 256 };
    expect(await shown(window, [0, 100, 200, 100], { format: 'png', viewport: { width: 2, height: 9 } })).toEqual([50, 150]);
    expect(await shown(window, [0, 100], { format: 'png', viewport: { width: 4, height: 9 } })).toEqual([0, 25, 75, 100, 0, 25, 75, 100]);
  });

  it('writes JPEG', async () => {
    const dataset = image({ Columns: 2 });
    const frame = await decodeFrame(describePixels(dataset), explicit, { bytes: Uint8Array.of(0, 255) });
    const jpeg = await renderFrame(frame, describeTone(dataset, frame.description), { format: 'jpeg', viewport: { width: 64, height: 64 } });
    expect([...jpeg.subarray(0, 3), ...jpeg.subarray(-2)]).toEqual([0xff, 0xd8, 0xff, 0xff, 0xd9]);
  });
});

describe('the data set of a transcoded image', () => {
  const colours = image({ Columns: 8, Rows: 8, SamplesPerPixel: 3, PhotometricInterpretation: 'RGB', PlanarConfiguration: 1, SOPClassUID: '1.2.3', SOPInstanceUID: '1.2.4', ImageType: ['ORIGINAL', 'PRIMARY', 'AXIAL'] });
  const description = describePixels(colours);

  it.each(['1.2.840.10008.1.2.4.90', '1.2.840.10008.1.2.4.201'])('says YBR_RCT where %s has turned the colours over', async (uid) => {
    const { bytes, photometric } = await encodeFrame(await decodeFrame(description, explicit, { bytes: new Uint8Array(192) }), uid);
    expect([photometric, readJ2kStream(bytes).turned]).toEqual(['YBR_RCT', true]);
    const header = transcodeHeader(colours, description, { to: uid, photometric, ratio: 3 });
    expect([textOf(header, 0x00280004), numbersOf(header, 0x00280006), textOf(header, 0x00282110)]).toEqual(['YBR_RCT', [0], undefined]);
  });

  it('says what was lost, and that it is another instance', () => {
    const header = transcodeHeader(colours, description, { to: '1.2.840.10008.1.2.4.50', photometric: 'YBR_FULL_422', ratio: 8.25, sopInstanceUid: '1.2.5' });
    expect([textsOf(header, 0x00080008), textOf(header, 0x00282110), numbersOf(header, 0x00282112), textOf(header, 0x00282114), textOf(header, 0x00080018)])
      .toEqual([['DERIVED', 'PRIMARY', 'AXIAL'], '01', [8.25], 'ISO_10918_1', '1.2.5']);
  });
});

function image(values: Values): Dataset {
  return buildDataset({ Rows: 1, Columns: 1, SamplesPerPixel: 1, PhotometricInterpretation: 'MONOCHROME2', BitsAllocated: 8, BitsStored: 8, HighBit: 7, PixelRepresentation: 0, ...values });
}

function shown(values: Values, stored: readonly number[], rendering?: Rendering): Promise<number[]> {
  return pictureOf(image({ Columns: stored.length, ...values }), Uint8Array.from(stored), rendering);
}

async function pictureOf(dataset: Dataset, bytes: Uint8Array, rendering: Rendering = { format: 'png' }): Promise<number[]> {
  const frame = await decodeFrame(describePixels(dataset), explicit, { bytes });
  return [...decodePng(await renderFrame(frame, describeTone(dataset, frame.description), rendering)).data];
}

function words(...values: readonly number[]): Uint8Array {
  return new Uint8Array(Uint16Array.from(values).buffer);
}
