// Birth dates compared as they are known here: a year alone, 1 January for want of a day, day and month swapped, a digit slipped.
import type { LikenessReason } from '@sen/contracts';
import { reason } from './reason.ts';
import { isNumberSlip } from './typing-slip.ts';
import { weights } from './weights.ts';

export interface BirthLikeness {
  readonly reason: LikenessReason;
  readonly agrees: 'day' | 'year' | 'no';
}

/** Undefined where one is not known. */
export function birthLikeness(a: string | undefined, b: string | undefined): BirthLikeness | undefined {
  if (a === undefined || b === undefined) return undefined;
  const sameYear = a.slice(0, 4) === b.slice(0, 4);
  if (a === b && a.length === 10) return a.endsWith('-01-01') ? { reason: reason('birth-default', weights.birthNewYear), agrees: 'day' } : { reason: reason('birth-same', weights.birthSame), agrees: 'day' };
  const known = Math.min(a.length, b.length);
  if (known < 10 && a.slice(0, known) === b.slice(0, known)) return { reason: reason('birth-year', weights.birthYearOnly), agrees: 'year' };
  if (known === 10 && sameYear && (a.endsWith('-01-01') || b.endsWith('-01-01'))) return { reason: reason('birth-default', weights.birthDefault), agrees: 'year' };
  if (known === 10 && sameYear && a.slice(5) === `${b.slice(8)}-${b.slice(5, 7)}`) return { reason: reason('birth-swapped', weights.birthSwapped), agrees: 'year' };
  if (known === 10 && isNumberSlip(a.replaceAll('-', ''), b.replaceAll('-', ''))) return { reason: reason('birth-slip', weights.birthSlip), agrees: 'year' };
  if (known === 10 && sameYear) return { reason: reason('birth-other', weights.birthYearSame), agrees: 'no' };
  return { reason: reason('birth-other', weights.birthOther), agrees: 'no' };
}
