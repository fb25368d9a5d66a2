// Before all tests: one PostgreSQL for them, with a migrated template that each test database is cloned from.
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { openDatabase } from '../../server/src/platform/database.ts';
import { migrate } from '../../server/src/platform/migrate.ts';
import { clusterFolders } from '../../server/src/platform/postgres/cluster.ts';
import { startEmbedded } from '../../server/src/platform/postgres/embedded.ts';
import { clearLeftovers } from '../../server/src/platform/postgres/leftover.ts';
import { isAlive } from '../../server/src/platform/processes.ts';
import { order } from '../../server/src/order.ts';
import { fastFolder } from './fast-folder.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Address of the database `postgres` of the test server. */
    senAdminUrl: string;
    senTemplate: string;
    /** Why there is no template; pure tests run all the same. */
    senTemplateFailure: string;
  }
}

/** Starts the server (or takes that of SEN_TEST_DATABASE_URL) and makes the template; the returned step ends both. */
export default async function startTestPostgres(project: TestProject): Promise<() => Promise<void>> {
  const outside = process.env['SEN_TEST_DATABASE_URL'];
  const server = outside === undefined ? await startOwn() : { adminUrl: outside, stop: async () => undefined };
  const template = `sen_template_${process.pid}`;
  project.provide('senAdminUrl', server.adminUrl);
  project.provide('senTemplate', template);
  project.provide('senTemplateFailure', await makeTemplate(server.adminUrl, template));
  return async () => {
    if (outside !== undefined) await admin(server.adminUrl, `DROP DATABASE IF EXISTS ${template} WITH (FORCE)`);
    await server.stop();
  };
}

async function startOwn(): Promise<{ adminUrl: string; stop: () => Promise<void> }> {
  await sweep();
  const dataFolder = mkdtempSync(join(fastFolder(), `sen-test-${process.pid}-`));
  const server = await startEmbedded({
    dataFolder, user: '', tcpPort: 0, memoryMb: 128, maxConnections: 150, durable: false,
    say: (text) => console.error(text.en),
  });
  const stop = async () => {
    await server.stop();
    rmSync(dataFolder, { recursive: true, force: true });
  };
  return { adminUrl: server.urlOf('postgres'), stop };
}

/** Ends what runs that were killed have left behind. */
async function sweep(): Promise<void> {
  const folder = fastFolder();
  for (const name of readdirSync(folder)) {
    const pid = Number(/^sen-test-(\d+)-/.exec(name)?.[1]);
    if (!(pid > 0) || isAlive(pid)) continue;
    const { home, cluster, socket } = clusterFolders(join(folder, name));
    await clearLeftovers(cluster, socket);
    rmSync(join(home, '..'), { recursive: true, force: true });
  }
}

async function makeTemplate(adminUrl: string, template: string): Promise<string> {
  try {
    await admin(adminUrl, `CREATE DATABASE ${template}`);
    await migrateTemplate(adminUrl, template);
    return '';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** Migrations are found by folder, not by manifest: a module that does not compile must not stop the tests of the others. */
async function migrateTemplate(adminUrl: string, template: string): Promise<void> {
  const database = openDatabase({ url: withDatabase(adminUrl, template), maxConnections: 1, statementTimeoutMs: 0 });
  try {
    await migrate(database, order.map((name) => ({ name, migrations: new URL(`../../server/src/modules/${name}/migrations/`, import.meta.url) })));
  } finally {
    await database.close();
  }
}

/** The same server, another database. */
export function withDatabase(url: string, database: string): string {
  const changed = new URL(url);
  changed.pathname = `/${database}`;
  return changed.href;
}

/** Runs one statement as administrator. */
export async function admin(url: string, text: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(text);
  } finally {
    await client.end();
  }
}
