// How stored values become grey: modality, values of interest, presentation (DICOM PS3.4 2024e, N.2; PS3.3, C.11).
import type { Dataset } from '../dataset/dataset.ts';
import { itemsOf, numberOf, numbersOf, textOf } from '../dataset/values.ts';
import { readTable, type LookupTable } from './lookup-table.ts';
import { readPalette, type Palette } from './palette.ts';
import type { PixelDescription } from './pixel-description.ts';

export interface GreyWindow {
  readonly center: number;
  readonly width: number;
  readonly shape: 'LINEAR' | 'LINEAR_EXACT' | 'SIGMOID';
}

export interface Tone {
  readonly slope: number;
  readonly intercept: number;
  readonly modality: LookupTable | undefined;
  readonly windows: readonly GreyWindow[];
  readonly interest: LookupTable | undefined;
  /** Low values are bright: MONOCHROME1, or an inverse presentation. */
  readonly inverse: boolean;
  /** Stored values that are no tissue: left out when a window is sought. */
  readonly padding: readonly [from: number, to: number] | undefined;
  readonly palette: Palette | undefined;
  /** Height of a pixel divided by its width. */
  readonly aspect: number;
}

/** Reads what a frame (counted from 0) is to be shown with, from the functional groups of an enhanced image too (C.7.6.16). */
export function describeTone(dataset: Dataset, description: PixelDescription, frame = 0): Tone {
  const groups = [itemsOf(dataset, 0x52009230)[frame], itemsOf(dataset, 0x52009229)[0]].filter((group) => group !== undefined);
  const from = (sequence: number) => groups.map((group) => itemsOf(group, sequence)[0]).find((item) => item !== undefined) ?? dataset;
  const values = from(0x00289145);
  const interest = itemsOf(from(0x00289132), 0x00283010)[0];
  const modality = itemsOf(dataset, 0x00283000)[0];
  const { signed } = description;
  return {
    slope: numberOf(values, 0x00281053) ?? 1,
    intercept: numberOf(values, 0x00281052) ?? 0,
    modality: modality && readTable(modality, 0x00283002, 0x00283006, signed),
    windows: windowsOf(from(0x00289132)),
    interest: interest && readTable(interest, 0x00283002, 0x00283006, signed || (numberOf(values, 0x00281052) ?? 0) < 0),
    inverse: (description.photometric === 'MONOCHROME1') !== (textOf(dataset, 0x20500020) === 'INVERSE' && description.photometric !== 'MONOCHROME1'),
    padding: paddingOf(dataset, signed, description.stored),
    palette: description.photometric === 'PALETTE COLOR' ? readPalette(dataset, signed) : undefined,
    aspect: aspectOf(dataset, from(0x00289110)),
  };
}

function windowsOf(dataset: Dataset): GreyWindow[] {
  const widths = numbersOf(dataset, 0x00281051);
  const named = textOf(dataset, 0x00281056);
  const shape = named === 'SIGMOID' || named === 'LINEAR_EXACT' ? named : 'LINEAR';
  return numbersOf(dataset, 0x00281050).flatMap((center, at) => {
    const width = widths[at] ?? NaN;
    return Number.isFinite(center) && width >= (shape === 'LINEAR' ? 1 : Number.MIN_VALUE) ? [{ center, width, shape }] : [];
  });
}

/** C.7.5.1.1.2: one value, or all between two. It is of the sign of the pixels, whatever its VR came out as. */
function paddingOf(dataset: Dataset, signed: boolean, stored: number): readonly [number, number] | undefined {
  const value = numberOf(dataset, 0x00280120);
  if (value === undefined) return undefined;
  const carried = (number: number) => (signed && number >= 2 ** (stored - 1) ? number - 2 ** 16 : number);
  const one = carried(value);
  const other = carried(numberOf(dataset, 0x00280121) ?? value);
  return [Math.min(one, other), Math.max(one, other)];
}

function aspectOf(dataset: Dataset, measures: Dataset): number {
  const told = [numbersOf(dataset, 0x00280034), numbersOf(measures, 0x00280030), numbersOf(dataset, 0x00181164)];
  const [down, across] = told.find(([one = 0, other = 0]) => one > 0 && other > 0) ?? [1, 1];
  // Beyond this it is a mistake, and a picture of it a waste of memory.
  return Math.max(0.1, Math.min(10, down! / across!));
}
