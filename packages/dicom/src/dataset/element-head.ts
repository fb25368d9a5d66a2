// Tag, VR and length of the next element (DICOM PS3.5 2024e, 7.1.2 and 7.1.3).
import { dataElement, isPrivate, isPrivateCreator } from '../dictionary/data-element.ts';
import { hasLongForm, vrOf, type Vr } from '../dictionary/vr.ts';
import { find, has, undefinedLength, type OpenDataset, type Walk } from './walk.ts';

const bitsAllocatedOfWaveform = 0x54001004;

/** Fills `walk.head`. Says no when the bytes of the head are not all there yet. */
export function readHead(walk: Walk, level: OpenDataset): boolean {
  if (!has(walk, 8)) return false;
  const { explicit, littleEndian } = level.dataset;
  const { bytes, at, head } = walk;
  head.tag = readTag(bytes, at, littleEndian);
  if (!explicit) {
    head.length = readUint32(bytes, at + 4, littleEndian);
    head.size = 8;
    head.vr = implicitVr(walk, level);
    return true;
  }
  return readExplicit(walk, littleEndian);
}

export function readTag(bytes: Uint8Array, at: number, littleEndian: boolean): number {
  return littleEndian
    ? ((bytes[at + 1]! << 24) | (bytes[at]! << 16) | (bytes[at + 3]! << 8) | bytes[at + 2]!) >>> 0
    : readUint32(bytes, at, false);
}

export function readUint32(bytes: Uint8Array, at: number, littleEndian: boolean): number {
  return littleEndian
    ? (bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24)) >>> 0
    : ((bytes[at]! << 24) | (bytes[at + 1]! << 16) | (bytes[at + 2]! << 8) | bytes[at + 3]!) >>> 0;
}

function readExplicit(walk: Walk, littleEndian: boolean): boolean {
  const { bytes, at, head } = walk;
  const vr = vrOf((bytes[at + 4]! << 8) | bytes[at + 5]!);
  if (vr === undefined) return readUnknown(walk, littleEndian);
  head.vr = vr;
  if (hasLongForm(vr)) return readLong(walk, littleEndian);
  head.length = littleEndian ? bytes[at + 6]! | (bytes[at + 7]! << 8) : (bytes[at + 6]! << 8) | bytes[at + 7]!;
  head.size = 8;
  return true;
}

function readLong(walk: Walk, littleEndian: boolean): boolean {
  if (!has(walk, 12)) return false;
  walk.head.length = readUint32(walk.bytes, walk.at + 8, littleEndian);
  walk.head.size = 12;
  return true;
}

/** New VRs will have the long form (PS3.5 6.2.2 note); old machines that write `??` or blanks have the short one. */
function readUnknown(walk: Walk, littleEndian: boolean): boolean {
  const { bytes, at, head } = walk;
  if (head.tag >>> 16 === 0xfffe) {
    head.vr = 'UN';
    head.length = readUint32(bytes, at + 4, littleEndian);
    head.size = 8;
    return true;
  }
  find(walk, 'dicom.unknown-vr', head.tag);
  head.vr = 'UN';
  const letters = isCapital(bytes[at + 4]!) && isCapital(bytes[at + 5]!);
  if (letters && bytes[at + 6] === 0 && bytes[at + 7] === 0) return readLong(walk, littleEndian);
  head.length = littleEndian ? bytes[at + 6]! | (bytes[at + 7]! << 8) : (bytes[at + 6]! << 8) | bytes[at + 7]!;
  head.size = 8;
  return true;
}

function isCapital(byte: number): boolean {
  return byte >= 0x41 && byte <= 0x5a;
}

function implicitVr({ head: { tag, length } }: Walk, level: OpenDataset): Vr {
  if ((tag & 0xffff) === 0) return 'UL';
  if (isPrivateCreator(tag)) return 'LO';
  const vrs = isPrivate(tag) ? undefined : dataElement(tag)?.vrs;
  if (vrs === undefined) return length === undefinedLength ? 'SQ' : 'UN';
  return vrs.length === 1 ? vrs[0]! : chooseVr(vrs, level);
}

/** PS3.5 A.1: pixels and overlays are OW, waveforms go by their bits, numbers of the pixel scale by Pixel Representation. */
function chooseVr(vrs: readonly Vr[], level: OpenDataset): Vr {
  if (vrs.includes('OB')) return level.dataset.elements.get(bitsAllocatedOfWaveform)?.bytes?.[0] === 8 ? 'OB' : 'OW';
  if (vrs.includes('OW')) return 'OW';
  return level.signed ? 'SS' : 'US';
}
