// How sure it is that two descriptions are of one person. Rules, no statistics: the index of people, when it is built, takes their place.
import { fold } from './fhir-fold.ts';

/** Grades of http://hl7.org/fhir/R4/valueset-match-grade.html; who is none of these is not told of. */
export type Grade = 'certain' | 'probable' | 'possible';

export interface Likeness {
  readonly grade: Grade;
  /** 0 to 1, for the order of the answer. */
  readonly score: number;
}

/** What tells people apart, ready to compare. */
export interface Description {
  /** `system|value`, without those no longer in use. */
  readonly identifiers: readonly string[];
  /** Each name as its words without accents, in alphabetical order: Vietnamese and foreign order then agree. */
  readonly names: readonly string[];
  /** `yyyy`, `yyyy-mm` or `yyyy-mm-dd`. */
  readonly birthDate: string | undefined;
  readonly gender: string | undefined;
  /** Digits only, from 0. */
  readonly phones: readonly string[];
}

/** Words of a name in an order that does not depend on custom. */
export function nameKey(name: string): string {
  return fold(name).split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '').sort().join(' ');
}

/** Digits of a phone number, +84 and 0084 as 0. */
export function phoneKey(phone: string): string {
  return phone.replace(/\D/g, '').replace(/^(?:00)?84(?=\d{9}$)/, '0');
}

/** Judges a known person against the one asked for; undefined when nothing speaks for the same. */
export function likenessOf(asked: Description, known: Description): Likeness | undefined {
  const facts = compare(asked, known);
  if (facts.identifier) return byIdentifier(facts);
  const found = byFacts(facts);
  // another number of the same kind speaks against: twins share name, day and phone
  return found !== undefined && facts.otherIdentifier ? { grade: 'possible', score: found.score / 2 } : found;
}

interface Facts {
  readonly identifier: boolean;
  /** The number that both have is of a named system. Without one, `12` of a ward is `12` of a study. */
  readonly ofSystem: boolean;
  /** Both have a number of the same system, and not the same number. */
  readonly otherIdentifier: boolean;
  readonly name: boolean | undefined;
  readonly birthDate: boolean | undefined;
  readonly birthYear: boolean;
  readonly gender: boolean | undefined;
  readonly phone: boolean;
}

function compare(asked: Description, known: Description): Facts {
  const [a, b] = [asked.birthDate, known.birthDate];
  const length = Math.min(a?.length ?? 0, b?.length ?? 0);
  const systems = new Set(known.identifiers.map(systemOf));
  const shared = asked.identifiers.filter((one) => known.identifiers.includes(one));
  const identifier = shared.length > 0;
  return {
    identifier,
    ofSystem: shared.some((one) => systemOf(one) !== ''),
    otherIdentifier: !identifier && asked.identifiers.some((one) => systemOf(one) !== '' && systems.has(systemOf(one))),
    name: asked.names.length === 0 || known.names.length === 0 ? undefined : asked.names.some((name) => known.names.includes(name)),
    birthDate: length < 10 ? (length === 0 || a?.slice(0, length) === b?.slice(0, length) ? undefined : false) : a === b,
    birthYear: length > 0 && a?.slice(0, 4) === b?.slice(0, 4),
    gender: asked.gender === undefined || known.gender === undefined || asked.gender === 'unknown' || known.gender === 'unknown' ? undefined : asked.gender === known.gender,
    phone: asked.phones.some((phone) => known.phones.includes(phone)),
  };
}

function systemOf(identifier: string): string {
  return identifier.slice(0, identifier.indexOf('|'));
}

function byIdentifier({ ofSystem, name, birthDate, gender }: Facts): Likeness {
  const against = [name, birthDate, gender].filter((fact) => fact === false).length;
  const speaksFor = [name, birthDate].filter((fact) => fact === true).length;
  if (against === 0 && !ofSystem) return { grade: speaksFor > 0 ? 'probable' : 'possible', score: speaksFor > 0 ? 0.85 : 0.4 };
  if (against === 0) return speaksFor > 0 ? { grade: 'certain', score: 0.97 + 0.01 * speaksFor } : { grade: 'probable', score: 0.9 };
  // a number read or typed wrongly, or a card lent to somebody else
  return speaksFor > 0 ? { grade: 'probable', score: 0.85 } : { grade: 'possible', score: 0.4 };
}

function byFacts({ name, birthDate, birthYear, gender, phone }: Facts): Likeness | undefined {
  if (name === true && birthDate === true) return gender === false ? { grade: 'possible', score: 0.5 } : { grade: 'probable', score: phone ? 0.88 : 0.8 };
  if (name === true && phone && birthDate !== false) return { grade: 'probable', score: 0.75 };
  if (birthDate === true && phone && name !== false) return { grade: 'possible', score: 0.6 };
  if (name === true && birthYear && gender !== false) return { grade: 'possible', score: 0.5 };
  if (name === true && phone) return { grade: 'possible', score: 0.45 };
  return undefined;
}
