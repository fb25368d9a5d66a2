import { changeDataset } from '../dataset/build-dataset.ts';
import type { Dataset } from '../dataset/dataset.ts';
import { textsOf } from '../dataset/values.ts';
import { decodeFrame, type StoredFrame } from './decode-frame.ts';
import { encodable, encodeFrame, type EncodedFrame } from './encode-frame.ts';
import type { PixelDescription } from './pixel-description.ts';
import { refuseEncoding } from './refuse-pixels.ts';

/** Decodes a frame and encodes it anew in one of `encodable`. */
export async function transcodeFrame(description: PixelDescription, from: string, frame: StoredFrame, to: string, quality?: number): Promise<EncodedFrame> {
  if (!encodable.includes(to)) return refuseEncoding();
  return encodeFrame(await decodeFrame(description, from, frame), to, quality);
}

export interface Transcoded {
  readonly to: string;
  /** Of the frames, as `transcodeFrame` told. */
  readonly photometric: string;
  /** Bytes of all frames native, divided by bytes encoded: said where something was lost. */
  readonly ratio: number;
  /** A lossy copy is another instance (PS3.3 2024e, C.7.6.1.1.5): its UID, and it names the one it came from. */
  readonly sopInstanceUid?: string;
}

const jpegBaseline = '1.2.840.10008.1.2.4.50';

/** The data set of a transcoded image, its pixels apart: colours, planes, and what was lost. */
export function transcodeHeader(dataset: Dataset, description: PixelDescription, { to, photometric, ratio, sopInstanceUid }: Transcoded): Dataset {
  return changeDataset(dataset, {
    PhotometricInterpretation: photometric,
    ...(description.samples > 1 && { PlanarConfiguration: 0 }),
    // Tables of offsets and lengths belong to the fragments that are no more.
    ExtendedOffsetTable: undefined,
    ExtendedOffsetTableLengths: undefined,
    ...(to === jpegBaseline && lossyValues(dataset, ratio, sopInstanceUid)),
  });
}

function lossyValues(dataset: Dataset, ratio: number, sopInstanceUid: string | undefined) {
  const [, ...kinds] = textsOf(dataset, 0x00080008);
  const source = { ReferencedSOPClassUID: textsOf(dataset, 0x00080016)[0] ?? null, ReferencedSOPInstanceUID: textsOf(dataset, 0x00080018)[0] ?? null };
  return {
    ImageType: ['DERIVED', ...(kinds.length === 0 ? ['PRIMARY'] : kinds)],
    LossyImageCompression: '01',
    LossyImageCompressionRatio: [...textsOf(dataset, 0x00282112), ratio.toFixed(3)],
    LossyImageCompressionMethod: [...textsOf(dataset, 0x00282114), 'ISO_10918_1'],
    ...(sopInstanceUid !== undefined && { SOPInstanceUID: sopInstanceUid, SourceImageSequence: [source] }),
  };
}
