// Everything of some types in the record of a test, page by page.
import type { Resource } from '@sen/fhir';
import { searchResources } from '../../server/src/modules/record/index.ts';
import type { Work } from '../../server/src/platform/work.ts';

/** All resources of a type, over as many pages as it takes. */
export async function everythingStored(work: Work, type: string): Promise<Resource[]> {
  const all: Resource[] = [];
  for (let page: string | undefined = ''; page !== undefined; ) {
    const found: { resources: Resource[]; next?: string } = await searchResources(work, type, `_count=1000${page}`);
    all.push(...found.resources);
    page = found.next === undefined ? undefined : `&_page=${encodeURIComponent(found.next)}`;
  }
  return all;
}

/** Every Reference.reference inside a value. */
export function referencesIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => (name === 'reference' && typeof inner === 'string' ? [inner] : referencesIn(inner)));
}
