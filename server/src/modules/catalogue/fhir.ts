// How lists lie in the record. The only file of the module that knows resources.
import type { Resource } from '@sen/fhir';
import type { CodeListResource } from '@sen/vietnam';
import type { Work } from '../../platform/work.ts';
import { importResources, readResource, type ImportResult } from '../record/index.ts';

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

/** Tells whether a starter set may be stored: nothing is there under its id, or only a starter set. */
export async function yieldsToStarter(work: Work, { resourceType, id }: CodeListResource): Promise<boolean> {
  const there = await readResource(work, resourceType, id);
  const tags = (there?.meta as { tag?: readonly { system?: string; code?: string }[] } | undefined)?.tag ?? [];
  return there === undefined || tags.some(({ system, code }) => system === starterTag.system && code === starterTag.code);
}
