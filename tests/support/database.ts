// A migrated, empty database of its own for a test, cloned from the template in some 50 ms.
import { randomBytes } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inject } from 'vitest';
import { openContentKeys } from '../../server/src/modules/record/store/open-content-keys.ts';
import { compilePolicy } from '../../server/src/modules/security/policy/compiled-policy.ts';
import { policyInForce, putInForce } from '../../server/src/modules/security/policy/policy-in-force.ts';
import { starterPolicy } from '../../server/src/modules/security/policy/starter-policy.ts';
import { systemActor } from '../../server/src/platform/actors.ts';
import { fixedClock } from '../../server/src/platform/clock.ts';
import { readSettings } from '../../server/src/platform/config.ts';
import type { Settings } from '../../server/src/platform/config.ts';
import { openDatabase } from '../../server/src/platform/database.ts';
import type { Database } from '../../server/src/platform/database.ts';
import type { House } from '../../server/src/platform/module.ts';
import { holdKeyring } from '../../server/src/platform/seal.ts';
import { beginWork } from '../../server/src/platform/work.ts';
import { testKeys } from './program.ts';
import type { Actor, Work } from '../../server/src/platform/work.ts';
import { admin, withDatabase } from './postgres.ts';

export interface TestDatabase {
  readonly url: string;
  readonly database: Database;
  readonly house: House;
  /** Moves the one clock of the test: `db.clock.advance(1000)`. */
  readonly clock: ReturnType<typeof fixedClock>;
  /** A unit of work at the time of the test's clock; events it tells are kept in `told`. */
  work(actor?: Actor): Work;
  /** Names of the events told so far, in order, committed or not. */
  readonly told: string[];
  close(): Promise<void>;
}

export interface TestDatabaseOptions {
  /** Environment variables over the defaults: `{ SEN_SEARCH_COUNT_MAX: '50' }`. */
  readonly env?: Readonly<Record<string, string>>;
  /** Time at which the clock stands; default 2026-03-02T08:00:00+07:00, a Monday. */
  readonly startMs?: number;
}

/** Makes a database for one test or one file; call `close()` in the end. */
export async function testDatabase(options: TestDatabaseOptions = {}): Promise<TestDatabase> {
  const adminUrl = inject('senAdminUrl');
  if (inject('senTemplateFailure') !== '') throw new Error(inject('senTemplateFailure'));
  const name = `test_${randomBytes(8).toString('hex')}`;
  await admin(adminUrl, `CREATE DATABASE ${name} TEMPLATE ${inject('senTemplate')} STRATEGY file_copy`);
  const url = withDatabase(adminUrl, name);
  const settings: Settings = readSettings({ SEN_LOG_LEVEL: 'silent', SEN_DEMO: 'false', SEN_DATABASE_CONNECTIONS: '8', SEN_DATA: join(tmpdir(), 'sen-test-data', name), SEN_MASTER_KEY_FILE: testKeys, ...options.env, DATABASE_URL: url });
  holdKeyring(settings);
  // As a started house has it: without a policy nobody but the house may do anything.
  if (policyInForce() === undefined) putInForce({ version: 1, policy: compilePolicy(starterPolicy) });
  const database = openDatabase({ url, maxConnections: settings.databaseConnections, statementTimeoutMs: settings.statementTimeoutMs });
  await openContentKeys(database);
  const clock = fixedClock(options.startMs ?? Date.parse('2026-03-02T08:00:00+07:00'));
  const told: string[] = [];
  const work = (actor: Actor = systemActor) =>
    beginWork(database, async (_, event) => void told.push(event.name), { actor, requestId: `test-${name}`, language: 'vi', now: clock() });
  const close = async () => {
    await database.close();
    await rm(join(tmpdir(), 'sen-test-data', name), { recursive: true, force: true });
    await admin(adminUrl, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
  };
  return { url, database, house: { settings, database, systemWork: () => work() }, clock, work, told, close };
}
