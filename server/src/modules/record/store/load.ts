import { keyOf, typeCode, typeOfCode } from '@sen/fhir';
import type { Queryable } from '../../../platform/database.ts';
import { unpackContent } from './codec.ts';
import { searchStatement } from '../search/statement.ts';
import { int8Array } from './binary-arrays.ts';
import { lockQueries } from './locks.ts';
import { tableOf } from './partitions.ts';
import { methodOf, type Current, type Version } from './types.ts';

export interface Row {
  type: number;
  method: number;
  id: string;
  version: number;
  updated: string;
  change: string;
  patient?: string | null;
  content: Buffer;
}

const columns = 'type, method, id, version, updated, change, content';
const liveColumns = 'r.type, r.method, r.id, r.version, r.updated, r.change, r.patient, r.content';

/** A row as a version; empty content is a deletion. */
export function versionOf(row: Row): Version {
  return {
    type: typeOfCode(row.type),
    id: row.id,
    version: row.version,
    updated: Number(row.updated),
    json: row.content.length === 0 ? undefined : unpackContent(row),
    feed: row.change,
    method: methodOf(row.method),
    ...(row.patient === undefined || row.patient === null ? {} : { patient: row.patient }),
  };
}

/** Loads the latest state of one resource, deleted ones too; undefined when it never existed. */
export async function loadCurrent(db: Queryable, type: string, id: string): Promise<Current | undefined> {
  const table = tableOf(type);
  const values = addressOf(type, id);
  const live = await db.query<Row>({ name: `load-${table}`, text: liveText(type), values });
  if (live.rows[0] !== undefined) return versionOf(live.rows[0]);
  const past = await db.query<Row>({
    name: 'load-last-version',
    text: `select ${columns} from record.version where type = $1 and key = $2 and id = $3 order by version desc limit 1`,
    values,
  });
  return past.rows[0] === undefined ? undefined : versionOf(past.rows[0]);
}

/** The first values of the statements about one resource. */
export function addressOf(type: string, id: string): [number, string, string] {
  return [typeCode(type), String(keyOf(id)), id];
}

function liveText(type: string): string {
  return `select ${liveColumns} from ${tableOf(type)} r where r.type = $1 and r.key = $2 and r.id = $3`;
}

/** Loads a live resource where a condition on its row `r` holds, whose first three values are its address. */
export async function loadLive(db: Queryable, type: string, condition: string, values: readonly unknown[]): Promise<Current | undefined> {
  const { rows } = await db.query<Row>(searchStatement(`${liveText(type)} and ${condition}`, values, true));
  return rows[0] === undefined ? undefined : versionOf(rows[0]);
}

/** The deletion of a resource, and what it deleted; undefined when it is live or never was. */
export async function loadDeletion(db: Queryable, type: string, id: string): Promise<{ deletion: Current; last: Current } | undefined> {
  const { rows } = await db.query<Row>({
    name: `load-deletion-${tableOf(type)}`,
    text: `select ${columns} from record.version where type = $1 and key = $2 and id = $3
        and not exists (select from ${tableOf(type)} r where r.type = $1 and r.key = $2 and r.id = $3)
      order by version desc limit 2`,
    values: addressOf(type, id),
  });
  const [deletion, last] = rows;
  return deletion === undefined || last === undefined ? undefined : { deletion: versionOf(deletion), last: versionOf(last) };
}

/** What was deleted, of resources that are live no more; undefined where one is live or never was. */
export async function loadLastContents(db: Queryable, refs: readonly Ref[]): Promise<(Current | undefined)[]> {
  const { rows } = await db.query<Row>({
    name: 'load-last-contents',
    text: `select v.* from unnest($1::smallint[], $2::bigint[]) as want(type, key), lateral (
        select ${columns} from record.version where type = want.type and key = want.key and length(content) > 0 order by version desc limit 1) v
      where not exists (select from record.resource r where r.type = want.type and r.key = want.key)`,
    values: wanted(refs),
  });
  const found = new Map(rows.map((row) => [`${typeOfCode(row.type)}/${row.id}`, versionOf(row)]));
  return refs.map(({ type, id }) => found.get(`${type}/${id}`));
}

export interface Ref {
  readonly type: string;
  readonly id: string;
}

/**
 * Loads the latest state of many resources, in their order, in one round trip (two when some do not exist).
 * With `lock` the live rows stay locked until the transaction ends, taken in key order so that two bundles cannot wait for each other;
 * so do the places of deleted ones.
 */
export async function loadCurrents(db: Queryable, refs: readonly Ref[], lock: boolean): Promise<(Current | undefined)[]> {
  const found = new Map<string, Current>();
  const live = await db.query<Row>({
    name: lock ? 'load-many-locked' : 'load-many',
    text: `select ${liveColumns} from unnest($1::smallint[], $2::bigint[]) as want(type, key)
      join record.resource r on r.type = want.type and r.key = want.key ${lock ? 'order by r.type, r.key for update of r' : ''}`,
    values: wanted(refs),
  });
  for (const row of live.rows) keep(found, row);
  const missing = refs.filter((ref) => !found.has(`${ref.type}/${ref.id}`));
  if (missing.length > 0) await loadDeleted(db, missing, found, lock);
  return refs.map((ref) => found.get(`${ref.type}/${ref.id}`));
}

/**
 * The latest versions of what is not live. A deleted resource has no row to lock, and two writers who both bring it back could make one version
 * twice when a delete comes between them: with `lock` they wait for each other, and look again once they may.
 */
async function loadDeleted(db: Queryable, missing: readonly Ref[], found: Map<string, Current>, lock: boolean): Promise<void> {
  const past = await db.query<Row>({
    name: 'load-many-last-versions',
    text: `select v.* from unnest($1::smallint[], $2::bigint[]) as want(type, key), lateral (
        select ${columns} from record.version where type = want.type and key = want.key order by version desc limit 1) v`,
    values: wanted(missing),
  });
  if (!lock || past.rows.length === 0) {
    for (const row of past.rows) keep(found, row);
    return;
  }
  const deleted = past.rows.map((row) => ({ type: typeOfCode(row.type), id: row.id }));
  await lockQueries(db, deleted.map(({ type, id }) => `bring back ${type}/${id}`));
  const now = await loadCurrents(db, deleted, false);
  for (const current of now) if (current !== undefined) found.set(`${current.type}/${current.id}`, current);
}

/** A row that a newer one of the same resource already stands for is passed over. */
function keep(found: Map<string, Current>, row: Row): void {
  const version = versionOf(row);
  const name = `${version.type}/${version.id}`;
  if (!found.has(name)) found.set(name, version);
}

/** The first values of the statements about many resources. */
export function wanted(refs: readonly { type: string; id: string }[]): unknown[] {
  return [refs.map((r) => typeCode(r.type)), int8Array(refs.map((r) => keyOf(r.id)))];
}

/** Loads one version, past or present; undefined when there is none of that number. */
export async function loadVersion(db: Queryable, type: string, id: string, version: number): Promise<Version | undefined> {
  const table = tableOf(type);
  const { rows } = await db.query<Row>({
    name: `load-version-${table}`,
    text: `select ${columns} from ${table} where type = $1 and key = $2 and id = $3 and version = $4
      union all select ${columns} from record.version where type = $1 and key = $2 and id = $3 and version = $4`,
    values: [typeCode(type), String(keyOf(id)), id, version],
  });
  return rows[0] === undefined ? undefined : versionOf(rows[0]);
}
