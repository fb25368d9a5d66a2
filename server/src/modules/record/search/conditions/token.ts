// Token parameters (R4 search §3.1.1.4.10).
import { codeTerm, contactText, leafTypesOf, mediaTypesAbove, ofTypeTerm, parsePath, placeOf, systemCodeTerm, systemTerm, textOfCode, type SearchParameter } from '@sen/fhir';
import { conceptsAbove, conceptsBelow, expandForSearch } from '../../../terminology/index.ts';
import { badModifier, badValue } from '../refusals.ts';
import { splitEscaped, unescape } from '../read-query.ts';
import { anyOf } from '../sql.ts';
import { hasAnyToken } from './many-tokens.ts';
import { hasToken, hasTokenHere, type ParameterFilter, type Scope } from './scope.ts';
import { tokensSpelt } from './spelling.ts';

/** FHIR types whose codes carry no system of their own: a system in the search is implied by the element. */
const plain = new Set(['code', 'boolean', 'string', 'id', 'uri', 'url', 'canonical', 'oid', 'uuid', 'markdown']);

interface Code {
  readonly system: string;
  readonly code: string;
}

/** One path of a parameter, and the types of its values. */
interface Way {
  readonly path: string;
  readonly types: readonly string[];
}

export function tokenCondition(scope: Scope, filter: ParameterFilter): string {
  const [only = ''] = filter.parameter.paths;
  const ways = waysOf(scope.type, filter.parameter);
  if (filter.parameter.evaluate === undefined && parsePath(only).existence) return existenceCondition(scope, filter, only);
  switch (filter.modifier) {
    case undefined:
      if (ways.every(({ types }) => all(types, (t) => t === 'Identifier')) && filter.values.every((v) => !v.endsWith('|'))) scope.hints.selective ??= 'token';
      return hasToken(scope, valueTokens(filter, ways));
    case 'not':
      return `not (${hasTokenHere(scope, valueTokens(filter, ways))})`;
    case 'text':
      return textCondition(scope, filter);
    case 'of-type':
      return ofTypeCondition(scope, filter, ways);
    case 'in':
      return hasAnyToken(scope, memberTokens(scope, filter, ways));
    case 'not-in':
      return `not (${hasAnyToken(scope, memberTokens(scope, filter, ways))})`;
    case 'above':
    case 'below':
      return hasAnyToken(scope, filter.values.flatMap((value) => relatedTokens(scope, filter, filter.modifier as 'above' | 'below', ways, value)));
    default:
      throw badModifier(filter.name, filter.modifier);
  }
}

function waysOf(type: string, { evaluate, paths }: SearchParameter): Way[] {
  return paths.map((path) => ({ path, types: evaluate === undefined ? leafTypesOf(type, path) : [] }));
}

/** True when there are types and all are of the kind. */
function all(types: readonly string[], test: (type: string) => boolean): boolean {
  return types.length > 0 && types.every(test);
}

/** `deceased=false` also means those of whom nothing is said: R4's expression is `exists() and … != false`. */
function existenceCondition(scope: Scope, { modifier, name, owner, values }: ParameterFilter, path: string): string {
  if (modifier !== undefined && modifier !== 'not') throw badModifier(name, modifier);
  const asked = values.map((value) => unescape(value.slice(indexOfPipe(value) + 1)));
  const known = [...new Set(asked)].filter((value) => value === 'true' || value === 'false'); // another code is that of nobody
  if (known.length === 0) return 'false';
  const there = hasTokenHere(scope, [codeTerm('true') ^ placeOf(owner, path, 'token')]);
  return anyOf(known.map((value) => ((value === 'true') === (modifier === undefined) ? there : `not (${there})`)));
}

function valueTokens({ owner, values }: ParameterFilter, ways: readonly Way[]): bigint[] {
  return ways.flatMap(({ path, types }) => values.map((value) => tokenTerm(value, types) ^ placeOf(owner, path, 'token')));
}

function tokenTerm(value: string, types: readonly string[]): bigint {
  const cut = indexOfPipe(value);
  const code = unescape(cut < 0 ? value : value.slice(cut + 1));
  if (all(types, (t) => t === 'ContactPoint')) return codeTerm(contactText(code));
  if (cut < 0 || all(types, (t) => plain.has(t))) return codeTerm(code);
  const system = unescape(value.slice(0, cut));
  return code === '' ? systemTerm(system) : systemCodeTerm(system, code);
}

/** `:text`: the start of any words of the text beside the code. */
function textCondition(scope: Scope, { owner, parameter, values }: ParameterFilter): string {
  const starts = parameter.paths.flatMap((path) => values.map((value) => ({ place: placeOf(owner, path, 'text'), text: textOfCode(unescape(value)) })));
  return hasAnyToken(scope, tokensSpelt(scope, starts));
}

/** `identifier:of-type=system|code|value`: an identifier with the value whose type has the code; all three parts must be there. */
function ofTypeCondition(scope: Scope, { modifier, name, owner, values }: ParameterFilter, ways: readonly Way[]): string {
  const identifiers = ways.filter(({ types }) => types.length === 0 || types.includes('Identifier'));
  if (identifiers.length === 0) throw badModifier(name, modifier as string);
  const terms = values.map((value) => {
    const [system, code, number, ...rest] = splitEscaped(value, '|').map(unescape);
    if (!system || !code || !number || rest.length > 0) throw badValue(`${name}:of-type`, 'system|code|value, each of them given');
    return ofTypeTerm(system, code, number);
  });
  return hasToken(scope, identifiers.flatMap(({ path }) => terms.map((term) => term ^ placeOf(owner, path, 'type'))));
}

/** The tokens of the codes of value sets (`:in`, `:not-in`), by canonical URL or `ValueSet/id`. */
function memberTokens(scope: Scope, { owner, values }: ParameterFilter, ways: readonly Way[]): bigint[] {
  const codes = values.flatMap((value) => {
    const valueSet = unescape(value);
    return scope.parameters.lookups.answer(`in|${valueSet}`, (db) => expandForSearch(db, valueSet)) ?? [];
  });
  return ways.flatMap((way) => codes.map((code) => codeToken(owner, way, code)));
}

function codeToken(owner: string, { path, types }: Way, { system, code }: Code): bigint {
  return (all(types, (t) => plain.has(t)) ? codeTerm(code) : systemCodeTerm(system, code)) ^ placeOf(owner, path, 'token');
}

/** The tokens of a code and of all that it subsumes or that subsume it; of a media type the broader and narrower ones. */
function relatedTokens(scope: Scope, { name, owner }: ParameterFilter, modifier: 'above' | 'below', ways: readonly Way[], value: string): bigint[] {
  const media = ways.filter(({ path }) => path.endsWith('contentType'));
  if (media.length > 0) return media.flatMap(({ path }) => mediaTokens(owner, path, modifier, unescape(value)));
  const cut = indexOfPipe(value);
  const [system, code] = [unescape(value.slice(0, Math.max(cut, 0))), unescape(value.slice(cut + 1))];
  if (system === '' || code === '') throw badValue(`${name}:${modifier}`, 'system|code: without a system no hierarchy is known');
  const find = modifier === 'below' ? conceptsBelow : conceptsAbove;
  const codes = scope.parameters.lookups.answer(`${modifier}|${system}|${code}`, (db) => find(db, system, code)) ?? [];
  return ways.flatMap((way) => codes.map((related) => codeToken(owner, way, { system, code: related })));
}

function mediaTokens(owner: string, path: string, modifier: 'above' | 'below', value: string): bigint[] {
  if (modifier === 'above') return mediaTypesAbove(value).map((type) => codeTerm(type) ^ placeOf(owner, path, 'token'));
  return [codeTerm(value) ^ placeOf(owner, path, 'token'), codeTerm(value.toLowerCase()) ^ placeOf(owner, path, 'below')];
}

/** Place of the first `|` that is not escaped. */
export function indexOfPipe(value: string): number {
  for (let i = 0; i < value.length; i++) {
    if (value.charAt(i) === '\\') i++;
    else if (value.charAt(i) === '|') return i;
  }
  return -1;
}
