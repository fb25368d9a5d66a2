// What the record answers to security below it. Security asks as the house.
import { parseLossless, type Resource } from '@sen/fhir';
import type { Work } from '../../platform/work.ts';
import { findPatientIds, findResources, gatherRecord, storeResource } from '../security/index.ts';
import { createResource } from './create-resource.ts';
import { readEverything } from './read-everything.ts';
import { searchResources } from './search-resources.ts';
import { idsOfKeys } from './store.ts';
import { updateResource } from './update-resource.ts';

type Answer = (work: Work, question: unknown) => Promise<unknown>;

/** The answers of the record to the questions of security. */
export const answersToSecurity: Readonly<Record<string, Answer>> = {
  ...findResources.answeredBy(async (work, { type, query }) => (await searchResources(work, type, query)).resources),
  ...findPatientIds.answeredBy((work, { keys }) => idsOfKeys(work.db, 'Patient', keys)),
  ...storeResource.answeredBy(store),
  ...gatherRecord.answeredBy(gather),
};

async function store(work: Work, given: Readonly<Record<string, unknown>>): Promise<string> {
  const { resourceType: type, id } = given as Resource;
  const written = id === undefined ? await createResource(work, { type, resource: given }) : await updateResource(work, { type, id, resource: given });
  return written.id!;
}

interface Page {
  readonly entry?: readonly { readonly resource: Resource }[];
  readonly link?: readonly { readonly relation: string; readonly url: string }[];
}

/** Pages of 500, so that no statement is long; a patient's whole record is some megabytes. */
async function gather(work: Work, { patientId }: { readonly patientId: string }): Promise<string[]> {
  const all = new Map<string, string>(); // what the resources of two pages refer to comes with both
  for (let query: URLSearchParams | undefined = new URLSearchParams({ _count: '500' }); query !== undefined; ) {
    const page = parseLossless((await readEverything(work, { patientId, query, base: '' })).toString()) as unknown as Page;
    for (const { resource } of page.entry ?? []) all.set(`${resource.resourceType}/${resource.id}`, JSON.stringify(resource));
    const next = page.link?.find(({ relation }) => relation === 'next')?.url;
    query = next === undefined ? undefined : new URLSearchParams(next.slice(next.indexOf('?') + 1));
  }
  return [...all.values()];
}
