import type { Queryable } from '../../platform/database.ts';
import { editionInForce, splitCanonical } from './editions.ts';
import type { MapEntry, MapGroup } from './fhir-concept-map.ts';
import { unknownConceptMap } from './refusals.ts';
import { findConceptMaps, findConceptMapsOf, findEntries, findGroups, type ConceptMap } from './store-concept-maps.ts';

/** A concept map to translate by, stored or come with the call. */
export interface Translator {
  readonly url: string | undefined;
  readonly source: string | undefined;
  readonly target: string | undefined;
  readonly groups: readonly MapGroup[];
  /** Entries from a code (or to it, in reverse). */
  readonly entriesOf: (code: string, reverse: boolean) => Promise<readonly MapEntry[]>;
}

/** A stored concept map, ready to translate. */
export async function openTranslator(db: Queryable, { conceptMap, url, source, target }: ConceptMap): Promise<Translator> {
  return { url, source, target, groups: await findGroups(db, conceptMap), entriesOf: (code, reverse) => findEntries(db, conceptMap, code, reverse) };
}

/** The concept map of an address (`url`, `url|version`) in force on the day. Refuses (404) an unknown one. */
export async function findTranslator(db: Queryable, canonical: string, day: string | undefined): Promise<Translator> {
  const { url, version } = splitCanonical(canonical);
  const map = editionInForce(await findConceptMaps(db, url), { version, day });
  if (map === undefined) throw unknownConceptMap(canonical);
  return openTranslator(db, map);
}

/** All concept maps in force on the day with mappings of a code system. */
export async function findTranslators(db: Queryable, { system, reverse, day }: { system: string; reverse: boolean; day: string | undefined }): Promise<Translator[]> {
  const maps = await findConceptMapsOf(db, system, reverse);
  const byUrl = Map.groupBy(maps, ({ url, id }) => url ?? `#${id}`);
  const translators: Translator[] = [];
  for (const editions of byUrl.values()) {
    const map = editionInForce(editions, { day });
    if (map !== undefined) translators.push(await openTranslator(db, map));
  }
  return translators;
}
