import { resourceTypes, structureOf, type Resource } from '@sen/fhir';
import type { Work } from '../../../platform/work.ts';
import type { ImportResult } from '../import-resources.ts';
import { loadProfiles } from '../validation/load-profiles.ts';
import { missingPackages, profilesNamedBy, type DefinitionPackage, type PackageReport, type TypeCount } from './definition-package.ts';
import { listPackages } from './list-packages.ts';

/** Tells what became of the definitions of a package, and what it needs that is not here. */
export async function reportPackage(work: Work, wanted: DefinitionPackage, definitions: readonly Resource[], results: readonly ImportResult[]): Promise<PackageReport> {
  const { shelf } = await loadProfiles(work);
  const own = new Set(definitions.map(({ url }) => String(url)));
  const loaded = new Set((await listPackages(work)).keys());
  const isKnown = (canonical: string): boolean => shelf.knows(canonical) || isTypeOfR4(canonical) || own.has(canonical.split('|')[0] as string);
  return {
    name: wanted.name,
    version: wanted.version,
    byType: countByType(results),
    refused: results.filter(({ outcome }) => outcome === 'refused').map(({ type, id, issues = [] }) => ({ type, id, issues })),
    leftOut: wanted.resources.length - definitions.length,
    missingPackages: missingPackages(wanted, loaded),
    missingProfiles: profilesNamedBy(definitions).filter((canonical) => !isKnown(canonical)),
  };
}

function isTypeOfR4(canonical: string): boolean {
  const name = /^http:\/\/hl7\.org\/fhir\/StructureDefinition\/([A-Za-z]+)$/.exec(canonical.split('|')[0] as string)?.[1];
  return name !== undefined && (resourceTypes.includes(name) || structureOf(name) !== undefined);
}

function countByType(results: readonly ImportResult[]): Record<string, TypeCount> {
  const counts: Record<string, TypeCount> = {};
  for (const { type, outcome } of results) {
    const count = (counts[type] ??= { created: 0, updated: 0, unchanged: 0 });
    if (outcome !== 'refused') count[outcome]++;
  }
  return counts;
}
