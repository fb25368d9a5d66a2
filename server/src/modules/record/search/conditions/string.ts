// String parameters (R4 search §3.1.1.4.9): the start of the text, without case and accents; `:contains` anywhere in it; `:exact` to the letter.
import { addressParts, exactTerm, findText, fold, foldedLength, leafTypesOf, ownerOf, placeOf, type SearchParameter } from '@sen/fhir';
import { badModifier } from '../refusals.ts';
import { unescape } from '../read-query.ts';
import { placePrefix } from '../../store/place-prefix.ts';
import { anyOf, type Parameters } from '../sql.ts';
import { hasToken, type ParameterFilter, type Scope } from './scope.ts';

/** Greater than every text that begins as the prefix does, in the order of bytes. */
export const LAST = '\u{10FFFF}';

export function stringCondition(scope: Scope, filter: ParameterFilter): string {
  const { modifier, owner, parameter, values } = filter;
  const paths = parameter.paths.flatMap((path) => partsOf(scope.type, path, parameter));
  if (modifier === 'exact') {
    return hasToken(scope, paths.flatMap((path) => values.map((v) => exactTerm(unescape(v)) ^ placeOf(owner, path, 'exact'))));
  }
  if (modifier !== undefined && modifier !== 'contains') throw badModifier(filter.name, modifier);
  const places = paths.map((path) => placeOf(owner, path, 'string'));
  const folded = values.map((v) => foldedValue(parameter, v));
  return modifier === 'contains' ? containedCondition(scope, places, folded) : textCondition(scope, places, folded);
}

function foldedValue({ code }: SearchParameter, value: string): string {
  return (code === 'find' ? findText(unescape(value)) : fold(unescape(value))).slice(0, foldedLength);
}

/** Every place and folded beginning that values of a parameter of a type mean. */
export function soughtTexts(type: string, parameter: SearchParameter, values: readonly string[]): { place: bigint; text: string }[] {
  const owner = ownerOf(type, parameter);
  const places = parameter.paths.flatMap((path) => partsOf(type, path, parameter)).map((path) => placeOf(owner, path, 'string'));
  return places.flatMap((place) => values.map((value) => ({ place, text: foldedValue(parameter, value) })));
}

/** `:contains`: anywhere in the text. Reads all texts of the places, and only those: some 50 ms for 100,000 names. */
function containedCondition(scope: Scope, places: readonly bigint[], folded: readonly string[]): string {
  const p = scope.parameters;
  const tests = places.map((place) => {
    const patterns = folded.map((text) => `text like ${p.add(`${literally(placePrefix(place))}%${literally(text)}%`)}`);
    return `${textRange('text', place, '', p)} and ${anyOf(patterns)}`;
  });
  return `${scope.alias}.key in (select key from record.text_value where ${anyOf(tests)})`;
}

/** A text as LIKE means it. */
const literally = (text: string): string => text.replace(/[\\%_]/g, '\\$&');

/** The paths whose rows a path stands for: an address also for its parts. */
function partsOf(type: string, path: string, { evaluate }: SearchParameter): string[] {
  return evaluate === undefined && leafTypesOf(type, path).includes('Address') ? [path, ...addressParts.map((part) => `${path}.${part}`)] : [path];
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
