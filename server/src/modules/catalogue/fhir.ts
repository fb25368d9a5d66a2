// How lists lie in the record. The only file of the module that knows resources.
import type { Resource } from '@sen/fhir';
import type { CodeListResource } from '@sen/vietnam';
import type { Work } from '../../platform/work.ts';
import { importResources, searchJson, type ImportResult } from '../record/index.ts';

export interface StoredList {
  readonly outcome: ImportResult['outcome'];
  readonly problem?: string;
}

/** Says that a list is one of our starter sets. */
export const starterTag = { system: 'https://sen.vn/fhir/CodeSystem/list-origin', code: 'starter' } as const;

/** Stores lists under their own ids. */
export async function storeLists(work: Work, lists: readonly CodeListResource[]): Promise<StoredList[]> {
  const results = await importResources(work, lists as unknown as Resource[]);
  return results.map(({ outcome, issues = [] }) => ({ outcome, ...(issues[0] === undefined ? {} : { problem: issues[0].diagnostics }) }));
}

/** Of the lists, those in whose place nothing stands, or only a starter set. One search a type, which parses nothing: this runs at every start. */
export async function withoutOfficial(work: Work, lists: readonly CodeListResource[]): Promise<CodeListResource[]> {
  const official = new Set<string>();
  for (const [type, group] of Map.groupBy(lists, ({ resourceType }) => resourceType)) {
    const query = new URLSearchParams({ _id: group.map(({ id }) => id).join(','), '_tag:not': `${starterTag.system}|${starterTag.code}`, _count: String(group.length) });
    for (const { id } of (await searchJson(work, type, query.toString())).entries) official.add(`${type}/${id}`);
  }
  return lists.filter(({ resourceType, id }) => !official.has(`${resourceType}/${id}`));
}
