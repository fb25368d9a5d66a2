// Token and uri parameters (R4 search §3.1.1.4.10, §3.1.1.4.13).
import { codeTerm, contactText, leafTypesOf, parsePath, placeOf, systemCodeTerm, systemTerm, uriTerm } from '@sen/fhir';
import { badModifier } from '../refusals.ts';
import { unescape } from '../read-query.ts';
import { anyOf } from '../sql.ts';
import { hasToken, hasTokenHere, type ParameterFilter, type Scope } from './scope.ts';

/** FHIR types whose codes carry no system of their own: a system in the search is implied by the element. */
const plain = new Set(['code', 'boolean', 'string', 'id', 'uri', 'url', 'canonical', 'oid', 'uuid', 'markdown']);

export function tokenCondition(scope: Scope, filter: ParameterFilter): string {
  const [only = ''] = filter.parameter.paths;
  if (parsePath(only).existence) return existenceCondition(scope, filter, only);
  const tokens = filter.parameter.paths.flatMap((path) => {
    const types = leafTypesOf(scope.type, path);
    const place = placeOf(filter.owner, path, 'token');
    return filter.values.map((value) => tokenTerm(value, types) ^ place);
  });
  const types = filter.parameter.paths.flatMap((path) => leafTypesOf(scope.type, path));
  if (filter.modifier === 'not') return `not (${hasTokenHere(scope, tokens)})`;
  if (filter.modifier !== undefined) throw badModifier(filter.name, filter.modifier);
  if (types.every((t) => t === 'Identifier') && filter.values.every((v) => !v.endsWith('|'))) scope.hints.selective ??= 'token';
  return hasToken(scope, tokens);
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

function tokenTerm(value: string, types: readonly string[]): bigint {
  const cut = indexOfPipe(value);
  const code = unescape(cut < 0 ? value : value.slice(cut + 1));
  if (types.every((t) => t === 'ContactPoint')) return codeTerm(contactText(code));
  if (cut < 0 || types.every((t) => plain.has(t))) return codeTerm(code);
  const system = unescape(value.slice(0, cut));
  return code === '' ? systemTerm(system) : systemCodeTerm(system, code);
}

/** Place of the first `|` that is not escaped. */
export function indexOfPipe(value: string): number {
  for (let i = 0; i < value.length; i++) {
    if (value.charAt(i) === '\\') i++;
    else if (value.charAt(i) === '|') return i;
  }
  return -1;
}

export function uriCondition(scope: Scope, filter: ParameterFilter): string {
  if (filter.modifier !== undefined) throw badModifier(filter.name, filter.modifier);
  return hasToken(scope, filter.parameter.paths.flatMap((path) => filter.values.map((v) => uriTerm(unescape(v)) ^ placeOf(filter.owner, path, 'uri'))));
}
