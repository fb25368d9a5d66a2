// Names for what the audit knows by ids and keys. Looking them up leaves no trail: it tells nothing of a record.
import { newTrail } from '../../../platform/trail.ts';
import type { Work } from '../../../platform/work.ts';
import { findPatientIds } from '../ask-record.ts';
import { findPeople } from '../find-people.ts';
import { patientIdOf } from '../fhir-audit-keys.ts';
import { loadActors, type KnownActor } from './queries.ts';

const mostPeople = 100;

/** Ids of patients by their keys; those that are not in the record are left out. */
async function lookUpPatientIds(work: Work, keys: readonly string[]): Promise<Map<string, string>> {
  const known = new Map<string, string>();
  const hashed: string[] = [];
  for (const key of new Set(keys)) {
    const id = patientIdOf(BigInt(key));
    if (id === undefined) hashed.push(key);
    else known.set(key, id);
  }
  if (hashed.length > 0) for (const found of await findPatientIds.ask(withoutTrail(work), { keys: hashed })) for (const [key, id] of found) known.set(key, id);
  return known;
}

export interface NamedPatient {
  readonly id: string;
  readonly name: string;
}

/** Ids and names of patients by their keys; one that is no longer in the record has its id, or its key, for a name. */
export async function lookUpPatients(work: Work, keys: readonly string[]): Promise<Map<string, NamedPatient>> {
  const ids = await lookUpPatientIds(work, keys);
  const wanted = [...new Set(ids.values())];
  const names = new Map<string, string>();
  for (let i = 0; i < wanted.length; i += mostPeople) for (const [id, { name }] of await findPeople(withoutTrail(work), wanted.slice(i, i + mostPeople))) names.set(id, name);
  return new Map([...new Set(keys)].map((key) => {
    const id = ids.get(key) ?? key;
    return [key, { id, name: names.get(id) ?? id }];
  }));
}

/** Those who act, by id: accounts and apps. */
export async function lookUpActors(work: Work, ids: readonly string[]): Promise<Map<string, KnownActor>> {
  return new Map((await loadActors(work.db, [...new Set(ids)])).map((actor) => [actor.id, actor]));
}

export function withoutTrail(work: Work): Work {
  return { ...work, trail: newTrail() };
}
