// Orders by codes, references and URIs, which the index keeps only as hashes: the matches are read, sorted here and cut to the page.
import { parseLossless, type Resource } from '@sen/fhir';
import { Refusal } from '../../../platform/refusal.ts';
import { unpackContent } from '../store/codec.ts';
import type { OrderKey } from './order.ts';

/** More matches than this are refused: sorting them here would hold up everyone else. */
export const SORTED_MAX = 5000;

/** Refuses to sort a result that is too large, and says what to do. */
export function tooManyToSort(): Refusal {
  const text = {
    vi: `Chỉ sắp xếp theo mã hoặc tham chiếu khi có tối đa ${SORTED_MAX} kết quả: hãy thu hẹp tìm kiếm.`,
    en: `Sorting by a code or reference is limited to ${SORTED_MAX} results: narrow the search.`,
  };
  return new Refusal('incorrect', 'record.too-many-to-sort', text, [{ severity: 'error', code: 'too-costly', diagnostics: text.en }]);
}

export interface Sortable {
  readonly content: Buffer;
  /** Values of the order keys as PostgreSQL gave them; those read from the resource are filled in here. */
  readonly values: unknown[];
}

/** Sorts rows by all keys, the ones after `place` only. */
export function sortRows<T extends Sortable>(rows: T[], keys: readonly OrderKey[], place: readonly string[] | undefined): T[] {
  for (const row of rows) {
    const resource = parseLossless(unpackContent(row.content).toString()) as Resource;
    keys.forEach((key, i) => {
      if (key.read !== undefined) row.values[i] = key.read(resource);
    });
  }
  const sorted = rows.sort((a, b) => compare(keys, a.values, b.values));
  return place === undefined ? sorted : sorted.filter((row) => compare(keys, row.values, place) > 0);
}

function compare(keys: readonly OrderKey[], a: readonly unknown[], b: readonly unknown[]): number {
  for (const [i, key] of keys.entries()) {
    const order = compareValues(key, String(a[i]), String(b[i]));
    if (order !== 0) return order;
  }
  return 0;
}

function compareValues(key: OrderKey, a: string, b: string): number {
  if (a === b) return 0;
  if (key.cast === 'text' && (a === '' || b === '')) return a === '' ? 1 : -1; // without a value: last
  const less = key.cast === 'bigint' ? BigInt(a) < BigInt(b) : key.cast === 'float8' ? Number(a) < Number(b) : a < b;
  return less === key.descending ? 1 : -1;
}
