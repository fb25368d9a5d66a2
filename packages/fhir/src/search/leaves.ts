// How the value at the end of a path becomes index rows, by kind of index and FHIR type of the value.
import { isNumber, numberValue } from '../json/lossless.ts';
import { dateInterval, type Zone } from './dates.ts';
import { fold, foldedLength, wordTails } from './fold.ts';
import { keyOf } from './keys.ts';
import type { Sink } from './sink.ts';
import { codeTerm, exactTerm, systemCodeTerm, systemTerm, typeTerm, uriTerm } from './terms.ts';

export type Json = Record<string, unknown>;
export type Leaf = (value: unknown, sink: Sink) => void;

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);
const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const object = (value: unknown): Json | undefined => (typeof value === 'object' && value !== null ? (value as Json) : undefined);

/**
 * Rows of a token parameter (R4 search §3.1.1.4.10): the code, the code in its system, the system. With `codeOnly` just the code.
 * Undefined for a FHIR type that tokens do not cover.
 */
export function tokenLeaf(type: string, place: bigint, codeOnly = false): Leaf | undefined {
  const add = (sink: Sink, system: string | undefined, code: string | undefined): void => {
    if (code !== undefined) sink.tokens.add(codeTerm(code) ^ place);
    if (codeOnly) return;
    if (code !== undefined) sink.tokens.add(systemCodeTerm(system ?? '', code) ^ place);
    if (system !== undefined) sink.tokens.add(systemTerm(system) ^ place);
  };
  switch (type) {
    case 'Coding':
      return (v, sink) => add(sink, text(object(v)?.['system']), text(object(v)?.['code']));
    case 'CodeableConcept':
      return (v, sink) => {
        for (const coding of list(object(v)?.['coding'])) add(sink, text(object(coding)?.['system']), text(object(coding)?.['code']));
      };
    case 'Identifier':
      return (v, sink) => add(sink, text(object(v)?.['system']), text(object(v)?.['value']));
    case 'ContactPoint':
      return (v, sink) => {
        const value = text(object(v)?.['value']);
        if (value !== undefined) sink.tokens.add(codeTerm(contactText(value)) ^ place);
      };
    case 'boolean':
      return (v, sink) => sink.tokens.add(codeTerm(String(v)) ^ place);
    case 'code': case 'string': case 'id': case 'uri': case 'url': case 'canonical': case 'oid': case 'uuid': case 'markdown':
      return (v, sink) => {
        if (typeof v === 'string') sink.tokens.add(codeTerm(v) ^ place);
      };
    default:
      return undefined;
  }
}

/** A phone number or address as it is compared: digits with a leading 0 for +84, or the text in lower case. */
export function contactText(value: string): string {
  if (!/^[+\d][\d\s().-]*$/.test(value)) return value.trim().toLowerCase();
  return value.replace(/[^\d+]/g, '').replace(/^\+84/, '0').replace(/^0084/, '0');
}

/** Parts of an address that have parameters, and so rows, of their own; a search of the whole address reads those too. */
export const addressParts: readonly string[] = ['city', 'state', 'country', 'postalCode'];

/** Rows of a string parameter (R4 search §3.1.1.4.9). Names and addresses give each part; names also every run of words to their end. */
export function stringLeaf(type: string, place: bigint, exactPlace: bigint, byWord: boolean): Leaf | undefined {
  const add = (sink: Sink, value: unknown, tails: boolean): void => {
    if (typeof value !== 'string') return;
    sink.tokens.add(exactTerm(value) ^ exactPlace);
    const folded = fold(value).slice(0, foldedLength);
    for (const tail of tails ? wordTails(folded) : [folded]) sink.addString(place, tail);
  };
  switch (type) {
    case 'HumanName':
      return (v, sink) => addName(object(v) ?? {}, (value, tails) => add(sink, value, tails));
    case 'Address':
      return (v, sink) => {
        const address = object(v) ?? {};
        for (const part of ['text', 'district']) add(sink, address[part], false);
        for (const line of list(address['line'])) add(sink, line, false);
      };
    case 'string': case 'markdown': case 'code': case 'id': case 'uri':
      return byWord ? (v, sink) => addNumber(sink, place, v) : (v, sink) => add(sink, v, false);
    default:
      return undefined;
  }
}

function addName(name: Json, add: (value: unknown, tails: boolean) => void): void {
  const given = list(name['given']).filter((g) => typeof g === 'string');
  const family = text(name['family']);
  if (text(name['text']) !== undefined) add(name['text'], true);
  else if (family !== undefined && given.length > 0) {
    add([family, ...given].join(' '), true);
    add([...given, family].join(' '), true);
  }
  add(family, false);
  for (const part of [...given, ...list(name['prefix']), ...list(name['suffix'])]) add(part, false);
}

/** A number that people type with or without its dots and spaces. */
function addNumber(sink: Sink, place: bigint, value: unknown): void {
  if (typeof value !== 'string') return;
  sink.addString(place, numberText(value).slice(0, foldedLength));
}

/** A number, phone or address as `find` compares it. */
export function numberText(value: string): string {
  return /^[+\d][\d\s().-]*$/.test(value) ? contactText(value).replace(/\+/g, '') : fold(value);
}

/** Rows of a date parameter: the interval of the value. */
export function dateLeaf(type: string, zone: Zone, add: (sink: Sink, low: number, high: number) => void): Leaf | undefined {
  switch (type) {
    case 'date': case 'dateTime': case 'instant':
      return (v, sink) => {
        const interval = typeof v === 'string' ? dateInterval(v, zone) : undefined;
        if (interval !== undefined) add(sink, interval.low, interval.high);
      };
    case 'Period':
      return (v, sink) => addPeriod(v, sink);
    case 'Timing':
      return (v, sink) => {
        for (const event of list(object(v)?.['event'])) {
          const interval = typeof event === 'string' ? dateInterval(event, zone) : undefined;
          if (interval !== undefined) add(sink, interval.low, interval.high);
        }
        addPeriod(object(object(v)?.['repeat'])?.['boundsPeriod'], sink);
      };
    default:
      return undefined;
  }
  function addPeriod(value: unknown, sink: Sink): void {
    const start = text(object(value)?.['start']);
    const end = text(object(value)?.['end']);
    if (start === undefined && end === undefined) return;
    const low = start === undefined ? -Infinity : dateInterval(start, zone)?.low;
    const high = end === undefined ? Infinity : dateInterval(end, zone)?.high;
    if (low !== undefined && high !== undefined) add(sink, low, high);
  }
}

/** Rows of a number or quantity parameter; a quantity's unit becomes a token beside it. */
export function numberLeaf(type: string, place: bigint, unitPlace: bigint): Leaf | undefined {
  const add = (sink: Sink, low: number, high: number, unitOf: Json | undefined): void => {
    sink.addRange(place, low, high);
    addUnit(sink, unitPlace, unitOf);
  };
  switch (type) {
    case 'integer': case 'positiveInt': case 'unsignedInt': case 'decimal':
      return (v, sink) => {
        if (isNumber(v)) sink.addRange(place, numberValue(v), numberValue(v));
      };
    case 'Quantity': case 'Age': case 'Duration': case 'Count': case 'Distance': case 'Money': case 'SimpleQuantity':
      return (v, sink) => addQuantity(object(v), (low, high) => add(sink, low, high, object(v)));
    case 'Range':
      return (v, sink) => addBetween(object(object(v)?.['low']), object(object(v)?.['high']), (low, high, unitOf) => add(sink, low, high, unitOf));
    case 'SampledData':
      return (v, sink) => addQuantity(object(object(v)?.['origin']), (low, high) => add(sink, low, high, object(object(v)?.['origin'])));
    default:
      return undefined;
  }
}

/** A quantity with a comparator reaches to infinity on its side. */
function addQuantity(quantity: Json | undefined, add: (low: number, high: number) => void): void {
  const value = quantity?.['value'];
  if (!isNumber(value)) return;
  const comparator = String(quantity?.['comparator'] ?? '');
  const number = numberValue(value);
  add(comparator.startsWith('<') ? -Infinity : number, comparator.startsWith('>') ? Infinity : number);
}

function addBetween(low: Json | undefined, high: Json | undefined, add: (low: number, high: number, unitOf: Json | undefined) => void): void {
  const from = isNumber(low?.['value']) ? numberValue(low['value']) : -Infinity;
  const to = isNumber(high?.['value']) ? numberValue(high['value']) : Infinity;
  if (from !== -Infinity || to !== Infinity) add(from, to, low ?? high);
}

function addUnit(sink: Sink, place: bigint, quantity: Json | undefined): void {
  const system = text(quantity?.['system']);
  const code = text(quantity?.['code']) ?? text(quantity?.['unit']) ?? text(quantity?.['currency']);
  if (code === undefined) return;
  sink.tokens.add(codeTerm(code) ^ place);
  if (system !== undefined) sink.tokens.add(systemCodeTerm(system, code) ^ place);
}

/** Rows of a uri parameter, and of references that are URIs. A canonical `url|version` is found with and without its version. */
export function uriLeaf(place: bigint): Leaf {
  return (v, sink) => {
    if (typeof v !== 'string') return;
    sink.tokens.add(uriTerm(v) ^ place);
    const cut = v.indexOf('|');
    if (cut > 0) sink.tokens.add(uriTerm(v.slice(0, cut)) ^ place);
  };
}

const literal = /^(?:(https?:\/\/.+)\/)?([A-Z][A-Za-z]+)\/([A-Za-z0-9\-.]{1,64})(?:\/_history\/[A-Za-z0-9\-.]{1,64})?$/;

export interface LiteralReference {
  readonly base: string | undefined;
  readonly type: string;
  readonly id: string;
}

/** Reads `Type/id`, `base/Type/id` and their versioned forms; undefined for anything else. */
export function parseReference(reference: string): LiteralReference | undefined {
  const match = literal.exec(reference);
  return match === null ? undefined : { base: match[1], type: match[2] as string, id: match[3] as string };
}

/** Rows of a reference parameter; a reference below one of `bases`, our own addresses, is one to a resource of this server. */
export function referenceLeaf(type: string, place: bigint, bases: readonly string[]): Leaf | undefined {
  if (type === 'Reference') {
    return (v, sink) => {
      const reference = text(object(v)?.['reference']);
      if (reference === undefined || reference.startsWith('#')) return;
      const found = parseReference(reference);
      if (found === undefined || !isOurs(found, bases)) sink.tokens.add(uriTerm(reference) ^ place);
      else sink.tokens.add(keyOf(found.id) ^ typeTerm(found.type) ^ place);
    };
  }
  if (type === 'Resource') {
    return (v, sink) => {
      const resource = object(v);
      const id = text(resource?.['id']);
      if (id !== undefined) sink.tokens.add(keyOf(id) ^ typeTerm(String(resource?.['resourceType'])) ^ place);
    };
  }
  return type === 'canonical' || type === 'uri' || type === 'url' ? canonicalLeaf(place) : undefined;
}

/** A canonical that is written as an address of this server (`Library/1|2.0`) is found as a reference too. */
function canonicalLeaf(place: bigint): Leaf {
  const asUri = uriLeaf(place);
  return (v, sink) => {
    asUri(v, sink);
    const found = typeof v === 'string' ? parseReference(v.split('|')[0] as string) : undefined;
    if (found !== undefined && found.base === undefined) sink.tokens.add(keyOf(found.id) ^ typeTerm(found.type) ^ place);
  };
}

function isOurs({ base }: LiteralReference, bases: readonly string[]): boolean {
  return base === undefined || bases.includes(base);
}

/** The patient a Reference points to, as its key; undefined when it is none of ours. */
export function patientKey(value: unknown, bases: readonly string[]): bigint | undefined {
  const reference = text(object(value)?.['reference']);
  if (reference === undefined) return undefined;
  const found = parseReference(reference);
  return found?.type === 'Patient' && isOurs(found, bases) ? keyOf(found.id) : undefined;
}
