// A decoded frame as 8-bit grey or RGB.
import { toRgb } from './colours.ts';
import { storedValues, type Cells, type Frame } from './frame.ts';
import { lookUp, type LookupTable } from './lookup-table.ts';
import type { Palette } from './palette.ts';
import { refusePixels } from './refuse-pixels.ts';
import type { GreyWindow, Tone } from './tone.ts';

export interface Picture {
  readonly rows: number;
  readonly columns: number;
  readonly samples: 1 | 3;
  readonly pixels: Uint8Array;
}

/** Paints a frame through its tone: the window given, else the file's table, else its first window, else all values there are. */
export function paintFrame(frame: Frame, tone: Tone, window?: GreyWindow): Picture {
  const { rows, columns, samples, photometric, allocated } = frame.description;
  if (samples === 3) return { rows, columns, samples, pixels: toRgb(narrowed(frame), photometric) };
  if (photometric === 'PALETTE COLOR') return { rows, columns, samples: 3, pixels: coloured(storedValues(frame), tone.palette ?? refusePixels()) };
  if (!photometric.startsWith('MONOCHROME')) return refusePixels();
  const values = storedValues(frame);
  const shade = allocated === 1 ? (value: number) => value * 255 : shadeOf(values, tone, window);
  return { rows, columns, samples: 1, pixels: greyed(values, tone.inverse ? (value) => 255 - shade(value) : shade) };
}

/** Colours of more than 8 bits keep their upper ones. */
function narrowed(frame: Frame): Cells {
  const { stored, signed, floating } = frame.description;
  if (floating || signed || stored > 16) return refusePixels();
  const values = storedValues(frame);
  if (stored === 8 && values.BYTES_PER_ELEMENT === 1) return values;
  return Uint8Array.from(values, (value) => (stored >= 8 ? value >> (stored - 8) : (value * 255) / (2 ** stored - 1)));
}

function coloured(values: Cells, [red, green, blue]: Palette): Uint8Array {
  const pixels = new Uint8Array(values.length * 3);
  for (let at = 0; at < values.length; at += 1) {
    const value = values[at]!;
    pixels[at * 3] = lookUp(red, value);
    pixels[at * 3 + 1] = lookUp(green, value);
    pixels[at * 3 + 2] = lookUp(blue, value);
  }
  return pixels;
}

type Shade = (stored: number) => number;

/** Each value is shaded once where it can be one of 65,536. */
function greyed(values: Cells, shade: Shade): Uint8Array {
  const pixels = new Uint8ClampedArray(values.length);
  if (values.BYTES_PER_ELEMENT > 2) {
    for (let at = 0; at < values.length; at += 1) pixels[at] = shade(values[at]!);
    return new Uint8Array(pixels.buffer);
  }
  const table = new Uint8ClampedArray(65_536);
  const known = new Uint8Array(65_536);
  for (let at = 0; at < values.length; at += 1) {
    const place = values[at]! & 0xffff;
    if (known[place] === 0) {
      table[place] = shade(values[at]!);
      known[place] = 1;
    }
    pixels[at] = table[place]!;
  }
  return new Uint8Array(pixels.buffer);
}

function shadeOf(values: Cells, tone: Tone, window: GreyWindow | undefined): Shade {
  const modality = modalityOf(tone);
  if (window === undefined && tone.interest !== undefined) return (value) => lookUpShade(tone.interest!, modality(value));
  const inside = throughWindow(window ?? tone.windows[0] ?? widestWindow(values, tone, modality));
  return (value) => inside(modality(value));
}

function modalityOf({ modality, slope, intercept }: Tone): Shade {
  return modality === undefined ? (value) => value * slope + intercept : (value) => lookUp(modality, value);
}

function lookUpShade(table: LookupTable, value: number): number {
  return (lookUp(table, value) * 255) / (2 ** table.bits - 1);
}

/** C.11.2.1.2 and C.11.2.1.3. */
function throughWindow({ center, width, shape }: GreyWindow): Shade {
  if (shape === 'SIGMOID') return (value) => 255 / (1 + Math.exp((-4 * (value - center)) / width));
  if (shape === 'LINEAR_EXACT') return (value) => ((value - center) / width + 0.5) * 255;
  if (width <= 1) return (value) => (value <= center - 0.5 ? 0 : 255);
  return (value) => ((value - (center - 0.5)) / (width - 1) + 0.5) * 255;
}

function widestWindow(values: Cells, { padding }: Tone, modality: Shade): GreyWindow {
  let [least, most] = [Infinity, -Infinity];
  for (const value of values) {
    if (padding !== undefined && value >= padding[0] && value <= padding[1]) continue;
    if (value < least) least = value;
    if (value > most) most = value;
  }
  if (least > most) return { center: 0, width: 1, shape: 'LINEAR_EXACT' };
  const [one, other] = [modality(least), modality(most)];
  return { center: (one + other) / 2, width: Math.abs(other - one) || 1, shape: 'LINEAR_EXACT' };
}
