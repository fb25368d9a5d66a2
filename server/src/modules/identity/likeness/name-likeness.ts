// Names compared as Vietnamese names are made: family, middle names, given name; slips, marks, and the other way round.
import type { LikenessReason } from '@sen/contracts';
import { fold } from '../fhir-fold.ts';
import { nameWords } from './description.ts';
import { reason } from './reason.ts';
import { isWordSlip } from './typing-slip.ts';
import { familySameBits, givenSameBits, isFamilyName, middleSameBits, weights } from './weights.ts';

export interface NameLikeness {
  readonly reasons: readonly LikenessReason[];
  /** Family and given name agree, perhaps by a slip. */
  readonly agrees: boolean;
  /** The given names are two names: of twins, of brothers. */
  readonly otherGiven: boolean;
  readonly bits: number;
}

/** The likeness of the two names that are most alike; undefined where one has none. */
export function nameLikeness(asked: readonly string[], known: readonly string[]): NameLikeness | undefined {
  const all = asked.flatMap((a) => known.map((b) => bestOrder(nameWords(a), nameWords(b))));
  return all.filter((one) => one !== undefined).sort((a, b) => b.bits - a.bits)[0];
}

/** As written, and with one of them turned round: given name first, as in foreign forms. */
function bestOrder(a: readonly string[], b: readonly string[]): NameLikeness | undefined {
  if (a.length === 0 || b.length === 0) return undefined;
  const straight = compareNames(a, b);
  if (straight.agrees && straight.reasons.length <= 1) return straight;
  const turned = turns(a).map((one) => compareNames(one, b)).sort((x, y) => y.bits - x.bits)[0];
  if (turned === undefined || !turned.agrees || turned.bits + weights.orderSwapped <= straight.bits) return straight;
  return total([...turned.reasons, reason('name-swapped', weights.orderSwapped)], true, false);
}

function turns(words: readonly string[]): string[][] {
  const [first = '', last = ''] = [words[0], words.at(-1)];
  if (words.length < 2) return [];
  const middle = words.slice(1, -1);
  const turned = [[last, ...middle, first], [last, ...words.slice(0, -1)], [...words.slice(1), first]];
  return turned.filter(([family = '']) => isFamilyName(fold(family)));
}

function compareNames(a: readonly string[], b: readonly string[]): NameLikeness {
  const [family, given] = [compareFamily(a[0] ?? '', b[0] ?? ''), compareGiven(a.at(-1) ?? '', b.at(-1) ?? '', [a, b].some(isPlain))];
  const middle = compareMiddle(a.slice(1, -1), b.slice(1, -1));
  const agrees = family.agrees && given.agrees;
  const whole = family.bits + given.bits + middle.bits;
  if (agrees && middle.code === undefined && given.code === undefined && family.code === undefined) return total([reason('name-same', whole)], true, false);
  const reasons = [
    ...(family.code !== undefined ? [reason(family.code, family.bits)] : agrees ? [] : [reason('family-same', family.bits)]),
    ...(given.code !== undefined ? [reason(given.code, given.bits)] : []),
    ...(middle.code !== undefined ? [reason(middle.code, middle.bits)] : []),
  ];
  const told = reasons.reduce((sum, { bits }) => sum + bits, 0);
  return total(agrees ? [reason('name-same', whole - told), ...reasons] : reasons, agrees, !given.agrees);
}

function total(reasons: readonly LikenessReason[], agrees: boolean, otherGiven: boolean): NameLikeness {
  return { reasons, agrees, otherGiven, bits: reasons.reduce((sum, { bits }) => sum + bits, 0) };
}

interface Part {
  readonly bits: number;
  readonly agrees: boolean;
  readonly code?: 'family-other' | 'name-slip' | 'name-marks' | 'given-other' | 'middle-missing' | 'middle-other';
}

function compareFamily(a: string, b: string): Part {
  const [x, y] = [fold(a), fold(b)];
  if (x === y) return { bits: familySameBits(x), agrees: true };
  // Huỳnh and Hoàng, Võ and Vũ are one name of South and North, and written for each other
  if (twinFamilies.has([x, y].sort().join(' ')) || isWordSlip(x, y)) return { bits: weights.familySlip, agrees: true, code: 'name-slip' };
  return { bits: weights.familyOther, agrees: false, code: 'family-other' };
}

const twinFamilies = new Set(['hoang huynh', 'vo vu', 'phan pham'].map((pair) => pair.split(' ').sort().join(' ')));

/** A whole name without marks was typed or scanned so: nothing is known of its marks. */
function isPlain(words: readonly string[]): boolean {
  return words.every((word) => fold(word) === word);
}

function compareGiven(a: string, b: string, plain: boolean): Part {
  const [x, y] = [fold(a), fold(b)];
  if (a === b || (x === y && plain)) return { bits: givenSameBits(x), agrees: true };
  if (x === y) return { bits: Math.min(weights.givenMarks, givenSameBits(x)), agrees: true, code: 'name-marks' };
  if (isWordSlip(x, y)) return { bits: weights.givenSlip, agrees: true, code: 'name-slip' };
  return { bits: weights.givenOther, agrees: false, code: 'given-other' };
}

function compareMiddle(a: readonly string[], b: readonly string[]): Part {
  const [x, y] = [a.map((word) => fold(word)), b.map((word) => fold(word))];
  const shared = x.filter((word) => y.includes(word) || y.some((other) => isWordSlip(word, other)));
  const bits = shared.reduce((sum, word) => sum + middleSameBits(word), 0);
  if (x.length === y.length && shared.length === x.length) return { bits, agrees: true };
  if (shared.length === Math.min(x.length, y.length)) return { bits: bits + weights.middleMissing, agrees: true, code: 'middle-missing' };
  return { bits: bits + weights.middleOther, agrees: false, code: 'middle-other' };
}
