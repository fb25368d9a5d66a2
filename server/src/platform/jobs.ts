// The one file that knows pg-boss: queues in PostgreSQL, filled in the caller's transaction, worked off in the background.
import { PgBoss, type Clock, type ConstructorOptions } from 'pg-boss';
import type { Database, Queryable } from './database.ts';

export interface Queue {
  readonly name: string;
  /** Five fields of cron, in Asia/Ho_Chi_Minh. */
  readonly cron?: string;
  /** Safe to run twice: a run may end after its work was done and before that was noted. */
  readonly run: (data: unknown, attempt: number) => Promise<void>;
}

export interface RunningQueues {
  /** Lets the runs at hand finish, for 10 s at most; what is left is run again at the next start. */
  stop(): Promise<void>;
}

const schema = 'jobs';
export const deadLetterQueue = 'dead-letters';

/** Each failed run is tried again after 2, 4, 8 … s (at most 10 min), 12 times (about 1.5 h); then it waits among the dead letters for 90 days. */
const retries = { retryLimit: 12, retryDelay: 2, retryBackoff: true, retryDelayMax: 600, expireInSeconds: 900, deleteAfterSeconds: 86_400 };

/** Installs the queue tables and creates the queues that are missing. Safe to run at every start. */
export async function prepareQueues(database: Database, names: readonly string[]): Promise<void> {
  if (names.length === 0) return;
  const boss = newBoss(database, { migrate: true, createSchema: true, supervise: false, schedule: false });
  await boss.start();
  try {
    const known = new Set((await boss.getQueues()).map((queue) => queue.name));
    if (!known.has(deadLetterQueue)) await boss.createQueue(deadLetterQueue, { retentionSeconds: 90 * 86_400 });
    for (const name of names) if (!known.has(name)) await boss.createQueue(name, { ...retries, deadLetter: deadLetterQueue });
  } finally {
    await boss.stop({ graceful: false });
  }
}

/** Works off queues in this process until stopped. They must have been prepared. */
export async function runQueues(database: Database, queues: readonly Queue[], onError: (error: unknown) => void): Promise<RunningQueues> {
  if (queues.length === 0) return { stop: async () => undefined };
  const boss = newBoss(database, { migrate: false, createSchema: false, supervise: true, schedule: queues.some(({ cron }) => cron !== undefined) });
  boss.on('error', onError);
  try {
    await boss.start();
    await keepSchedules(boss, queues);
    for (const { name, run } of queues) {
      await boss.work<unknown>(name, { batchSize: 1, pollingIntervalSeconds: 1 }, async ([job]) => {
        if (job) await run(job.data, job.retryCount + 1);
      });
    }
  } catch (error) {
    await boss.stop({ graceful: false }).catch(() => undefined);
    throw error;
  }
  return { stop: () => boss.stop({ graceful: true, timeout: 10_000 }) };
}

/** A schedule whose job no longer exists or lost its cron would fill a queue that nobody reads. */
async function keepSchedules(boss: PgBoss, queues: readonly Queue[]): Promise<void> {
  const wanted = new Map(queues.flatMap(({ name, cron }) => (cron === undefined ? [] : [[name, cron] as const])));
  for (const { name } of await boss.getSchedules()) if (!wanted.has(name)) await boss.unschedule(name);
  for (const [name, cron] of wanted) await boss.schedule(name, cron, null, { tz: 'Asia/Ho_Chi_Minh' });
}

const senders = new WeakMap<Database, Promise<PgBoss>>();

/** Puts a job into a queue through the given transaction: it exists if and only if the transaction commits. */
export async function sendToQueue(database: Database, db: Queryable, queue: string, data: object): Promise<void> {
  const boss = await (senders.get(database) ?? openSender(database, db));
  await boss.send(queue, data, { db: adapter(db) });
}

/**
 * Opens the sender of a database. It starts by reading through the transaction that needs it first: were it to ask the pool
 * for a connection while transactions hold them all and wait for it, nobody would move again.
 */
function openSender(database: Database, first: Queryable): Promise<PgBoss> {
  let target: Queryable = first;
  const boss = new PgBoss({ ...quiet, clock: unhurried, db: { executeSql: (text, values) => adapter(target).executeSql(text, values) } });
  boss.on('error', () => undefined); // refreshing its list of queues failed; it is refreshed again a minute later
  const opening = boss.start().finally(() => {
    target = database;
  });
  opening.catch(() => senders.delete(database));
  senders.set(database, opening);
  return opening;
}

/** Timers that do not keep a process alive: a command that told an event ends when it is done. */
const unhurried: Clock = {
  now: Date.now,
  setTimeout: (run, ms) => setTimeout(run, ms).unref(),
  clearTimeout: (timer) => clearTimeout(timer as NodeJS.Timeout),
  setInterval: (run, ms) => setInterval(run, ms).unref(),
  clearInterval: (timer) => clearInterval(timer as NodeJS.Timeout),
};

/** Ends what sending needed for a database; belongs before closing it in a process that goes on (server, tests). */
export async function closeSender(database: Database): Promise<void> {
  const sender = senders.get(database);
  senders.delete(database);
  await sender?.then((boss) => boss.stop({ graceful: false }), () => undefined);
}

const quiet: ConstructorOptions = { schema, migrate: false, createSchema: false, supervise: false, schedule: false, registerInstance: false };

function newBoss(database: Database, options: Partial<ConstructorOptions>): PgBoss {
  const boss = new PgBoss({ ...quiet, ...options, db: adapter(database) });
  boss.on('error', () => undefined); // an emitter without a listener for 'error' ends the process
  return boss;
}

/** pg-boss sends the same few texts again and again; with a name PostgreSQL plans each once a connection (1.7 ms an event otherwise). */
const names = new Map<string, string>();
const mostNames = 64;

function nameOf(text: string, values: unknown[] | undefined): { name: string } | undefined {
  if (values === undefined || values.length === 0) return undefined;
  const known = names.get(text);
  if (known !== undefined) return { name: known };
  if (names.size >= mostNames) return undefined;
  names.set(text, `jobs-${names.size}`);
  return { name: `jobs-${names.size - 1}` };
}

function adapter(db: Queryable) {
  return {
    executeSql: async (text: string, values?: unknown[]) => {
      const { rows } = await db.query({ text, ...(values === undefined ? {} : { values }), ...nameOf(text, values) });
      return { rows };
    },
  };
}
