// What of a resource goes to the wire: `_summary` and `_elements` (R4 search.html, _summary and _elements). A shortened resource is tagged SUBSETTED.
import { parseLossless, structureBelow, structureOf, type Element, type Resource } from '@sen/fhir';
import type { Query } from './read-query.ts';

type Shape = Pick<Query, 'summary' | 'elements'>;
type Json = Readonly<Record<string, unknown>>;

/** Makes the shaper of a search; undefined when resources go out whole, as stored. */
export function shaperOf(query: Shape): ((json: Buffer) => Buffer) | undefined {
  const { elements, summary } = query;
  if (elements.length === 0 && (summary === 'false' || summary === 'count')) return undefined;
  return (json) => {
    const resource = parseLossless(json.toString()) as Resource;
    // `Patient.birthDate` alone says nothing of the organization that comes with the patient
    if (elements.length > 0 && !elements.some((e) => concerns(resource.resourceType, e))) return json;
    const kept = subset(resource as Json, resource.resourceType, (element) => keeps(resource.resourceType, element, query));
    const shaped = elements.length === 0 && summary === 'true' ? withSummaries(kept, resource.resourceType) : kept;
    return Buffer.from(JSON.stringify({ resourceType: resource.resourceType, ...shaped, meta: tagged(resource) }));
  };
}

function concerns(type: string, element: string): boolean {
  return !/^[A-Z]\w*\./.test(element) || element.startsWith(`${type}.`);
}

/** Without these what is left could be read wrongly (R4 extensibility.html §2.4.1, resource.html §2.26.3.2). */
const always = new Set(['id', 'meta', 'implicitRules', 'modifierExtension']);

function keeps(type: string, element: Element, { elements, summary }: Shape): boolean {
  if (always.has(element.name)) return true;
  const required = element.min > 0;
  if (elements.length > 0) return required || asked(type, element, elements);
  if (summary === 'true') return element.summary || required;
  if (summary === 'data') return element.name !== 'text';
  return required || element.name === 'text';
}

function asked(type: string, element: Element, elements: readonly string[]): boolean {
  const plain = element.definedName.replace('[x]', '');
  return elements.some((e) => {
    const name = e.startsWith(`${type}.`) ? e.slice(type.length + 1) : e;
    return name === element.name || name === element.definedName || name === plain || name.startsWith(`${plain}.`);
  });
}

/** The members of an object whose elements are kept, primitives with their `_name`. */
function subset(object: Json, path: string, keep: (element: Element) => boolean): Json {
  const elements = structureOf(path)?.elements;
  return Object.fromEntries(Object.entries(object).filter(([key]) => {
    const element = elements?.get(key.startsWith('_') ? key.slice(1) : key);
    return element !== undefined && keep(element);
  }));
}

/** In backbone elements too only what is marked as summary stays; data types are given whole. */
function withSummaries(object: Json, path: string): Json {
  const elements = structureOf(path)?.elements;
  return Object.fromEntries(Object.entries(object).map(([key, value]) => {
    const element = elements?.get(key);
    const inner = element === undefined ? undefined : structureBelow(element);
    if (inner === undefined || structureOf(inner)?.kind !== 'backbone') return [key, value];
    return [key, Array.isArray(value) ? value.map((item) => summaryOf(item, inner)) : summaryOf(value, inner)];
  }));
}

function summaryOf(value: unknown, path: string): unknown {
  if (typeof value !== 'object' || value === null) return value;
  return withSummaries(subset(value as Json, path, (element) => element.summary || element.min > 0 || always.has(element.name)), path);
}

const subsetted = { system: 'http://terminology.hl7.org/CodeSystem/v3-ObservationValue', code: 'SUBSETTED' };

export function tagged(resource: Resource): Resource['meta'] & object {
  const tags = Array.isArray(resource.meta?.['tag']) ? (resource.meta['tag'] as { system?: string; code?: string }[]) : [];
  const there = tags.some(({ system, code }) => system === subsetted.system && code === subsetted.code);
  return { ...resource.meta, tag: there ? tags : [...tags, subsetted] };
}
