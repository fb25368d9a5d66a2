// A backup of the running house: one snapshot of all tables, the objects, and the keys where they lie in the data folder.
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { PoolClient } from 'pg';
import type { Settings } from '../../platform/config.ts';
import { keyFileOf } from '../../platform/keyring.ts';
import type { House } from '../../platform/module.ts';
import { objectsFolder } from '../../platform/blobs.ts';
import { heldKeyring } from '../../platform/seal.ts';
import { writeArchive, type ArchiveWriter, type Lock } from './archive.ts';
import { beginningOf, partName, type Beginning } from './contents.ts';
import { saveObjects } from './objects.ts';
import { copyOut, listSequences, listTables, type CopiedTable } from './tables.ts';

export interface BackupReport {
  readonly file: string;
  readonly bytes: number;
  readonly tables: number;
  readonly objects: number;
  /** Objects that were not in the folder before. */
  readonly copied: number;
  readonly withKeys: boolean;
}

/** Writes `sen-<time>.backup.age` and the new objects into a folder. What it leaves is whole and has been read back; a failure leaves no file. */
export async function writeBackup(house: House, folder: string, lock: Lock, options: { readonly keys: boolean }): Promise<BackupReport> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const made = new Date(house.systemWork().now).toISOString();
  const file = join(folder, `sen-${made.replaceAll(/[-:]|\.\d+/g, '')}.backup.age`);
  const unfinished = `${file}.unfinished`;
  const withKeys = options.keys && keysBelongToHouse(house.settings);
  try {
    const written = await house.database.connection((client) => inSnapshot(client, () => fillFile(client, house, made, unfinished, folder, lock, withKeys)));
    writeFileSync(`${file}.sha256`, `${written.sha256}  ${basename(file)}\n`);
    renameSync(unfinished, file);
    return { file, withKeys, ...written };
  } finally {
    rmSync(unfinished, { force: true });
  }
}

async function fillFile(client: PoolClient, house: House, made: string, path: string, folder: string, lock: Lock, withKeys: boolean) {
  const beginning = beginningOf(made, await readBeginning(client));
  const counted = { tables: beginning.tables.length, objects: 0, copied: 0 };
  const { sha256, bytes } = await writeArchive(path, lock, async (writer) => {
    await writer.put('beginning.json', Buffer.from(JSON.stringify(beginning)));
    if (withKeys) await writer.put('keys.json', readFileSync(keyFileOf(house.settings)));
    const tables = await putTables(client, beginning, writer);
    let part = 0;
    Object.assign(counted, await saveObjects(objectsFolder(house.settings), join(folder, 'objects'), heldKeyring(), (content) => writer.put(`objects/${String((part += 1)).padStart(6, '0')}`, content)));
    // Sequences do not belong to the snapshot: read last, they are never behind the rows.
    const ending = { tables, sequences: await listSequences(client), objects: counted.objects };
    await writer.put('ending.json', Buffer.from(JSON.stringify(ending)));
  });
  return { ...counted, sha256, bytes };
}

async function putTables(client: PoolClient, { tables }: Beginning, writer: ArchiveWriter): Promise<CopiedTable[]> {
  const copied: CopiedTable[] = [];
  for (const [index, table] of tables.entries()) {
    let part = 0;
    copied.push(await copyOut(client, table, (content) => writer.put(partName(index, (part += 1)), content)));
  }
  return copied;
}

async function readBeginning(client: PoolClient): Promise<Pick<Beginning, 'migrations' | 'queue' | 'tables'>> {
  const migrations = await client.query<{ module: string; number: number }>('SELECT module, number FROM sen.migration ORDER BY 1, 2');
  const queue = await client.query<{ version: number }>('SELECT version FROM jobs.version');
  return { migrations: migrations.rows, queue: queue.rows[0]?.version ?? 0, tables: await listTables(client) };
}

/** One moment for all tables, however long the copying takes. */
async function inSnapshot<T>(client: PoolClient, copy: () => Promise<T>): Promise<T> {
  await client.query('SET statement_timeout = 0');
  await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
  try {
    return await copy();
  } finally {
    await client.query('ROLLBACK');
    await client.query('RESET statement_timeout');
  }
}

/** Keys that come from elsewhere are kept there, by whoever keeps them there. */
function keysBelongToHouse(settings: Settings): boolean {
  return settings.masterKeyCommand === '' && settings.masterKeyFile === '' && existsSync(keyFileOf(settings));
}
