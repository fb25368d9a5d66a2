import type { Statement } from '../../../platform/database.ts';

// Searches of one shape share a statement name and so are parsed once a connection. Bounded: each name costs every connection some memory.
const NAMES_MAX = 500;
const names = new Map<string, string>();

/** A search statement: planned for its values, named when its shape is one of the first 500 seen. */
export function searchStatement(text: string, values: readonly unknown[]): Statement {
  let name = names.get(text);
  if (name === undefined && names.size < NAMES_MAX) {
    name = `search-${names.size}`;
    names.set(text, name);
  }
  return name === undefined ? { text, values, plan: 'custom' } : { name, text, values, plan: 'custom' };
}
