import type { Filter } from './read-query.ts';

/** The query that was really used, for the self link (R4 search §3.1.1.3.1): in lenient handling without what was left out. */
export function selfOf(query: URLSearchParams, filters: readonly Filter[], lenient: boolean): string {
  const used = new Set(filters.map((f) => f.name));
  const self = new URLSearchParams();
  for (const [key, value] of query) {
    if (key === '_page') continue;
    const plain = key.startsWith('_has:') || key.includes('.') ? key : (key.split(':')[0] as string);
    if (!lenient || used.has(plain) || controls.test(plain)) self.append(key, value);
  }
  return self.toString();
}

const controls = /^_(sort|count|total|summary|elements|include|revinclude|type|format|pretty)$/;
