// `npm run sen -- restore <file>`: a house out of a backup, into an empty data folder.
import { rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { readSettings, type Settings } from '../platform/config.ts';
import { newClosers } from '../start/closers.ts';
import { takeDataFolder } from '../start/data-folder.ts';
import { openStorage } from '../start/open-storage.ts';
import { say } from '../start/say.ts';
import type { Unlock } from './backup/archive.ts';
import { unlockOf } from './backup/read-keys.ts';
import { checkBackup, refuseUsedFolder, restoreData, restoreKeys } from './backup/restore-backup.ts';

const usage = `npm run sen -- restore <tệp / file> (--passphrase-file F | --identity-file F)
  SEN_DATA (và / and DATABASE_URL): nơi trống để ghi vào / an empty place to write to
`;

/** Restores. Ends with 0 when all is back, 2 for a wrong command; a failure leaves the place empty. */
export async function run(args: string[]): Promise<number> {
  const asked = unlockOf(args);
  if (asked === undefined) {
    process.stderr.write(usage);
    return 2;
  }
  const { tables, objects, made } = await restore(resolve(asked.place), asked.key, readSettings(process.env));
  process.stdout.write(`${tables} bảng / tables, ${objects} tệp / objects, ${made}\n`);
  return 0;
}

async function restore(file: string, unlock: Unlock, settings: Settings): Promise<{ tables: number; objects: number; made: string }> {
  refuseUsedFolder(settings);
  const checked = await checkBackup(file, unlock);
  const closers = newClosers((name, error) => console.error(`closing ${name}`, error));
  try {
    const folder = takeDataFolder(settings.data, 'npm run sen');
    closers.add('lock', () => folder.release());
    await restoreKeys(file, unlock, settings);
    const storage = await openStorage(settings, say);
    closers.add('postgres', () => storage.stop());
    const { objects } = await restoreData(file, unlock, checked, storage.url, settings);
    return { tables: checked.beginning.tables.length, objects, made: checked.beginning.made };
  } catch (error) {
    await closers.closeAll();
    for (const part of ['postgres', 'objects', 'keys']) rmSync(resolve(settings.data, part), { recursive: true, force: true });
    throw error;
  } finally {
    await closers.closeAll();
  }
}
