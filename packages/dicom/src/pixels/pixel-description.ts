// What the Image Pixel module says of the pixels (DICOM PS3.3 2024e, C.7.6.3).
import type { Dataset } from '../dataset/dataset.ts';
import { textOf, uintOf } from '../dataset/values.ts';
import { refusePixels } from './refuse-pixels.ts';

export interface PixelDescription {
  readonly rows: number;
  readonly columns: number;
  /** Samples per pixel: 1 or 3. */
  readonly samples: 1 | 3;
  readonly allocated: 1 | 8 | 16 | 32 | 64;
  readonly stored: number;
  readonly highBit: number;
  readonly signed: boolean;
  readonly floating: boolean;
  readonly photometric: string;
  /** All of one colour first, then the next (C.7.6.3.1.3). */
  readonly planar: boolean;
}

/** More pixels than any machine makes in one frame: a frame is decoded in memory, up to 8 bytes each. */
const mostPixels = 2 ** 28;

/** Reads how a data set's frames are to be understood; refuses what contradicts itself. */
export function describePixels(dataset: Dataset): PixelDescription {
  const rows = uintOf(dataset, 0x00280010) ?? 0;
  const columns = uintOf(dataset, 0x00280011) ?? 0;
  const samples = uintOf(dataset, 0x00280002) ?? 1;
  const { allocated, floating } = cellOf(dataset);
  const stored = floating ? allocated : (uintOf(dataset, 0x00280101) ?? allocated);
  const highBit = floating ? allocated - 1 : (uintOf(dataset, 0x00280102) ?? stored - 1);
  const photometric = textOf(dataset, 0x00280004) ?? (samples === 3 ? 'RGB' : 'MONOCHROME2');
  if (rows === 0 || columns === 0 || rows * columns > mostPixels) refusePixels();
  if (samples !== 1 && samples !== 3) refusePixels();
  if (stored === 0 || stored > allocated || highBit >= allocated || highBit + 1 < stored) refusePixels();
  const signed = !floating && uintOf(dataset, 0x00280103) === 1;
  return { rows, columns, samples, allocated, stored, highBit, signed, floating, photometric, planar: samples > 1 && uintOf(dataset, 0x00280006) === 1 };
}

function cellOf(dataset: Dataset): Pick<PixelDescription, 'allocated' | 'floating'> {
  if (dataset.elements.has(0x7fe00008)) return { allocated: 32, floating: true };
  if (dataset.elements.has(0x7fe00009)) return { allocated: 64, floating: true };
  const allocated = uintOf(dataset, 0x00280100);
  if (allocated !== 1 && allocated !== 8 && allocated !== 16 && allocated !== 32) return refusePixels();
  return { allocated, floating: false };
}
