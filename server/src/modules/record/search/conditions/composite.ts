// Composite parameters (R4 search §3.1.1.4.6): `code$value`, both in the same element.
import { codeTerm, compositePlace, fold, foldedLength, pairTerm, placeOf, systemCodeTerm, type SearchParameter } from '@sen/fhir';
import { badModifier, badValue } from '../refusals.ts';
import { splitEscaped, unescape } from '../read-query.ts';
import { allOf, anyOf } from '../sql.ts';
import { dateBounds, numberRows, quantityRows, rangeRows } from './range.ts';
import { hasTokenHere, type ParameterFilter, type Scope } from './scope.ts';
import { textCondition } from './string.ts';
import { indexOfPipe } from './token.ts';

export function compositeCondition(scope: Scope, filter: ParameterFilter): string {
  if (filter.modifier !== undefined) throw badModifier(filter.name, filter.modifier);
  return anyOf(filter.values.map((value) => anyOf(filter.parameter.paths.map((context) => pairCondition(scope, filter, context, value)))));
}

function pairCondition(scope: Scope, filter: ParameterFilter, context: string, value: string): string {
  const parts = splitEscaped(value, '$');
  const { components } = filter.parameter;
  if (parts.length !== components.length) throw badValue(filter.name, `${components.length} parts joined by $`);
  const [head, ...rest] = parts as [string, ...string[]];
  const { code, system } = readToken(head);
  const first = codeTerm(code);
  const place = compositePlace(filter.owner, context, filter.parameter);
  const conditions = rest.map((part, i) => partCondition(scope, filter, components[i + 1] as Component, context, place ^ BigInt(i), first, part));
  if (system !== undefined) conditions.push(hasTokenHere(scope, pathsIn(context, components[0] as Component).map((path) => systemCodeTerm(system, code) ^ placeOf(filter.owner, path, 'token'))));
  return `(${allOf(conditions)})`;
}

type Component = SearchParameter['components'][number];

function pathsIn(context: string, component: Component): string[] {
  return component.paths.map((path) => (path.startsWith('^') ? path.slice(1) : context === '' ? path : `${context}.${path}`));
}

function readToken(text: string): { code: string; system: string | undefined } {
  const cut = indexOfPipe(text);
  return cut <= 0 ? { code: unescape(text.slice(cut + 1)), system: undefined } : { code: unescape(text.slice(cut + 1)), system: unescape(text.slice(0, cut)) };
}

function partCondition(scope: Scope, filter: ParameterFilter, component: Component, context: string, place: bigint, first: bigint, text: string): string {
  switch (component.type) {
    case 'token': {
      const { code, system } = readToken(text);
      const term = system === undefined ? codeTerm(code) : systemCodeTerm(system, code);
      return hasTokenHere(scope, [pairTerm(first, term) ^ place]);
    }
    case 'string':
      return textCondition(scope, [place ^ first], [fold(unescape(text)).slice(0, foldedLength)]);
    case 'date':
      return rangeRows(scope, [place ^ first], [dateBounds(scope, filter.name, text)]);
    case 'quantity':
      return quantityRows(scope, filter, text, [place ^ first], pathsIn(context, component));
    case 'number':
      return numberRows(scope, [place ^ first], filter.name, unescape(text));
    default:
      throw badValue(filter.name, 'a composite that this server indexes');
  }
}
