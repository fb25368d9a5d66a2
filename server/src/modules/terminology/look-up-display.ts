import type { Queryable } from '../../platform/database.ts';
import { displayIn } from './designation.ts';
import { readDetail } from './fhir-detail.ts';
import { findSystem } from './find-definitions.ts';
import { findConcept, findDetails } from './store-concepts.ts';

/** What a code is called in a language (`vi`), in the latest edition; undefined when it is not known here. */
export async function lookUpDisplay(db: Queryable, url: string, code: string, language?: string): Promise<string | undefined> {
  const { system, supplements } = await findSystem(db, url, undefined, { day: undefined });
  const concept = system && (await findConcept(db, system, code));
  if (concept === undefined) return undefined;
  const added = await findDetails(db, supplements.map((one) => one.system), [concept.code]);
  const { designations } = readDetail(concept.detail, added);
  return displayIn({ display: concept.display, language: system?.language, designations }, language);
}
