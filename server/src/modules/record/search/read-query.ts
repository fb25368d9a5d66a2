// A FHIR search as it was written, taken apart: filters, order, paging, shape, includes (R4 search §3.1.1).
import type { Issue } from '@sen/fhir';
import { badSearch, badValue, containedSearch } from './refusals.ts';
import { textValues } from './full-text/values.ts';

/** One filter: `name:modifier=value,value`. A name may be a chain or `_has`. */
export interface Filter {
  readonly name: string;
  readonly modifier: string | undefined;
  /** The OR list, still escaped within each value. */
  readonly values: readonly string[];
}

export interface SortKey {
  readonly name: string;
  readonly descending: boolean;
}

export interface Include {
  /** As the client wrote it. */
  readonly text: string;
  /** Source type; the searched type unless said otherwise. */
  readonly type: string;
  readonly parameter: string;
  readonly target: string | undefined;
  readonly iterate: boolean;
  readonly reverse: boolean;
}

export type Summary = 'true' | 'text' | 'data' | 'count' | 'false';

export interface Query {
  readonly filters: readonly Filter[];
  readonly sort: readonly SortKey[];
  readonly count: number;
  readonly total: 'none' | 'estimate' | 'accurate';
  readonly summary: Summary;
  readonly elements: readonly string[];
  readonly includes: readonly Include[];
  readonly types: readonly string[];
  readonly page: string | undefined;
  readonly warnings: Issue[];
}

export interface Limits {
  readonly countDefault: number;
  readonly countMax: number;
  /** Whether `_text` and `_content` are served. */
  readonly fullText: boolean;
}

/** Parameters that shape the answer or belong to HTTP, not to the search. */
const ignored = new Set(['_format', '_pretty']);

/** Splits at a separator that is not escaped by a backslash (R4 search §3.1.1.4.1). */
export function splitEscaped(text: string, separator: string): string[] {
  if (!text.includes('\\')) return text.split(separator);
  const parts = [''];
  for (let i = 0; i < text.length; i++) {
    const character = text.charAt(i);
    if (character === '\\' && i + 1 < text.length) parts[parts.length - 1] += character + text.charAt(++i);
    else if (character === separator) parts.push('');
    else parts[parts.length - 1] += character;
  }
  return parts;
}

/** Takes the backslashes of escapes away. */
export function unescape(text: string): string {
  return text.includes('\\') ? text.replace(/\\([\\,|$])/g, '$1') : text;
}

/** Reads a query string into its parts. Refuses controls that make no sense; filters are judged by conditions.ts. */
export function readQuery(type: string | undefined, query: URLSearchParams, limits: Limits): Query {
  const filters: Filter[] = [];
  const controls = new Map<string, string[]>();
  for (const [key, value] of query) {
    const name = key.split(':')[0] as string;
    if (ignored.has(name)) continue;
    // PostgreSQL has no text with U+0000, and no FHIR value may hold it
    if (value.includes('\0')) throw badValue(name.slice(0, 64), 'text: it holds U+0000');
    if (controlNames.has(name)) controls.set(key, [...(controls.get(key) ?? []), value]);
    else if (value !== '') filters.push(readFilter(key, value));
  }
  checkContained(controls);
  readChoice('_explain', controls.get('_explain')?.at(-1), ['true', 'false']);
  const one = (name: string): string | undefined => controls.get(name)?.at(-1);
  const summary = readChoice('_summary', one('_summary'), ['true', 'text', 'data', 'count', 'false']) ?? 'false';
  const includes = [...controls].flatMap(([key, values]) => (/^_(rev)?include/.test(key) ? values.map((v) => readInclude(type, key, v)) : []));
  // R4 search.html, _summary: it cannot be mixed with includes
  if (summary === 'text' && includes.length > 0) throw badControl('_summary', 'true | data | count | false together with _include and _revinclude');
  return {
    filters,
    sort: (one('_sort') ?? '').split(',').filter((s) => s !== '').map(readSort),
    count: readCount(one('_count'), limits),
    total: readChoice('_total', one('_total'), ['none', 'estimate', 'accurate']) ?? 'none',
    summary,
    elements: [...(controls.get('_elements') ?? [])].flatMap((v) => v.split(',')).map((v) => v.trim()).filter((v) => v !== ''),
    includes,
    types: (controls.get('_type') ?? []).flatMap((v) => v.split(',')).filter((v) => v !== ''),
    page: one('_page'),
    warnings: [],
  };
}

const controlNames = new Set(['_sort', '_count', '_total', '_summary', '_elements', '_include', '_revinclude', '_page', '_type', '_contained', '_containedType', '_explain']);

/** Tells whether a parameter selects resources, and does not only shape the answer. */
export function isFilterName(key: string): boolean {
  const name = key.split(':')[0] as string;
  return name !== '' && !ignored.has(name) && !controlNames.has(name);
}

function readFilter(key: string, value: string): Filter {
  if (key === '_filter') return { name: key, modifier: undefined, values: [value] };
  if (key === '_text' || key === '_content') return { name: key, modifier: undefined, values: textValues(value) };
  // `_has:Type:ref:param` and chains keep their colons: each link is read where it is followed
  if (key.startsWith('_has:') || key.includes('.')) return { name: key, modifier: undefined, values: valuesIn(value) };
  const colon = key.indexOf(':');
  return {
    name: colon < 0 ? key : key.slice(0, colon),
    modifier: colon < 0 ? undefined : key.slice(colon + 1),
    values: valuesIn(value),
  };
}

function valuesIn(list: string): string[] {
  return splitEscaped(list, ',').filter((value) => value !== '');
}

function readSort(text: string): SortKey {
  const descending = text.startsWith('-');
  return { name: descending ? text.slice(1) : text, descending };
}

function readCount(text: string | undefined, limits: Limits): number {
  if (text === undefined) return limits.countDefault;
  if (!/^\d+$/.test(text)) throw badControl('_count', 'a whole number');
  return Math.min(Number(text), limits.countMax);
}

function readChoice<T extends string>(name: string, text: string | undefined, choices: readonly T[]): T | undefined {
  if (text === undefined) return undefined;
  return choices.find((choice) => choice === text) ?? refuseControl(name, choices.join(' | '));
}

/**
 * R4 search.html, "Contained Resources": contained resources are found with and by the resource that holds them, never alone. The index has no rows
 * of theirs, since what is contained has no identity of its own (R4 references.html §2.3.0.3).
 */
function checkContained(controls: ReadonlyMap<string, readonly string[]>): void {
  const contained = readChoice('_contained', controls.get('_contained')?.at(-1), ['false', 'true', 'both']) ?? 'false';
  readChoice('_containedType', controls.get('_containedType')?.at(-1), ['container', 'contained']);
  if (contained !== 'false') throw containedSearch();
}

function readInclude(type: string | undefined, key: string, value: string): Include {
  const [name, modifier] = key.split(':');
  if (modifier !== undefined && modifier !== 'iterate' && modifier !== 'recurse') throw badControl(key, '_include:iterate');
  // every resource that points to a match, by whatever parameter
  if (value === '*' && name === '_revinclude') return { text: value, type: '*', parameter: '*', target: undefined, iterate: modifier !== undefined, reverse: true };
  const parts = value.split(':');
  const [source, parameter, target] = parts.length === 1 && type !== undefined ? [type, parts[0], undefined] : parts;
  if (source === undefined || parameter === undefined || parts.length > 3) throw badControl(name ?? key, 'Type:parameter[:TargetType]');
  return { text: value, type: source, parameter, target, iterate: modifier !== undefined, reverse: name === '_revinclude' };
}

function refuseControl(name: string, expected: string): never {
  throw badControl(name, expected);
}

function badControl(name: string, expected: string): Error {
  return badSearch('bad-control', `Search control "${name}": expected ${expected}.`, `Tham số điều khiển "${name}": cần ${expected}.`);
}
