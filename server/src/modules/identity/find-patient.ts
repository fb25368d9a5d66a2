// Finds patients as one types.
import type { PatientMatch } from '@sen/contracts';
import type { Work } from '../../platform/work.ts';
import { searchResources } from '../record/index.ts';
import { accessOf } from '../security/index.ts';
import { dayOf } from './age.ts';
import { patientElements, patientFacts, type PatientFacts } from './fhir.ts';
import { maskNumber, maskPhone } from './mask.ts';
import { nameScore, readQuestion, type Question } from './question.ts';

const shownMatches = 20;

/**
 * Finds at most 20 patients whose name, phone, citizen number or hospital number begins with every word typed, better matches first.
 * An empty question finds nobody. `more` tells that the record holds further matches.
 */
export async function findPatient(work: Work, typed: string): Promise<{ matches: PatientMatch[]; more: boolean }> {
  const question = readQuestion(typed);
  if (question.words.length + question.numbers.length === 0) return { matches: [], more: false };
  const found = await searchResources(work, 'Patient', searchQuery(question, accessOf(work.actor).hidden('Patient').includes('telecom')));
  const today = dayOf(work.now);
  const people = found.resources.map((patient) => patientFacts(patient, today)).filter(({ replacedBy }) => replacedBy === undefined);
  const ranked = people.sort((a, b) => score(question, b) - score(question, a) || byName(a, b));
  return { matches: ranked.map((person) => matchOf(question, person)), more: found.next !== undefined };
}

/** `find` looks at telephone numbers too: whoever does not see those asks by names and whole numbers alone. */
function searchQuery(question: Question, withoutPhones: boolean): string {
  const by = (name: string, words: readonly string[]): string[] => words.map((word) => `${name}=${encodeURIComponent(word)}`);
  const asked = withoutPhones ? [...by('name', question.words), ...by('identifier', question.numbers)] : by('find', [...question.words, ...question.numbers]);
  return [...asked, `_count=${shownMatches}`, `_elements=${patientElements}`].join('&');
}

function score(question: Question, person: PatientFacts): number {
  const exactNumber = question.numbers.some((number) => numbersOf(person).includes(number)) ? 20 : 0;
  const alive = person.deceased === undefined ? 1 : 0;
  return nameScore(question, person.name) * 2 + exactNumber + alive;
}

function numbersOf(person: PatientFacts): string[] {
  return [person.hospitalNumber, person.citizenNumber, ...person.phones].map((number) => bare(number ?? '')).filter((number) => number !== '');
}

function bare(number: string): string {
  return number.replace(/^\+84/, '0').replace(/[\s.-]/g, '').toLowerCase();
}

const collator = new Intl.Collator('vi');

/** Vietnamese lists sort by the given name, the last word, then by the whole name. */
function byName(a: PatientFacts, b: PatientFacts): number {
  const given = (name: string) => name.split(' ').at(-1) ?? '';
  return collator.compare(given(a.name), given(b.name)) || collator.compare(a.name, b.name) || (a.birthDate ?? '').localeCompare(b.birthDate ?? '');
}

function matchOf(question: Question, person: PatientFacts): PatientMatch {
  const { citizenNumber, phones, ...shown } = person;
  const phone = phones.find((one) => begins(question, one)) ?? phones[0];
  return {
    ...shown,
    ...(citizenNumber !== undefined && { citizenNumberMasked: maskNumber(citizenNumber) }),
    ...(phone !== undefined && { phoneMasked: maskPhone(phone) }),
    matchedBy: matchedBy(question, person),
  };
}

function matchedBy(question: Question, person: PatientFacts): PatientMatch['matchedBy'] {
  if (begins(question, person.hospitalNumber)) return 'hospital-number';
  if (begins(question, person.citizenNumber)) return 'citizen-number';
  if (person.phones.some((phone) => begins(question, phone))) return 'phone';
  return 'name';
}

function begins(question: Question, number: string | undefined): boolean {
  return number !== undefined && question.numbers.some((asked) => bare(number).startsWith(asked));
}
