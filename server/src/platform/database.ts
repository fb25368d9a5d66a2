// The one door to PostgreSQL: named statements over a pool of connections (driver `pg`, chosen by measurement).
import pg from 'pg';

export interface Statement {
  /** Statement name: the same text must always carry the same name. Prepared once a connection. Omit for one-off SQL. */
  readonly name?: string;
  readonly text: string;
  readonly values?: readonly unknown[];
  /** `custom`: plan anew for these values. For searches, where one plan for all values can be 4,000 times slower (docs/decisions/0003). */
  readonly plan?: 'custom';
}

export interface Queryable {
  /** Runs one statement, or several without values, whose rows come one after the other. Rows come as objects; int8 as string, bytea as Buffer. */
  query<R extends object = Record<string, unknown>>(statement: Statement): Promise<{ rows: R[]; rowCount: number }>;
}

export interface Database extends Queryable {
  /** Runs steps in one READ COMMITTED transaction; repeats them after a deadlock or a serialization failure, at most 4 times. */
  transaction<T>(steps: (db: Queryable) => Promise<T>): Promise<T>;
  /** Lends one connection outside any transaction, for session locks. */
  connection<T>(use: (client: pg.PoolClient) => Promise<T>): Promise<T>;
  /** A connection of its own beside the pools, not opened yet: for whoever listens as long as the process lives. The caller ends it. */
  ownClient(): pg.Client;
  /** Connections in all, idle, and requests that wait. */
  load(): { total: number; idle: number; waiting: number };
  close(): Promise<void>;
}

export interface DatabaseOptions {
  readonly url: string;
  /** Of each of the two pools. */
  readonly maxConnections: number;
  readonly statementTimeoutMs: number;
}

const retried = new Set(['40001', '40P01']);

/** Opens two pools, one for statements whose plan is the same for all values and one for searches. Nothing is connected until the first query. */
export function openDatabase(options: DatabaseOptions): Database {
  const points = openPool(options, 'auto');
  const searches = openPool(options, 'force_custom_plan');
  return {
    query: (statement) => run(statement.plan === 'custom' ? searches : points, statement),
    transaction: (steps) => transaction(points, steps),
    connection: async (use) => {
      const client = await points.connect();
      try {
        return await use(client);
      } finally {
        client.release();
      }
    },
    ownClient: () => new pg.Client({ connectionString: options.url, application_name: 'sen listening', keepAlive: true }),
    load: () => ({
      total: points.totalCount + searches.totalCount,
      idle: points.idleCount + searches.idleCount,
      waiting: points.waitingCount + searches.waitingCount,
    }),
    close: async () => {
      await Promise.all([points.end(), searches.end()]);
    },
  };
}

/**
 * How PostgreSQL weighs plans, the same on an outside server as on ours. What a hospital reads is in memory: at the usual price of a page the
 * planner intersected indexes for each patient of a chained search, 38 ms instead of 2.
 */
const planning = { random_page_cost: 0.5, seq_page_cost: 0.5, jit: 'off', max_parallel_workers_per_gather: 0 };

function openPool(options: DatabaseOptions, planCacheMode: string): pg.Pool {
  const pool = new pg.Pool({
    connectionString: options.url,
    max: options.maxConnections,
    statement_timeout: options.statementTimeoutMs,
    application_name: 'sen',
    idleTimeoutMillis: 60_000,
    options: Object.entries({ ...planning, plan_cache_mode: planCacheMode, TimeZone: 'UTC' }).map(([name, value]) => `-c ${name}=${value}`).join(' '),
  });
  pool.on('error', () => undefined); // an idle connection that breaks is replaced at the next query
  // One that breaks while lent out, between two queries, would end the process: the pool listens only to idle ones. Its next query fails.
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}

async function run<R extends object>(target: pg.Pool | pg.PoolClient, statement: Statement) {
  const result = (await target.query<R>(statement as pg.QueryConfig)) as pg.QueryResult<R> | pg.QueryResult<R>[];
  // several statements in one text: the rows of all, in their order (the maintenance of pg-boss reads those of the last but one)
  if (Array.isArray(result)) return { rows: result.flatMap((one) => one.rows), rowCount: result.reduce((count, one) => count + (one.rowCount ?? 0), 0) };
  return { rows: result.rows, rowCount: result.rowCount ?? 0 };
}

async function transaction<T>(pool: pg.Pool, steps: (db: Queryable) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    const client = await pool.connect();
    let broken: Error | undefined;
    try {
      await client.query('BEGIN');
      const value = await steps({ query: (statement) => run(client, withoutName(statement)) });
      await client.query('COMMIT');
      return value;
    } catch (error) {
      broken = await rollBack(client);
      if (attempt >= 4 || !retried.has((error as { code?: string }).code ?? '')) throw error;
    } finally {
      client.release(broken);
    }
  }
}

/** A search inside a transaction runs on a connection that may keep plans: without a name it is planned for its values. */
function withoutName(statement: Statement): Statement {
  if (statement.plan !== 'custom') return statement;
  return { text: statement.text, values: statement.values ?? [] };
}

async function rollBack(client: pg.PoolClient): Promise<Error | undefined> {
  try {
    await client.query('ROLLBACK');
    return undefined;
  } catch (error) {
    return error as Error;
  }
}
