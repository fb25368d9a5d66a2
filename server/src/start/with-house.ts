// A house for the time of one command: over the PostgreSQL of the running server, or over one started for it.
import { hospital } from '../hospital.ts';
import type { Settings } from '../platform/config.ts';
import { openDatabase } from '../platform/database.ts';
import { prepareBackground } from '../platform/events.ts';
import { migrate } from '../platform/migrate.ts';
import type { House } from '../platform/module.ts';
import { connectAnswers } from '../platform/ports.ts';
import { Refusal } from '../platform/refusal.ts';
import { newClosers } from './closers.ts';
import { runningOn, takeDataFolder } from './data-folder.ts';
import { openHouse } from './house.ts';
import { openStorage } from './open-storage.ts';
import { say } from './say.ts';

/** Runs a command over a migrated house and closes everything it opened. A server that runs on the same data is used, not disturbed. */
export async function withHouse<T>(settings: Settings, use: (house: House) => Promise<T>): Promise<T> {
  const closers = newClosers((name, error) => console.error(`closing ${name}`, error));
  try {
    const url = runningDatabase(settings) ?? (await openOwn(settings, closers.add));
    const { databaseConnections: maxConnections, statementTimeoutMs } = settings;
    const database = openDatabase({ url, maxConnections, statementTimeoutMs });
    closers.add('database', () => database.close());
    await migrate(database, hospital);
    await prepareBackground(database, hospital);
    connectAnswers(hospital);
    const house = openHouse(settings, database, hospital);
    for (const module of hospital) {
      await module.start?.(house);
      if (module.stop !== undefined) closers.add(module.name, module.stop);
    }
    return await use(house);
  } finally {
    await closers.closeAll();
  }
}

/** Address of the database of the process that works on the data folder; undefined when none does. */
function runningDatabase(settings: Settings): string | undefined {
  const running = runningOn(settings.data);
  if (running === undefined) return undefined;
  if (running.databaseUrl === undefined) {
    throw new Refusal('busy', 'platform.still-starting', {
      vi: `Tiến trình ${running.pid} (${running.what}) đang khởi động trên dữ liệu này; xin thử lại sau ít giây.`,
      en: `Process ${running.pid} (${running.what}) is starting on these data; try again in a few seconds.`,
    });
  }
  return running.databaseUrl;
}

async function openOwn(settings: Settings, add: (name: string, close: () => Promise<void> | void) => void): Promise<string> {
  const folder = takeDataFolder(settings.data, 'npm run sen');
  add('lock', () => folder.release());
  const storage = await openStorage(settings, say);
  add('postgres', () => storage.stop());
  folder.tell({ databaseUrl: storage.url });
  return storage.url;
}
