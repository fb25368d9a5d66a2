// The values of a resource as a validator walks over them: each with its R4 type and its place.
import { isResourceType, structureOf, type Element } from '../structure/structure.ts';

export type Json = Readonly<Record<string, unknown>>;

export interface Item {
  /** The JSON value; undefined for a primitive that has extensions only. */
  readonly value: unknown;
  /** Of a primitive: what stands under `_name`. */
  readonly beside: Json | undefined;
  /** R4 type, or the path of a nested structure (`Patient.contact`). */
  readonly type: string;
  /** FHIRPath from the resource: `Patient.name[0].family`. */
  readonly path: string;
}

/** The resource itself as an item. */
export function rootItem(resource: Json, path = String(resource['resourceType'])): Item {
  return { value: resource, beside: undefined, type: String(resource['resourceType']), path };
}

/** Names of the elements that an item of the type may have, each as its definition writes it (`value[x]`). */
export function namesBelow(type: string): Iterable<string> {
  return structureOf(structureName(type))?.choices.keys() ?? [];
}

/** The values of an element, by its name in the definition (`value[x]`, also `value` or `valueQuantity`), in the order of the JSON. */
export function itemsUnder(holder: Item, name: string): Item[] {
  const json = holderJson(holder);
  if (json === undefined) return [];
  const items: Item[] = [];
  for (const element of elementsNamed(holder.type, name)) addItems(items, json, element, holder.path);
  return items;
}

/** Tells whether a type is, or is derived from, another (`Age` is a Quantity, `Patient` a DomainResource). */
export function isKindOf(type: string, wanted: string): boolean {
  for (let at: string | undefined = type; at !== undefined && at !== ''; at = structureOf(at)?.base) if (at === wanted) return true;
  return false;
}

/** The object that holds an item's children: itself, or what stands beside a primitive. */
export function holderJson({ value, beside }: Item): Json | undefined {
  return isJson(value) && !('rawJSON' in value) ? value : beside;
}

export function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function elementsNamed(type: string, name: string): readonly Element[] {
  const structure = structureOf(structureName(type));
  const all = structure?.choices.get(name) ?? structure?.choices.get(`${name}[x]`);
  if (all !== undefined) return all;
  const one = structure?.elements.get(name);
  return one === undefined ? [] : [one];
}

function structureName(type: string): string {
  return structureOf(type)?.kind === 'primitive' ? 'Element' : type;
}

function addItems(items: Item[], json: Json, element: Element, parent: string): void {
  const value = json[element.name];
  const beside = json[`_${element.name}`];
  if (value === undefined && beside === undefined) return;
  // A choice is one element in FHIRPath: Observation.value, whatever its type
  const path = `${parent}.${element.definedName.replace('[x]', '')}`;
  if (!element.many) return void items.push(itemOf(value, beside, element, path));
  const values = Array.isArray(value) ? value : [];
  const besides = Array.isArray(beside) ? beside : [];
  for (let i = 0; i < Math.max(values.length, besides.length); i++) items.push(itemOf(values[i], besides[i], element, `${path}[${i}]`));
}

function itemOf(value: unknown, beside: unknown, element: Element, path: string): Item {
  return { value: value === null ? undefined : value, beside: isJson(beside) ? beside : undefined, type: typeOf(value, element.type.code), path };
}

function typeOf(value: unknown, code: string): string {
  if (code === 'Resource' && isJson(value) && isResourceType(String(value['resourceType']))) return String(value['resourceType']);
  return code.startsWith('#') ? code.slice(1) : code;
}
