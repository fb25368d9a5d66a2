// Numbers that name people: the same, a digit slipped, or another of the same kind.
import type { LikenessReason } from '@sen/contracts';
import { reason } from './reason.ts';
import { isNumberSlip } from './typing-slip.ts';
import { weights } from './weights.ts';

export interface NumberLikeness {
  readonly reasons: readonly LikenessReason[];
  /** A number is shared, and whether it is of a named system: without one, `12` of a ward is `12` of a study. */
  readonly shared: 'named' | 'unnamed' | 'no';
  /** Both have a number of which everybody has one, and not the same, nor by a slip. */
  readonly contradicts: boolean;
}

/** A person has one citizen number; hospital numbers differ exactly where somebody was registered twice, so those that differ say nothing. */
export function numberLikeness(asked: readonly string[], known: readonly string[]): NumberLikeness {
  const [a, b] = [asked.map(split), known.map(split)];
  const shared = a.filter((one) => b.some((other) => other.system === one.system && other.value === one.value));
  const citizen = compareKind(a, b, isCitizen, (value) => value, { same: 'citizen-same', slip: 'citizen-slip', other: 'citizen-other' });
  const insurance = compareKind(a, b, isInsurance, (value) => value.slice(-10), { same: 'insurance-same', slip: 'insurance-other', other: 'insurance-other' });
  const others = shared.filter(({ system }) => !isCitizen(system) && !isInsurance(system));
  const other = others[0] === undefined ? [] : [reason('number-same', others.some(({ system }) => system !== '') ? weights.otherNumberSame : weights.unnamedNumberSame)];
  return {
    reasons: [...citizen, ...insurance, ...other],
    shared: shared.some(({ system }) => system !== '') || insurance[0]?.code === 'insurance-same' ? 'named' : shared.length > 0 ? 'unnamed' : 'no',
    contradicts: citizen[0]?.code === 'citizen-other',
  };
}

interface Number {
  readonly system: string;
  readonly value: string;
}

const kindBits = { 'citizen-same': weights.citizenSame, 'citizen-slip': weights.citizenSlip, 'citizen-other': weights.citizenOther, 'insurance-same': weights.insuranceSame, 'insurance-other': weights.insuranceOther } as const;
type Kind = keyof typeof kindBits;

function compareKind(a: readonly Number[], b: readonly Number[], of: (system: string) => boolean, key: (value: string) => string, codes: { same: Kind; slip: Kind; other: Kind }): LikenessReason[] {
  const [x, y] = [a, b].map((all) => all.filter(({ system }) => of(system)).map(({ value }) => key(value))) as [string[], string[]];
  if (x.length === 0 || y.length === 0) return [];
  const code = x.some((one) => y.includes(one)) ? codes.same : x.some((one) => y.some((other) => isNumberSlip(one, other))) ? codes.slip : codes.other;
  return [reason(code, kindBits[code])];
}

/** Any system that names itself after the citizen number: ours, VN Core's, or that of another hospital. */
function isCitizen(system: string): boolean {
  return /cccd|citizen/i.test(system);
}

function isInsurance(system: string): boolean {
  return /bhyt|bhxh/i.test(system);
}

function split(identifier: string): Number {
  const cut = identifier.indexOf('|');
  return { system: identifier.slice(0, cut), value: identifier.slice(cut + 1) };
}
