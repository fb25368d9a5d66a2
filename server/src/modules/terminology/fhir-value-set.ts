// ValueSet resources (R4 valueset.html): what they are made of, in the terms of expansion.
import { firstDay } from './fhir-day.ts';

export interface ValueSetContent {
  readonly url: string | undefined;
  readonly version: string | undefined;
  readonly includes: readonly Include[];
  readonly excludes: readonly Include[];
  /** ValueSet.compose.inactive = false: no inactive codes. */
  readonly noInactive: boolean;
  /** Day by whose lists the contents are found (ValueSet.compose.lockedDate). */
  readonly lockedDay: string | undefined;
  /** The codes of a ready expansion, for a value set without compose. */
  readonly ready: readonly ReadyCode[] | undefined;
  /** The resource; of an implicit value set what can be said of it. */
  readonly definition: Readonly<Record<string, unknown>>;
}

export interface Include {
  readonly system: string | undefined;
  readonly version: string | undefined;
  /** Undefined: all codes that the filters leave. */
  readonly concepts: readonly ListedConcept[] | undefined;
  readonly filters: readonly Filter[];
  /** The codes must be in all of them. */
  readonly valueSets: readonly string[];
}

export interface ListedConcept {
  readonly code: string;
  readonly display: string | undefined;
  readonly designation: readonly object[] | undefined;
}

export interface ReadyCode extends ListedConcept {
  readonly system: string;
  readonly version: string | undefined;
}

export interface Filter {
  readonly property: string;
  readonly op: string;
  readonly value: string;
}

interface Compose {
  readonly include?: readonly RawInclude[];
  readonly exclude?: readonly RawInclude[];
  readonly inactive?: boolean;
  readonly lockedDate?: string;
}

interface RawInclude {
  readonly system?: string;
  readonly version?: string;
  readonly concept?: readonly { readonly code: string; readonly display?: string; readonly designation?: readonly object[] }[];
  readonly filter?: readonly Filter[];
  readonly valueSet?: readonly string[];
}

interface Contained {
  readonly system?: string;
  readonly version?: string;
  readonly code?: string;
  readonly abstract?: boolean;
  readonly display?: string;
  readonly designation?: readonly object[];
  readonly contains?: readonly Contained[];
}

/** Reads what a value set is made of. */
export function readValueSet(resource: Readonly<Record<string, unknown>>): ValueSetContent {
  const { url, version, compose, expansion } = resource as { url?: string; version?: string; compose?: Compose; expansion?: { contains?: readonly Contained[] } };
  return {
    url, version,
    includes: (compose?.include ?? []).map(readInclude),
    excludes: (compose?.exclude ?? []).map(readInclude),
    noInactive: compose?.inactive === false,
    lockedDay: firstDay(compose?.lockedDate),
    ready: compose === undefined && expansion !== undefined ? readyCodes(expansion.contains ?? []) : undefined,
    definition: resource,
  };
}

/** The implicit value set of all codes of a code system, or of what a filter leaves of them. */
export function wholeSystem(url: string, system: string, version: string | undefined, filters: readonly Filter[] = []): ValueSetContent {
  return {
    url, version, excludes: [], noInactive: false, lockedDay: undefined, ready: undefined,
    includes: [{ system, version, concepts: undefined, filters, valueSets: [] }],
    definition: { resourceType: 'ValueSet', url, status: 'active', compose: { include: [{ system, ...(filters.length > 0 ? { filter: filters } : {}) }] } },
  };
}

function readInclude({ system, version, concept, filter, valueSet }: RawInclude): Include {
  const concepts = concept?.map(({ code, display, designation }) => ({ code, display, designation }));
  return { system, version, concepts, filters: filter ?? [], valueSets: valueSet ?? [] };
}

function readyCodes(contains: readonly Contained[]): ReadyCode[] {
  return contains.flatMap(({ system, version, code, abstract, display, designation, contains: below = [] }) => {
    const own = system === undefined || code === undefined || abstract === true ? [] : [{ system, version, code, display, designation }];
    return [...own, ...readyCodes(below)];
  });
}
