import type { Query } from './read-query.ts';
import { isFilterName } from './read-query.ts';

/** The query that was really used, for the self link (R4 search §3.1.1.3.1): in lenient handling without what was left out. */
export function selfOf(query: URLSearchParams, { filters, sort, includes }: Pick<Query, 'filters' | 'sort' | 'includes'>): string {
  const used = new Set(filters.map((f) => f.name));
  const self = new URLSearchParams();
  for (const [key, value] of query) {
    if (key === '_page') continue;
    if (key === '_sort') append(self, key, value.split(',').filter((name) => sort.some((s) => s.name === name.replace(/^-/, ''))).join(','));
    else if (/^_(rev)?include/.test(key)) append(self, key, includes.some((include) => include.text === value) ? value : '');
    else if (!isFilterName(key) || used.has(nameOf(key))) append(self, key, value);
  }
  return self.toString();
}

function append(self: URLSearchParams, key: string, value: string): void {
  if (value !== '') self.append(key, value);
}

function nameOf(key: string): string {
  return key.startsWith('_has:') || key.includes('.') ? key : (key.split(':')[0] as string);
}
