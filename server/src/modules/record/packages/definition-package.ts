// A package of definitions, as https://hl7.org/fhir/packages.html describes them: an implementation guide, or an official list.
import { createHash } from 'node:crypto';
import type { Issue, Resource } from '@sen/fhir';

export interface DefinitionPackage {
  readonly name: string;
  readonly version: string;
  /** Name → version of the packages it builds on. */
  readonly dependencies: Readonly<Record<string, string>>;
  readonly resources: readonly Resource[];
}

export interface PackageReport {
  readonly name: string;
  readonly version: string;
  readonly byType: Readonly<Record<string, TypeCount>>;
  readonly refused: readonly { readonly type: string; readonly id: string; readonly issues: readonly Issue[] }[];
  /** Resources that define nothing: examples and the like. */
  readonly leftOut: number;
  /** `name version` of packages it builds on that are not loaded. */
  readonly missingPackages: readonly string[];
  /** Canonicals of profiles that its profiles build on or point to, and that are not known. */
  readonly missingProfiles: readonly string[];
}

export interface TypeCount {
  created: number;
  updated: number;
  unchanged: number;
}

/** What R4 itself brings: always there. */
const builtIn = /^hl7\.fhir\.(?:r4\.(?:core|expansions|corexml|elements|search|examples)|core)$/;

/** What others build on comes first: codes before value sets, those before profiles. */
const order = ['CodeSystem', 'ValueSet', 'ConceptMap', 'NamingSystem', 'StructureDefinition', 'SearchParameter'];

/** The definitions of a package, in an order in which each can be read after what it builds on. */
export function definitionsIn({ resources }: DefinitionPackage): Resource[] {
  const rank = ({ resourceType }: Resource): number => (order.includes(resourceType) ? order.indexOf(resourceType) : order.length);
  return resources.filter(isDefinition).sort((a, b) => rank(a) - rank(b));
}

/** Dependencies that are neither loaded nor part of R4. */
export function missingPackages({ dependencies }: DefinitionPackage, loaded: ReadonlySet<string>): string[] {
  return Object.entries(dependencies).filter(([name]) => !builtIn.test(name) && !loaded.has(name)).map(([name, version]) => `${name} ${version}`);
}

/** Canonicals of other profiles that the profiles of a package name. */
export function profilesNamedBy(definitions: readonly Resource[]): string[] {
  const names = new Set<string>();
  for (const one of definitions) {
    if (one.resourceType !== 'StructureDefinition' || one['derivation'] !== 'constraint') continue;
    if (typeof one['baseDefinition'] === 'string') names.add(one['baseDefinition']);
    const { element = [] } = (one['differential'] ?? {}) as { element?: { type?: { profile?: string[]; targetProfile?: string[] }[] }[] };
    for (const { type = [] } of element) for (const { profile = [], targetProfile = [] } of type) [...profile, ...targetProfile].forEach((name) => names.add(name));
  }
  return [...names];
}

/** An id for a definition whose own one is missing, or taken by a definition of another canonical. The same at each loading. */
export function idFor({ url, id }: Resource, taken: boolean): string {
  const canonical = String(url);
  const stem = id ?? canonical.slice(canonical.lastIndexOf('/') + 1).replaceAll(/[^A-Za-z0-9.-]/g, '-');
  if (!taken && stem !== '' && stem.length <= 64) return stem;
  return `${stem.slice(0, 50)}-${createHash('sha256').update(canonical).digest('hex').slice(0, 12)}`;
}

function isDefinition(resource: Resource): boolean {
  return resource.resourceType === 'NamingSystem' ? resource.id !== undefined : typeof resource['url'] === 'string' && resource.resourceType !== 'Subscription';
}
