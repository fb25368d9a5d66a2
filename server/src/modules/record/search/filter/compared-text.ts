// Comparisons of `_filter` with texts that no modifier of a parameter asks (R4 search_filter.html §3.1.3.2, column String). Texts are compared
// folded, as everywhere: without case and accents.
import { addressParts, fold, foldedLength, leafTypesOf, placeOf } from '@sen/fhir';
import { placePrefix, PREFIX_LENGTH } from '../../store/place-prefix.ts';
import { textRange } from '../conditions/string.ts';
import type { ParameterFilter, Scope } from '../conditions/scope.ts';
import { anyOf } from '../sql.ts';
import { badFilter } from './refusals.ts';

/** Greater than every text, in the order of bytes. */
const LAST = '\u{10FFFF}';

/** The same text. Of a name: whole words that follow each other, since its index holds the name's parts within the whole. */
export function equalText(scope: Scope, filter: ParameterFilter): string {
  const p = scope.parameters;
  const text = foldedOf(filter);
  return withText(scope, pathsOf(scope, filter).map((path) => {
    const place = placeOf(filter.owner, path, 'string');
    const same = `text = ${p.add(placePrefix(place) + text)}`;
    return leafTypesOf(scope.type, path).includes('HumanName') ? `(${same} or ${textRange('text', place, `${text} `, p)})` : same;
  }));
}

/** A text that ends so. */
export function endingText(scope: Scope, filter: ParameterFilter): string {
  const p = scope.parameters;
  const text = foldedOf(filter);
  const length = [...text].length; // PostgreSQL counts code points
  return withText(scope, pathsOf(scope, filter).map((path) => {
    const within = textRange('text', placeOf(filter.owner, path, 'string'), '', p);
    return `(${within} and length(text) >= ${PREFIX_LENGTH + length} and right(text, ${length}) = ${p.add(text)})`;
  }));
}

/** A text before or after, by Unicode code points. */
export function comparedText(scope: Scope, filter: ParameterFilter, operator: 'gt' | 'lt' | 'ge' | 'le', position: number): string {
  const paths = pathsOf(scope, filter);
  if (paths.some((path) => leafTypesOf(scope.type, path).includes('HumanName'))) {
    throw badFilter(position, `a parameter of one text, such as family or given: "${filter.name}" is a name of several parts, which has no order`);
  }
  const text = foldedOf(filter);
  return withText(scope, paths.map((path) => comparison(scope, placePrefix(placeOf(filter.owner, path, 'string')), text, operator)));
}

function comparison({ parameters }: Scope, place: string, text: string, operator: 'gt' | 'lt' | 'ge' | 'le'): string {
  const bound = parameters.add(place + text);
  switch (operator) {
    case 'gt':
      return `(text > ${bound} and text < ${parameters.add(place + LAST)})`;
    case 'ge':
      return `(text >= ${bound} and text < ${parameters.add(place + LAST)})`;
    case 'lt':
      return `(text < ${bound} and text >= ${parameters.add(place)})`;
    case 'le':
      return `(text <= ${bound} and text >= ${parameters.add(place)})`;
  }
}

function withText(scope: Scope, conditions: readonly string[]): string {
  return `${scope.alias}.key in (select key from record.text_value where ${anyOf(conditions)})`;
}

function foldedOf({ values }: ParameterFilter): string {
  return fold(values[0] ?? '').slice(0, foldedLength);
}

/** An address is searched in its parts too, which have rows of their own. */
function pathsOf(scope: Scope, { parameter }: ParameterFilter): string[] {
  return parameter.paths.flatMap((path) => (leafTypesOf(scope.type, path).includes('Address') ? [path, ...addressParts.map((part) => `${path}.${part}`)] : [path]));
}
