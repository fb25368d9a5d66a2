// String parameters (R4 search §3.1.1.4.9): the start of the text, without case and accents; `:exact` to the letter.
import { exactTerm, findText, fold, foldedLength, placeOf } from '@sen/fhir';
import { badModifier } from '../refusals.ts';
import { unescape } from '../read-query.ts';
import { placePrefix } from '../../store/place-prefix.ts';
import { anyOf, type Parameters } from '../sql.ts';
import { hasToken, type ParameterFilter, type Scope } from './scope.ts';

/** Greater than every text that begins as the prefix does, in the order of bytes. */
const LAST = '\u{10FFFF}';

export function stringCondition(scope: Scope, filter: ParameterFilter): string {
  const { modifier, owner, parameter, values } = filter;
  if (modifier === 'exact') {
    return hasToken(scope, parameter.paths.flatMap((path) => values.map((v) => exactTerm(unescape(v)) ^ placeOf(owner, path, 'exact'))));
  }
  if (modifier !== undefined) throw badModifier(filter.name, modifier);
  const places = parameter.paths.map((path) => placeOf(owner, path, 'string'));
  const folded = values.map((v) => (parameter.code === 'find' ? findText(unescape(v)) : fold(unescape(v))).slice(0, foldedLength));
  return textCondition(scope, places, folded);
}

/** Rows with a text that begins with one of the folded ones, at one of the places. */
export function textCondition(scope: Scope, places: readonly bigint[], folded: readonly string[]): string {
  const ranges = places.flatMap((place) => folded.map((text) => textRange('text', place, text, scope.parameters)));
  return `${scope.alias}.key in (select key from record.text_value where ${anyOf(ranges)})`;
}

/** The condition on a column of text_value: at a place, beginning with a text. */
export function textRange(column: string, place: bigint, text: string, parameters: Parameters): string {
  const start = placePrefix(place) + text;
  return `(${column} >= ${parameters.add(start)} and ${column} < ${parameters.add(start + LAST)})`;
}
