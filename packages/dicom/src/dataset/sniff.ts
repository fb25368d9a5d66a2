// Whether bytes look like the start of a data set of explicit or of implicit VR: for files that do not say, or say the wrong thing.
import { vrOf } from '../dictionary/vr.ts';
import { readTag, readUint32 } from './element-head.ts';

export interface Sniffed {
  readonly explicit: boolean;
  readonly littleEndian: boolean;
}

/** What the first element looks like; undefined when it looks like none. Asks for 8 bytes. */
export function sniff(bytes: Uint8Array): Sniffed | undefined {
  if (bytes.length < 8) return undefined;
  const known = vrOf((bytes[4]! << 8) | bytes[5]!) !== undefined;
  const little = readTag(bytes, 0, true) >>> 16;
  const big = readTag(bytes, 0, false) >>> 16;
  // Groups of a data set start low: 0008 for every composite object, at most 0040 for what has no SOP class in front.
  const littleEndian = little !== 0 && little <= 0xff;
  if (!littleEndian && !(big !== 0 && big <= 0xff)) return undefined;
  if (known) return { explicit: true, littleEndian };
  // Below two printable letters: a VR that we do not know is not taken for a length.
  return littleEndian && readUint32(bytes, 4, true) < 0x2020 ? { explicit: false, littleEndian } : undefined;
}
