// How the app speaks of the people of a family.
import type { FamilyMember } from '@sen/contracts';
import type { Language } from '../../lib/language.tsx';

const callVi = {
  self: '', mother: 'mẹ', father: 'bố', child: 'con', spouse: '', sibling: '', grandparent: '', grandchild: 'cháu', guardian: '', other: '',
} as const;

function givenName(name: string): string {
  return name.trim().split(/\s+/).at(-1) ?? name;
}

/** On a button: `Tôi`, `Mẹ Mai`, `Bé An`. */
export function callName(person: FamilyMember, language: Language): string {
  if (person.relation === 'self') return language === 'vi' ? 'Tôi' : 'Me';
  const name = nameInSentence(person, language);
  return name.charAt(0).toLocaleUpperCase('vi') + name.slice(1);
}

/** In a sentence: `mẹ Mai`; oneself by the own name. */
export function nameInSentence(person: FamilyMember, language: Language): string {
  const given = givenName(person.name);
  if (language === 'en' || person.relation === 'self') return given;
  const isSmall = person.relation === 'child' && person.age !== undefined && (person.age.unit !== 'years' || person.age.value < 10);
  const isGrand = person.relation === 'grandparent';
  const before = isSmall ? 'bé' : isGrand && person.sex === 'female' ? 'bà' : isGrand && person.sex === 'male' ? 'ông' : callVi[person.relation];
  return before === '' ? given : `${before}\u00a0${given}`;
}
