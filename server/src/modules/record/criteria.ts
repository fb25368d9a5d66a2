// Search criteria of conditional requests. R4 §3.1.0.8.1, §3.1.0.4.3, §3.1.0.7.1.
import { checkAddress } from './identity.ts';
import { emptyCriteria } from './refusals.ts';

export interface Criteria {
  readonly type: string;
  readonly query: URLSearchParams;
  /** The same for equal criteria, whatever the order of their parameters. */
  readonly text: string;
}

const aboutTheAnswer = new Set(['_format', '_pretty', '_summary', '_elements', '_count', '_sort', '_total']);

/** Reads criteria, with or without the leading `?` or `Type?`; refuses empty ones (412), which would select everything. */
export function criteriaOf(type: string, text: string | URLSearchParams): Criteria {
  checkAddress(type);
  const query = typeof text === 'string' ? new URLSearchParams(text.slice(text.indexOf('?') + 1)) : new URLSearchParams(text);
  for (const name of aboutTheAnswer) query.delete(name);
  const pairs = [...query].filter(([, value]) => value !== '').map(([name, value]) => `${name}=${value}`);
  if (pairs.length === 0) throw emptyCriteria(type);
  return { type, query, text: pairs.sort().join('&') };
}
