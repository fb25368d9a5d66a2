// Two records beside each other, for a person to judge.
import type { ComparedField, DuplicatePair, Registration } from '@sen/contracts';
import { Refusal } from '../../../platform/refusal.ts';
import type { Work } from '../../../platform/work.ts';
import { findReferring } from '../../record/index.ts';
import { asHouse } from '../../../platform/as-house.ts';
import { fold } from '../fhir-fold.ts';
import { readRegistration } from '../registration/read-registration.ts';
import { shownPairs } from './list-duplicates.ts';
import { findPair } from './store.ts';

export interface ReadPair {
  pair: DuplicatePair;
  fields: ComparedField[];
  leftHolds: number;
  rightHolds: number;
  decided?: { decision: string; at: string; by: string };
}

/** Reads a pair with every fact of both. Refuses `identity.no-such-pair`. */
export async function readDuplicate(work: Work, pairId: string): Promise<ReadPair> {
  const row = await findPair(work.db, pairId);
  const [pair] = row === undefined ? [] : await shownPairs(work, [row]);
  if (row === undefined || pair === undefined) throw noSuchPair();
  const [left, right] = [await readRegistration(work, row.left_id), await readRegistration(work, row.right_id)];
  const house = asHouse(work);
  return {
    pair,
    fields: compared({ ...left.registration, number: left.hospitalNumber }, { ...right.registration, number: right.hospitalNumber }),
    leftHolds: (await findReferring(house, row.left_id)).length,
    rightHolds: (await findReferring(house, row.right_id)).length,
    ...(row.decision !== null && row.decided_at !== null && { decided: { decision: row.decision, at: row.decided_at.toISOString(), by: row.decided_by ?? '' } }),
  };
}

export function noSuchPair(): Refusal {
  return new Refusal('not-found', 'identity.no-such-pair', { vi: 'Không có cặp hồ sơ này.', en: 'There is no such pair of records.' });
}

type Facts = Registration & { number: string | undefined };

function compared(left: Facts, right: Facts): ComparedField[] {
  const rows: [ComparedField['field'], (facts: Facts) => string | undefined][] = [
    ['name', ({ name }) => name], ['sex', ({ sex }) => sex], ['birthDate', ({ birthDate }) => birthDate], ['citizenNumber', ({ citizenNumber }) => citizenNumber],
    ['oldIdentityCard', ({ oldIdentityCard }) => oldIdentityCard], ['insuranceNumber', ({ insuranceNumber }) => insuranceNumber], ['passport', ({ passport }) => passport],
    ['phone', ({ phone }) => phone], ['address', addressText], ['relatives', ({ relatives = [] }) => relatives.map(({ name }) => name).join(', ')], ['hospitalNumber', ({ number }) => number],
  ];
  return rows.map(([field, of]) => {
    const [a, b] = [of(left), of(right)];
    return { field, ...(a && { left: a }), ...(b && { right: b }), same: fold(a ?? '') === fold(b ?? '') };
  });
}

function addressText({ address = {} }: Facts): string {
  return [address.line, address.commune, address.province].filter(Boolean).join(', ') || (address.former ?? '');
}
