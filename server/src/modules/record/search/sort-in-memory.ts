// Orders made here, of what the index keeps only as hashes (codes, references, URIs).
import type { OrderKey } from './order.ts';

/** Merges more rows into the first `most` in order; `first` stays sorted. */
export function keepFirst<T>(first: T[], more: readonly T[], most: number, compare: (a: T, b: T) => number): void {
  const last = first.length < most ? undefined : first.at(-1);
  const wanted = last === undefined ? more : more.filter((row) => compare(row, last) < 0);
  if (wanted.length === 0) return;
  first.push(...wanted);
  first.sort(compare);
  first.length = Math.min(first.length, most);
}

/** Which of two places in an order comes first; what has no value comes last, whatever the direction. */
export function comparePlaces(keys: readonly OrderKey[], a: readonly unknown[], b: readonly unknown[]): number {
  for (const [i, key] of keys.entries()) {
    const order = compareValues(key, String(a[i]), String(b[i]));
    if (order !== 0) return order;
  }
  return 0;
}

function compareValues(key: OrderKey, a: string, b: string): number {
  if (a === b) return 0;
  if (key.read !== undefined && (a === '' || b === '')) return a === '' ? 1 : -1;
  const less = key.cast === 'bigint' ? BigInt(a) < BigInt(b) : key.cast === 'float8' ? Number(a) < Number(b) : a < b;
  return less === key.descending ? 1 : -1;
}
