// Collections as sets. A resource may list thousands of items, so that nothing here compares each with each.
import { isNumber, numberValue } from '../../json/lossless.ts';
import { isNode, type Item } from './nodes.ts';
import { sameItem } from './operators.ts';

const few = 8;

/** Leaves each item once, the first of equals. */
export function distinct(items: readonly Item[]): readonly Item[] {
  if (items.length < 2) return items;
  const known = new Map<string, Item[]>();
  return items.filter((item) => {
    const bucket = bucketOf(known, item);
    return bucket.some((other) => sameItem(item, other) === true) ? false : bucket.push(item) > 0;
  });
}

/** Makes the test whether an item equals one of a collection. */
export function memberTest(items: readonly Item[]): (item: Item) => boolean {
  if (items.length <= few) return (item) => items.some((other) => sameItem(item, other) === true);
  const known = new Map<string, Item[]>();
  for (const item of items) bucketOf(known, item).push(item);
  return (item) => known.get(keyOf(item))?.some((other) => sameItem(item, other) === true) === true;
}

function bucketOf(known: Map<string, Item[]>, item: Item): Item[] {
  const key = keyOf(item);
  const bucket = known.get(key) ?? [];
  known.set(key, bucket);
  return bucket;
}

/** Equal items have equal keys; most others have different ones. Dates share one: they may be equal though written otherwise. */
function keyOf(item: Item): string {
  if (!isNode(item)) return `${typeof item}:${String(item)}`;
  if (item.type === 'date' || item.type === 'dateTime' || item.type === 'instant') return 'date';
  return keyOfJson(item.value ?? item.beside);
}

function keyOfJson(value: unknown): string {
  if (isNumber(value)) return `number:${numberValue(value)}`;
  if (typeof value !== 'object' || value === null) return `${typeof value}:${String(value)}`;
  if (Array.isArray(value)) return `[${value.map(keyOfJson).join(',')}]`;
  const json = value as Readonly<Record<string, unknown>>;
  return `{${Object.keys(json).sort().map((name) => `${name}=${keyOfJson(json[name])}`).join(',')}}`;
}
