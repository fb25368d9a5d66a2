// Our own server, started for a bench on an empty data folder, and stopped after it.
import { spawn, type ChildProcess } from 'node:child_process';
import { chmodSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureDemoAccounts, issueToken } from '../../server/src/modules/security/index.ts';
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

/** Starts Sen on an empty data folder and a free port, with a token of an administrator. */
export async function startSen(tell: (line: string) => void): Promise<RunningServer> {
  const data = makeDataFolder();
  const env = houseEnvironment(data);
  tell('starting Sen on an empty data folder …');
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', main], { env, stdio: ['ignore', 'ignore', 'inherit'] });
  try {
    const address = await listening(child, data);
    const token = await withHouse(readSettings(env), async (house) => {
      await ensureDemoAccounts(house.systemWork());
      return issueToken(house.systemWork(), 'quantri', 24);
    });
    return {
      base: new URL(`${address}/fhir/R4`),
      token,
      describe: 'Sen, started by the bench with its embedded PostgreSQL',
      server: { pids: [child.pid as number] },
      postgres: { pids: postmastersIn(data) },
      dataBytes: () => folderBytes(data),
      stop: () => stop(child, data),
    };
  } catch (error) {
    await stop(child, data);
    throw error;
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

async function stop(child: ChildProcess, data: string): Promise<void> {
  const gone = new Promise((resolve) => child.once('exit', resolve));
  if (child.exitCode === null && child.signalCode === null && child.kill('SIGTERM')) await gone;
  rmSync(data, { recursive: true, force: true });
}

/** Bytes in a folder and below it; what vanishes while we look counts nothing. */
function folderBytes(folder: string): number {
  return readdirSync(folder, { withFileTypes: true }).reduce((total, entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return total + folderBytes(path);
    return total + (statSync(path, { throwIfNoEntry: false })?.size ?? 0);
  }, 0);
}
