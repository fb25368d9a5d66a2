import type { Queryable } from '../../platform/database.ts';
import { readDetail, type Detail } from './fhir-detail.ts';
import { findSystem, type Scope } from './find-definitions.ts';
import { unknownCode, unknownCodeSystem } from './refusals.ts';
import type { CodeSystem } from './store-code-systems.ts';
import { findConcept, findDetails, type Concept } from './store-concepts.ts';

export interface LookedUp {
  readonly system: CodeSystem;
  readonly concept: Concept;
  readonly detail: Detail;
}

/** Looks a code up, also one that is not in force on the day. Refuses (404) an unknown code system or code. */
export async function lookUpConcept(db: Queryable, { system: url, version, code }: { system: string; version?: string | undefined; code: string }, scope: Scope): Promise<LookedUp> {
  const { system, supplements } = await findSystem(db, url, version, scope);
  if (system === undefined) throw unknownCodeSystem(url, version);
  const concept = await findConcept(db, system, code, scope.day);
  if (concept === undefined) throw unknownCode(url, code);
  const added = await findDetails(db, supplements.map((one) => one.system), [concept.code]);
  return { system, concept, detail: readDetail(concept.detail, added) };
}
