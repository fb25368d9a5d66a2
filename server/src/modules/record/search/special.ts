// The parameters that ask otherwise than by an element: `_filter`, `_list`, `_text`, `_content` (R4 search.html, "Special Parameters").
import { isResourceType, parseLossless, typeCode } from '@sen/fhir';
import { Refusal } from '../../../platform/refusal.ts';
import type { Queryable } from '../../../platform/database.ts';
import { loadCurrents } from '../store.ts';
import type { Scope } from './conditions/scope.ts';
import { whereOf } from './conditions.ts';
import { expressionCondition } from './filter/condition.ts';
import { readExpression } from './filter/expression.ts';
import { fullTextCondition } from './full-text/condition.ts';
import { searchLimits } from './limits.ts';
import { unescape, type Filter } from './read-query.ts';
import { badModifier, badValue } from './refusals.ts';
import { allOf, anyOf } from './sql.ts';

const specials: Readonly<Record<string, (scope: Scope, filter: Filter) => string>> = {
  _filter: filterExpression, _list: listCondition, _text: fullTextCondition, _content: fullTextCondition,
};

/** What /metadata tells of them. */
export function specialParameters(): { name: string; type: 'string' | 'special' }[] {
  const texts = searchLimits().fullText ? ['_text', '_content'] : [];
  return [...['_list', ...texts].map((name) => ({ name, type: 'string' as const })), { name: '_filter', type: 'special' }];
}

export function isSpecial(name: string): boolean {
  return Object.hasOwn(specials, name);
}

/** All filters of one type, special ones too, as one condition on the row of the scope. */
export function conditionOf(scope: Scope, filters: readonly Filter[]): string {
  for (const { name } of filters) if (isSpecial(name)) scope.parameters.sight.checkParameter(scope.type, name);
  const where = whereOf(scope, filters.filter(({ name }) => !isSpecial(name)));
  const others = filters.filter(({ name }) => isSpecial(name)).map((filter) => specials[filter.name]?.(scope, filter) ?? 'true');
  return allOf([where, ...others].filter((condition) => condition !== 'true')) || 'true';
}

function filterExpression(scope: Scope, { values }: Filter): string {
  return expressionCondition(scope, readExpression(values[0] ?? ''));
}

/** `_list=42`: what the entries of a List point to (R4 search.html, "List Search"). */
function listCondition(scope: Scope, { name, modifier, values }: Filter): string {
  if (modifier !== undefined) throw badModifier(name, modifier);
  const ids = values.map((value) => listId(unescape(value)));
  if (scope.type !== 'Resource') return onList(scope, ids);
  const types = scope.parameters.lookups.answer(`types on ${ids.join()}`, (db) => typesOnLists(db, ids)) ?? [];
  return anyOf(types.map((type) => `(${scope.alias}.type = ${typeCode(type)} and ${onList({ ...scope, type }, ids)})`));
}

function onList(scope: Scope, ids: readonly string[]): string {
  return whereOf({ ...scope, required: [], hints: {} }, [{ name: '_has:List:item:_id', modifier: undefined, values: ids }]);
}

function listId(value: string): string {
  if (value.startsWith('$')) throw functionalList();
  const id = value.startsWith('List/') ? value.slice('List/'.length) : value;
  if (!/^[A-Za-z0-9\-.]{1,64}$/.test(id)) throw badValue('_list', 'the id of a List');
  return id;
}

/** What is current is a judgement of care, which this search does not make by itself. */
function functionalList(): Refusal {
  const text = {
    vi: 'Danh sách chức năng ($current-…) không được hỗ trợ: hãy tìm theo trạng thái, ví dụ clinical-status=active.',
    en: 'Functional lists ($current-…) are not supported: search by status, such as clinical-status=active.',
  };
  return new Refusal('incorrect', 'record.functional-list', text, [{ severity: 'error', code: 'not-supported', diagnostics: text.en }]);
}

/** The types that lists name; a search over all types would else have to look at each of them. */
async function typesOnLists(db: Queryable, ids: readonly string[]): Promise<string[]> {
  const lists = await loadCurrents(db, ids.map((id) => ({ type: 'List', id })), false);
  const references = lists.flatMap((list) => (list?.json === undefined ? [] : entriesOf(list.json)));
  return [...new Set(references.map((reference) => /(?:^|\/)([A-Za-z]+)\/[^/]+$/.exec(reference.replace(/\/_history\/.*$/s, ''))?.[1] ?? ''))].filter(isResourceType);
}

function entriesOf(json: Buffer): string[] {
  const { entry = [] } = parseLossless(json.toString()) as { entry?: { item?: { reference?: string } }[] };
  return entry.flatMap(({ item }) => (typeof item?.reference === 'string' ? [item.reference] : []));
}
