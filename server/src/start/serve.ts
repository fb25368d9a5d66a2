// `npm start`, step by step: each step names what it opens, and everything opened is closed in reverse, whatever happens.
import { buildHttp } from '../edges/http/server.ts';
import { hospital } from '../hospital.ts';
import { readSettings, unknownSettings } from '../platform/config.ts';
import type { Settings } from '../platform/config.ts';
import { openDatabase } from '../platform/database.ts';
import { addStarterLists } from '../modules/catalogue/index.ts';
import { prepareBackground, startBackground } from '../platform/events.ts';
import { faultFields, openLog } from '../platform/log.ts';
import type { Log } from '../platform/log.ts';
import { openMetrics } from '../platform/metrics.ts';
import { migrate } from '../platform/migrate.ts';
import type { House } from '../platform/module.ts';
import { connectAnswers } from '../platform/ports.ts';
import { prepareAnnouncement } from './announce.ts';
import { answerMachines } from './answer-machines.ts';
import { answerTelephone } from './answer-telephone.ts';
import { buildWeb } from './build-web.ts';
import { newClosers } from './closers.ts';
import type { Closers } from './closers.ts';
import { takeDataFolder } from './data-folder.ts';
import type { DataFolder } from './data-folder.ts';
import { loadDemo } from './demo.ts';
import { openHouse } from './house.ts';
import { listen, listenForRedirects, refuseTakenPort } from './listen.ts';
import { openStorage } from './open-storage.ts';
import { outlastLoss } from './outlast-loss.ts';
import { loadOwnDefinitions } from './own-definitions.ts';
import { say } from './say.ts';
import { refuseWhenStopped } from './stopped.ts';

export interface Serving {
  readonly address: string;
  /** Stops everything in order: requests, jobs, modules, database, lock. */
  stop(): Promise<void>;
}

/** Starts the hospital. `stopped` aborts the start between two steps; what was opened is closed before this rejects. */
export async function serve(env: NodeJS.ProcessEnv, stopped: AbortSignal): Promise<Serving> {
  const settings = readSettings(env);
  for (const name of unknownSettings(env)) say({ vi: `Không có thiết lập tên ${name}; bỏ qua.`, en: `There is no setting called ${name}; ignored.` });
  const log = openLog(settings.logLevel);
  const closers = newClosers((name, error) => log.error('closing failed', { module: name, ...faultFields(error) }));
  try {
    return await openAll(settings, log, closers, stopped);
  } catch (error) {
    await closers.closeAll();
    throw error;
  }
}

async function openAll(settings: Settings, log: Log, closers: Closers, stopped: AbortSignal): Promise<Serving> {
  await refuseTakenPort(settings);
  const folder = takeDataFolder(settings.data, 'npm start');
  closers.add('lock', () => folder.release());
  const webBuilt = (settings.buildWeb ? buildWeb(say) : Promise.resolve()).then(() => undefined, (error: unknown) => error);
  const house = await openFilledHouse(settings, folder, closers, stopped);
  refuseWhenStopped(stopped);
  const failure = await webBuilt;
  if (failure !== undefined) throw failure;
  const announce = await prepareAnnouncement(house);
  const metrics = openMetrics(house.database);
  const app = await buildHttp(house, hospital, { log, metrics });
  const address = await listen(app, settings);
  closers.add('http', () => app.close());
  closers.add('redirects', await listenForRedirects(settings, address));
  const background = await outlastLoss(() => startBackground(house, hospital, log, metrics));
  closers.add('background', () => background.stop());
  const telephone = await answerTelephone(house, log);
  if (telephone !== undefined) closers.add('telephone', () => telephone.stop());
  const machines = await answerMachines(house, log);
  if (machines !== undefined) closers.add('dicom', () => machines.stop());
  folder.tell({ address });
  announce(address);
  return { address, stop: () => stopAll(closers, log) };
}

/** Database, migrations, modules and, on the first start, the demo hospital. */
async function openFilledHouse(settings: Settings, folder: DataFolder, closers: Closers, stopped: AbortSignal): Promise<House> {
  const storage = await openStorage(settings, say);
  closers.add('postgres', () => storage.stop());
  refuseWhenStopped(stopped);
  folder.tell({ databaseUrl: storage.url });
  const { databaseConnections: maxConnections, statementTimeoutMs } = settings;
  const database = openDatabase({ url: storage.url, maxConnections, statementTimeoutMs });
  closers.add('database', () => database.close());
  await migrate(database, hospital);
  await prepareBackground(database, hospital);
  connectAnswers(hospital);
  refuseWhenStopped(stopped);
  const house = openHouse(settings, database, hospital);
  for (const module of hospital) {
    await module.start?.(house);
    if (module.stop !== undefined) closers.add(module.name, module.stop);
  }
  await loadOwnDefinitions(house);
  await addStarterLists(house.systemWork());
  await loadDemo(house, say, stopped);
  return house;
}

async function stopAll(closers: Closers, log: Log): Promise<void> {
  await closers.closeAll();
  log.flush();
}
