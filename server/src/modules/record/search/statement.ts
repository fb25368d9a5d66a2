import type { Statement } from '../../../platform/database.ts';

// Searches of one shape share a statement name and so are parsed once a connection. Bounded: each name costs every connection some memory.
const NAMES_MAX = 500;
const names = new Map<string, string>();

/** A search statement, named when its shape is one of the first 500 seen; planned anew for its values unless it is sure to meet few rows. */
export function searchStatement(text: string, values: readonly unknown[], fewRows: boolean): Statement {
  let name = names.get(text);
  if (name === undefined && names.size < NAMES_MAX) {
    name = `search-${names.size}`;
    names.set(text, name);
  }
  const named = name === undefined ? { text, values } : { name, text, values };
  return fewRows ? named : { ...named, plan: 'custom' };
}
