import type { Queryable } from '../../platform/database.ts';
import { editionInForce, isInForce, splitCanonical } from './editions.ts';
import { readValueSet, wholeSystem, type ValueSetContent } from './fhir-value-set.ts';
import { unknownValueSet, wrongVersion } from './refusals.ts';
import { findEditions, findSystemsOfValueSet, type CodeSystem } from './store-code-systems.ts';
import { findValueSetById, findValueSets } from './store-value-sets.ts';

/** By whose lists is judged. */
export interface Scope {
  /** Undefined: the latest editions, and codes whatever the days they are in force. */
  readonly day: string | undefined;
  /** Versions by address of the code system: to use where none is said, to insist on, and to use instead of what is said. */
  readonly versions?: ReadonlyMap<string, string>;
  readonly checkedVersions?: ReadonlyMap<string, string>;
  readonly forcedVersions?: ReadonlyMap<string, string>;
  /** Addresses of code systems left out. */
  readonly leftOut?: readonly string[];
  /** The one code system that matters: includes of others are passed over. */
  readonly only?: string | undefined;
}

export interface FoundSystem {
  /** Undefined: not known here. */
  readonly system: CodeSystem | undefined;
  readonly supplements: readonly CodeSystem[];
}

/** Finds the edition of a code system that the scope asks for, with the supplements to it. Refuses (422) another version than the one to insist on. */
export async function findSystem(db: Queryable, url: string, version: string | undefined, scope: Scope): Promise<FoundSystem> {
  const all = await findEditions(db, url);
  const wanted = scope.forcedVersions?.get(url) ?? version ?? scope.versions?.get(url);
  const system = editionInForce(all.filter(({ content }) => content !== 'supplement'), { version: wanted, day: scope.day });
  const insisted = scope.checkedVersions?.get(url);
  if (system !== undefined && insisted !== undefined && system.version !== insisted) throw wrongVersion(url, system.version ?? '-', insisted);
  const supplements = all.filter((one) => one.content === 'supplement' && isInForce(one, scope.day) && supplementsThis(one, system));
  return { system, supplements };
}

/** Finds what a value set is made of: by its address (`url`, `url|version`, an implicit one of a code system) or `ValueSet/id`. Refuses (404) an unknown one. */
export async function findValueSet(db: Queryable, canonical: string, scope: Scope): Promise<ValueSetContent> {
  if (canonical.startsWith('ValueSet/')) return findValueSetOfRecord(db, canonical.slice('ValueSet/'.length));
  const { url, version } = splitCanonical(canonical);
  const stored = editionInForce(await findValueSets(db, url), { version, day: scope.day });
  if (stored !== undefined) return readValueSet(stored.definition);
  const implicit = await findImplicitValueSet(db, url, version);
  if (implicit === undefined) throw unknownValueSet(canonical);
  return implicit;
}

/** The value set of a ValueSet of the record. Refuses (404) an unknown one. */
export async function findValueSetOfRecord(db: Queryable, id: string): Promise<ValueSetContent> {
  const stored = await findValueSetById(db, id);
  if (stored === undefined) throw unknownValueSet(`ValueSet/${id}`);
  return readValueSet(stored.definition);
}

// The forms that R4 gives to SNOMED CT (snomedct.html §4.3.1.2.6), for every code system: all codes, and those below one.
async function findImplicitValueSet(db: Queryable, url: string, version: string | undefined): Promise<ValueSetContent | undefined> {
  const [, system, code] = /^(.+)\?fhir_vs(?:=isa\/(.+))?$/s.exec(url) ?? [];
  if (system !== undefined) {
    const value = code === undefined ? undefined : decoded(code);
    return wholeSystem(url, system, version, value === undefined ? [] : [{ property: 'concept', op: 'is-a', value }]);
  }
  const [named] = await findSystemsOfValueSet(db, url);
  return named === undefined ? undefined : wholeSystem(url, named, version);
}

/** Percent signs that encode nothing are part of the code. */
function decoded(code: string): string {
  try {
    return decodeURIComponent(code);
  } catch {
    return code;
  }
}

function supplementsThis({ supplementsVersion }: CodeSystem, system: CodeSystem | undefined): boolean {
  return supplementsVersion === undefined || supplementsVersion === system?.version;
}
