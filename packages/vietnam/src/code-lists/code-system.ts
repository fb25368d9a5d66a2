// CodeSystem and ConceptMap resources (R4 codesystem.html, conceptmap.html) of the official lists, each edition with its days in force.
import { canonical } from '../canonical.ts';

export interface ListedCode {
  readonly code: string;
  readonly display: string;
  readonly english?: string | undefined;
  readonly parent?: string | undefined;
  /** A heading, not to be chosen. */
  readonly heading?: boolean | undefined;
  readonly properties?: Readonly<Record<string, string | boolean | readonly string[] | undefined>>;
}

export interface Edition {
  readonly version: string;
  /** First and last day in force (`2025-07-01`); undefined: open. */
  readonly from?: string | undefined;
  readonly until?: string | undefined;
}

export interface ListDefinition extends Edition {
  /** Last part of the canonical URL. */
  readonly name: string;
  readonly title: string;
  readonly description: string;
  /** Not from the official text itself, or only a part of it. */
  readonly draft?: boolean;
  readonly properties?: Readonly<Record<string, string>>;
}

export interface Definition {
  readonly resourceType: string;
  readonly id: string;
  readonly [element: string]: unknown;
}

/** The extension in which R4 keeps the days in force of a definition (element effectivePeriod since R5). */
const effectivePeriod = 'http://hl7.org/fhir/StructureDefinition/resource-effectivePeriod';

/** Makes the CodeSystem of one edition of a list. A code that stands twice keeps its first row. */
export function codeSystemOf(list: ListDefinition, codes: readonly ListedCode[], fragment = false): Definition {
  const unique = [...new Map([...codes].reverse().map((one) => [one.code, one])).values()].reverse();
  const hierarchical = unique.some(({ parent }) => parent !== undefined);
  const properties = [...(hierarchical ? [['parent', 'http://hl7.org/fhir/concept-properties#parent', 'code'] as const] : []), ...(unique.some(({ heading }) => heading) ? [['notSelectable', 'http://hl7.org/fhir/concept-properties#notSelectable', 'boolean'] as const] : [])];
  const own = Object.entries(list.properties ?? {}).map(([code, description]) => ({ code, description, type: typeOf(unique, code) }));
  const declared = [...properties.map(([code, uri, type]) => ({ code, uri, type })), ...own];
  return {
    resourceType: 'CodeSystem',
    id: `${list.name}-${list.version}`,
    language: 'vi',
    ...period(list),
    url: canonical('CodeSystem', list.name),
    version: list.version,
    name: nameOf(list.name),
    title: list.title,
    status: list.draft === true ? 'draft' : 'active',
    publisher: 'Sen',
    description: list.description,
    caseSensitive: true,
    valueSet: canonical('ValueSet', list.name),
    ...(hierarchical ? { hierarchyMeaning: 'is-a' } : {}),
    content: fragment ? 'fragment' : 'complete',
    count: unique.length,
    ...(declared.length === 0 ? {} : { property: declared }),
    concept: unique.map(conceptOf),
  };
}

export interface Mapping {
  readonly source: string;
  readonly target: string;
  readonly equivalence: 'equal' | 'equivalent' | 'wider' | 'narrower' | 'relatedto';
  readonly display?: string | undefined;
}

export interface MapDefinition {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly source: { readonly url: string; readonly version?: string };
  readonly target: { readonly url: string; readonly version?: string };
}

/** Makes the ConceptMap of what became of codes. */
export function conceptMapOf({ name, title, description, source, target }: MapDefinition, mappings: readonly Mapping[]): Definition {
  const bySource = new Map<string, Mapping[]>();
  for (const one of mappings) bySource.set(one.source, [...(bySource.get(one.source) ?? []), one]);
  return {
    resourceType: 'ConceptMap',
    id: name,
    url: canonical('ConceptMap', name),
    name: nameOf(name),
    title,
    status: 'active',
    publisher: 'Sen',
    description,
    group: [{
      source: source.url,
      ...(source.version === undefined ? {} : { sourceVersion: source.version }),
      target: target.url,
      ...(target.version === undefined ? {} : { targetVersion: target.version }),
      element: [...bySource].map(([code, targets]) => ({
        code,
        target: targets.map(({ target: to, equivalence, display }) => ({ code: to, ...(display === undefined ? {} : { display }), equivalence })),
      })),
    }],
  };
}

function conceptOf({ code, display, english, parent, heading, properties = {} }: ListedCode): object {
  const property = [
    ...(parent === undefined ? [] : [{ code: 'parent', valueCode: parent }]),
    ...(heading === true ? [{ code: 'notSelectable', valueBoolean: true }] : []),
    ...Object.entries(properties).flatMap(([name, value]) => listOf(value).map((one) => ({ code: name, ...(typeof one === 'boolean' ? { valueBoolean: one } : { valueString: one }) }))),
  ];
  return {
    code,
    ...(display === '' ? {} : { display }),
    ...(english === undefined || english === '' ? {} : { designation: [{ language: 'en', value: english }] }),
    ...(property.length === 0 ? {} : { property }),
  };
}

function listOf(value: string | boolean | readonly string[] | undefined): readonly (string | boolean)[] {
  if (value === undefined || value === '' || value === false) return [];
  return typeof value === 'object' ? value.filter((one) => one !== '') : [value];
}

function typeOf(codes: readonly ListedCode[], property: string): string {
  return codes.some(({ properties }) => typeof properties?.[property] === 'boolean') ? 'boolean' : 'string';
}

function period({ from, until }: Edition): object {
  if (from === undefined && until === undefined) return {};
  return { extension: [{ url: effectivePeriod, valuePeriod: { ...(from === undefined ? {} : { start: from }), ...(until === undefined ? {} : { end: until }) } }] };
}

/** The computer-friendly name of a definition (R4 `name`). */
export function nameOf(name: string): string {
  return name.split('-').map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
}
