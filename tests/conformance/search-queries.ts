// Random searches, made of what the stored resources really say: a value of one of them, changed a little.
import type { Json } from './client.ts';
import { valuesFor } from './search-oracle.ts';
import { fold, type Asked, type World } from './search-judge.ts';
import { kinds } from './search-ranges.ts';

/** Numbers in [0, 1) that are the same for the same seed (mulberry32). */
export function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export interface RandomSearch {
  readonly type: string;
  readonly asked: readonly Asked[];
}

const UCUM = 'http://unitsofmeasure.org';

/** Makes searches of a world, one after the other. */
export class Searches {
  readonly #world: World;
  readonly #random: () => number;
  readonly #byType: ReadonlyMap<string, readonly Json[]>;
  readonly #skipped: ReadonlySet<string>;

  constructor(world: World, random: () => number, skipped: ReadonlySet<string>) {
    this.#world = world;
    this.#random = random;
    this.#skipped = skipped;
    this.#byType = Map.groupBy(world.resources, ({ resourceType }: Json) => resourceType as string);
  }

  next(): RandomSearch {
    for (;;) {
      const type = this.#one([...this.#byType.keys()]);
      const count = this.#one([1, 1, 2, 2, 3]);
      const asked = Array.from({ length: count }, () => this.#condition(type, 0)).filter((one) => one !== undefined);
      if (asked.length === count) return { type, asked };
    }
  }

  #one<T>(list: readonly T[]): T {
    return list[Math.floor(this.#random() * list.length)] as T;
  }

  #maybe(share: number): boolean {
    return this.#random() < share;
  }

  #condition(type: string, depth: number): Asked | undefined {
    const about = this.#one(this.#byType.get(type) ?? []);
    if (about === undefined) return undefined;
    if (depth < 2 && this.#maybe(0.1)) return this.#reverse(about, depth);
    if (this.#maybe(0.03)) return { name: '_id', values: [about.id, this.#one(this.#byType.get(type) as Json[]).id, 'nobody'] };
    const definition = this.#one(this.#world.parametersOf(type));
    if (definition === undefined || this.#skipped.has(`${type}.${definition.code}`) || this.#skipped.has(definition.type)) return undefined;
    const { code } = definition;
    if (definition.type === 'reference' && depth < 2 && this.#maybe(0.35)) return this.#chain(about, code, depth);
    if (this.#maybe(0.08) && definition.type !== 'composite' && code !== 'deceased') return { name: code, modifier: 'missing', values: [this.#one(['true', 'false'])] };
    const modifier = this.#modifier(definition.type, code);
    const values = Array.from({ length: this.#one([1, 1, 1, 2, 3]) }, () => this.#value(type, definition.type, code, modifier)).filter((value) => value !== undefined && value !== '');
    return values.length === 0 ? undefined : { name: code, values: values as string[], isText: definition.type === 'string', ...(modifier === undefined ? {} : { modifier }) };
  }

  #chain(about: Json, link: string, depth: number): Asked | undefined {
    const reference = this.#world.values(about, link).map((value) => value?.reference).find((one) => typeof one === 'string');
    const target = reference === undefined ? undefined : this.#world.find(reference);
    const inner = target === undefined ? undefined : this.#condition(target.resourceType, depth + 1);
    return inner === undefined ? undefined : { name: `${link}:${target?.resourceType}.${written(inner)}`, values: inner.values, isText: inner.isText === true };
  }

  #reverse(about: Json, depth: number): Asked | undefined {
    const source = this.#one(this.#world.resources);
    const links = this.#world.parametersOf(source.resourceType).filter(({ code, type }) => type === 'reference' && !this.#skipped.has(`${source.resourceType}.${code}`));
    const link = links.find(({ code }) => this.#world.values(source, code).some((value) => typeof value?.reference === 'string' && value.reference.startsWith(`${about.resourceType}/`)));
    const inner = link === undefined ? undefined : this.#condition(source.resourceType, depth + 1);
    return inner === undefined ? undefined : { name: `_has:${source.resourceType}:${link?.code}:${written(inner)}`, values: inner.values, isText: inner.isText === true };
  }

  #modifier(type: string, code: string): string | undefined {
    if (this.#maybe(0.5)) return undefined;
    switch (type) {
      case 'token':
        return code === 'deceased' ? undefined : this.#one(['not', 'not', 'text', ...(code === 'identifier' ? ['of-type'] : [])]);
      case 'string':
        return this.#one(['exact', 'contains']);
      case 'uri':
        return this.#one(['below', 'above']);
      default:
        return undefined;
    }
  }

  #value(type: string, kind: string, code: string, modifier: string | undefined): string | undefined {
    const resource = this.#one(this.#byType.get(type) as Json[]);
    const elements = this.#world.values(resource, code);
    if (kind === 'composite') return this.#composite(resource, code.endsWith('concept'));
    if (elements.length === 0) return undefined;
    const plain = valuesFor(this.#world.definition(type, code), resource).map((value) => value.replace(/\\(.)/g, '$1').replace(/^(ge|le)(?=\d)/, ''));
    const one = this.#one(plain);
    switch (kind) {
      case 'token':
        return this.#token(this.#one(elements), one, modifier);
      case 'string':
        return one === undefined ? undefined : this.#text(one, modifier);
      case 'date':
        return one === undefined ? undefined : this.#prefix() + this.#cutDate(one);
      case 'number':
        return one === undefined ? undefined : this.#prefix() + this.#number(one);
      case 'quantity':
        return this.#quantity(this.#one(elements));
      case 'uri':
        return one === undefined || modifier === undefined ? one : this.#url(one, modifier);
      case 'reference':
        return one !== undefined && this.#maybe(0.2) && !one.includes(':') ? one.split('/').at(-1) : one;
      default:
        return one;
    }
  }

  #token(element: Json, value: string | undefined, modifier: string | undefined): string | undefined {
    if (modifier === 'text') {
      const words = [element?.text, element?.display, ...(element?.coding ?? []).map((one: Json) => one.display), element?.type?.text].filter((text) => typeof text === 'string').flatMap((text: string) => text.split(' '));
      const word = this.#one(words.filter((text) => fold(text).replace(/[^a-z0-9]/g, '') !== ''));
      return word === undefined ? undefined : word.replace(/^[^\p{L}\p{N}]+/u, '').slice(0, this.#one([2, 4, 20]));
    }
    if (modifier === 'of-type') {
      const [kind] = element?.type?.coding ?? [];
      return kind?.code === undefined || element.value === undefined || /[|]/.test(element.value) ? undefined : `${kind.system ?? ''}|${kind.code}|${element.value}`;
    }
    if (value === undefined || !value.includes('|')) return value;
    const [system = '', code = ''] = value.split('|');
    return this.#one([value, code, ...(system === '' ? [] : [`${system}|`]), `|${code}`]);
  }

  #text(value: string, modifier: string | undefined): string {
    if (modifier === 'exact') return this.#maybe(0.8) ? value : value.toUpperCase();
    if (modifier === 'contains') return value.slice(Math.floor(this.#random() * value.length)).slice(0, 5).trim() || value;
    return this.#one([value, value.slice(0, 3), value.toUpperCase(), fold(value)]).trim();
  }

  #prefix(): string {
    return this.#one(['', '', 'eq', 'ne', 'gt', 'lt', 'ge', 'le', 'sa', 'eb']);
  }

  #cutDate(value: string): string {
    return this.#one([value, value.slice(0, 4), value.slice(0, 7), value.slice(0, 10), value.replace(/T(\d\d:\d\d).*?(Z|[+-]\d\d:\d\d)$/, 'T$1$2')]).replace(/-$/, '');
  }

  #number(value: string): string {
    const number = Number(value);
    return this.#one([value, number.toFixed(0), number.toFixed(1), number.toFixed(2), String(number + 1), number.toExponential(1)]);
  }

  #quantity(element: Json): string | undefined {
    const quantity = element?.value === undefined ? (element?.low ?? element?.high ?? element?.origin) : element;
    if (typeof quantity?.value !== 'number') return undefined;
    const kind = quantity.system === UCUM ? kinds.find((one) => Object.hasOwn(one, quantity.code)) : undefined;
    if (kind !== undefined && this.#maybe(0.5)) {
      const other = this.#one(Object.keys(kind));
      const told = Number(((quantity.value * Number(kind[quantity.code])) / Number(kind[other])).toPrecision(12));
      return `${this.#prefix()}${told}|${UCUM}|${other}`;
    }
    // other units are asked for by their text: the judge cannot tell all that UCUM makes of a code
    const byCode = kind !== undefined || quantity.system !== UCUM || /^(?:mm\[Hg\]|kg\/m2|Cel|fL)$/.test(quantity.code);
    const unit = this.#one(['', ...(byCode ? [`|${quantity.system ?? ''}|${quantity.code ?? ''}`] : []), `||${quantity.unit ?? ''}`, `|${quantity.system ?? ''}|`]);
    return `${this.#prefix()}${this.#number(String(quantity.value))}${unit}`;
  }

  #composite(resource: Json, isConcept: boolean): string | undefined {
    const one = this.#one([resource, ...(resource.component ?? [])]);
    const coding = one.code?.coding?.[0];
    if (coding?.code === undefined) return undefined;
    const code = this.#maybe(0.5) ? coding.code : `${coding.system ?? ''}|${coding.code}`;
    const concept = one.valueCodeableConcept?.coding?.[0];
    if (isConcept !== (concept !== undefined)) return undefined;
    const value = concept === undefined ? this.#quantity(one.valueQuantity) : this.#one([concept.code, `${concept.system ?? ''}|${concept.code}`]);
    return value === undefined ? undefined : `${code}$${value}`;
  }

  #url(value: string, modifier: string): string | undefined {
    if (!/^[a-z]+:\/\//.test(value)) return undefined;
    const parts = value.split('|')[0]?.split('/') ?? [];
    if (modifier === 'above') return this.#one([value, `${value}/more`, `${value}/more/still`]);
    return parts.slice(0, Math.max(3, parts.length - this.#one([0, 1, 2]))).join('/');
  }
}

function written({ modifier, name }: Asked): string {
  return modifier === undefined ? name : `${name}:${modifier}`;
}

/** The search as it goes over the wire. */
export function addressOf({ asked, type }: RandomSearch): string {
  const query = new URLSearchParams();
  for (const one of asked) query.append(written(one), one.values.map((value) => escaped(one, value)).join(','));
  return `/${type}?${query}&_elements=id&_count=1000`;
}

/** Commas, dollars and bars within a value are escaped, those between its parts are not. */
function escaped({ isText }: Asked, value: string): string {
  const text = value.replace(/\\/g, '\\\\').replace(/,/g, '\\,');
  return isText === true ? text.replace(/[$|]/g, '\\$&') : text;
}
