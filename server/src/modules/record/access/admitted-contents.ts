import { keyOf, parseLossless, typeCode, type IndexEntry, type Resource } from '@sen/fhir';
import type { Queryable } from '../../../platform/database.ts';
import { guardMarks, marksOf } from '../../security/index.ts';
import { withLookups } from '../search/lookups.ts';
import { everythingSeen, Parameters } from '../search/sql.ts';
import { searchStatement } from '../search/statement.ts';
import { float8Array, int8Array } from '../store/binary-arrays.ts';
import { indexOf } from '../store/index-zone.ts';
import { dateColumns, placedText } from '../store/rows.ts';
import { rowCondition, type Use, type Viewer } from './row-condition.ts';

/** The content of a resource that is not a live row: not stored yet, or a version of the past. */
export interface Content {
  readonly type: string;
  readonly id: string;
  /** ms since 1970 */
  readonly updated: number;
  readonly resource: () => Resource;
}

/** A stored version as a content; read only when it is judged. */
export function contentOf({ id, json, type, updated }: { readonly type: string; readonly id: string; readonly updated: number; readonly json: Buffer }): Content {
  return { type, id, updated, resource: () => parseLossless(json.toString()) as Resource };
}

/**
 * Tells of each content whether the viewer may so use it: the condition on rows is asked of rows that are made of the contents and stored nowhere. One
 * statement, or one for each content where a criterion reads texts or ranges; none where nothing is asked.
 */
export async function admittedContents(db: Queryable, viewer: Viewer, use: Use, contents: readonly Content[]): Promise<boolean[]> {
  if (viewer.access.unlimited || contents.length === 0) return contents.map(() => true);
  const types = [...new Set(contents.map(({ type }) => type))];
  const plain = new Map(types.map((type) => [type, rowCondition(viewer, use, type, 'r', new Parameters(everythingSeen))]));
  const verdicts = contents.map(({ type }) => verdictOf(plain.get(type)));
  const open = contents.map((content, i) => ({ content, i })).filter(({ i }) => verdicts[i] === undefined);
  const [alone, together] = [open.filter(readsSides), open.filter((one) => !readsSides(one))];
  for (const batch of [...alone.map((one) => [one]), ...(together.length > 0 ? [together] : [])]) {
    const held = await admittedTogether(db, viewer, use, batch.map(({ content }) => content));
    batch.forEach(({ i }, n) => (verdicts[i] = held.has(n + 1)));
  }
  return verdicts.map((verdict) => verdict === true);

  function readsSides({ content }: { content: Content }): boolean {
    return /record\.(text|range)_value/.test(plain.get(content.type) ?? '');
  }
}

function verdictOf(condition: string | undefined): boolean | undefined {
  if (condition === 'true') return true;
  return condition === 'false' ? false : undefined;
}

async function admittedTogether(db: Queryable, viewer: Viewer, use: Use, contents: readonly Content[]): Promise<Set<number>> {
  const given = contents.map(givenOf);
  const statement = await withLookups(db, (lookups) => {
    const parameters = new Parameters(everythingSeen, lookups, columnsOf(given));
    const conditions = [...new Set(given.map(({ type }) => type))].map((type) => `(r.type = ${typeCode(type)} and ${rowCondition(viewer, use, type, 'r', parameters)})`);
    const condition = conditions.join(' or ').replaceAll('record.text_value', 'given_text').replaceAll('record.range_value', 'given_range');
    return { text: `with ${[givenRows, ...sidesOf(given, condition, parameters)].join(', ')} select r.n::int as n from given r where ${condition}`, values: parameters.values };
  });
  const { rows } = await db.query<{ n: number }>(searchStatement(statement.text, statement.values, true));
  return new Set(rows.map(({ n }) => n));
}

interface Given extends Content {
  readonly key: bigint;
  readonly index: IndexEntry;
  readonly marks: number;
}

function givenOf(content: Content): Given {
  const resource = content.resource();
  return { ...content, key: keyOf(resource.id ?? content.id), index: indexOf(resource), marks: marksOf(resource) };
}

function columnsOf(given: readonly Given[]): unknown[] {
  const dates = given.map(({ index, updated }) => dateColumns(index, updated));
  return [
    given.map(({ type }) => typeCode(type)),
    int8Array(given.map(({ key }) => key)),
    given.map(({ id }) => id),
    int8Array(given.map(({ index }) => index.patient)),
    int8Array(dates.map(([low]) => low)),
    int8Array(dates.map(([, high]) => high)),
    int8Array(given.map(({ updated }) => BigInt(updated))),
    int8Array(given.map(({ index }) => index.present)),
    given.map(({ marks }) => marks),
    given.map(({ index }) => index.tokens.length),
    int8Array(given.flatMap(({ index }) => index.tokens)),
  ];
}

const givenRows = `given as materialized (
  select u.type, u.key, u.id, u.patient, u.date_low, u.date_high, u.updated, u.present, u.own | ${guardMarks('u.patient')} as marks, u.n,
    ($11::bigint[])[u.tokens_to - u.tokens_count + 1 : u.tokens_to] as tokens
  from (
    select *, (sum(tokens_count) over (order by n))::int as tokens_to
    from unnest($1::smallint[], $2::bigint[], $3::text[], $4::bigint[], $5::bigint[], $6::bigint[], $7::bigint[], $8::bigint[], $9::int[], $10::int[]) with ordinality
      as t(type, key, id, patient, date_low, date_high, updated, present, own, tokens_count, n)
  ) u
)`;

/** The texts and ranges of the contents, where the condition reads them. */
function sidesOf(given: readonly Given[], condition: string, parameters: Parameters): string[] {
  const texts = given.flatMap(({ index, key }) => index.strings.map((row) => ({ key, text: placedText(row) })));
  const ranges = given.flatMap(({ index, key }) => index.ranges.map((row) => ({ key, ...row })));
  const list = (values: unknown, type: string): string => `${parameters.add(values)}::${type}[]`;
  return [
    ...(condition.includes('given_text') ? [`given_text as (select * from unnest(${list(texts.map(({ text }) => text), 'text')}, ${list(int8Array(texts.map(({ key }) => key)), 'bigint')}) as s(text, key))`] : []),
    ...(condition.includes('given_range')
      ? [`given_range as (select * from unnest(${list(int8Array(ranges.map(({ place }) => place)), 'bigint')}, ${list(float8Array(ranges.map(({ low }) => low)), 'float8')}, ${list(float8Array(ranges.map(({ high }) => high)), 'float8')}, ${list(int8Array(ranges.map(({ key }) => key)), 'bigint')}) as s(place, low, high, key))`]
      : []),
  ];
}
