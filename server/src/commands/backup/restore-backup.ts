// A house out of a backup: into an empty data folder and an empty database, and only after the whole backup has been read once and found sound.
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { PoolClient } from 'pg';
import { hospital } from '../../hospital.ts';
import { objectsFolder } from '../../platform/blobs.ts';
import type { Settings } from '../../platform/config.ts';
import { openDatabase, type Database } from '../../platform/database.ts';
import { prepareBackground } from '../../platform/events.ts';
import { keyFileOf } from '../../platform/keyring.ts';
import { migrate, readMigrations } from '../../platform/migrate.ts';
import { Refusal } from '../../platform/refusal.ts';
import { holdKeyring } from '../../platform/seal.ts';
import { broken, readArchive, type Unlock } from './archive.ts';
import { FORMAT, tableOfPart, type Beginning, type Ending } from './contents.ts';
import { restoreObjects } from './objects.ts';
import { copyIn, emptyTables, listTables, setSequences } from './tables.ts';

export interface CheckedBackup {
  readonly beginning: Beginning;
  readonly ending: Ending;
  readonly withKeys: boolean;
}

/** Reads a backup to its end. Refuses (`platform.backup-broken`) one in which anything is missing or changed, and one of newer software. */
export async function checkBackup(file: string, unlock: Unlock): Promise<CheckedBackup> {
  let beginning: Beginning | undefined;
  let ending: Ending | undefined;
  let withKeys = false;
  const hashes = new Map<number, ReturnType<typeof createHash>>();
  for await (const { name, content } of readArchive(file, unlock)) {
    const table = tableOfPart(name);
    if (table !== undefined) hashes.set(table, (hashes.get(table) ?? createHash('sha256')).update(content));
    if (name === 'beginning.json') refuseNewer((beginning = JSON.parse(content.toString()) as Beginning));
    if (name === 'ending.json') ending = JSON.parse(content.toString()) as Ending;
    if (name === 'keys.json') withKeys = true;
  }
  if (beginning === undefined || ending === undefined) throw broken(file);
  const whole = ending.tables.every(({ sha256 }, index) => (hashes.get(index) ?? createHash('sha256')).digest('hex') === sha256);
  if (!whole || ending.tables.length !== beginning.tables.length) throw broken(file);
  return { beginning, ending, withKeys };
}

/** Refuses (`platform.restore-not-empty`) a data folder in which a house has been. */
export function refuseUsedFolder(settings: Settings): void {
  const used = [join(settings.data, 'postgres', 'cluster'), objectsFolder(settings), join(settings.data, 'keys')].filter((path) => existsSync(path) && readdirSync(path).length > 0);
  if (used.length > 0) throw notEmpty(settings.data);
}

/** Puts the keys of a backup in their place, where it has any. */
export async function restoreKeys(file: string, unlock: Unlock, settings: Settings): Promise<void> {
  for await (const { name, content } of readArchive(file, unlock)) {
    if (name !== 'keys.json') continue;
    const place = keyFileOf(settings);
    mkdirSync(dirname(place), { recursive: true, mode: 0o700 });
    writeFileSync(place, content, { mode: 0o600, flag: 'wx', flush: true });
    return;
  }
}

/** Fills an empty database, and brings the objects back. Refuses a database that has tables of a house. */
export async function restoreData(file: string, unlock: Unlock, checked: CheckedBackup, url: string, settings: Settings): Promise<{ objects: number }> {
  const database = openDatabase({ url, maxConnections: 4, statementTimeoutMs: 0 });
  try {
    await refuseUsedDatabase(database);
    await makeTables(database, checked.beginning);
    await database.connection((client) => loadRows(client, file, unlock, checked));
    await database.query({ text: 'ANALYZE' });
  } finally {
    await database.close();
  }
  const ring = holdKeyring(settings);
  let objects = 0;
  for await (const { name, content } of readArchive(file, unlock)) {
    if (name.startsWith('objects/')) objects += await restoreObjects(content, join(dirname(file), 'objects'), objectsFolder(settings), ring);
  }
  return { objects };
}

/** The tables as they were: the migrations that the backup has had, and no later one. The next start applies those. */
async function makeTables(database: Database, { migrations, queue }: Beginning): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'sen-restore-'));
  try {
    await migrate(database, hospital.flatMap((module) => {
      const had = migrations.filter((row) => row.module === module.name).length;
      if (module.migrations === undefined || had === 0) return [];
      const own = join(folder, module.name);
      mkdirSync(own);
      for (const name of readdirSync(module.migrations).filter((each) => each.endsWith('.sql')).sort().slice(0, had)) cpSync(new URL(name, module.migrations), join(own, name));
      return [{ name: module.name, migrations: pathToFileURL(`${own}/`) }];
    }));
    await prepareBackground(database, hospital);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  const { rows } = await database.query<{ version: number }>({ text: 'SELECT version FROM jobs.version' });
  if (rows[0]?.version !== queue) throw otherQueue();
}

async function loadRows(client: PoolClient, file: string, unlock: Unlock, { beginning, ending }: CheckedBackup): Promise<void> {
  await client.query('SET statement_timeout = 0');
  await client.query('BEGIN');
  // Rows come back as they were: no trigger adds to them, and the order of the tables does not matter.
  await client.query('SET LOCAL session_replication_role = replica');
  await emptyTables(client, await listTables(client));
  const parts = readArchive(file, unlock);
  let next = await parts.next();
  while (next.done !== true) {
    const table = tableOfPart(next.value.name);
    const note = table === undefined ? undefined : beginning.tables[table];
    if (note === undefined) {
      next = await parts.next();
      continue;
    }
    const rest = async function* () {
      for (; next.done !== true && tableOfPart(next.value.name) === table; next = await parts.next()) yield next.value.content;
    };
    await copyIn(client, note, rest());
  }
  await setSequences(client, ending.sequences);
  await client.query('COMMIT');
}

async function refuseUsedDatabase(database: Database): Promise<void> {
  const { rows } = await database.query<{ found: boolean }>({ text: "SELECT to_regclass('sen.migration') IS NOT NULL AS found" });
  if (rows[0]?.found === true) throw notEmpty('DATABASE_URL');
}

function refuseNewer({ format, migrations, software }: Beginning): void {
  const known = new Set(hospital.flatMap(readMigrations).map(({ module, number }) => `${module}/${number}`));
  if (format === FORMAT && migrations.every(({ module, number }) => known.has(`${module}/${number}`))) return;
  throw new Refusal('unsupported', 'platform.backup-newer', {
    vi: `Bản sao lưu do phần mềm mới hơn (${software}) tạo. Hãy cập nhật phần mềm rồi khôi phục.`, en: `The backup was made by newer software (${software}). Update the software, then restore.`,
  });
}

function otherQueue(): Refusal {
  return new Refusal('unsupported', 'platform.backup-other-queue', {
    vi: 'Bản sao lưu dùng phiên bản hàng đợi khác. Khôi phục bằng đúng phiên bản phần mềm đã sao lưu, rồi mới cập nhật.', en: 'The backup has the tables of another version of the queue. Restore it with the software that made it, then update.',
  });
}

function notEmpty(where: string): Refusal {
  return new Refusal('conflict', 'platform.restore-not-empty', {
    vi: `${where} đã có dữ liệu. Khôi phục chỉ ghi vào nơi trống: đặt SEN_DATA (và DATABASE_URL) tới nơi khác.`, en: `${where} already holds data. A restore only fills an empty place: set SEN_DATA (and DATABASE_URL) to another one.`,
  });
}
