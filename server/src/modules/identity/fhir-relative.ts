// A relative in FHIR: a contact within the Patient, and a RelatedPerson where the relative is known well enough to act.
import type { Resource } from '@sen/fhir';
import type { Relative, RelationKind } from '@sen/contracts';
import { systems } from './systems.ts';

const roleSystem = 'http://terminology.hl7.org/CodeSystem/v3-RoleCode';

const roles: Readonly<Record<RelationKind, { code: string; display: string; vi: string }>> = {
  mother: { code: 'MTH', display: 'mother', vi: 'Mẹ' },
  father: { code: 'FTH', display: 'father', vi: 'Bố' },
  child: { code: 'CHILD', display: 'child', vi: 'Con' },
  spouse: { code: 'SPS', display: 'spouse', vi: 'Vợ, chồng' },
  sibling: { code: 'SIB', display: 'sibling', vi: 'Anh, chị, em' },
  grandparent: { code: 'GRPRN', display: 'grandparent', vi: 'Ông, bà' },
  grandchild: { code: 'GRNDCHILD', display: 'grandchild', vi: 'Cháu' },
  guardian: { code: 'GUARD', display: 'guardian', vi: 'Người giám hộ' },
  other: { code: 'FAMMEMB', display: 'family member', vi: 'Người nhà' },
};

const words: readonly (readonly [RegExp, RelationKind])[] = [
  [/^m[ẹe]|^má/i, 'mother'], [/^b[ốo]|^cha|^ba\b/i, 'father'], [/^con/i, 'child'], [/^v[ợo]|^ch[ồo]ng/i, 'spouse'], [/^anh|^ch[ịi]|^em/i, 'sibling'],
  [/^ông|^bà/i, 'grandparent'], [/^cháu/i, 'grandchild'], [/giám hộ/i, 'guardian'],
];

interface Concept {
  coding?: { code?: string }[];
  text?: string;
}

export interface Contact {
  relationship?: Concept[];
  name?: { text?: string; family?: string; given?: string[] };
  telecom?: { system?: string; value?: string }[];
}

/** The contact of a relative; what a contact of that name had besides stays. */
export function contactOf(relative: Relative, before: readonly Contact[]): Contact {
  const old = before.find(({ name }) => name?.text === relative.name);
  return {
    ...old,
    relationship: [relationConcept(relative.relation)],
    name: old?.name ?? nameOf(relative.name),
    ...(relative.phone === undefined ? {} : { telecom: [{ system: 'phone', value: relative.phone, use: 'mobile' }] as Contact['telecom'] & object }),
  };
}

export function relativeOfContact({ relationship = [], name, telecom = [] }: Contact): Relative[] {
  if (name?.text === undefined) return [];
  const phone = telecom.find(({ system }) => system === 'phone')?.value;
  return [{ name: name.text, relation: relationOf(relationship), ...(phone !== undefined && { phone }) }];
}

/** What a relationship says, by its code or its Vietnamese words. */
export function relationOf(concepts: readonly Concept[]): RelationKind {
  const codes = concepts.flatMap(({ coding = [] }) => coding.map(({ code }) => code));
  const byCode = (Object.keys(roles) as RelationKind[]).find((kind) => codes.includes(roles[kind].code));
  return byCode ?? words.find(([word]) => concepts.some(({ text = '' }) => word.test(text)))?.[1] ?? 'other';
}

function relationConcept(kind: RelationKind): Concept {
  const { code, display, vi } = roles[kind];
  return { coding: [{ system: roleSystem, code, display } as { code: string }], text: vi };
}

/** The RelatedPerson of a relative who is known by number. With `appointed`, the patient has given power to act (v3-RoleCode POWATT). */
export function relatedPersonOf(relative: Relative, patientId: string, before?: Resource, appointed = false): Resource {
  const { relation, name, phone, citizenNumber, birthDate } = relative;
  const power: Concept[] = appointed ? [{ coding: [{ system: roleSystem, code: 'POWATT', display: 'power of attorney' } as { code: string }], text: 'Được ủy quyền' }] : [];
  return {
    ...before,
    resourceType: 'RelatedPerson',
    active: true,
    patient: { reference: `Patient/${patientId}` },
    relationship: [relationConcept(relation), ...power],
    name: [{ use: 'official', ...nameOf(name) }],
    ...(citizenNumber === undefined ? {} : { identifier: [{ use: 'official', system: systems.citizen, value: citizenNumber }] }),
    ...(birthDate === undefined ? {} : { birthDate }),
    ...(phone === undefined ? {} : { telecom: [{ system: 'phone', value: phone, use: 'mobile' }] }),
  } as Resource;
}

/** Vietnamese order: the family name comes first. */
export function nameOf(text: string): { text: string; family: string; given: string[] } {
  const [family = '', ...given] = text.trim().split(/\s+/);
  return { text: text.trim().replace(/\s+/g, ' '), family, given: given.length === 0 ? [family] : given };
}
