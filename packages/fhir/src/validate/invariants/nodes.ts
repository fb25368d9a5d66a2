// What FHIRPath walks over: the values of a resource, each with its FHIR type and, for a primitive, its `_name` sibling.
import { isRawNumber, numberValue } from '../../json/lossless.ts';
import { structureOf, type Element } from '../../structure/structure.ts';

export interface Node {
  readonly value: unknown;
  /** The member `_name` of a primitive: its id and extensions. */
  readonly beside: unknown;
  /** FHIR type (`code`, `HumanName`, `Patient`) or structure path (`Patient.contact`). */
  readonly type: string;
}

/** A member of a collection: a node, or what an operation made. */
export type Item = Node | string | number | boolean;

type Json = Readonly<Record<string, unknown>>;

/** Makes the node of a JSON value at an element of the given type. */
export function nodeOf(value: unknown, type: string, beside?: unknown): Node {
  return { value, beside, type: typeAt(value, type) };
}

function typeAt(value: unknown, type: string): string {
  if (type !== 'Resource') return type;
  const named = isJsonObject(value) ? value['resourceType'] : undefined;
  return typeof named === 'string' ? named : type;
}

/** Tells whether an item is a node of the resource, not a value an operation made. */
export function isNode(item: Item): item is Node {
  return typeof item === 'object';
}

/** The plain value of an item: undefined for an object, or for a primitive that has only extensions. */
export function atomOf(item: Item): string | number | boolean | undefined {
  if (!isNode(item)) return item;
  const { value } = item;
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  return isRawNumber(value) ? numberValue(value) : undefined;
}

/** Tells whether a JSON value is an object, not a number kept as text. */
export function isJsonObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !isRawNumber(value);
}

/** The children of an item under a FHIRPath name: `value` finds `valueQuantity`. */
export function childrenNamed(item: Item, name: string): Item[] {
  if (!isNode(item)) return [];
  const found: Item[] = [];
  const holder = holderOf(item);
  if (holder === undefined) return found;
  for (const element of stepsOf(structureTypeOf(item)).get(name) ?? []) addChildren(found, holder, element);
  return found;
}

/** All children of an item, in the order of the JSON. */
export function childrenOf(item: Item): Item[] {
  if (!isNode(item)) return [];
  const found: Item[] = [];
  const holder = holderOf(item);
  const elements = structureOf(structureTypeOf(item))?.elements;
  if (holder === undefined || elements === undefined) return found;
  for (const name of Object.keys(holder)) {
    const element = elements.get(name) ?? elements.get(name.slice(1));
    if (element === undefined || (name !== element.name && holder[element.name] !== undefined)) continue;
    addChildren(found, holder, element);
  }
  return found;
}

/** The children of an item, their children, and so on. */
export function descendantsOf(item: Item): Item[] {
  const found = childrenOf(item);
  for (let i = 0; i < found.length; i++) {
    for (const child of childrenOf(found[i] as Item)) found.push(child);
  }
  return found;
}

/** A primitive's children are its id and extensions, which stand in `_name`. */
function holderOf({ value, beside }: Node): Json | undefined {
  if (isJsonObject(value)) return value;
  return isJsonObject(beside) ? beside : undefined;
}

function structureTypeOf({ value, type }: Node): string {
  return isJsonObject(value) ? type : 'Element';
}

function addChildren(found: Item[], holder: Json, element: Element): void {
  const value = holder[element.name];
  const beside = holder[`_${element.name}`];
  const type = element.type.code.startsWith('#') ? element.type.code.slice(1) : element.type.code;
  if (!element.many) {
    if (value !== undefined || beside !== undefined) found.push(nodeOf(value, type, beside));
    return;
  }
  const values = Array.isArray(value) ? value : [];
  const besides = Array.isArray(beside) ? beside : [];
  for (let i = 0; i < Math.max(values.length, besides.length); i++) found.push(nodeOf(values[i] ?? undefined, type, besides[i] ?? undefined));
}

const steps = new Map<string, ReadonlyMap<string, readonly Element[]>>();

/** FHIRPath name → the JSON elements of a structure it may stand for. */
export function stepsOf(type: string): ReadonlyMap<string, readonly Element[]> {
  let known = steps.get(type);
  if (known === undefined) {
    known = new Map([...(structureOf(type)?.choices ?? [])].map(([name, elements]) => [name.replace('[x]', ''), elements]));
    steps.set(type, known);
  }
  return known;
}

const systemTypes: Readonly<Record<string, readonly string[]>> = {
  Boolean: ['boolean'], Integer: ['integer'], Decimal: ['decimal'], Date: ['date'], DateTime: ['dateTime', 'instant'], Time: ['time'],
  String: ['string', 'uri', 'base64Binary'], Quantity: ['Quantity'],
};

/**
 * Tells whether an item is of a type or of one derived from it. A System type also stands for the FHIR primitive that holds it:
 * que-7 of R4 asks `answer is Boolean` of an answerBoolean.
 */
export function isOfType(item: Item, typeName: string): boolean {
  const name = typeName.replace(/^(?:FHIR|System)\./, '');
  const accepted = typeName.startsWith('FHIR.') ? undefined : systemTypes[name];
  for (let type: string | undefined = typeOf(item); type !== undefined && type !== ''; type = structureOf(type)?.base) {
    if (type === name || accepted?.includes(type) === true) return true;
  }
  return false;
}

function typeOf(item: Item): string {
  if (isNode(item)) return item.type;
  if (typeof item === 'number') return Number.isInteger(item) ? 'integer' : 'decimal';
  return typeof item;
}
