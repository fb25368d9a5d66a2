// Names of patients for the lists of security.
import { asHouse } from '../../platform/as-house.ts';
import { Refusal } from '../../platform/refusal.ts';
import type { Work } from '../../platform/work.ts';
import { findResources, type Json } from './ask-record.ts';

export interface Person {
  readonly id: string;
  readonly name: string;
  readonly birthDate?: string;
  readonly hospitalNumber?: string;
}

/** Gives those of the patients who are in the record, by id; at most 100. */
export async function findPeople(work: Work, ids: readonly string[]): Promise<Map<string, Person>> {
  return ask(asHouse(work), ids);
}

/** Gives one patient whom the actor may find; refuses all others alike (`security.no-such-patient`). */
export async function findSeenPerson(work: Work, id: string): Promise<Person> {
  return known((await ask(work, [id])).get(id));
}

async function ask(work: Work, ids: readonly string[]): Promise<Map<string, Person>> {
  const wanted = [...new Set(ids)].slice(0, 100);
  if (wanted.length === 0) return new Map();
  const [found = []] = await findResources.ask(work, { type: 'Patient', query: `_id=${wanted.join(',')}&_count=100&_elements=name,birthDate,identifier` });
  return new Map(found.map((patient) => [String(patient['id']), personOf(patient)]));
}

/** Gives one patient; refuses one that is not in the record (`security.no-such-patient`). */
export async function findPerson(work: Work, id: string): Promise<Person> {
  return known((await findPeople(work, [id])).get(id));
}

function known(person: Person | undefined): Person {
  if (person !== undefined) return person;
  throw new Refusal('not-found', 'security.no-such-patient', { vi: 'Không có hồ sơ người bệnh này.', en: 'There is no record of this patient.' });
}

function personOf(patient: Json): Person {
  const birthDate = patient['birthDate'];
  const number = (patient['identifier'] as { type?: { coding?: { code?: string }[] }; value?: string }[] | undefined)?.find(({ type }) => type?.coding?.some(({ code }) => code === 'MR'))?.value;
  return { id: String(patient['id']), name: nameOf(patient), ...(typeof birthDate === 'string' ? { birthDate } : {}), ...(number === undefined ? {} : { hospitalNumber: number }) };
}

/** The name of a person or an organization. */
export function nameOf({ name }: Json): string {
  if (typeof name === 'string') return name;
  const names = (Array.isArray(name) ? name : []) as { use?: string; text?: string; family?: string; given?: string[] }[];
  const chosen = names.find(({ use }) => use === 'official') ?? names[0];
  return chosen?.text ?? [chosen?.family ?? '', ...(chosen?.given ?? [])].join(' ').trim();
}
