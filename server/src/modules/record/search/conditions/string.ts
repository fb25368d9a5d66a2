// String parameters (R4 search §3.1.1.4.9): the start of the text, without case and accents; `:exact` to the letter.
import { addressParts, exactTerm, findText, fold, foldedLength, leafTypesOf, placeOf } from '@sen/fhir';
import { badModifier } from '../refusals.ts';
import { unescape } from '../read-query.ts';
import { placePrefix } from '../../store/place-prefix.ts';
import { anyOf, type Parameters } from '../sql.ts';
import { hasToken, type ParameterFilter, type Scope } from './scope.ts';

/** Greater than every text that begins as the prefix does, in the order of bytes. */
const LAST = '\u{10FFFF}';

export function stringCondition(scope: Scope, filter: ParameterFilter): string {
  const { modifier, owner, parameter, values } = filter;
  const paths = parameter.paths.flatMap((path) => partsOf(scope.type, path));
  if (modifier === 'exact') {
    return hasToken(scope, paths.flatMap((path) => values.map((v) => exactTerm(unescape(v)) ^ placeOf(owner, path, 'exact'))));
  }
  if (modifier !== undefined) throw badModifier(filter.name, modifier);
  const places = paths.map((path) => placeOf(owner, path, 'string'));
  const folded = values.map((v) => (parameter.code === 'find' ? findText(unescape(v)) : fold(unescape(v))).slice(0, foldedLength));
  return textCondition(scope, places, folded);
}

/** The paths whose rows a path stands for: an address also for its parts. */
function partsOf(type: string, path: string): string[] {
  return leafTypesOf(type, path).includes('Address') ? [path, ...addressParts.map((part) => `${path}.${part}`)] : [path];
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
