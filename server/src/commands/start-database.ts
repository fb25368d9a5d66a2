import { readSettings } from '../platform/config.ts';
import { takeDataFolder } from '../start/data-folder.ts';
import { openStorage } from '../start/open-storage.ts';
import { say } from '../start/say.ts';
import { untilStopped } from '../start/until-stopped.ts';

/** Runs only the embedded PostgreSQL of the data folder until it is stopped; tells its address to the person at the terminal. */
export async function run(): Promise<void> {
  const settings = { ...readSettings(process.env), databaseUrl: '' };
  const folder = takeDataFolder(settings.data, 'start-database');
  try {
    const storage = await openStorage(settings, say);
    folder.tell({ databaseUrl: storage.url });
    process.stdout.write(`${storage.url}\n`);
    await untilStopped();
    await storage.stop();
  } finally {
    folder.release();
  }
}
