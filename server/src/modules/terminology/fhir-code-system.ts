// CodeSystem resources (R4 codesystem.html) as the rows that terminology keeps.
import { isNumber, numberText } from '@sen/fhir';
import { splitCanonical } from './editions.ts';
import { dayAfter, dayRange, firstDay } from './fhir-day.ts';
import { foldedWords } from './fhir-words.ts';
import { arrange } from './hierarchy.ts';
import { duplicateCode } from './refusals.ts';

/** What editions of definitions have in common. */
export interface Heading {
  readonly url: string | undefined;
  readonly version: string | undefined;
  readonly status: string;
  /** PostgreSQL's daterange. */
  readonly effective: string;
  readonly dated: string | undefined;
  /** The resource as JSON, without what has rows of its own. */
  readonly definition: string;
}

export interface CodeSystemDraft extends Heading {
  readonly content: string;
  readonly supplements: { readonly url: string; readonly version: string | undefined } | undefined;
  readonly valueSet: string | undefined;
  readonly caseSensitive: boolean;
  readonly language: string | undefined;
  readonly name: string | undefined;
  /** Codes of its properties and filters. */
  readonly declared: readonly string[];
  /** In the order of their places. */
  readonly concepts: readonly ConceptRow[];
  readonly further: readonly { readonly parent: number; readonly child: number }[];
}

export interface ConceptRow {
  readonly last: number;
  readonly parent: number | undefined;
  readonly code: string;
  readonly display: string | undefined;
  readonly inactive: boolean;
  readonly abstract: boolean;
  readonly valid: string;
  /** JSON of the values of each property as text. */
  readonly properties: string | undefined;
  /** JSON of definition, designation and property. */
  readonly detail: string | undefined;
  readonly words: readonly string[];
}

type Json = Readonly<Record<string, unknown>>;

interface Property extends Json {
  readonly code: string;
}

interface Concept extends Json {
  readonly code: string;
  readonly display?: string;
  readonly definition?: string;
  readonly designation?: readonly { readonly value: string }[];
  readonly property?: readonly Property[];
  readonly concept?: readonly Concept[];
}

/** Days of a definition's edition in force: the extension resource-effectivePeriod, which R5 made the element effectivePeriod. */
const effectivePeriod = 'http://hl7.org/fhir/StructureDefinition/resource-effectivePeriod';
const conceptProperties = 'http://hl7.org/fhir/concept-properties#';

/** Reads url, version, status and days in force; `without` names the elements left out of the definition. */
export function readHeading(resource: Json, without: readonly string[]): Heading {
  const { url, version, status, date, extension } = resource as { url?: string; version?: string; status?: string; date?: string; extension?: Json[] };
  const period = extension?.find((one) => one['url'] === effectivePeriod)?.['valuePeriod'] as Json | undefined;
  const kept = Object.entries(resource).filter(([name]) => name !== 'text' && name !== 'contained' && !without.includes(name));
  return {
    url, version, status: status ?? 'unknown', dated: firstDay(date),
    effective: dayRange(firstDay(period?.['start']), dayAfter(period?.['end'])),
    definition: JSON.stringify(Object.fromEntries(kept)),
  };
}

/** Reads a CodeSystem. Refuses (422) a code that stands twice. */
export function readCodeSystem(resource: Json): CodeSystemDraft {
  const { content, supplements, valueSet, language, name } = resource as Partial<Record<string, string>>;
  const { caseSensitive, property = [], filter = [] } = resource as { caseSensitive?: boolean; property?: readonly Property[]; filter?: readonly Property[] };
  const roles = rolesOf(property);
  const flat = flattened((resource['concept'] ?? []) as readonly Concept[]);
  const { placed, further } = arrange(parentsOf(flat, roles));
  return {
    ...readHeading(resource, ['concept']),
    content: content ?? 'complete', valueSet, language, name,
    declared: [...property, ...filter].map(({ code }) => code),
    supplements: supplements === undefined ? undefined : splitCanonical(supplements),
    caseSensitive: caseSensitive !== false, // unknown: to tell `a` from `A` harms least
    concepts: placed.map(({ index, parent, last }) => ({ last, parent, ...conceptRow(flat[index]!.concept, roles) })),
    further,
  };
}

/** What a property says, by its code: the name behind `concept-properties#` where the code system declares it so, else its own. */
function rolesOf(declared: readonly Property[]): ReadonlyMap<string, string> {
  const named = declared.filter(({ uri }) => typeof uri === 'string' && uri.startsWith(conceptProperties));
  return new Map(named.map(({ code, uri }) => [code, (uri as string).slice(conceptProperties.length)]));
}

interface Flat {
  readonly concept: Concept;
  readonly above: number | undefined;
}

function flattened(concepts: readonly Concept[]): Flat[] {
  const flat: Flat[] = [];
  const open: { concept: Concept; above: number | undefined }[] = [...concepts].reverse().map((concept) => ({ concept, above: undefined }));
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const above = flat.push(next) - 1;
    for (const concept of [...(next.concept.concept ?? [])].reverse()) open.push({ concept, above });
  }
  return flat;
}

function parentsOf(flat: readonly Flat[], roles: ReadonlyMap<string, string>): number[][] {
  const byCode = new Map<string, number>();
  flat.forEach(({ concept }, index) => {
    if (byCode.has(concept.code)) throw duplicateCode(concept.code);
    byCode.set(concept.code, index);
  });
  const parents: Set<number>[] = flat.map(({ above }) => new Set(above === undefined ? [] : [above]));
  flat.forEach(({ concept }, index) => {
    for (const property of concept.property ?? []) {
      const role = roles.get(property.code) ?? property.code;
      const other = role === 'parent' || role === 'child' || role === 'subsumedBy' ? byCode.get(String(valueOfProperty(property))) : undefined;
      if (other !== undefined && other !== index) parents[role === 'child' ? other : index]!.add(role === 'child' ? index : other);
    }
  });
  return parents.map((set) => [...set]);
}

function conceptRow(concept: Concept, roles: ReadonlyMap<string, string>): Omit<ConceptRow, 'last' | 'parent'> {
  const { code, display, definition, designation, property = [] } = concept;
  const told = (role: string) => property.filter((one) => (roles.get(one.code) ?? one.code) === role).map(valueOfProperty).at(-1);
  const detail = { definition, designation, property: property.length > 0 ? property : undefined };
  const texts = [code, display ?? '', ...(designation ?? []).map(({ value }) => value)];
  return {
    code, display,
    inactive: told('inactive') === 'true' || told('status') === 'retired' || told('status') === 'inactive',
    abstract: told('notSelectable') === 'true' || told('abstract') === 'true',
    valid: dayRange(firstDay(told('effectiveDate')), firstDay(told('retirementDate'))),
    properties: property.length === 0 ? undefined : JSON.stringify(valuesByCode(property)),
    detail: definition === undefined && designation === undefined && property.length === 0 ? undefined : JSON.stringify(detail),
    words: foldedWords(texts.join(' ')),
  };
}

function valuesByCode(properties: readonly Property[]): Record<string, string[]> {
  const values: Record<string, string[]> = {};
  for (const property of properties) {
    const value = valueOfProperty(property);
    if (value !== undefined) (values[property.code] ??= []).push(value);
  }
  return values;
}

/** The value of a property as text; of a Coding its code. */
function valueOfProperty(property: Property): string | undefined {
  const key = Object.keys(property).find((name) => name.startsWith('value'));
  const value = key === undefined ? undefined : property[key];
  if (typeof value === 'string' || typeof value === 'boolean') return String(value);
  if (isNumber(value)) return numberText(value);
  const code = (value as Json | undefined)?.['code'];
  return typeof code === 'string' ? code : undefined;
}
