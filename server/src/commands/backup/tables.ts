// The tables of the house, whole: out of one snapshot, and back into a database that has their schema.
import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { PoolClient } from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';

export interface TableNote {
  readonly schema: string;
  readonly name: string;
  /** All that are stored, in order; generated ones make themselves. */
  readonly columns: readonly string[];
}

export interface CopiedTable extends TableNote {
  readonly bytes: number;
  readonly sha256: string;
}

export interface SequenceNote {
  readonly schema: string;
  readonly name: string;
  /** As text: a bigint. Undefined: never used. */
  readonly last?: string;
}

/** Bytes of a part of a table in the archive: small enough for memory, large enough that a tar header does not count. */
const PART_BYTES = 4 * 1024 * 1024;

/** Everything that holds rows of ours, partitioned tables as one. */
export async function listTables(client: PoolClient): Promise<TableNote[]> {
  const { rows } = await client.query<TableNote>(`
    SELECT n.nspname AS schema, c.relname AS name,
           array_agg(a.attname::text ORDER BY a.attnum) FILTER (WHERE a.attgenerated = '') AS columns
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
    WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND n.nspname NOT IN ('information_schema') AND n.nspname NOT LIKE 'pg\\_%'
    GROUP BY 1, 2 ORDER BY 1, 2`);
  return rows;
}

export async function listSequences(client: PoolClient): Promise<SequenceNote[]> {
  const { rows } = await client.query<{ schema: string; name: string; last: string | null }>('SELECT schemaname AS schema, sequencename AS name, last_value::text AS last FROM pg_sequences ORDER BY 1, 2');
  return rows.map(({ last, ...row }) => ({ ...row, ...(last === null ? {} : { last }) }));
}

/** Gives the rows of a table as COPY text, in parts. */
export async function copyOut(client: PoolClient, table: TableNote, put: (part: Buffer) => Promise<void>): Promise<CopiedTable> {
  const sha = createHash('sha256');
  let bytes = 0;
  let waiting: Buffer[] = [];
  let waitingBytes = 0;
  const flush = async () => {
    if (waitingBytes === 0) return;
    await put(Buffer.concat(waiting));
    waiting = [];
    waitingBytes = 0;
  };
  for await (const chunk of client.query(copyTo(`COPY (SELECT ${columnsOf(table)} FROM ${nameOf(table)}) TO STDOUT`)) as AsyncIterable<Buffer>) {
    sha.update(chunk);
    bytes += chunk.length;
    waitingBytes += chunk.length;
    waiting.push(chunk);
    if (waitingBytes >= PART_BYTES) await flush();
  }
  await flush();
  return { ...table, bytes, sha256: sha.digest('hex') };
}

/** Puts the rows of a table back. */
export async function copyIn(client: PoolClient, table: TableNote, parts: AsyncIterable<Buffer>): Promise<void> {
  await pipeline(Readable.from(parts), client.query(copyFrom(`COPY ${nameOf(table)} (${columnsOf(table)}) FROM STDIN`)));
}

export async function emptyTables(client: PoolClient, tables: readonly TableNote[]): Promise<void> {
  if (tables.length > 0) await client.query(`TRUNCATE ${tables.map(nameOf).join(', ')}`);
}

export async function setSequences(client: PoolClient, sequences: readonly SequenceNote[]): Promise<void> {
  for (const { schema, name, last } of sequences) {
    if (last !== undefined) await client.query('SELECT setval(format($3, $1::text, $2::text)::regclass, $4::bigint)', [schema, name, '%I.%I', last]);
  }
}

function nameOf({ schema, name }: TableNote): string {
  return `${quoted(schema)}.${quoted(name)}`;
}

function columnsOf({ columns }: TableNote): string {
  return columns.map(quoted).join(', ');
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}
