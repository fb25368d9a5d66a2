// From YCbCr to RGB (DICOM PS3.3 2024e, C.7.6.3.1.2).
import { bytesOver, type Cells } from './frame.ts';
import { refusePixels } from './refuse-pixels.ts';

/** Three 8-bit samples of a pixel to red, green and blue; RGB is given back as it is. */
export function toRgb(cells: Cells, photometric: string): Uint8Array {
  const bytes = bytesOver(cells);
  if (photometric === 'RGB') return bytes;
  const partial = photometric === 'YBR_PARTIAL';
  if (!partial && photometric !== 'YBR_FULL') return refusePixels();
  const [lift, luma, red, greenB, greenR, blue] = partial ? narrow : full;
  const rgb = new Uint8ClampedArray(bytes.length);
  for (let at = 0; at + 2 < bytes.length; at += 3) {
    const y = (bytes[at]! - lift) * luma;
    const b = bytes[at + 1]! - 128;
    const r = bytes[at + 2]! - 128;
    rgb[at] = y + red * r;
    rgb[at + 1] = y - greenB * b - greenR * r;
    rgb[at + 2] = y + blue * b;
  }
  return new Uint8Array(rgb.buffer);
}

type Matrix = readonly [lift: number, luma: number, red: number, greenB: number, greenR: number, blue: number];

const full: Matrix = [0, 1, 1.402, 0.344136, 0.714136, 1.772];
/** CCIR 601-2 with headroom: black is 16, white 235. */
const narrow: Matrix = [16, 255 / 219, 1.402 * (255 / 224), 0.344136 * (255 / 224), 0.714136 * (255 / 224), 1.772 * (255 / 224)];
