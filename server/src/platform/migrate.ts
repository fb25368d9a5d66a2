// Forward-only SQL migrations, module by module, each in its own transaction, recorded in sen.migration.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import type { Database } from './database.ts';
import type { ModuleManifest } from './module.ts';
import { Refusal } from './refusal.ts';

export interface Migration {
  readonly module: string;
  readonly number: number;
  readonly name: string;
  readonly sql: string;
  readonly checksum: string;
}

interface Recorded {
  readonly module: string;
  readonly number: number;
  readonly name: string;
  readonly checksum: string;
}

interface Client {
  query(text: string, values?: unknown[]): Promise<{ rows: unknown[] }>;
}

// One number for all houses: two servers that start at once migrate one after the other.
const MIGRATION_LOCK = 7_302_711_846;

/** Brings the database to the state of the code and returns what was applied. Refuses a newer, changed or gapped database. */
export async function migrate(database: Database, modules: readonly Pick<ModuleManifest, 'name' | 'migrations'>[]): Promise<Migration[]> {
  const known = modules.flatMap(readMigrations);
  return database.connection(async (client) => {
    await client.query('SET statement_timeout = 0');
    await client.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK]);
    try {
      await refuseOldPostgres(client);
      await createLedger(client);
      const recorded = (await client.query<Recorded>('SELECT module, number, name, checksum FROM sen.migration')).rows;
      const missing = judge(known, recorded);
      for (const migration of missing) await apply(client, migration);
      return missing;
    } finally {
      await client.query('SELECT pg_advisory_unlock($1)', [MIGRATION_LOCK]);
      await client.query('RESET statement_timeout');
    }
  });
}

/** Reads the migrations of a module: `0001-create-slots.sql`, numbered from 1 without gap. */
export function readMigrations(module: Pick<ModuleManifest, 'name' | 'migrations'>): Migration[] {
  const folder = module.migrations;
  if (folder === undefined || !existsSync(folder)) return [];
  const files = readdirSync(folder).filter((file) => file.endsWith('.sql')).sort();
  return files.map((file, index) => {
    const [, number, name] = /^(\d{4})-([a-z0-9-]+)\.sql$/.exec(file) ?? [];
    if (name === undefined || Number(number) !== index + 1) {
      throw new Error(`migrations of ${module.name}: expected ${String(index + 1).padStart(4, '0')}-<name>.sql, found ${file}`);
    }
    // A checkout on Windows may end lines with CRLF; the migration is the same.
    const sql = readFileSync(new URL(file, folderUrl(folder)), 'utf8').replaceAll('\r\n', '\n');
    return { module: module.name, number: index + 1, name, sql, checksum: createHash('sha256').update(sql).digest('hex') };
  });
}

/** The migrations still to apply, in order; refuses what cannot be carried forward. */
function judge(known: readonly Migration[], recorded: readonly Recorded[]): Migration[] {
  const keyOf = (row: { module: string; number: number }) => `${row.module}/${row.number}`;
  const code = new Map(known.map((migration) => [keyOf(migration), migration]));
  const last = new Map<string, number>();
  for (const row of recorded) {
    const migration = code.get(keyOf(row));
    if (migration === undefined) throw newerDatabase(row);
    if (migration.checksum !== row.checksum) throw changedMigration(migration);
    last.set(row.module, Math.max(last.get(row.module) ?? 0, row.number));
  }
  const applied = new Set(recorded.map(keyOf));
  const missing = known.filter((migration) => !applied.has(keyOf(migration)));
  const skipped = missing.find((migration) => migration.number < (last.get(migration.module) ?? 0));
  if (skipped !== undefined) throw skippedMigration(skipped);
  return missing;
}

async function apply(client: Client, migration: Migration): Promise<void> {
  await client.query('BEGIN');
  try {
    await client.query(migration.sql);
    await client.query(
      'INSERT INTO sen.migration (module, number, name, checksum) VALUES ($1, $2, $3, $4)',
      [migration.module, migration.number, migration.name, migration.checksum],
    );
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined);
    throw new Error(`migration ${fileOf(migration)} failed: ${(error as Error).message}`, { cause: error });
  }
}

async function createLedger(client: Client): Promise<void> {
  await client.query('CREATE SCHEMA IF NOT EXISTS sen');
  await client.query(`CREATE TABLE IF NOT EXISTS sen.migration (
    module text NOT NULL, number int NOT NULL, name text NOT NULL, checksum text NOT NULL,
    applied_at timestamptz NOT NULL DEFAULT now(), PRIMARY KEY (module, number))`);
  // What happens once in the life of a house, such as loading the demo hospital. at: ms since 1970.
  await client.query('CREATE TABLE IF NOT EXISTS sen.milestone (name text PRIMARY KEY, state text NOT NULL, at bigint NOT NULL)');
}

async function refuseOldPostgres(client: Client): Promise<void> {
  const { rows } = await client.query("SELECT current_setting('server_version_num')::int AS number, current_setting('server_version') AS shown, current_setting('server_encoding') AS encoding");
  const [version] = rows as { number: number; shown: string; encoding: string }[];
  if (version !== undefined && version.number < 150_000) {
    throw new Refusal('unsupported', 'platform.postgres-too-old', {
      vi: `PostgreSQL ${version.shown} quá cũ; cần phiên bản 15 trở lên.`,
      en: `PostgreSQL ${version.shown} is too old; version 15 or later is needed.`,
    });
  }
  if (version !== undefined && version.encoding !== 'UTF8') {
    throw new Refusal('unsupported', 'platform.postgres-not-utf8', {
      vi: `Cơ sở dữ liệu dùng bảng mã ${version.encoding}; cần UTF8.`,
      en: `The database is encoded as ${version.encoding}; UTF8 is needed.`,
    });
  }
}

function newerDatabase(row: Recorded): Refusal {
  return new Refusal('unsupported', 'platform.database-newer', {
    vi: `Cơ sở dữ liệu mới hơn phần mềm: đã có bước chuyển ${fileOf(row)} mà bản này chưa biết. Hãy cập nhật phần mềm.`,
    en: `The database is newer than this software: it has had migration ${fileOf(row)}, which this version does not know. Update the software.`,
  });
}

function changedMigration(migration: Migration): Refusal {
  return new Refusal('unsupported', 'platform.migration-changed', {
    vi: `Bước chuyển ${fileOf(migration)} đã chạy trên cơ sở dữ liệu này với nội dung khác; bước đã chạy không được sửa.`,
    en: `Migration ${fileOf(migration)} was applied to this database with another content; an applied migration must not be changed.`,
  });
}

function skippedMigration(migration: Migration): Refusal {
  return new Refusal('unsupported', 'platform.migration-skipped', {
    vi: `Bước chuyển ${fileOf(migration)} chưa chạy nhưng một bước sau nó đã chạy; không bước nào được bỏ qua.`,
    en: `Migration ${fileOf(migration)} was not applied although a later one was; none may be skipped.`,
  });
}

function fileOf(row: { module: string; number: number; name: string }): string {
  return `${row.module}/${String(row.number).padStart(4, '0')}-${row.name}`;
}

function folderUrl(folder: URL): URL {
  return folder.href.endsWith('/') ? folder : new URL(`${folder.href}/`);
}
