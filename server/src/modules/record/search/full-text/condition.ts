// `_text` and `_content` as a condition: what the index knows, less what changed since, plus what of that matches.
import { parseLossless, typeCode, type Resource } from '@sen/fhir';
import type { Queryable } from '../../../../platform/database.ts';
import { unpackContent } from '../../store/codec.ts';
import { countUnindexed, unindexedTexts } from '../../store.ts';
import type { Scope } from '../conditions/scope.ts';
import { searchLimits } from '../limits.ts';
import { unescape, type Filter } from '../read-query.ts';
import { badModifier, badValue } from '../refusals.ts';
import { passagesOf, type Passage } from './document.ts';
import { fullTextBehind, fullTextOff } from './refusals.ts';
import { matchesText, readTextQuery, tsqueryOf, type TextQuery } from './text-query.ts';

/** More changes than this are not searched one by one: a second of a processor for each search would starve the follower that is to catch up. */
const TAIL_MAX = 5000;

interface Fresh {
  readonly type: number;
  readonly key: string;
  /** Undefined where it is deleted. */
  readonly passages: readonly Passage[] | undefined;
}

/** The condition of `_text` or `_content`; values joined by a comma are alternatives. */
export function fullTextCondition(scope: Scope, filter: Filter): string {
  const query = queryOf(filter);
  if (!searchLimits().fullText) throw fullTextOff();
  const types = scope.type === 'Resource' ? [] : [scope.type];
  const fresh = scope.parameters.lookups.answer(`full-text ${types.join()}`, (db) => freshOf(db, types)) ?? [];
  const narrative = filter.name === '_text';
  const matching = fresh.filter(({ passages }) => passages !== undefined && matchesText(query, passages, narrative));
  const words = `words @@ ${scope.parameters.add(tsqueryOf(query, narrative))}::tsquery`;
  return scope.type === 'Resource' ? anyType(scope, words, fresh, matching) : oneType(scope, words, fresh, matching);
}

function oneType(scope: Scope, words: string, fresh: readonly Fresh[], matching: readonly Fresh[]): string {
  const { alias, parameters } = scope;
  const code = typeCode(scope.type);
  const keys = (list: readonly Fresh[]): string => parameters.bigints(list.map(({ key }) => BigInt(key)));
  const indexed = `${alias}.key in (select key from record.full_text where type = ${code} and ${words})`;
  if (fresh.length === 0) return `${alias}.type = ${code} and ${indexed}`;
  return `${alias}.type = ${code} and ((${indexed} and ${alias}.key <> all(${keys(fresh)})) or ${alias}.key = any(${keys(matching)}))`;
}

function anyType({ alias, parameters }: Scope, words: string, fresh: readonly Fresh[], matching: readonly Fresh[]): string {
  const among = (list: readonly Fresh[]): string => {
    const types = parameters.add(`{${list.map(({ type }) => type).join()}}`);
    return `(${alias}.type, ${alias}.key) in (select * from unnest(${types}::smallint[], ${parameters.bigints(list.map(({ key }) => BigInt(key)))}))`;
  };
  const indexed = `(${alias}.type, ${alias}.key) in (select type, key from record.full_text where ${words})`;
  if (fresh.length === 0) return indexed;
  return `((${indexed} and not ${among(fresh)}) or ${among(matching)})`;
}

function queryOf({ name, modifier, values }: Filter): TextQuery {
  if (modifier !== undefined) throw badModifier(name, modifier);
  const parts = values.map((value) => readTextQuery(name, unescape(value)));
  if (parts.length === 0) throw badValue(name, 'a text');
  return parts.length === 1 ? (parts[0] as TextQuery) : { kind: 'or', parts };
}

async function freshOf(db: Queryable, types: readonly string[]): Promise<Fresh[]> {
  const rows = await unindexedTexts(db, types, TAIL_MAX);
  if (rows === undefined) throw fullTextBehind(await countUnindexed(db));
  const fresh: Fresh[] = [];
  for (const row of rows) {
    const { type, key, content } = row;
    fresh.push({ type, key, passages: content.length === 0 ? undefined : passagesOf(parseLossless(unpackContent(row).toString()) as Resource) });
    if (fresh.length % 200 === 0) await new Promise(setImmediate); // let others in: 200 resources take some 20 ms
  }
  return fresh;
}
