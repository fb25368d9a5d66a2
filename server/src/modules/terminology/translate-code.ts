import type { Queryable } from '../../platform/database.ts';
import type { MapEntry, MapGroup, OtherElement } from './fhir-concept-map.ts';
import { findTranslator, type Translator } from './find-translators.ts';

export interface TranslationWanted {
  readonly system: string;
  readonly code: string;
  readonly targetSystem: string | undefined;
  readonly reverse: boolean;
  /** Codes of the elements on which mappings depend: `element` → `system|code` and `code` of its value. */
  readonly dependencies: ReadonlyMap<string, ReadonlySet<string>>;
  readonly day: string | undefined;
}

export interface Match {
  readonly equivalence: string;
  readonly concept: { readonly system?: string; readonly version?: string; readonly code: string; readonly display?: string } | undefined;
  readonly product: readonly OtherElement[];
  readonly map: string | undefined;
}

/** Translates a code by concept maps (R4 ConceptMap/$translate), each match once. Refuses (404) an unknown map that another refers to. */
export async function translateCode(db: Queryable, translators: readonly Translator[], wanted: TranslationWanted): Promise<Match[]> {
  const matches = new Map<string, Match>();
  for (const translator of translators) {
    for (const match of await translateBy(db, translator, wanted, [])) matches.set(JSON.stringify({ ...match, map: undefined }), match);
  }
  return [...matches.values()];
}

async function translateBy(db: Queryable, translator: Translator, wanted: TranslationWanted, path: readonly string[]): Promise<Match[]> {
  const { system, code, targetSystem, reverse } = wanted;
  const entries = await translator.entriesOf(code, reverse);
  const matches: Match[] = [];
  for (const [place, group] of translator.groups.entries()) {
    const [from, to] = reverse ? [group.target, group.source] : [group.source, group.target];
    if (from !== undefined && from !== system) continue;
    if (targetSystem !== undefined && to !== undefined && to !== targetSystem) continue;
    const own = entries.filter((entry) => entry.group === place);
    matches.push(...own.filter((entry) => dependenciesHold(entry, wanted)).map((entry) => matchOf(entry, group, translator.url, reverse)));
    if (own.length === 0 && !reverse) matches.push(...(await unmapped(db, translator, group, wanted, path)));
  }
  return matches;
}

function matchOf({ sourceCode, sourceDisplay, targetCode, targetDisplay, equivalence, detail }: MapEntry, group: MapGroup, map: string | undefined, reverse: boolean): Match {
  const [code, display] = reverse ? [sourceCode, sourceDisplay] : [targetCode, targetDisplay];
  const [system, version] = reverse ? [group.source, group.sourceVersion] : [group.target, group.targetVersion];
  return {
    equivalence: reverse ? (opposites[equivalence] ?? equivalence) : equivalence, map, product: reverse ? [] : (detail?.product ?? []),
    concept: code === undefined ? undefined : concept(system, version, code, display),
  };
}

const opposites: Readonly<Record<string, string>> = { wider: 'narrower', narrower: 'wider', subsumes: 'specializes', specializes: 'subsumes' };

function concept(system: string | undefined, version: string | undefined, code: string, display: string | undefined) {
  return { ...(system === undefined ? {} : { system }), ...(version === undefined ? {} : { version }), code, ...(display === undefined ? {} : { display }) };
}

function dependenciesHold({ detail }: MapEntry, { dependencies, reverse }: TranslationWanted): boolean {
  if (reverse) return true;
  return (detail?.dependsOn ?? []).every(({ property, system, value }) => dependencies.get(property)?.has(system === undefined ? value : `${system}|${value}`) === true);
}

// R4 ConceptMap.group.unmapped.
async function unmapped(db: Queryable, { url }: Translator, { unmapped: rule, target, targetVersion }: MapGroup, wanted: TranslationWanted, path: readonly string[]): Promise<Match[]> {
  if (rule?.mode === 'provided') return [{ equivalence: 'equal', map: url, product: [], concept: concept(target, targetVersion, wanted.code, undefined) }];
  if (rule?.mode === 'fixed' && rule.code !== undefined) return [{ equivalence: 'inexact', map: url, product: [], concept: concept(target, targetVersion, rule.code, rule.display) }];
  if (rule?.mode !== 'other-map' || rule.url === undefined || path.includes(rule.url)) return [];
  return translateBy(db, await findTranslator(db, rule.url, wanted.day), wanted, [...path, rule.url]);
}
