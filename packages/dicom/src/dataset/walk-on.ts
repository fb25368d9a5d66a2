// Reads on from where the last bytes ended (DICOM PS3.5 2024e, section 7). No length is believed before it fits what is around it.
import { isBinary } from '../dictionary/vr.ts';
import type { Element } from './dataset.ts';
import { DicomError } from './dicom-error.ts';
import { readHead, readTag, readUint32 } from './element-head.ts';
import { countElement, find, has, place, undefinedLength, type OpenDataset, type OpenFragments, type OpenSequence, type Walk } from './walk.ts';

const item = 0xfffee000;
const itemDelimiter = 0xfffee00d;
const sequenceDelimiter = 0xfffee0dd;
const specificCharacterSet = 0x00080005;
const pixelRepresentation = 0x00280103;
const nothing = new Uint8Array(0);

type Step = 'on' | 'more' | 'end' | 'stopped';

/** `more`: the bytes are used up. `stopped`: before an element that `stopsAt` names. `end`: all is read. */
export function walkOn(walk: Walk): Exclude<Step, 'on'> {
  for (;;) {
    if (walk.toSkip > 0 && !skip(walk)) return 'more';
    const level = walk.levels.at(-1);
    if (level === undefined) return 'end';
    const step = level.kind === 'dataset' ? readElement(walk, level) : level.kind === 'sequence' ? readItem(walk, level) : readFragment(walk, level);
    if (step !== 'on') return step;
  }
}

function skip(walk: Walk): boolean {
  const taken = Math.min(walk.toSkip, walk.filled - walk.at);
  walk.at += taken;
  walk.skipped += taken;
  walk.toSkip -= taken;
  if (walk.toSkip > 0 && walk.final) throw new DicomError('dicom.truncated', place(walk));
  return walk.toSkip === 0;
}

function readElement(walk: Walk, level: OpenDataset): Step {
  if (place(walk) === level.end) return close(walk);
  if (level === walk.root) {
    if (isTail(walk)) return 'end';
    if (!has(walk, 8)) return 'more';
    const next = readTag(walk.bytes, walk.at, level.dataset.littleEndian);
    if (walk.stopsAt(next)) return 'stopped';
    if (isGarbage(walk, level, next)) return 'end';
  }
  if (!readHead(walk, level)) return 'more';
  const { tag, size } = walk.head;
  if (tag >>> 16 === 0xfffe) return readDelimiter(walk, level);
  if (place(walk) + size > level.end) throw new DicomError('dicom.length-beyond-parent', place(walk));
  if (walk.head.length === undefinedLength) return openUndefined(walk, level);
  return readDefined(walk, level);
}

/** Nothing more, or too little to be an element. */
function isTail(walk: Walk): boolean {
  const rest = walk.filled - walk.at;
  if (!walk.final || rest >= 8) return false;
  if (rest > 0) find(walk, 'dicom.trailing-bytes');
  walk.at = walk.filled;
  return true;
}

/** Zeros or waste behind the pixels, as media and careless writers leave them: told, not read. */
function isGarbage(walk: Walk, level: OpenDataset, tag: number): boolean {
  if (tag !== 0 && !(level.last >= 0x7fe00008 && tag < 0x7fe00008)) return false;
  find(walk, 'dicom.trailing-bytes', tag);
  return true;
}

function readDefined(walk: Walk, level: OpenDataset): Step {
  const { tag, vr, length, size } = walk.head;
  const offset = place(walk) + size;
  const end = offset + length;
  if (end > level.end) throw new DicomError('dicom.length-beyond-parent', offset);
  if (walk.final && end > walk.base + walk.filled) throw new DicomError('dicom.truncated', offset);
  if (vr === 'SQ') return openSequence(walk, level, end);
  const leftOut = length > walk.limits.leaveOutAbove && isBinary(vr);
  if (!leftOut && end - walk.skipped > walk.limits.maxHeldBytes) throw new DicomError('dicom.header-too-long', offset);
  if (!leftOut && !has(walk, size + length)) return 'more';
  if ((length & 1) !== 0) find(walk, 'dicom.odd-length', tag);
  countElement(walk);
  const from = walk.at + size;
  const bytes = leftOut ? undefined : length === 0 ? nothing : walk.bytes.subarray(from, from + length);
  add(walk, level, { tag, vr, offset, length, undefinedLength: false, bytes, items: undefined, fragments: undefined });
  walk.at = leftOut ? from : from + length;
  if (leftOut) walk.toSkip = length;
  return 'on';
}

function add(walk: Walk, level: OpenDataset, element: Element): void {
  const { dataset } = level;
  const again = dataset.elements.has(element.tag);
  if (element.tag > level.last) level.last = element.tag;
  else find(walk, again ? 'dicom.duplicate-element' : 'dicom.element-order', element.tag);
  if (again) return; // of two elements of one tag the first stands; the finding tells of the other
  if (element.tag === specificCharacterSet) dataset.charset = latin(element.bytes ?? nothing);
  if (element.tag === pixelRepresentation) level.signed = element.bytes?.[dataset.littleEndian ? 0 : 1] === 1;
  dataset.elements.set(element.tag, element);
}

function latin(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes.subarray(0, 512)).replace(/[\0 ]+$/, '');
}

function openUndefined(walk: Walk, level: OpenDataset): Step {
  const { vr, tag } = walk.head;
  if (vr === 'SQ' || vr === 'UN') return openSequence(walk, level, level.end);
  if (vr === 'OB' || vr === 'OW') return openFragments(walk, level);
  if (level.dataset.explicit) throw new DicomError('dicom.undefined-length', place(walk));
  find(walk, 'dicom.wrong-vr', tag);
  walk.head.vr = 'SQ';
  return openSequence(walk, level, level.end);
}

function openSequence(walk: Walk, level: OpenDataset, end: number): Step {
  const { tag, vr, size, length } = walk.head;
  checkDepth(walk);
  countElement(walk);
  const items: OpenSequence['items'] = [];
  const undefinedEnd = length === undefinedLength;
  const element = { tag, vr, offset: place(walk) + size, length: undefinedEnd ? 0 : length, undefinedLength: undefinedEnd, bytes: undefined, items, fragments: undefined };
  add(walk, level, element);
  // UN of undefined length: implicit little endian inside, whatever is around it (PS3.5 6.2.2).
  const { explicit, littleEndian } = vr === 'UN' ? { explicit: false, littleEndian: true } : level.dataset;
  walk.at += size;
  walk.levels.push({ kind: 'sequence', end, element, items, explicit, littleEndian, within: level });
  return 'on';
}

function openFragments(walk: Walk, level: OpenDataset): Step {
  const { tag, vr, size } = walk.head;
  countElement(walk);
  const fragments: Uint8Array[] = [];
  const element = { tag, vr, offset: place(walk) + size, length: 0, undefinedLength: true, bytes: undefined, items: undefined, fragments };
  add(walk, level, element);
  walk.at += size;
  walk.levels.push({ kind: 'fragments', end: level.end, element, fragments, littleEndian: level.dataset.littleEndian });
  return 'on';
}

function checkDepth(walk: Walk): void {
  if (walk.levels.length > 2 * walk.limits.maxDepth) throw new DicomError('dicom.too-deep', place(walk));
}

/** A delimiter where an element should be: the end of this item, or a slip that does no harm. */
function readDelimiter(walk: Walk, level: OpenDataset): Step {
  const { tag } = walk.head;
  if (place(walk) + 8 > level.end) throw new DicomError('dicom.length-beyond-parent', place(walk));
  if (tag === itemDelimiter && level.dataset.undefinedLength) {
    walk.at += 8;
    return close(walk);
  }
  if (tag === sequenceDelimiter && level.dataset.undefinedLength) {
    find(walk, 'dicom.delimiter-missing', tag);
    return close(walk);
  }
  if (tag !== itemDelimiter && tag !== sequenceDelimiter) throw new DicomError('dicom.unexpected-tag', place(walk));
  find(walk, 'dicom.unexpected-delimiter', tag);
  walk.at += 8;
  return 'on';
}

function readItem(walk: Walk, level: OpenSequence): Step {
  if (place(walk) === level.end) return closeCounted(walk, level);
  if (place(walk) + 8 > level.end) throw new DicomError('dicom.length-beyond-parent', place(walk));
  if (!has(walk, 8)) return 'more';
  const tag = readTag(walk.bytes, walk.at, level.littleEndian);
  const length = readUint32(walk.bytes, walk.at + 4, level.littleEndian);
  if (tag === item) return openItem(walk, level, length);
  if (tag !== sequenceDelimiter) throw new DicomError('dicom.unexpected-tag', place(walk));
  if (!level.element.undefinedLength) find(walk, 'dicom.unexpected-delimiter', tag);
  else level.element.length = place(walk) - level.element.offset;
  walk.at += 8;
  return level.element.undefinedLength ? close(walk) : 'on';
}

function openItem(walk: Walk, level: OpenSequence, length: number): Step {
  const start = place(walk) + 8;
  const undefinedEnd = length === undefinedLength;
  const end = undefinedEnd ? level.end : start + length;
  if (end > level.end) throw new DicomError('dicom.length-beyond-parent', start);
  if (start - walk.skipped > walk.limits.maxHeldBytes) throw new DicomError('dicom.header-too-long', start);
  countElement(walk);
  const { explicit, littleEndian, within } = level;
  const dataset = { elements: new Map<number, Element>(), explicit, littleEndian, charset: within.dataset.charset, undefinedLength: undefinedEnd };
  level.items.push(dataset);
  walk.at += 8;
  walk.levels.push({ kind: 'dataset', end, dataset, signed: within.signed, last: -1 });
  return 'on';
}

function readFragment(walk: Walk, level: OpenFragments): Step {
  if (!has(walk, 8)) return 'more';
  const start = place(walk) + 8;
  const tag = readTag(walk.bytes, walk.at, level.littleEndian);
  const length = readUint32(walk.bytes, walk.at + 4, level.littleEndian);
  if (tag === sequenceDelimiter) {
    level.element.length = place(walk) - level.element.offset;
    walk.at += 8;
    return close(walk);
  }
  if (tag !== item) throw new DicomError('dicom.unexpected-tag', place(walk));
  if (start + length > level.end) throw new DicomError('dicom.length-beyond-parent', start);
  if (walk.final && start + length > walk.base + walk.filled) throw new DicomError('dicom.truncated', start);
  if (start + length - walk.skipped > walk.limits.maxHeldBytes) throw new DicomError('dicom.header-too-long', start);
  if (!has(walk, 8 + length)) return 'more';
  countElement(walk);
  level.fragments.push(walk.bytes.subarray(walk.at + 8, walk.at + 8 + length));
  walk.at += 8 + length;
  return 'on';
}

function closeCounted(walk: Walk, level: OpenSequence): Step {
  // A sequence of undefined length that runs to the end of the defined one around it: its delimiter was forgotten.
  if (level.element.undefinedLength) {
    find(walk, 'dicom.delimiter-missing', level.element.tag);
    level.element.length = place(walk) - level.element.offset;
  }
  return close(walk);
}

function close(walk: Walk): Step {
  walk.levels.pop();
  return 'on';
}
