// String parameters (R4 search §3.1.1.4.9): the start of the text, without case and accents; `:exact` to the letter.
import { exactTerm, findText, fold, foldedLength, placeOf } from '@sen/fhir';
import { badModifier } from '../refusals.ts';
import { unescape } from '../read-query.ts';
import { anyOf } from '../sql.ts';
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
  const p = scope.parameters;
  const ranges = places.flatMap((place) =>
    folded.map((text) => `(place = ${p.bigint(place)} and text >= ${p.add(text)} and text < ${p.add(text + LAST)})`),
  );
  return `${scope.alias}.key in (select key from record.text_value where ${anyOf(ranges)})`;
}
