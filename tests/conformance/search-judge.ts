// Which resources a search should find, worked out apart from our own index and as plainly as can be: every resource is looked at, its values are
// what R4's expression gives, and each rule is written down once more from the text of R4 (search.html).
import type { Json } from './client.ts';
import type { ParameterDefinition } from './read-examples.ts';
import { elementsAt } from './search-oracle.ts';
import { holdsInstant, holdsNumber, instantsOf, numbersOf, type Range } from './search-ranges.ts';

export interface Asked {
  /** A parameter, a chain (`subject:Patient.name`) or `_has:Type:reference:parameter`. */
  readonly name: string;
  readonly modifier?: string;
  readonly values: readonly string[];
  /** Of type string: a bar or dollar is a character like others. */
  readonly isText?: boolean;
}

/** Everything that is stored, and what its search parameters mean. */
export class World {
  readonly resources: readonly Json[];
  readonly #definitions: ReadonlyMap<string, ParameterDefinition>;
  readonly #byName: ReadonlyMap<string, Json>;
  readonly #values = new Map<string, Json[]>();

  constructor(resources: readonly Json[], definitions: readonly ParameterDefinition[]) {
    this.resources = resources;
    this.#byName = new Map(resources.map((one) => [nameOf(one), one]));
    this.#definitions = new Map(definitions.flatMap((one) => one.base.map((base) => [`${base}.${one.code}`, one])));
  }

  definition(type: string, code: string): ParameterDefinition {
    return (this.#definitions.get(`${type}.${code}`) ?? this.#definitions.get(`Resource.${code}`) ?? this.#definitions.get(`DomainResource.${code}`)) as ParameterDefinition;
  }

  parametersOf(type: string): ParameterDefinition[] {
    return [...this.#definitions].filter(([name]) => name.startsWith(`${type}.`)).map(([, one]) => one);
  }

  values(resource: Json, code: string): Json[] {
    const name = `${nameOf(resource)} ${code}`;
    let values = this.#values.get(name);
    if (values === undefined) this.#values.set(name, (values = elementsOr(this.definition(resource.resourceType, code), resource)));
    return values;
  }

  find(reference: string): Json | undefined {
    return this.#byName.get(plainReference(reference));
  }

  /** The ids that a search of a type finds, sorted. */
  found(type: string, asked: readonly Asked[]): string[] {
    return this.resources.filter((one) => one.resourceType === type && asked.every((condition) => this.holds(one, condition))).map(({ id }) => id).sort();
  }

  holds(resource: Json, { modifier, name, values }: Asked): boolean {
    if (name.startsWith('_has:')) {
      const [, type, link, ...rest] = name.split(':') as [string, string, string, ...string[]];
      const asked = askedOf(rest.join(':'), values);
      return this.resources.some((one) => one.resourceType === type && this.#targets(one, link).some((target) => target === nameOf(resource)) && this.holds(one, asked));
    }
    const dot = name.indexOf('.');
    if (dot >= 0) {
      const [link = '', type] = name.slice(0, dot).split(':');
      const asked = askedOf(name.slice(dot + 1), values);
      const ends = this.#targets(resource, link).flatMap((reference) => this.find(reference) ?? []);
      return ends.some((end) => (type === undefined || end.resourceType === type) && this.holds(end, asked));
    }
    if (name === '_id') return values.includes(resource.id);
    const found = this.values(resource, name);
    if (modifier === 'missing') return values.some((value) => (value === 'true') === (found.length === 0));
    if (modifier === 'not') return !this.#any(resource, name, undefined, values, found);
    return this.#any(resource, name, modifier, values, found);
  }

  #targets(resource: Json, link: string): string[] {
    return this.values(resource, link).flatMap((value) => (typeof value?.reference === 'string' ? [plainReference(value.reference)] : []));
  }

  #any(resource: Json, code: string, modifier: string | undefined, values: readonly string[], found: readonly Json[]): boolean {
    const { type } = this.definition(resource.resourceType, code);
    return values.some((value) => matches(type, code, modifier, value, found, resource));
  }
}

/** The engine cannot compare quantities with `<` to join the parts of an expression: then each part is asked for by itself. */
function elementsOr(definition: ParameterDefinition, resource: Json): Json[] {
  try {
    return elementsAt(definition, resource);
  } catch {
    return definition.expression!.split(/\s\|\s/).flatMap((expression) => elementsAt({ ...definition, expression }, resource));
  }
}

const nameOf = ({ id, resourceType }: Json): string => `${resourceType}/${id}`;
const plainReference = (reference: string): string => reference.replace(/\/_history\/.*$/, '');

function askedOf(text: string, values: readonly string[]): Asked {
  if (text.includes('.') || text.startsWith('_has:')) return { name: text, values };
  const [name = '', modifier] = text.split(':');
  return { name, values, ...(modifier === undefined ? {} : { modifier }) };
}

function matches(type: string, code: string, modifier: string | undefined, value: string, found: readonly Json[], resource: Json): boolean {
  switch (type) {
    case 'token':
      return found.some((one) => tokenMatches(one, modifier, value));
    case 'string':
      return found.some((one) => textsOf(one, code).some((text) => textMatches(text, modifier, value)));
    case 'reference':
      return found.some((one) => referenceMatches(one, modifier, value));
    case 'uri':
      return found.some((one) => uriMatches(String(one), modifier, value));
    case 'date':
      return found.some((one) => instantsOf(one).some((range) => holdsInstant(range, value)));
    case 'number':
    case 'quantity':
      return found.some((one) => numbersOf(one).some((range) => holdsNumber(range, value)));
    case 'composite':
      return compositeMatches(resource, code, value);
    default:
      throw new Error(`no rule for ${type}`);
  }
}

interface Token {
  readonly system?: string;
  readonly code: string | undefined;
  readonly texts: readonly (string | undefined)[];
  /** A code without a system: the element implies it. */
  readonly plain?: boolean;
  readonly isContact?: boolean;
  readonly kinds?: readonly { system?: string; code?: string }[];
}

function tokensOf(value: Json): Token[] {
  if (typeof value !== 'object') return [{ code: String(value), texts: [], plain: true }];
  if (value.coding !== undefined || (value.code === undefined && value.value === undefined && value.system === undefined)) {
    return [...(value.coding ?? []).map((one: Json) => ({ system: one.system, code: one.code, texts: [one.display] })), { code: undefined, texts: [value.text] }];
  }
  if (value.code !== undefined || value.display !== undefined) return [{ system: value.system, code: value.code, texts: [value.display] }];
  if (/^(phone|fax|email|pager|url|sms|other)$/.test(value.system ?? '')) return [{ code: dialled(String(value.value)), texts: [], plain: true, isContact: true }];
  return [{ system: value.system, code: value.value, texts: [value.type?.text], kinds: value.type?.coding ?? [] }];
}

/** A number as it is dialled within Việt Nam; other addresses without regard to case. */
const dialled = (text: string): string => (/^[+\d][\d\s().-]*$/.test(text) ? text.replace(/[\s().-]/g, '').replace(/^(\+|00)84/, '0') : text.trim().toLowerCase());

function tokenMatches(value: Json, modifier: string | undefined, asked: string): boolean {
  const parts = asked.split('|');
  return tokensOf(value).some(({ code, isContact, kinds, plain, system, texts }) => {
    if (isContact === true) return code === dialled(parts.at(-1) as string);
    if (modifier === 'text') return texts.some((text) => text !== undefined && wordStarts(fold(text)).some((start) => start.startsWith(fold(asked))));
    if (modifier === 'of-type') return kinds?.some((kind) => (kind.system ?? '') === parts[0] && kind.code === parts[1]) === true && code === parts[2];
    if (parts.length === 1) return code === asked;
    if (plain === true) return code === parts[1];
    return parts[1] === '' ? system === parts[0] : (system ?? '') === parts[0] && code === parts[1];
  });
}

/** Case and accents do not count, nor how many blanks there are. */
export function fold(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(/đ/g, 'd').split(/\s+/).filter((word) => word !== '').join(' ');
}

function wordStarts(text: string): string[] {
  return [text, ...[...text.matchAll(/[ '’.-](?=[\p{L}\p{N}])/gu)].map(({ index }) => text.slice(index + 1))];
}

interface Text {
  readonly text: string;
  /** Found by the start of any of its words. */
  readonly byWord: boolean;
}

function textsOf(value: Json, code: string): Text[] {
  if (typeof value !== 'object') return [{ text: String(value), byWord: false }];
  const whole = (texts: unknown[], byWord = false): Text[] => texts.filter((text): text is string => typeof text === 'string').map((text) => ({ text, byWord }));
  if (code.startsWith('address')) return whole([value.text, value.district, ...(value.line ?? []), value.city, value.state, value.country, value.postalCode]);
  const given: string[] = value.given ?? [];
  const composed = value.text === undefined && value.family !== undefined && given.length > 0 ? [[value.family, ...given].join(' '), [...given, value.family].join(' ')] : [value.text];
  return [...whole(composed, true), ...whole([value.family, ...given, ...(value.prefix ?? []), ...(value.suffix ?? [])])];
}

function textMatches({ byWord, text }: Text, modifier: string | undefined, asked: string): boolean {
  if (modifier === 'exact') return text.normalize('NFC') === asked.normalize('NFC');
  const [whole, part] = [fold(text).slice(0, 160), fold(asked).slice(0, 160)];
  if (modifier === 'contains') return whole.includes(part);
  if (modifier === 'is') return whole === part || (byWord && wordStarts(whole).some((start) => start === part || start.startsWith(`${part} `)));
  return byWord ? wordStarts(whole).some((start) => start.startsWith(part)) : whole.startsWith(part);
}

function referenceMatches(value: Json, modifier: string | undefined, asked: string): boolean {
  if (modifier === 'identifier') return value?.identifier !== undefined && tokenMatches({ ...value.identifier, type: undefined, value: value.identifier.value ?? '' }, undefined, asked);
  const reference: string | undefined = typeof value === 'string' ? value : value?.reference;
  if (reference === undefined || reference.startsWith('#')) return false;
  const plain = plainReference(reference);
  if (modifier !== undefined) return plain === `${modifier}/${asked}`;
  if (typeof value === 'string') return value === asked || value.split('|')[0] === asked;
  return plain === asked || (!asked.includes('/') && !plain.includes(':') && plain.endsWith(`/${asked}`));
}

function uriMatches(uri: string, modifier: string | undefined, asked: string): boolean {
  const plain = uri.split('|')[0] as string;
  const below = (long: string, short: string): boolean => long === short || (short.endsWith('/') ? long.startsWith(short) : ['/', '?', '#'].some((mark) => long.startsWith(short + mark)));
  if (modifier === 'below') return below(plain, asked);
  if (modifier === 'above') return below(asked, plain);
  return plain === asked || uri === asked;
}

/** Those of Observation, whose parts are a code and a value. */
function compositeMatches(resource: Json, name: string, asked: string): boolean {
  const [code = '', value = ''] = asked.split('$');
  const contexts = name.startsWith('component-') ? [] : [resource];
  const components = name.startsWith('combo-') || name.startsWith('component-') ? (resource.component ?? []) : [];
  return [...contexts, ...components].some((one: Json) => {
    if (one.code === undefined || !tokenMatches(one.code, undefined, code)) return false;
    if (name.endsWith('concept')) return one.valueCodeableConcept !== undefined && tokenMatches(one.valueCodeableConcept, undefined, value);
    const range: Range[] = one.valueQuantity === undefined ? [] : numbersOf(one.valueQuantity);
    return range.some((number) => holdsNumber(number, value));
  });
}
