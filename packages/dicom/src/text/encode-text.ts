// Text into the bytes of a character set, for machines that want another than ours.
import { characterSet, type CodeElement } from './character-set.ts';

const utf8 = new TextEncoder();
const upperHalves = new Map<string, ReadonlyMap<string, number>>();

/** The bytes when every letter is in the set: UTF-8, ASCII and the sets of one byte; undefined otherwise. */
export function encodeText(text: string, charset: string): Uint8Array | undefined {
  const set = characterSet(charset);
  if (set.whole === 'utf-8' || /^[\x00-\x7f]*$/.test(text)) return utf8.encode(text);
  const upper = upperHalf(set.g1);
  const bytes = [...text].map((letter) => (letter <= '\x7f' ? letter.charCodeAt(0) : upper.get(letter)));
  return bytes.includes(undefined) ? undefined : Uint8Array.from(bytes as number[]);
}

/** The nearest that the set can write: letters lose the marks it has not, and become `?` when nothing is left. */
export function nearestText(text: string, charset: string): Uint8Array {
  const whole = encodeText(text.normalize('NFC'), charset);
  if (whole !== undefined) return whole;
  const nearest = [...text.normalize('NFC')].map((letter) => {
    if (encodeText(letter, charset) !== undefined) return letter;
    const bare = letter.normalize('NFKD').replace(/\p{M}+/gu, '').replace('đ', 'd').replace('Đ', 'D');
    return encodeText(bare, charset) === undefined ? '?' : bare;
  });
  return encodeText(nearest.join(''), charset)!;
}

function upperHalf(element: CodeElement | undefined): ReadonlyMap<string, number> {
  if (element === undefined || element.kind === 'pairs' || element.kind === 'ascii' || element.kind === 'jis-roman') return new Map();
  const label = element.kind === 'single' ? element.label : element.kind;
  const known = upperHalves.get(label);
  if (known !== undefined) return known;
  const made = new Map(Array.from({ length: 0x60 }, (_, at): [string, number] => [letterOf(element, 0xa0 + at), 0xa0 + at]));
  upperHalves.set(label, made);
  return made;
}

function letterOf(element: CodeElement, byte: number): string {
  if (element.kind === 'single') return new TextDecoder(element.label).decode(Uint8Array.of(byte));
  if (element.kind === 'katakana') return byte >= 0xa1 && byte <= 0xdf ? String.fromCharCode(byte - 0xa1 + 0xff61) : '';
  return String.fromCharCode(byte);
}
