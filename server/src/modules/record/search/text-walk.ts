// A search by one text alone (`Patient?name=hùng`) in the order of the texts themselves: the index gives a page at once, however many bear the name,
// where any other order must first find them all (64,000 patients: 0.4 against 1.4 ms for a common name; a million: 20 times that).
import { mainDate, typeCode } from '@sen/fhir';
import { tableOf } from '../store/partitions.ts';
import { placePrefix } from '../store/place-prefix.ts';
import { parameterFor } from './conditions.ts';
import { LAST, soughtTexts } from './conditions/string.ts';
import type { OrderKey } from './order.ts';
import type { Query } from './read-query.ts';
import type { Parameters } from './sql.ts';

export interface TextWalk {
  readonly from: string;
  readonly where: string;
  readonly order: readonly OrderKey[];
}

/** The walk that answers a search, or undefined: it asks for an order or a count, for more than one text, or for a type told by date. */
export function textWalk(type: string, read: Query, parameters: Parameters): TextWalk | undefined {
  const [filter, ...others] = read.filters;
  const dated = mainDate[type] !== undefined && mainDate[type] !== 'birthdate';
  if (filter === undefined || others.length > 0 || dated || read.sort.length > 0 || read.total !== 'none' || read.count === 0 || read.summary === 'count') return undefined;
  if (filter.modifier !== undefined || filter.name.startsWith('_') || filter.name.includes('.')) return undefined;
  const parameter = parameterFor(parameters.sight, type, filter.name);
  const [sought, ...more] = parameter.type === 'string' ? soughtTexts(type, parameter, filter.values) : [];
  if (sought === undefined || more.length > 0) return undefined;
  const start = placePrefix(sought.place) + sought.text;
  const seen = parameters.sight.sees(type, 'r', parameters);
  const [low, high] = [parameters.add(start), parameters.add(start + LAST)];
  return {
    from: `record.text_value v join ${tableOf(type)} r on r.type = ${typeCode(type)} and r.key = v.key`,
    // a resource with two such texts stands at the first
    where: `v.text >= ${low} and v.text < ${high} and not exists (select from record.text_value w where w.key = v.key and w.text >= ${low} and w.text < v.text)${seen === 'true' ? '' : ` and ${seen}`}`,
    order: [{ sql: 'v.text', cast: 'text', descending: false }, { sql: 'v.key', cast: 'bigint', descending: false }],
  };
}
