import { compactDefinition, type Resource, type StructureDefinition } from '@sen/fhir';
import type { Work } from '../../../platform/work.ts';
import type { Change } from '../store.ts';
import { forgetProfiles } from './load-profiles.ts';

/** Keeps what stored StructureDefinitions demand of resources, in their transaction. From the commit on this process judges by them. */
export async function keepProfiles(work: Work, changes: readonly Change[]): Promise<void> {
  const rows = changes.flatMap(({ id, after }) => (after === undefined || !isProfile(after.resource) ? [] : [rowOf(id, after.resource)]));
  const text = `
with gone as (delete from record.profile where id = any($1) and id <> all($2))
insert into record.profile (id, url, version, definition)
select * from unnest($2::text[], $3::text[], $4::text[], $5::jsonb[])
on conflict (id) do update set url = excluded.url, version = excluded.version, definition = excluded.definition`;
  const values = [changes.map(({ id }) => id), rows.map(({ id }) => id), rows.map(({ url }) => url), rows.map(({ version }) => version ?? null), rows.map(({ json }) => json)];
  await work.db.query({ text, values });
  await work.afterCommit(() => Promise.resolve(forgetProfiles()));
}

/** A definition that constrains a type; a retired one is asked of nobody any more, and new types R4 does not allow. */
function isProfile(resource: Resource): boolean {
  return resource['derivation'] === 'constraint' && resource['status'] !== 'retired' && typeof resource['url'] === 'string' && resource['kind'] !== 'logical';
}

function rowOf(id: string, resource: Resource): { id: string; url: string; version: string | undefined; json: string } {
  const definition = compactDefinition(resource as unknown as StructureDefinition);
  return { id, url: definition.url, version: definition.version, json: JSON.stringify(definition) };
}
