import type { Queryable } from '../../platform/database.ts';
import { findEditions } from './store-code-systems.ts';
import { findCodesWithin, findConcept, findPlacesAbove, findSpans } from './store-concepts.ts';

/** The code and all codes below it, in whatever edition: records are older than the list in force. `[code]` when the code system is unknown. */
export async function conceptsBelow(db: Queryable, system: string, code: string): Promise<string[]> {
  return relatedCodes(db, system, code, async (edition, place) => findCodesWithin(db, edition, await findSpans(db, edition, place)));
}

/** The code and all codes above it, in whatever edition. `[code]` when the code system is unknown. */
export async function conceptsAbove(db: Queryable, system: string, code: string): Promise<string[]> {
  return relatedCodes(db, system, code, async (edition, place) => {
    const places = await findPlacesAbove(db, edition, place);
    return findCodesWithin(db, edition, places.map((one) => ({ first: one, last: one })));
  });
}

async function relatedCodes(db: Queryable, url: string, code: string, related: (edition: number, place: number) => Promise<string[]>): Promise<string[]> {
  const codes = new Set([code]);
  for (const edition of await findEditions(db, url)) {
    const concept = await findConcept(db, edition, code);
    if (concept !== undefined) for (const one of await related(edition.system, concept.place)) codes.add(one);
  }
  return [...codes];
}
