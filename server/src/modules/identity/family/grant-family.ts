// A relative has agreed, by the code or before the desk: from then on the account acts for them.
import type { FamilyMember, Relative } from '@sen/contracts';
import { asHouse } from '../../../platform/as-house.ts';
import { Refusal } from '../../../platform/refusal.ts';
import type { Work } from '../../../platform/work.ts';
import { createResource, readResource } from '../../record/index.ts';
import { addOwnRecord } from '../../security/index.ts';
import { dayOf } from '../age.ts';
import { patientFacts } from '../fhir.ts';
import { relatedPersonOf } from '../fhir-relative.ts';
import { registrationOf, spokenName } from '../fhir-registration.ts';
import { noSuchPatient } from '../registration/refusals.ts';
import type { FamilyRequest } from './store.ts';

/** Civil Code 91/2015/QH13, art. 138: an adult appoints who acts for them; kept as a RelatedPerson with a power of attorney, which the account follows. */
export async function grantFamily(work: Work, { account, requester, patient: patientId, relation }: FamilyRequest): Promise<FamilyMember> {
  const house = asHouse(work);
  const [self, patient] = [await readResource(house, 'Patient', requester), patientId === null ? undefined : await readResource(house, 'Patient', patientId)];
  if (self === undefined || patient?.id === undefined) throw noSuchPatient();
  const { citizenNumber, birthDate, phone } = registrationOf(self);
  const relative: Relative = { name: spokenName(self), relation: toPatient(relation, self['gender']), ...(citizenNumber !== undefined && { citizenNumber }), ...(birthDate !== undefined && { birthDate }), ...(phone !== undefined && { phone }) };
  const { id: related = '' } = await createResource(house, { type: 'RelatedPerson', resource: relatedPersonOf(relative, patient.id, undefined, true) });
  await addOwnRecord(house, { account, patient: patient.id, source: `RelatedPerson/${related}` });
  const { id, name, sex, birthDate: born, age, hospitalNumber } = patientFacts(patient, dayOf(work.now));
  return { patientId: id, name, sex, relation, ...(born !== undefined && { birthDate: born }), ...(age !== undefined && { age }), ...(hospitalNumber !== undefined && { hospitalNumber }) };
}

/** What one is to somebody who is this to oneself: to one's child one is mother or father. */
function toPatient(relation: Relation, sex: unknown): Relation {
  if (relation === 'child') return sex === 'male' ? 'father' : sex === 'female' ? 'mother' : 'other';
  return inverse[relation];
}

type Relation = FamilyRequest['relation'];
const inverse: Readonly<Record<Exclude<Relation, 'child'>, Relation>> = {
  mother: 'child', father: 'child', spouse: 'spouse', sibling: 'sibling', grandparent: 'grandchild', grandchild: 'grandparent', guardian: 'other', other: 'other',
};

export function noSuchRequest(): Refusal {
  return new Refusal('not-found', 'identity.no-such-request', { vi: 'Không có yêu cầu này, hoặc đã được xử lý.', en: 'There is no such request, or it has been settled.' });
}
