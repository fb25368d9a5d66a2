// Search criteria of conditional requests. R4 §3.1.0.8.1, §3.1.0.4.3, §3.1.0.7.1.
import { checkAddress } from './identity.ts';
import { criteriaOfOtherType, emptyCriteria } from './refusals.ts';
import { isFilterName } from './search/read-query.ts';

export interface Criteria {
  readonly type: string;
  readonly query: URLSearchParams;
  /** The same for equal criteria, whatever the order of their parameters. */
  readonly text: string;
}

/**
 * Reads criteria, with or without the leading `?` or `Type?`. What selects nothing (`_sort`, `_include`, empty values) is left out; refuses (412)
 * when nothing remains, which would select everything, and (400) the criteria of another type.
 */
export function criteriaOf(type: string, text: string | URLSearchParams): Criteria {
  checkAddress(type);
  const query = new URLSearchParams();
  for (const [name, value] of typeof text === 'string' ? new URLSearchParams(afterType(type, text)) : text) {
    if (isFilterName(name) && /[^,\s]/.test(value)) query.append(name, value);
  }
  if (query.size === 0) throw emptyCriteria(type);
  return { type, query, text: Array.from(query, ([name, value]) => new URLSearchParams([[name, value]]).toString()).sort().join('&') };
}

/** The names of the criteria, for messages: their values may be a patient's. */
export function namesOf({ query }: Pick<Criteria, 'query'>): string {
  return [...query.keys()].map((name) => `${name}=…`).join('&');
}

function afterType(type: string, text: string): string {
  const cut = text.search(/[?=]/);
  if (cut < 0 || text[cut] === '=') return text;
  const named = text.slice(0, cut);
  if (named !== '' && named !== type && !named.endsWith(`/${type}`)) throw criteriaOfOtherType(type);
  return text.slice(cut + 1);
}
