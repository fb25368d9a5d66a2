// Bytes of a text value into Unicode by the Specific Character Set, code extensions of ISO 2022 included (DICOM PS3.5 2024e, 6.1.2).
import { byEscape, characterSet, type CharacterSet, type CodeElement } from './character-set.ts';

const escape = 0x1b;
const backslash = 0x5c;
const decoders = new Map<string, TextDecoder>();
const strictUtf8 = new TextDecoder('utf-8', { fatal: true });

export interface TextWay {
  /** A backslash parts values; otherwise it is a letter (PS3.5 6.1.3), a yen sign in Japanese. */
  readonly multiple: boolean;
  /** `^` and `=` part a name, and end what an escape brought in (PS3.5 6.1.2.5.3). */
  readonly name: boolean;
}

/** Decodes what `charset`, the value of (0008,0005), says; what it leaves open is read as UTF-8 where it is that, else as Latin-1. */
export function decodeText(bytes: Uint8Array, charset: string, way: TextWay): string {
  if (isPlain(bytes)) return latin1(bytes);
  const set = characterSet(charset);
  if (set.whole !== undefined) return decoder(set.whole).decode(bytes);
  if (bytes.includes(escape) || set.g1?.kind === 'katakana') return decodeExtended(bytes, set, way);
  if (set.undeclared) return utf8(bytes) ?? latin1(bytes);
  return decodeHalf(bytes, set.g0, set.g1 ?? set.fallback);
}

/** Bytes below 0x80 and no escape: the same in every set but Japanese Roman, whose yen and overline nobody means. */
export function isPlain(bytes: Uint8Array): boolean {
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at]!;
    if (byte >= 0x80 || byte === escape) return false;
  }
  return true;
}

/** The text when the bytes are UTF-8 beyond doubt. */
export function utf8(bytes: Uint8Array): string | undefined {
  try {
    return strictUtf8.decode(bytes);
  } catch {
    return undefined;
  }
}

export function latin1(bytes: Uint8Array): string {
  // A short text is made faster here than a call into the runtime takes.
  if (bytes.length > 24) return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
  let text = '';
  for (let at = 0; at < bytes.length; at += 1) text += String.fromCharCode(bytes[at]!);
  return text;
}

/** Runs between escapes and delimiters, each with the halves that hold there. */
function decodeExtended(bytes: Uint8Array, set: CharacterSet, way: TextWay): string {
  let [g0, g1] = [set.g0, set.g1];
  let text = '';
  let from = 0;
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at]!;
    const brought = byte === escape ? readEscape(bytes, at) : undefined;
    if (brought !== undefined) {
      text += decodeHalf(bytes.subarray(from, at), g0, g1 ?? set.fallback, way);
      if (brought.element.half === 'G0') g0 = brought.element;
      else g1 = brought.element;
      from = at + brought.size;
      at = from - 1;
    } else if (g0.kind !== 'pairs' && startsAgain(byte, way)) {
      text += decodeHalf(bytes.subarray(from, at + 1), g0, g1 ?? set.fallback, way);
      [g0, g1] = [set.g0, set.g1];
      from = at + 1;
    }
  }
  return text + decodeHalf(bytes.subarray(from), g0, g1 ?? set.fallback, way);
}

function startsAgain(byte: number, { multiple, name }: TextWay): boolean {
  if (byte === 0x0a || byte === 0x0c || byte === 0x0d || byte === 0x09) return true;
  return (multiple && byte === backslash) || (name && (byte === 0x5e || byte === 0x3d));
}

function readEscape(bytes: Uint8Array, at: number): { element: CodeElement; size: number } | undefined {
  for (const size of [3, 4]) {
    const element = byEscape.get(latin1(bytes.subarray(at + 1, at + size)));
    if (element !== undefined) return { element, size };
  }
  return undefined;
}

function decodeHalf(bytes: Uint8Array, g0: CodeElement, g1: CodeElement | undefined, way?: TextWay): string {
  if (bytes.length === 0) return '';
  if (g0.kind === 'pairs') return decodePairs(bytes, g0);
  let text = '';
  for (let from = 0; from < bytes.length;) {
    const upper = bytes[from]! >= 0x80;
    let to = from + 1;
    while (to < bytes.length && bytes[to]! >= 0x80 === upper) to += 1;
    const run = bytes.subarray(from, to);
    text += upper ? decodeUpper(run, g1) : decodeLower(run, g0, way);
    from = to;
  }
  return text;
}

function decodeLower(bytes: Uint8Array, { kind }: CodeElement, way: TextWay | undefined): string {
  const text = latin1(bytes);
  if (kind !== 'jis-roman') return text;
  const roman = text.replaceAll('~', '‾');
  return way?.multiple === false ? roman.replaceAll('\\', '¥') : roman;
}

function decodeUpper(bytes: Uint8Array, element: CodeElement | undefined): string {
  if (element === undefined) return utf8(bytes) ?? latin1(bytes);
  if (element.kind === 'katakana') return katakana(bytes);
  if (element.kind === 'single' || element.kind === 'pairs') return decoder(element.label).decode(bytes);
  return latin1(bytes);
}

/** JIS X 0201: half-width katakana from 0xA1 stand in Unicode from U+FF61 in the same order. */
function katakana(bytes: Uint8Array): string {
  return [...bytes].map((byte) => (byte >= 0xa1 && byte <= 0xdf ? String.fromCharCode(byte - 0xa1 + 0xff61) : '\ufffd')).join('');
}

/** Pairs of the lower half are those of EUC with the high bit off; control characters stand between them as they are. */
function decodePairs(bytes: Uint8Array, element: CodeElement & { kind: 'pairs' }): string {
  const made: number[] = [];
  for (let at = 0; at < bytes.length; at += 1) {
    const first = bytes[at]!;
    if (first < 0x21 || first > 0x7e || at + 1 >= bytes.length) {
      made.push(first);
      continue;
    }
    if (element.prefix !== undefined) made.push(element.prefix);
    made.push(first | 0x80, bytes[at + 1]! | 0x80);
    at += 1;
  }
  return decoder(element.label).decode(Uint8Array.from(made));
}

function decoder(label: string): TextDecoder {
  const known = decoders.get(label);
  if (known !== undefined) return known;
  const made = new TextDecoder(label, { ignoreBOM: true });
  decoders.set(label, made);
  return made;
}
