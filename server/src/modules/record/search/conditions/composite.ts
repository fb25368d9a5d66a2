// Composite parameters (R4 search §3.1.1.4.17): `code$value`, both in the same element.
import { besides, codeTerm, compositePlace, elementsOf, fold, foldedLength, leafTypesOf, pairTerm, parsePath, referenceTerm, structureBelow, systemCodeTerm, systemTerm, type SearchParameter } from '@sen/fhir';
import { badModifier, badValue } from '../refusals.ts';
import { splitEscaped, unescape } from '../read-query.ts';
import { allOf, anyOf, Parameters } from '../sql.ts';
import { numberRows, quantityRows, readNumber } from './number.ts';
import { dateBounds, rangeRows } from './range.ts';
import { readTarget } from './reference.ts';
import { hasTokenHere, type ParameterFilter, type Scope } from './scope.ts';
import { spellingsAt } from './spelling.ts';
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
  const place = compositePlace(filter.owner, context, filter.parameter);
  const parted = rest.map((text, i): Part => ({ component: components[i + 1] as Component, types: typesIn(scope.type, context, components[i + 1] as Component), place: place ^ BigInt(i), units: place ^ besides.unit, text }));
  const firsts = codesAsked(scope, filter, place, typesIn(scope.type, context, components[0] as Component), head);
  const pairs = (here: Scope, first: bigint): string => `(${allOf(parted.map((part) => partCondition(here, filter, part, first)))})`;
  if (firsts.length > 0) return anyOf(firsts.map((first) => pairs(scope, first)));
  // judged also when the code is unknown, so that a bad value is refused whatever is stored
  pairs({ ...scope, parameters: new Parameters(scope.parameters.sight, scope.parameters.lookups) }, 0n);
  return 'false';
}

type Component = SearchParameter['components'][number];

interface Part {
  readonly component: Component;
  readonly types: readonly string[];
  readonly place: bigint;
  readonly units: bigint;
  readonly text: string;
}

const plainCodes = new Set(['code', 'string', 'uri', 'id']);

/** The terms of the first part: with a system the one, without it each system that the code occurs in. */
function codesAsked(scope: Scope, filter: ParameterFilter, place: bigint, types: readonly string[], text: string): bigint[] {
  const { code, system } = readToken(text);
  if (code === '') throw badValue(filter.name, 'a code before the first $');
  if (types.every((type) => plainCodes.has(type))) return [systemCodeTerm('', code)];
  if (system !== undefined) return [systemCodeTerm(system, code)];
  const at = place ^ besides.code;
  return spellingsAt(scope, at, code, true).map(({ token }) => token ^ at);
}

/** The FHIR types of a component's values. */
function typesIn(type: string, context: string, { paths }: Component): string[] {
  return paths.flatMap((path) => (path.startsWith('^') ? leafTypesOf(type, path.slice(1)) : leafTypesOf(structureAt(type, context), path)));
}

function structureAt(type: string, context: string): string {
  if (context === '') return type;
  return parsePath(context).steps.reduce((structure, step) => {
    const [element] = elementsOf(structure, step);
    return (element === undefined ? undefined : structureBelow(element)) ?? structure;
  }, type);
}

function readToken(text: string): { code: string; system: string | undefined } {
  const cut = indexOfPipe(text);
  return cut < 0 ? { code: unescape(text), system: undefined } : { code: unescape(text.slice(cut + 1)), system: unescape(text.slice(0, cut)) };
}

function partCondition(scope: Scope, filter: ParameterFilter, { component, place, text, types, units }: Part, first: bigint): string {
  if (types.every((type) => type === 'Reference')) {
    const { ids } = readTarget(scope, filter, unescape(text), filter.parameter.targets.length === 0 ? [scope.type] : filter.parameter.targets);
    return hasTokenHere(scope, ids.map(({ id, type }) => pairTerm(first, referenceTerm(type, id)) ^ place));
  }
  switch (component.type) {
    case 'token':
      return hasTokenHere(scope, [pairTerm(first, secondTerm(text)) ^ place]);
    case 'string':
      return textCondition(scope, [place ^ first], [fold(unescape(text)).slice(0, foldedLength)]);
    case 'date':
      return rangeRows(scope, [place ^ first], [dateBounds(scope, filter.name, text)]);
    case 'quantity':
      return quantityRows(scope, filter.name, text, [{ rows: place ^ first, units }]);
    case 'number':
      return numberRows(scope, [place ^ first], readNumber(filter.name, unescape(text)));
    default:
      throw badValue(filter.name, 'a composite that this server indexes');
  }
}

function secondTerm(text: string): bigint {
  const { code, system } = readToken(text);
  if (system === undefined) return codeTerm(code);
  return code === '' ? systemTerm(system) : systemCodeTerm(system, code);
}
