import type { Queryable } from '../../../platform/database.ts';
import { guardMarks } from '../../security/index.ts';
import { byTable, shortName, tableOf } from './partitions.ts';
import { prepare, resourceColumns, resourceInput, sideDifference, sideRowsOf, type Prepared } from './rows.ts';
import { sideInserts, sideDeletes, type SideStatements } from './side-statements.ts';
import { noteKnown, unknownSpellings, type NewSpellings } from './spellings.ts';
import type { Change, Writer } from './types.ts';

/**
 * Stores changes with their index rows, past versions and feed entries: one statement for all new resources, and one for each table that
 * holds changed ones. Gives, in their order, whether each held; false means that somebody else changed or made the resource meanwhile.
 * Inside a transaction a caller that meets false rolls back; outside it each statement stands alone.
 */
export async function storeChanges(db: Queryable, changes: readonly Change[], writer?: Writer): Promise<boolean[]> {
  const prepared = changes.map(prepare);
  const held = new Set<Change>();
  const news = prepared.filter((p) => p.change.current?.json === undefined && p.change.after !== undefined);
  if (news.length > 0) for (const n of await insertNew(db, news, writer)) held.add((news[n - 1] as Prepared).change);
  const updates = prepared.filter((p) => p.change.current?.json !== undefined);
  for (const [table, group] of byTable(updates, (p) => p.change.type)) {
    const sorted = group.sort((a, b) => (a.change.type < b.change.type ? -1 : a.change.type > b.change.type ? 1 : a.key < b.key ? -1 : 1));
    for (const n of await replaceOld(db, table, sorted, writer)) held.add((sorted[n - 1] as Prepared).change);
  }
  for (const { change, index } of prepared) if (index.patient !== 0n && held.has(change)) writer?.patients.add(index.patient);
  return changes.map((change) => held.has(change));
}

/** New resources of one table go straight into it, which spares PostgreSQL the routing; a mixed batch goes through the parent. */
async function insertNew(db: Queryable, batch: readonly Prepared[], writer: Writer | undefined): Promise<number[]> {
  const tables = new Set(batch.map((p) => tableOf(p.change.type)));
  const table = tables.size === 1 ? [...tables].join() : 'record.resource';
  const columns = resourceColumns(batch);
  const sides = sideInserts(sideRowsOf(batch), 'made', columns.length);
  const spelt = unknownSpellings(batch.map((p) => p.index), columns.length + sides.values.length);
  const { rows } = await db.query<StoredRow>({
    name: `insert${shortName(table)}${sides.name}${spelt.name}`,
    text: insertText(table, sides, spelt, columns.length + sides.values.length + spelt.values.length),
    values: [...columns, ...sides.values, ...spelt.values, ...writerColumns(writer)],
  });
  noteKnown(rows[0]?.known);
  return rows.map((row) => row.n);
}

interface StoredRow {
  n: number;
  /** Of a deleted resource, whose patient is known from the row alone. */
  patient?: string;
  known?: string[] | null;
}

// A key ≥ 0 was made by the server and never used before; any other may have been deleted by somebody since the caller looked.
function insertText(table: string, sides: SideStatements, spelt: NewSpellings, used: number): string {
  return `
with input as ${resourceInput},
made as (
  insert into ${table} (type, method, key, patient, date_low, date_high, updated, change, version, id, tokens, content, present, marks)
  select i.type, i.method, i.key, i.patient, i.date_low, i.date_high, i.updated, greatest(c.change, i.after), i.version, i.id, i.tokens, i.content, i.present, i.marks | ${guardMarks('i.patient')}
  from input i, record.clock c
  where i.key >= 0 or i.version > 1
    or not exists (select from record.version v where v.type = i.type and v.key = i.key)
  on conflict (type, key) do nothing
  returning type, method, key, patient, updated, change, version, id
)${sides.text}${spelt.text}, logged as (
  insert into record.change (change, type, key, version, updated, method, id, patient, actor, request)
  select change, type, key, version, updated, method, id, patient, $${used + 1}::text, $${used + 2}::text from made
)
select i.n::int as n${spelt.column} from input i join made m on m.type = i.type and m.key = i.key and m.id = i.id`;
}

async function replaceOld(db: Queryable, table: string, batch: readonly Prepared[], writer: Writer | undefined): Promise<number[]> {
  const { gone, come } = sideDifference(batch);
  const columns = resourceColumns(batch);
  const deletes = sideDeletes(gone, 'old', columns.length);
  const inserts = sideInserts(come, 'old', columns.length + deletes.values.length);
  const spelt = unknownSpellings(batch.map((p) => p.index), columns.length + deletes.values.length + inserts.values.length);
  const removing = batch.some((p) => p.change.after === undefined);
  const { rows } = await db.query<StoredRow>({
    name: `replace${shortName(table)}${removing ? '-removing' : ''}${deletes.name}${inserts.name}${spelt.name}`,
    text: replaceText(table, removing, `${deletes.text}${inserts.text}`, spelt, columns.length + deletes.values.length + inserts.values.length + spelt.values.length),
    values: [...columns, ...deletes.values, ...inserts.values, ...spelt.values, ...writerColumns(writer)],
  });
  noteKnown(rows[0]?.known);
  for (const { patient } of rows) if (patient !== undefined && patient !== '0') writer?.patients.add(BigInt(patient));
  return rows.map((row) => row.n);
}

function replaceText(table: string, removing: boolean, sides: string, spelt: NewSpellings, used: number): string {
  return `
with input as ${resourceInput},
old as materialized (
  select i.n, r.type, r.method, r.key, r.version, r.updated, greatest(c.change, r.change) as next, r.change, r.patient, r.id, r.content
  from input i join ${table} r on r.type = i.type and r.key = i.key and r.id = i.id and r.version = i.version - 1, record.clock c
  order by r.type, r.key for update of r
), kept as (
  insert into record.version (type, method, key, version, updated, change, id, content)
  select type, method, key, version, updated, change, id, content from old
), renewed as (
  update ${table} r set method = i.method, patient = i.patient, date_low = i.date_low, date_high = i.date_high, updated = i.updated,
    change = o.next, version = i.version, tokens = i.tokens, content = i.content, present = i.present, marks = i.marks | ${guardMarks('i.patient')}
  from input i join old o on o.n = i.n
  where r.type = i.type and r.key = i.key and i.method <> 4
)${removing ? removedText(table) : ''}${sides}${spelt.text}, logged as (
  insert into record.change (change, type, key, version, updated, method, id, patient, actor, request)
  select o.next, i.type, i.key, i.version, i.updated, i.method, i.id, case i.method when 4 then o.patient else i.patient end, $${used + 1}::text, $${used + 2}::text
  from input i join old o on o.n = i.n
)
select n::int as n${removing ? ', patient' : ''}${spelt.column} from old`;
}

function removedText(table: string): string {
  return `, removed as (
  delete from ${table} r using input i join old o on o.n = i.n where r.type = i.type and r.key = i.key and i.method = 4
), marked as (
  insert into record.version (type, method, key, version, updated, change, id, content)
  select i.type, i.method, i.key, i.version, i.updated, o.next, i.id, '' from input i join old o on o.n = i.n where i.method = 4
)`;
}

/** Who writes, for the log of changes: the audit tells each write from it, also one whose request ended before it was told. */
function writerColumns(writer: Writer | undefined): (string | null)[] {
  return [writer?.actor ?? null, writer?.request ?? null];
}
