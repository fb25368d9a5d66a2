// Our own server, started for a bench on an empty data folder, and stopped after it.
import { spawn, type ChildProcess } from 'node:child_process';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { createInterface } from 'node:readline';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { exportResources, takeSnapshot } from '../../server/src/modules/record/index.ts';
import type { House } from '../../server/src/platform/module.ts';
import type { Work } from '../../server/src/platform/work.ts';
import { issueToken } from '../../server/src/modules/security/index.ts';
import { readSettings } from '../../server/src/platform/config.ts';
import { runningOn } from '../../server/src/start/data-folder.ts';
import { withHouse } from '../../server/src/start/with-house.ts';
import { postmastersIn, type ProcessChoice } from './processes.ts';

export interface RunningServer {
  /** FHIR base. */
  readonly base: URL;
  readonly token: string | undefined;
  readonly describe: string;
  readonly server: ProcessChoice;
  readonly postgres: ProcessChoice;
  /** Size of everything stored, where it can be known. */
  dataBytes?(): number;
  /** Bytes of the record with its indexes, and of the JSON that it stands for. */
  storedBytes?(): Promise<{ readonly stored: number; readonly json: number }>;
  /** Resident memory of the server without its database. */
  rssMiB?(): number | undefined;
  /** Tells the process of the server something, where a module preloaded into it listens (`Launching.preload`). */
  tell?(message: object): void;
  /** Works with the house of the server from this process: its database and its keys. */
  withHouse?<T>(work: (house: House) => Promise<T>): Promise<T>;
  /** Stops server and database and starts them again on the same data; `base` and processes are then those of the new one. */
  restart?(): Promise<void>;
  stop(): Promise<void>;
}

const main = fileURLToPath(new URL('../../server/src/main.ts', import.meta.url));
const startWithinMs = 120_000;

/** Makes an empty data folder that PostgreSQL's user can reach. */
export function makeDataFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'sen-bench-'));
  chmodSync(folder, 0o711);
  return folder;
}

/** The environment of a house on a data folder: settings of the caller's shell stay, but the data are the bench's own. */
export function houseEnvironment(data: string): NodeJS.ProcessEnv {
  return { SEN_LOG_LEVEL: 'warn', ...process.env, SEN_DATA: data, SEN_PORT: '0', SEN_DEMO: 'false', DATABASE_URL: '', NODE_ENV: 'production' };
}

export interface Launching {
  /** Settings beside those of the caller's shell. */
  readonly env?: NodeJS.ProcessEnv;
  /** A module that runs before the server in its process. */
  readonly preload?: URL;
}

/** Starts Sen on an empty data folder and a free port, with a token of an in-house system. */
export async function startSen(tell: (line: string) => void, launching: Launching = {}): Promise<RunningServer> {
  const data = makeDataFolder();
  tell('starting Sen on an empty data folder …');
  try {
    return await serverOn(data, launching);
  } catch (error) {
    rmSync(data, { recursive: true, force: true });
    throw error;
  }
}

async function serverOn(data: string, { env: more = {}, preload }: Launching): Promise<RunningServer> {
  const env = { ...houseEnvironment(data), ...more };
  let child = await launch(data, env, preload);
  const inHouse = <T>(work: (house: House) => Promise<T>) => withHouse(readSettings(env), work);
  const token = await inHouse((house) => issueToken(house.systemWork(), undefined, 240));
  return {
    get base() {
      return new URL(`${runningOn(data)?.address}/fhir/R4`);
    },
    token,
    describe: 'Sen, started by the bench with its embedded PostgreSQL',
    get server() {
      return { pids: [child.pid as number] };
    },
    get postgres() {
      return { pids: postmastersIn(data) };
    },
    dataBytes: () => folderBytes(data),
    storedBytes: () => recordBytes(env),
    rssMiB: () => residentMiB(child.pid as number),
    tell: (message) => void child.send(message),
    withHouse: inHouse,
    restart: async () => {
      await end(child);
      child = await launch(data, env, preload);
    },
    stop: async () => {
      await end(child);
      rmSync(data, { recursive: true, force: true });
    },
  };
}

async function launch(data: string, env: NodeJS.ProcessEnv, preload: URL | undefined): Promise<ChildProcess> {
  const before = preload === undefined ? [] : ['--import', preload.href];
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', ...before, main], { env, stdio: ['ignore', 'pipe', 'inherit', ...(preload === undefined ? [] : ['ipc' as const])] });
  showFaults(child);
  try {
    await listening(child, data);
  } catch (error) {
    await end(child);
    throw error;
  }
  return child;
}

/** What the server did not expect is shown: a figure beside a fault is worth nothing. */
function showFaults({ stdout }: ChildProcess): void {
  if (stdout === null) return;
  createInterface(stdout).on('line', (line) => /"level":(?:50|60)/.test(line) && process.stderr.write(`${line}\n`));
}

/** Bytes of the JSON of every resource, as a client would get it. */
async function jsonBytes(work: Work): Promise<number> {
  const snapshot = await takeSnapshot(work.db);
  let bytes = 0;
  for (const type of ['Patient', 'Encounter', 'Observation', 'Condition', 'AllergyIntolerance']) {
    for (let after: string | undefined = ''; after !== undefined; ) {
      const page: Awaited<ReturnType<typeof exportResources>> = await exportResources(work, { type, snapshot, since: undefined, limit: 2000, after: after === '' ? undefined : after });
      for (const json of page.found) bytes += json.length;
      after = page.next;
    }
  }
  return bytes;
}

/** What the record takes on disk, with its indexes, and the JSON that it stands for. */
async function recordBytes(env: NodeJS.ProcessEnv): Promise<{ stored: number; json: number }> {
  return withHouse(readSettings(env), async ({ database, systemWork }) => {
    const { rows } = await database.query<{ stored: string }>({
      text: `select sum(pg_total_relation_size(c.oid)) as stored from pg_class c join pg_namespace n on n.oid = c.relnamespace where n.nspname = 'record' and c.relkind = 'r'`,
    });
    return { stored: Number(rows[0]?.stored), json: await jsonBytes(systemWork()) };
  });
}

function residentMiB(pid: number): number | undefined {
  try {
    return Number(/^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;
  } catch {
    return undefined;
  }
}

async function listening(child: ChildProcess, data: string): Promise<string> {
  const end = Date.now() + startWithinMs;
  while (Date.now() < end) {
    if (child.exitCode !== null) throw new Error(`the server ended with ${child.exitCode} before it listened`);
    const address = runningOn(data)?.address;
    if (address !== undefined) return address;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('the server did not listen in time');
}

async function end(child: ChildProcess): Promise<void> {
  const gone = new Promise((resolve) => child.once('exit', resolve));
  if (child.exitCode === null && child.signalCode === null && child.kill('SIGTERM')) await gone;
}

/** Bytes in a folder and below it; what vanishes while we look counts nothing. */
function folderBytes(folder: string): number {
  return readdirSync(folder, { withFileTypes: true }).reduce((total, entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return total + folderBytes(path);
    return total + (statSync(path, { throwIfNoEntry: false })?.size ?? 0);
  }, 0);
}
