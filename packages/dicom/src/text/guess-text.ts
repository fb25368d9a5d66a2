// Text whose declared character set is wrong, read as what it most likely is. For search and for showing beside the original: nothing is
// ever rewritten on the strength of it.
import { characterSet } from './character-set.ts';
import { decodeText, isPlain, latin1, utf8, type TextWay } from './decode-text.ts';
import { tcvn3, vni } from './legacy-vietnamese.ts';
import { vietnameseness } from './syllable.ts';

export interface Guess {
  readonly text: string;
  readonly encoding: 'declared' | 'utf-8' | 'tcvn3' | 'vni' | 'windows-1258';
  /** 0 to 1: how sure. Search by it from 0.5; say it to a person below 0.9. */
  readonly confidence: number;
}

interface Judged {
  readonly text: string;
  readonly encoding: Guess['encoding'];
  /** Of the words with letters beyond ASCII: the share that can be Vietnamese, and how many are usual in names. */
  readonly share: number;
  readonly usual: number;
}

/** Gives the likeliest reading of bytes that were sent under a character set. */
export function guessText(bytes: Uint8Array, charset: string, way: TextWay): Guess {
  const declared = decodeText(bytes, charset, way);
  if (isPlain(bytes) || !isDoubtful(bytes, charset, declared)) return { text: declared, encoding: 'declared', confidence: 1 };
  const unicode = utf8(bytes);
  if (unicode !== undefined) return { text: unicode, encoding: characterSet(charset).undeclared ? 'declared' : 'utf-8', confidence: 0.98 };
  const asDeclared = judge(declared, 'declared');
  const best = readings(bytes).reduce((best, next) => (isBetter(next, best) ? next : best), asDeclared);
  return { text: best.text, encoding: best.encoding, confidence: confidenceOf(best, asDeclared) };
}

/** Western sets and none at all are what other bytes hide behind; a set that needs its own bytes is believed while they fit. */
function isDoubtful(bytes: Uint8Array, charset: string, declared: string): boolean {
  const { g1, undeclared, whole } = characterSet(charset);
  if (whole !== undefined) return declared.includes('\ufffd');
  return (undeclared || g1?.kind === 'latin1') && !bytes.includes(0x1b);
}

function readings(bytes: Uint8Array): Judged[] {
  return [
    judge(tcvn3(bytes), 'tcvn3'),
    judge(vni(latin1(bytes)), 'vni'),
    judge(new TextDecoder('windows-1258').decode(bytes).normalize('NFC'), 'windows-1258'),
  ];
}

function judge(text: string, encoding: Guess['encoding']): Judged {
  const words = text.split(/[\s^=\\.,;:()/-]+/).filter((word) => /[^\x00-\x7f]/.test(word));
  const marks = words.map((word) => vietnameseness(word));
  return {
    text,
    encoding,
    share: words.length === 0 ? 0 : marks.filter((mark) => mark > 0).length / words.length,
    usual: marks.filter((mark) => mark === 2).length,
  };
}

/** More words that can be, then more that are usual; as declared when nothing tells them apart. */
function isBetter(one: Judged, other: Judged): boolean {
  return one.share > other.share || (one.share === other.share && one.share > 0 && one.usual > other.usual);
}

function confidenceOf(best: Judged, declared: Judged): number {
  if (best.encoding === 'declared') return best.share === 1 ? 0.95 : 0.6; // another language, or nothing we can tell
  const certainty = best.share * (1 - declared.share / 2) * (best.usual > 0 ? 1 : 0.8);
  return Math.round(Math.min(certainty, 0.99) * 100) / 100;
}
