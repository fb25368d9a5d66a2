// Oneself and those for whom one acts.
import type { FamilyMember, RelationKind } from '@sen/contracts';
import { asHouse } from '../../../platform/as-house.ts';
import type { Work } from '../../../platform/work.ts';
import { searchResources } from '../../record/index.ts';
import { ownPatients } from '../../security/index.ts';
import { dayOf } from '../age.ts';
import { patientFacts } from '../fhir.ts';
import { relationOf } from '../fhir-relative.ts';
import { systems } from '../systems.ts';
import { openRequests } from './store.ts';

type Found = Awaited<ReturnType<typeof searchResources>>['resources'][number];

/** Gives the people of an account, oneself first; the relation is read from the RelatedPerson with one's own number. */
export async function listFamily(work: Work): Promise<{ people: FamilyMember[]; awaiting: { id: string; relation: RelationKind; asked: string }[] }> {
  const own = ownPatients(work.actor);
  const awaiting = (await openRequests(work.db, work.actor.id)).map(({ id, relation, asked_at: asked }) => ({ id, relation, asked: asked.toISOString() }));
  if (own.length === 0) return { people: [], awaiting };
  const ids = own.slice(0, 50).map((id) => encodeURIComponent(id)).join(',');
  const { resources: patients } = await searchResources(work, 'Patient', `_id=${ids}&_count=50`);
  const { resources: related } = await searchResources(asHouse(work), 'RelatedPerson', `patient=${own.slice(0, 50).map((id) => `Patient/${encodeURIComponent(id)}`).join(',')}&_count=200`);
  const inUse = patients.filter((one) => one['active'] !== false);
  const self = selfAmong(work, inUse);
  const people = own.flatMap((id) => inUse.filter((one) => one.id === id)).map((one) => memberOf(one, one === self ? 'self' : relationTo(one, self, related), dayOf(work.now)));
  return { people: people.sort((a, b) => Number(b.relation === 'self') - Number(a.relation === 'self')), awaiting };
}

/** Who of one's patients one is oneself: a relative alone is none of them. Security puts one's own record first. */
function selfAmong({ actor }: Work, patients: readonly Found[]): Found | undefined {
  return actor.roles.includes('patient') ? actor.patients?.flatMap((id) => patients.filter((one) => one.id === id))[0] : undefined;
}

function relationTo(patient: Found, self: Found | undefined, related: readonly Found[]): RelationKind {
  const mine = citizenOf(self);
  const of = related.filter((one) => (one['patient'] as { reference?: string } | undefined)?.reference === `Patient/${patient.id}`);
  const found = of.find((one) => mine !== undefined && citizenOf(one) === mine) ?? (self === undefined && of.length === 1 ? of[0] : undefined);
  return seenFrom(relationOf((found?.['relationship'] as Parameters<typeof relationOf>[0] | undefined) ?? []), patient['gender']);
}

/** The record says what one is to the patient; one asks what the patient is to oneself. */
function seenFrom(relation: RelationKind, sex: unknown): RelationKind {
  if (relation === 'child') return sex === 'male' ? 'father' : sex === 'female' ? 'mother' : 'other';
  return inverse[relation];
}

const inverse: Readonly<Record<Exclude<RelationKind, 'child'>, RelationKind>> = {
  mother: 'child', father: 'child', spouse: 'spouse', sibling: 'sibling', grandparent: 'grandchild', grandchild: 'grandparent', guardian: 'other', other: 'other',
};

function citizenOf(one: Found | undefined): string | undefined {
  return (one?.['identifier'] as { system?: string; value?: string }[] | undefined)?.find(({ system }) => system === systems.citizen)?.value;
}

function memberOf(patient: Found, relation: FamilyMember['relation'], today: string): FamilyMember {
  const { id, name, sex, birthDate, age, hospitalNumber } = patientFacts(patient, today);
  return { patientId: id, name, sex, relation, ...(birthDate !== undefined && { birthDate }), ...(age !== undefined && { age }), ...(hospitalNumber !== undefined && { hospitalNumber }) };
}
