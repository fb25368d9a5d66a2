// Every query of the module.
import { randomBytes } from 'node:crypto';
import type { Queryable } from '../../platform/database.ts';
import type { Failure, Job, JobFile } from './job.ts';

interface JobRow {
  id: string;
  kind: Job['kind'];
  state: Job['state'];
  owner: string;
  acts_for: Job['actsFor'] | null;
  base: string;
  request: string;
  asked: unknown;
  plan: unknown;
  place: unknown;
  transaction_time: string | null;
  snapshot: string | null;
  done_resources: string;
  faults: number;
  failure: Failure | null;
  created_at: string;
  expires_at: string | null;
}

function jobOf(row: JobRow): Job {
  const { id, kind, state, owner, base, request, asked, plan, place, faults } = row;
  return {
    id, kind, state, owner, base, request, asked, faults,
    plan: plan ?? undefined,
    place: place ?? undefined,
    actsFor: row.acts_for ?? undefined,
    transactionTime: row.transaction_time === null ? undefined : Number(row.transaction_time),
    snapshot: row.snapshot ?? undefined,
    doneResources: Number(row.done_resources),
    failure: row.failure ?? undefined,
    createdAt: Number(row.created_at),
    expiresAt: row.expires_at === null ? undefined : Number(row.expires_at),
  } as Job;
}

/** Adds a job unless its owner has `most` running ones; tells whether it was added. Call in a transaction: owners are locked one by one. */
export async function addJob(db: Queryable, job: Pick<Job, 'id' | 'kind' | 'owner' | 'actsFor' | 'base' | 'request' | 'asked' | 'createdAt'>, most: number): Promise<boolean> {
  await db.query({ text: 'select pg_advisory_xact_lock(hashtextextended($1, 0))', values: [`bulk owner ${job.owner}`] });
  const { rowCount } = await db.query({
    text: `insert into bulk.job (id, kind, owner, base, request, asked, created_at, acts_for)
      select $1, $2, $3, $4, $5, $6, $7, $9 where (select count(*) from bulk.job where owner = $3 and state = 'running') < $8`,
    values: [job.id, job.kind, job.owner, job.base, job.request, JSON.stringify(job.asked), job.createdAt, most, JSON.stringify(job.actsFor)],
  });
  return rowCount === 1;
}

export async function loadJob(db: Queryable, id: string): Promise<Job | undefined> {
  const { rows } = await db.query<JobRow>({ name: 'bulk-job', text: 'select * from bulk.job where id = $1', values: [id] });
  return rows[0] === undefined ? undefined : jobOf(rows[0]);
}

/** Takes a job for as long as the transaction lasts; undefined when another works on it, or it is over. The lock falls with the connection. */
export async function holdJob(db: Queryable, id: string): Promise<Job | undefined> {
  const { rows } = await db.query<{ held: boolean }>({ text: 'select pg_try_advisory_xact_lock(hashtextextended($1, 0)) as held', values: [`bulk job ${id}`] });
  const job = rows[0]?.held === true ? await loadJob(db, id) : undefined;
  return job?.state === 'running' ? job : undefined;
}

/** Notes what an export decided at its beginning: the time it answers with, where in the feed it reads, and its parts. */
export async function notePlan(db: Queryable, id: string, decided: { transactionTime: number; snapshot: string; plan: object }): Promise<void> {
  const { transactionTime, snapshot, plan } = decided;
  await db.query({ text: 'insert into bulk.snapshot (transaction_time, snapshot) values ($1, $2)', values: [transactionTime, snapshot] });
  await db.query({ text: 'update bulk.job set transaction_time = $2, snapshot = $3, plan = $4 where id = $1', values: [id, transactionTime, snapshot, JSON.stringify(plan)] });
}

/** The place in the feed that a transactionTime of ours stands for. */
export async function snapshotAt(db: Queryable, transactionTime: number): Promise<string | undefined> {
  const { rows } = await db.query<{ snapshot: string }>({ text: 'select snapshot from bulk.snapshot where transaction_time = $1', values: [transactionTime] });
  return rows[0]?.snapshot;
}

/** Notes how far a running job has come; false when it was cancelled meanwhile. */
export async function notePlace(db: Queryable, id: string, place: object, resources: number): Promise<boolean> {
  const { rowCount } = await db.query({
    name: 'bulk-place',
    text: `update bulk.job set place = $2, done_resources = done_resources + $3, faults = 0 where id = $1 and state = 'running'`,
    values: [id, JSON.stringify(place), resources],
  });
  return rowCount === 1;
}

export async function noteFile(db: Queryable, job: string, file: JobFile): Promise<void> {
  await db.query({
    name: 'bulk-file',
    text: `insert into bulk.file (job, number, purpose, type, bytes, content_bytes, crc, count, finished) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)
      on conflict (job, number) do update set bytes = excluded.bytes, content_bytes = excluded.content_bytes, crc = excluded.crc,
        count = excluded.count, finished = excluded.finished`,
    values: [job, file.number, file.purpose, file.type, file.bytes, file.contentBytes, file.crc, file.count, file.finished],
  });
}

interface FileRow {
  number: number;
  purpose: JobFile['purpose'];
  type: string;
  bytes: string;
  content_bytes: string;
  crc: string;
  count: string;
  finished: boolean;
}

export async function listFiles(db: Queryable, job: string): Promise<JobFile[]> {
  const { rows } = await db.query<FileRow>({ name: 'bulk-files', text: 'select * from bulk.file where job = $1 order by number', values: [job] });
  return rows.map(({ number, purpose, type, bytes, content_bytes, crc, count, finished }) => (
    { number, purpose, type, finished, bytes: Number(bytes), contentBytes: Number(content_bytes), crc: Number(crc), count: Number(count) }
  ));
}

/** Ends a job; its files wait until `expiresAt`. */
export async function endJob(db: Queryable, id: string, end: { failure?: Failure; finishedAt: number; expiresAt: number }): Promise<boolean> {
  const { rowCount } = await db.query({
    text: `update bulk.job set state = $2, failure = $3, finished_at = $4, expires_at = $5, transaction_time = coalesce(transaction_time, $4) where id = $1 and state = 'running'`,
    values: [id, end.failure === undefined ? 'done' : 'failed', end.failure === undefined ? null : JSON.stringify(end.failure), end.finishedAt, end.expiresAt],
  });
  return rowCount === 1;
}

/** Counts a fault of a job; gives how many there were since its last progress. */
export async function countFault(db: Queryable, id: string): Promise<number> {
  const { rows } = await db.query<{ faults: number }>({ text: 'update bulk.job set faults = faults + 1 where id = $1 returning faults', values: [id] });
  return rows[0]?.faults ?? 0;
}

export async function removeJob(db: Queryable, id: string): Promise<void> {
  await db.query({ text: 'delete from bulk.job where id = $1', values: [id] });
}

export async function removeExpired(db: Queryable, now: number): Promise<string[]> {
  const { rows } = await db.query<{ id: string }>({ text: `delete from bulk.job where state <> 'running' and expires_at < $1 returning id`, values: [now] });
  return rows.map(({ id }) => id);
}

export async function listRunning(db: Queryable): Promise<{ id: string; kind: Job['kind'] }[]> {
  const { rows } = await db.query<{ id: string; kind: Job['kind'] }>({ text: `select id, kind from bulk.job where state = 'running' order by created_at` });
  return rows;
}

export async function jobExists(db: Queryable, id: string): Promise<boolean> {
  const { rows } = await db.query({ text: 'select 1 from bulk.job where id = $1', values: [id] });
  return rows.length > 0;
}

/** The key of the links; made at the first call of all. */
export async function linkKey(db: Queryable): Promise<Buffer> {
  await db.query({ name: 'bulk-make-secret', text: 'insert into bulk.secret (key) values ($1) on conflict do nothing', values: [randomBytes(32)] });
  const { rows } = await db.query<{ key: Buffer }>({ name: 'bulk-secret', text: 'select key from bulk.secret' });
  return rows[0]!.key;
}
