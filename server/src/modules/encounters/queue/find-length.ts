// How long a turn takes: what was learned of this doctor and this kind of visit, else of the doctor, else of the kind of visit, else of all.
import type { StationKind } from '@sen/contracts';
import type { Work } from '../../../platform/work.ts';
import { lengthsFor, type StoredLength } from './room-store.ts';
import { defaultLength, type Length } from './wait-estimate.ts';

export interface KnownLength extends Length {
  readonly from: 'doctor-type' | 'doctor' | 'type' | 'all' | 'default';
  readonly turns: number;
}

/** Minutes of stations before anything was learned. */
const defaults: Readonly<Record<StationKind, Length>> = {
  exam: defaultLength,
  procedure: { p20: 10, p50: 15, p60: 18, p80: 25 },
  triage: { p20: 1.5, p50: 2.5, p60: 3, p80: 4 },
  payment: { p20: 1, p50: 1.5, p60: 2, p80: 3 },
  laboratory: { p20: 1.5, p50: 2.5, p60: 3, p80: 4 },
  imaging: { p20: 4, p50: 6, p60: 7, p80: 10 },
  pharmacy: { p20: 1, p50: 2, p60: 2.5, p80: 4 },
};

/** Picks the most particular one of what was learned. */
export function lengthOf(learned: readonly StoredLength[], kind: StationKind, doctorId: string | null, visitType: string | null): KnownLength {
  const ways = [
    ['doctor-type', doctorId, visitType], ['doctor', doctorId, ''], ['type', '', visitType], ['all', '', ''],
  ] as const;
  for (const [from, doctor, type] of ways) {
    if (doctor === null || type === null) continue;
    const found = learned.find((one) => one.kind === kind && one.doctorId === doctor && one.visitType === type);
    if (found) return { from, turns: found.turns, p20: found.p20, p50: found.p50, p60: found.p60, p80: found.p80 };
  }
  return { from: 'default', turns: 0, ...defaults[kind] };
}

/** Gives the minutes that an examination by a doctor takes at 20, 50, 60 and 80 of 100, and from what that was learned. */
export async function findLength(work: Work, doctorId: string | undefined, visitType: string | undefined): Promise<KnownLength> {
  return lengthOf(await lengthsFor(work.db, doctorId === undefined ? [] : [doctorId]), 'exam', doctorId ?? null, visitType ?? null);
}
