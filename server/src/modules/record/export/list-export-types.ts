import { compartmentMembers, isResourceType } from '@sen/fhir';
import type { Queryable } from '../../../platform/database.ts';
import { unknownType } from '../refusals.ts';
import { writtenTypes } from '../store/snapshot.ts';

/** Names the types an export can hold: of a patient's compartment, or all that were ever written. Refuses (404) names that are no type. */
export async function listExportTypes(db: Queryable, level: 'system' | 'Patient', asked: readonly string[] | undefined): Promise<string[]> {
  for (const type of asked ?? []) if (!isResourceType(type)) throw unknownType(type);
  const types = asked === undefined ? await writtenTypes(db) : [...new Set(asked)];
  if (level === 'system') return types;
  const members = new Set(['Patient', ...compartmentMembers('Patient')]);
  return types.filter((type) => members.has(type));
}
