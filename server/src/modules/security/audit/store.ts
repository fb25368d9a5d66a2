// What is added to the chain, and how far journals have been moved.
import type { Queryable } from '../../../platform/database.ts';
import { blockOf, bodyOf, linesOf, type ChainEnd } from './block.ts';
import { genesis } from './chain.ts';
import { entryOf } from './entry.ts';

/** Key of the advisory lock of whoever adds to the chain: one at a time, on any number of processes. */
const chainLock = '7310588721340902';

/** The last link; seq 0 before the first. */
export async function loadEnd(db: Queryable): Promise<ChainEnd> {
  const { rows } = await db.query<{ seq: string; hash: Buffer }>({ name: 'audit-end', text: 'select last_seq as seq, hash from security.audit_block order by first_seq desc limit 1' });
  const [row] = rows;
  return row === undefined ? { seq: 0, hash: genesis } : { seq: Number(row.seq), hash: row.hash };
}

/** Holds the end of the chain until the transaction ends. */
export async function lockChain(db: Queryable): Promise<void> {
  await db.query({ name: 'audit-lock', text: 'select pg_advisory_xact_lock($1)', values: [chainLock] });
}

/** Adds lines to the chain as one block. Inside a transaction that holds the chain. */
export async function addLines(db: Queryable, lines: readonly string[]): Promise<void> {
  if (lines.length === 0) return;
  const { firstSeq, lastSeq, fromAt, toAt, refused, failed, actors, patients, requests, foreignIds, hash } = blockOf(await loadEnd(db), lines);
  await db.query({
    name: 'audit-add',
    text: `insert into security.audit_block (first_seq, last_seq, from_at, to_at, refused, failed, actors, patients, requests, foreign_ids, links, body, hash)
      values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'block', $11, $12)`,
    values: [firstSeq, lastSeq, fromAt, toAt, refused, failed, actors, patients, requests, foreignIds, bodyOf(lines), hash],
  });
}

export interface JournalPlace {
  readonly segment: number;
  readonly position: number;
}

export async function loadPlace(db: Queryable, journal: string): Promise<JournalPlace> {
  const { rows } = await db.query<{ segment: number; position: string }>({
    name: 'audit-place', text: 'select segment, position from security.audit_journal where journal = $1', values: [journal],
  });
  const [row] = rows;
  return row === undefined ? { segment: 0, position: 0 } : { segment: row.segment, position: Number(row.position) };
}

export async function keepPlace(db: Queryable, journal: string, { segment, position }: JournalPlace): Promise<void> {
  await db.query({
    name: 'audit-keep-place',
    text: `insert into security.audit_journal (journal, segment, position) values ($1, $2, $3)
      on conflict (journal) do update set segment = excluded.segment, position = excluded.position`,
    values: [journal, segment, position],
  });
}

/** Of these requests, the writes that the chain already names: `<request> <touch>`. */
export async function namedWrites(db: Queryable, requests: readonly string[]): Promise<Set<string>> {
  const { rows } = await db.query<{ body: Buffer; links: 'block' | 'entries' }>({
    name: 'audit-named-writes', text: 'select body, links from security.audit_block where requests && $1::text[]', values: [requests],
  });
  const asked = new Set(requests);
  const named = new Set<string>();
  for (const { body, links } of rows) {
    for (const { request, touches = [] } of linesOf(body, links).map(entryOf)) if (request !== undefined && asked.has(request)) for (const touch of touches) named.add(`${request} ${touch}`);
  }
  return named;
}

export async function removePlace(db: Queryable, journal: string): Promise<void> {
  await db.query({ text: 'delete from security.audit_journal where journal = $1', values: [journal] });
}
