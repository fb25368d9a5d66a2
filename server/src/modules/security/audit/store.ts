// What is added to the chain, and how far journals have been moved.
import type { Queryable } from '../../../platform/database.ts';
import { genesis, linkHash } from './chain.ts';
import { entryOf } from './entry.ts';

/** Key of the advisory lock of whoever adds to the chain: one at a time, on any number of processes. */
const chainLock = '7310588721340902';

export interface ChainEnd {
  readonly seq: number;
  readonly hash: Buffer;
}

/** The last link; seq 0 before the first. */
export async function loadEnd(db: Queryable): Promise<ChainEnd> {
  const { rows } = await db.query<{ seq: string; hash: Buffer }>({ name: 'audit-end', text: 'select seq, hash from security.audit order by seq desc limit 1' });
  const [row] = rows;
  return row === undefined ? { seq: 0, hash: genesis } : { seq: Number(row.seq), hash: row.hash };
}

/** Holds the end of the chain until the transaction ends. */
export async function lockChain(db: Queryable): Promise<void> {
  await db.query({ name: 'audit-lock', text: 'select pg_advisory_xact_lock($1)', values: [chainLock] });
}

/** Adds lines to the chain in one statement. Inside a transaction that holds the chain. */
export async function addLines(db: Queryable, lines: readonly string[]): Promise<ChainEnd> {
  let end = await loadEnd(db);
  if (lines.length === 0) return end;
  const rows = lines.map((line) => {
    const seq = end.seq + 1;
    end = { seq, hash: linkHash(end.hash, seq, line) };
    return rowOf(end, line);
  });
  const column = <K extends keyof Row>(name: K) => rows.map((row) => row[name]);
  await db.query({
    name: 'audit-add',
    text: `insert into security.audit (seq, at, kind, action, outcome, actor, patients, request, foreign_id, entry, hash)
      select seq, at, kind, action, outcome, actor, patients::bigint[], request, foreign_id, entry, hash
      from unnest($1::bigint[], $2::bigint[], $3::text[], $4::text[], $5::smallint[], $6::text[], $7::text[], $8::text[], $9::text[], $10::text[], $11::bytea[])
        as u(seq, at, kind, action, outcome, actor, patients, request, foreign_id, entry, hash)`,
    values: [
      column('seq'), column('at'), column('kind'), column('action'), column('outcome'), column('actor'), column('patients'), column('request'), column('foreignId'),
      lines, column('hash'),
    ],
  });
  return end;
}

export interface Row {
  readonly seq: number;
  readonly at: number;
  readonly kind: string;
  readonly action: string;
  readonly outcome: number;
  readonly actor: string;
  /** As PostgreSQL writes an array. */
  readonly patients: string | null;
  readonly request: string | null;
  readonly foreignId: string | null;
  readonly hash: Buffer;
}

/** The columns that an entry gives its row. */
export function rowOf({ seq, hash }: ChainEnd, line: string): Row {
  const { at, kind, action, outcome, actor, patients = [], touches = [], request, foreignId } = entryOf(line);
  const writes = touches.some((touch) => !touch.startsWith('R'));
  return {
    seq, at, kind, action, outcome, actor, hash,
    patients: patients.length === 0 ? null : `{${patients.join(',')}}`,
    request: writes ? (request ?? null) : null,
    foreignId: foreignId ?? null,
  };
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
  const { rows } = await db.query<{ request: string; entry: string }>({
    name: 'audit-named-writes', text: 'select request, entry from security.audit where request = any($1::text[])', values: [requests],
  });
  return new Set(rows.flatMap(({ request, entry }) => (entryOf(entry).touches ?? []).map((touch) => `${request} ${touch}`)));
}

export async function removePlace(db: Queryable, journal: string): Promise<void> {
  await db.query({ text: 'delete from security.audit_journal where journal = $1', values: [journal] });
}
