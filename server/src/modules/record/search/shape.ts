// What of a resource goes to the wire: `_summary` and `_elements` (R4 search §3.1.1.5.8, .9). A shortened resource is tagged SUBSETTED.
import { parseLossless, structureOf, type Element, type Resource } from '@sen/fhir';
import type { Query } from './read-query.ts';

/** Makes the shaper of a search; undefined when resources go out whole, as stored. */
export function shaperOf(query: Pick<Query, 'summary' | 'elements'>): ((json: Buffer) => Buffer) | undefined {
  const { elements, summary } = query;
  if (elements.length === 0 && (summary === 'false' || summary === 'count')) return undefined;
  return (json) => {
    const resource = parseLossless(json.toString()) as Resource;
    // `Patient.birthDate` alone says nothing of the organization that comes with the patient
    if (elements.length > 0 && !elements.some((e) => concerns(resource.resourceType, e))) return json;
    return Buffer.from(JSON.stringify(subset(resource, (name, element) => keeps(resource.resourceType, name, element, query))));
  };
}

function concerns(type: string, element: string): boolean {
  return !/^[A-Z]\w*\./.test(element) || element.startsWith(`${type}.`);
}

function keeps(type: string, name: string, element: Element | undefined, { elements, summary }: Pick<Query, 'summary' | 'elements'>): boolean {
  if (name === 'resourceType' || name === 'id' || name === 'meta') return true;
  if (element === undefined) return false;
  const required = element.min > 0;
  if (elements.length > 0) return required || asked(type, element, elements);
  if (summary === 'true') return element.summary || required;
  if (summary === 'data') return name !== 'text';
  return required || name === 'text';
}

function asked(type: string, element: Element, elements: readonly string[]): boolean {
  const plain = element.definedName.replace('[x]', '');
  return elements.some((e) => {
    const name = e.startsWith(`${type}.`) ? e.slice(type.length + 1) : e;
    return name === element.name || name === plain || name.startsWith(`${plain}.`);
  });
}

function subset(resource: Resource, keep: (name: string, element: Element | undefined) => boolean): Resource {
  const structure = structureOf(resource.resourceType);
  const kept: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(resource)) {
    const name = key.startsWith('_') ? key.slice(1) : key;
    if (keep(name, structure?.elements.get(name))) kept[key] = value;
  }
  return { ...kept, resourceType: resource.resourceType, meta: tagged(resource) };
}

const subsetted = { system: 'http://terminology.hl7.org/CodeSystem/v3-ObservationValue', code: 'SUBSETTED' };

function tagged(resource: Resource): Resource['meta'] & object {
  const tags = Array.isArray(resource.meta?.['tag']) ? (resource.meta['tag'] as unknown[]) : [];
  return { ...resource.meta, tag: [...tags, subsetted] };
}
