import type { Resource } from '@sen/fhir';
import { Refusal } from '../../../platform/refusal.ts';
import type { Work } from '../../../platform/work.ts';
import { importResources, type ImportResult } from '../import-resources.ts';
import { definitionsIn, type DefinitionPackage, type PackageReport } from './definition-package.ts';
import { planDefinitions } from './plan-definitions.ts';
import { reportPackage } from './report-package.ts';

const batchSize = 100;

/** Loads the definitions of a package into the record, under stable ids; what is there already stays. What is refused is refused alone. */
export async function loadPackage(work: Work, wanted: DefinitionPackage): Promise<PackageReport> {
  const definitions = definitionsIn(wanted);
  const results: ImportResult[] = [];
  for (let from = 0; from < definitions.length; from += batchSize) {
    const planned = await planDefinitions(work, definitions.slice(from, from + batchSize));
    results.push(...(await importBatch(work, planned.map(({ resource }) => resource))));
  }
  await work.db.query({
    text: 'insert into record.package (name, version) values ($1, $2) on conflict (name) do update set version = excluded.version, loaded_at = now()',
    values: [wanted.name, wanted.version],
  });
  return reportPackage(work, wanted, definitions, results);
}

// A keeper of definitions refuses a whole batch for one of it: then each goes alone, and is told its own reason.
async function importBatch(work: Work, batch: readonly Resource[]): Promise<ImportResult[]> {
  try {
    return await importResources(work, batch);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const results: ImportResult[] = [];
    for (const resource of batch) results.push(await importAlone(work, resource));
    return results;
  }
}

async function importAlone(work: Work, resource: Resource): Promise<ImportResult> {
  try {
    const [result] = await importResources(work, [resource]);
    return result as ImportResult;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    const { code, text, issues } = error;
    const own = { severity: 'error', code: 'processing', diagnostics: `${code}: ${text.en}` } as const;
    return { type: resource.resourceType, id: String(resource.id), outcome: 'refused', issues: issues.length > 0 ? issues : [own] };
  }
}
