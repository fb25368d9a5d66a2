// Search criteria judged on one resource in memory, by the same index terms that the search compares: of 100 subscriptions most are ruled out here,
// without a query. What memory cannot tell (dates, texts, chains) is left to the search of the record.
import { codeTerm, contactText, leafTypesOf, ownerOf, parsePath, parseReference, placeOf, referenceTerm, searchParametersOf, systemCodeTerm, systemTerm, uriTerm, type SearchParameter } from '@sen/fhir';

/** What is known of a resource: its id and the terms of its index. */
export interface Facts {
  readonly id: string;
  readonly tokens: ReadonlySet<bigint>;
}

export interface Judge {
  /** True or false when memory can tell; undefined when only a search can. */
  judge(facts: Facts): boolean | undefined;
  /** Terms of which every match has at least one; undefined when there is no such set. */
  readonly anchor: readonly bigint[] | undefined;
  /** True when memory can always tell. */
  readonly decided: boolean;
}

type Test = { readonly judge: (facts: Facts) => boolean | undefined; readonly anchor?: readonly bigint[]; readonly decided: boolean };

const unknown: Test = { judge: () => undefined, decided: false };

/** Compiles the query of a search of a type. Parameters were checked by the search before. */
export function compileQuery(type: string, query: string): Judge {
  const tests = [...new URLSearchParams(query)].map(([key, value]) => testOf(type, key, value));
  return {
    judge: (facts) => {
      let sure = true;
      for (const test of tests) {
        const verdict = test.judge(facts);
        if (verdict === false) return false;
        if (verdict === undefined) sure = false;
      }
      return sure ? true : undefined;
    },
    anchor: tests.map(({ anchor }) => anchor).filter((anchor) => anchor !== undefined).sort((a, b) => a.length - b.length)[0],
    decided: tests.every(({ decided }) => decided),
  };
}

function testOf(type: string, key: string, value: string): Test {
  const [name = '', modifier, ...more] = key.split(':');
  const parameter = searchParametersOf(type).get(name);
  if (parameter === undefined || more.length > 0 || value.includes('\\')) return unknown;
  const values = value.split(',').filter((one) => one !== '');
  if (name === '_id') return modifier === undefined ? { judge: ({ id }) => values.includes(id), decided: true } : unknown;
  const terms = termsOf(type, parameter, modifier, values);
  if (terms === undefined) return unknown;
  const hasOne = ({ tokens }: Facts): boolean => terms.some((term) => tokens.has(term));
  if (modifier === 'not') return { judge: (facts) => !hasOne(facts), decided: true };
  return { judge: hasOne, anchor: terms, decided: true };
}

function termsOf(type: string, parameter: SearchParameter, modifier: string | undefined, values: readonly string[]): bigint[] | undefined {
  const owner = ownerOf(type, parameter);
  const { paths } = parameter;
  if (paths.some((path) => parsePath(path).existence)) return undefined;
  if (parameter.type === 'token' && (modifier === undefined || modifier === 'not')) {
    return paths.flatMap((path) => values.map((value) => tokenTerm(value, leafTypesOf(type, path)) ^ placeOf(owner, path, 'token')));
  }
  if (parameter.type === 'uri' && modifier === undefined) return paths.flatMap((path) => values.map((value) => uriTerm(value) ^ placeOf(owner, path, 'uri')));
  if (parameter.type !== 'reference' || modifier !== undefined) return undefined;
  const targets = values.map((value) => targetTerms(parameter, value));
  if (targets.includes(undefined)) return undefined;
  return paths.flatMap((path) => targets.flatMap((terms) => (terms ?? []).map((term) => term ^ placeOf(owner, path, 'reference'))));
}

/** FHIR types whose codes carry no system of their own. */
const plain = new Set(['code', 'boolean', 'string', 'id', 'uri', 'url', 'canonical', 'oid', 'uuid', 'markdown']);

function tokenTerm(value: string, types: readonly string[]): bigint {
  const cut = value.indexOf('|');
  const code = value.slice(cut + 1);
  if (types.every((type) => type === 'ContactPoint')) return codeTerm(contactText(code));
  if (cut < 0 || types.every((type) => plain.has(type))) return codeTerm(code);
  const system = value.slice(0, cut);
  return code === '' ? systemTerm(system) : systemCodeTerm(system, code);
}

function targetTerms(parameter: SearchParameter, value: string): bigint[] | undefined {
  const literal = parseReference(value);
  if (literal !== undefined) return literal.base === undefined ? [referenceTerm(literal.type, literal.id)] : undefined;
  if (!/^[A-Za-z0-9\-.]{1,64}$/.test(value) || parameter.targets.includes('*')) return undefined;
  return parameter.targets.map((target) => referenceTerm(target, value));
}
