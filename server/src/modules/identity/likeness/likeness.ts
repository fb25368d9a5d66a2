// How sure it is that two descriptions are of one person: bits of evidence added up (Fellegi and Sunter 1969), with the reason of each.
import type { LikenessReason } from '@sen/contracts';
import { birthLikeness, type BirthLikeness } from './birth-likeness.ts';
import type { Description } from './description.ts';
import { nameLikeness, type NameLikeness } from './name-likeness.ts';
import { numberLikeness, type NumberLikeness } from './number-likeness.ts';
import { reason } from './reason.ts';
import { priorBits, weights } from './weights.ts';

/** Grades of http://hl7.org/fhir/R4/valueset-match-grade.html; who is none of these is not told of. */
export type Grade = 'certain' | 'probable' | 'possible';

export interface Likeness {
  readonly grade: Grade;
  /** Probability that they are one person: 0 to 1. */
  readonly score: number;
  readonly bits: number;
  readonly reasons: readonly LikenessReason[];
}

const probableFrom = 0.8;
const possibleFrom = 0.05;

/** Judges a known person against the one asked for; undefined when too little speaks for the same. */
export function likenessOf(asked: Description, known: Description): Likeness | undefined {
  const facts: Facts = {
    numbers: numberLikeness(asked.identifiers, known.identifiers),
    name: nameLikeness(asked.names, known.names),
    birth: birthLikeness(asked.birthDate, known.birthDate),
    sex: sexAgrees(asked.gender, known.gender),
  };
  const reasons = [...facts.numbers.reasons, ...(facts.name?.reasons ?? []), ...(facts.birth === undefined ? [] : [facts.birth.reason]), ...sexReasons(facts.sex), ...householdReasons(asked, known, facts)];
  const bits = reasons.reduce((sum, one) => sum + one.bits, 0);
  const score = 1 / (1 + 2 ** (priorBits - bits));
  const grade = gradeOf(facts, score);
  return grade === undefined ? undefined : { grade, score: Math.round(score * 1000) / 1000, bits: Math.round(bits * 10) / 10, reasons: [...reasons].sort((a, b) => Math.abs(b.bits) - Math.abs(a.bits)) };
}

interface Facts {
  readonly numbers: NumberLikeness;
  readonly name: NameLikeness | undefined;
  readonly birth: BirthLikeness | undefined;
  readonly sex: boolean | undefined;
}

/** The bits alone do not decide: a number may be misread or lent, a name is needed to be likely, and `certain` needs a number that nothing contradicts. */
function gradeOf({ numbers, name, birth, sex }: Facts, score: number): Grade | undefined {
  const against = [name?.agrees === false, birth?.agrees === 'no', sex === false].filter(Boolean).length;
  const speaksFor = [name?.agrees === true, birth !== undefined && birth.agrees !== 'no'].filter(Boolean).length;
  if (numbers.shared === 'named') return against === 0 && speaksFor > 0 ? 'certain' : speaksFor > 0 || against === 0 ? 'probable' : 'possible';
  if (numbers.shared === 'unnamed') return speaksFor > 0 && against === 0 ? 'probable' : 'possible';
  if (score < possibleFrom) return undefined;
  return score >= probableFrom && name?.agrees === true && sex !== false && !numbers.contradicts ? 'probable' : 'possible';
}

function sexAgrees(a: string | undefined, b: string | undefined): boolean | undefined {
  return a === undefined || b === undefined || a === 'unknown' || b === 'unknown' ? undefined : a === b;
}

function sexReasons(agrees: boolean | undefined): LikenessReason[] {
  if (agrees === undefined) return [];
  return [agrees ? reason('sex-same', weights.sexSame) : reason('sex-other', weights.sexOther)];
}

function householdReasons(asked: Description, known: Description, { name, birth }: Facts): LikenessReason[] {
  const [phones, address, mother] = [phoneReasons(asked, known, name), addressReasons(asked.address, known.address), motherReasons(asked.mother, known.mother)];
  const household = [...phones, ...address, ...mother].some(({ code }) => code === 'phone-same' || code === 'phone-of-family' || code === 'address-same' || code === 'mother-same');
  const twins = household && name?.otherGiven === true && birth?.agrees === 'day';
  return [...phones, ...address, ...mother, ...(twins ? [reason('twins', weights.twins)] : [])];
}

function phoneReasons(asked: Description, known: Description, name: NameLikeness | undefined): LikenessReason[] {
  if (asked.phones.length === 0 || known.phones.length === 0) return [];
  if (!asked.phones.some((phone) => known.phones.includes(phone))) return [reason('phone-other', weights.phoneOther)];
  return [name?.otherGiven === true ? reason('phone-of-family', weights.phoneSame / 4) : reason('phone-same', weights.phoneSame)];
}

function addressReasons(a: Description['address'], b: Description['address']): LikenessReason[] {
  if (a === undefined || b === undefined) return [];
  const both = (part: 'line' | 'commune' | 'province') => (a[part] === undefined || b[part] === undefined ? undefined : a[part] === b[part]);
  if (both('line') === true && both('commune') !== false) return [reason('address-same', weights.addressSame)];
  if (both('commune') === true) return [reason('commune-same', weights.communeSame)];
  return both('province') === false ? [reason('province-other', weights.provinceOther)] : [];
}

function motherReasons(a: string | undefined, b: string | undefined): LikenessReason[] {
  if (a === undefined || b === undefined) return [];
  return [a === b ? reason('mother-same', weights.motherSame) : reason('mother-other', weights.motherOther)];
}
