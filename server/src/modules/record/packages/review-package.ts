import { validateResource, type Resource } from '@sen/fhir';
import type { Work } from '../../../platform/work.ts';
import { sameContent } from '../content.ts';
import type { ImportResult } from '../import-resources.ts';
import { definitionsIn, type DefinitionPackage, type PackageReport } from './definition-package.ts';
import { planDefinitions, type PlannedDefinition } from './plan-definitions.ts';
import { reportPackage } from './report-package.ts';

const batchSize = 500;

/** Tells what loading a package would do, as far as its definitions alone can tell. Stores nothing. */
export async function reviewPackage(work: Work, wanted: DefinitionPackage): Promise<PackageReport> {
  const definitions: readonly Resource[] = definitionsIn(wanted);
  const results: ImportResult[] = [];
  for (let from = 0; from < definitions.length; from += batchSize) {
    results.push(...(await planDefinitions(work, definitions.slice(from, from + batchSize))).map(foreseen));
  }
  return reportPackage(work, wanted, definitions, results);
}

function foreseen({ resource, current }: PlannedDefinition): ImportResult {
  const { resourceType: type, id = '' } = resource;
  const issues = validateResource(resource);
  if (issues.length > 0) return { type, id, outcome: 'refused', issues };
  if (current?.json === undefined) return { type, id, outcome: 'created' };
  return { type, id, outcome: sameContent(resource, current) ? 'unchanged' : 'updated' };
}
