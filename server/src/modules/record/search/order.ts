// The order of results and the place where a page ends. Pages continue after a place in the order, not after a number of rows, so that
// writes between two pages neither repeat nor skip what stays unchanged.
import { mainDate, ownerOf, placeOf, sortTextReader, type Resource, type SearchParameter } from '@sen/fhir';
import type { SortKey } from './read-query.ts';
import { badSearch } from './refusals.ts';
import { parameterFor } from './conditions.ts';
import { quantityPlaces } from './conditions/number.ts';
import { textRange } from './conditions/string.ts';
import { PREFIX_LENGTH } from '../store/place-prefix.ts';
import { anyOf, type Parameters } from './sql.ts';

export interface OrderKey {
  /** SQL value, never null. */
  readonly sql: string;
  readonly cast: 'bigint' | 'text' | 'float8';
  readonly descending: boolean;
  /** Reads the value from the resource, where PostgreSQL has only its hash. */
  readonly read?: (resource: Resource) => string;
}

/**
 * The keys of an order, the resource's key last so that no two rows are equal. Without `_sort`: newest main date first; people, whose date is that of their birth, in the
 * order of their keys: the matches of a name are then cut to a page before any row is read (16,000 patients: 0.9 against 3.8 ms).
 */
export function orderOf(type: string, sort: readonly SortKey[], parameters: Parameters): OrderKey[] {
  const usual = mainDate[type] === 'birthdate' ? [] : [{ sql: 'r.date_low', cast: 'bigint', descending: true } as const];
  const asked = sort.length === 0 ? usual : sort.map((s) => orderKey(type, s, parameters));
  return [...asked, { sql: 'r.key', cast: 'bigint', descending: false }];
}

function orderKey(type: string, { name, descending }: SortKey, p: Parameters): OrderKey {
  if (name === '_lastUpdated') return { sql: 'r.updated', cast: 'bigint', descending };
  if (name === '_id') return { sql: 'r.id', cast: 'text', descending };
  const parameter = parameterFor(p.sight, type, name);
  if (mainDate[type] === name) return { sql: 'r.date_low', cast: 'bigint', descending };
  switch (parameter.type) {
    case 'string':
      return { sql: textValue(type, parameter, descending, p), cast: 'text', descending };
    case 'date':
    case 'number':
    case 'quantity':
      return { sql: rangeValue(type, parameter, descending, p), cast: 'float8', descending };
    case 'token':
    case 'reference':
    case 'uri':
      return { sql: "''::text", cast: 'text', descending, read: sortTextReader(type, parameter) };
    default:
      throw badSearch('bad-control', `Sorting by "${name}" is not supported.`, `Không hỗ trợ sắp xếp theo "${name}".`);
  }
}

/** The least text of a parameter (the greatest when descending); rows without one come last (R4 search §3.1.1.5.1 leaves it open). */
function textValue(type: string, parameter: SearchParameter, descending: boolean, p: Parameters): string {
  const places = parameter.paths.map((path) => textRange('v.text', placeOf(ownerOf(type, parameter), path, 'string'), '', p));
  const value = `${descending ? 'max' : 'min'}(substr(v.text, ${PREFIX_LENGTH + 1}))`;
  return `coalesce((select ${value} from record.text_value v where v.key = r.key and ${anyOf(places)}), '${descending ? '' : '\u{10FFFF}'}')`;
}

/** The same of a date, number or quantity. */
function rangeValue(type: string, parameter: SearchParameter, descending: boolean, p: Parameters): string {
  const owner = ownerOf(type, parameter);
  const places = parameter.type === 'quantity' ? parameter.paths.map((path) => quantityPlaces(owner, path, p)).join(' || ') : p.bigints(parameter.paths.map((path) => placeOf(owner, path, 'range')));
  const value = descending ? 'max(v.high)' : 'min(v.low)';
  return `coalesce((select ${value} from record.range_value v where v.key = r.key and v.place = any(${places})), '${descending ? '-' : ''}Infinity'::float8)`;
}

/** ORDER BY over the columns `o1 … on` of the order keys. */
export function orderBy(keys: readonly OrderKey[], column: (index: number) => string): string {
  return keys.map((key, i) => `${column(i)} ${key.descending ? 'desc' : 'asc'}`).join(', ');
}

/** Rows that come after a place: differ first at one key, and there in the key's direction. */
export function afterPlace(keys: readonly OrderKey[], place: readonly string[], p: Parameters): string {
  const values = keys.map((key, i) => `${p.add(place[i])}::${key.cast}`);
  const branches = keys.map((key, i) => {
    const equal = keys.slice(0, i).map((k, j) => `${k.sql} = ${values[j]}`);
    return `(${[...equal, `${key.sql} ${key.descending ? '<' : '>'} ${values[i]}`].join(' and ')})`;
  });
  // the bound on the first key alone lets the index begin where the page before it ended
  return `${keys[0]?.sql} ${keys[0]?.descending ? '<=' : '>='} ${values[0]} and (${branches.join(' or ')})`;
}

/** The opaque text of a place, for the link to the next page. */
export function writePlace(values: readonly unknown[]): string {
  return Buffer.from(JSON.stringify(values.map(String))).toString('base64url');
}

/** Tells whether a text is a whole number that PostgreSQL's bigint holds. */
export function isBigint(text: string): boolean {
  return /^-?\d{1,19}$/.test(text) && BigInt.asIntN(64, BigInt(text)) === BigInt(text);
}

const place = {
  bigint: isBigint,
  float8: (text: string) => /^-?(?:Infinity|\d+(?:\.\d+)?(?:e[+-]?\d+)?)$/.test(text) && (text.endsWith('Infinity') || Number.isFinite(Number(text))),
  text: (text: string) => !text.includes('\0') && text.isWellFormed(),
} as const;

function isPlaceOf(cast: OrderKey['cast'] | undefined, value: unknown): boolean {
  return cast !== undefined && typeof value === 'string' && place[cast](value);
}

/** Reads a place back; refuses what writePlace did not make for this order. */
export function readPlace(text: string, keys: readonly OrderKey[]): string[] {
  try {
    const values = JSON.parse(Buffer.from(text, 'base64url').toString()) as unknown;
    if (Array.isArray(values) && values.length === keys.length && values.every((value, i) => isPlaceOf(keys[i]?.cast, value))) return values as string[];
  } catch {
    // falls through to the refusal
  }
  throw badSearch('bad-control', 'The page link is damaged or belongs to another search; start again from the first page.', 'Liên kết trang bị hỏng hoặc thuộc tìm kiếm khác; hãy bắt đầu lại từ trang đầu.');
}
