// The embedded PostgreSQL: started as our child, watched, started again when it falls, stopped in order.
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { closeSync, existsSync, openSync, readFileSync, realpathSync, statSync, truncateSync } from 'node:fs';
import { join, resolve } from 'node:path';
import pg from 'pg';
import { waitUntil } from '../processes.ts';
import { Refusal } from '../refusal.ts';
import type { RefusalText } from '../refusal.ts';
import { program, readyBinaries } from './binaries.ts';
import type { Binaries } from './binaries.ts';
import { clusterFolders, readyCluster, readyFolders, readySecret, writeConf } from './cluster.ts';
import type { ClusterFolders } from './cluster.ts';
import { SOCKET_PORT } from './conf.ts';
import { clearLeftovers, endPostmaster, readPostmasterFile } from './leftover.ts';
import { chooseRunAs, cleanEnvironment, identity, runProgram } from './run-as.ts';
import type { RunAs } from './run-as.ts';
import { judgeFailure } from './start-failure.ts';
import { freePort } from '../free-port.ts';

export interface EmbeddedOptions {
  readonly dataFolder: string;
  /** System user when we are root; empty: chosen. */
  readonly user: string;
  /** Port on 127.0.0.1; 0: only the socket, or any free port where sockets cannot be used. */
  readonly tcpPort: number;
  readonly memoryMb: number;
  readonly maxConnections: number;
  readonly durable: boolean;
  /** Hears what a person who waits should know. */
  readonly say: (text: RefusalText) => void;
}

export interface EmbeddedPostgres {
  /** Address of one database in it, with the password: never log it. */
  urlOf(database: string): string;
  /** Process number of the postmaster that runs now. */
  pid(): number | undefined;
  readonly version: string;
  stop(): Promise<void>;
}

interface Running {
  readonly options: EmbeddedOptions;
  readonly folders: ClusterFolders;
  readonly binaries: Binaries;
  readonly runAs: RunAs;
  child: ChildProcess | undefined;
  stopping: boolean;
}

const LOG_LIMIT_BYTES = 16 * 1024 * 1024;

/** Starts the PostgreSQL of a data folder, creating it on the first start. The caller holds the lock of the folder. */
export async function startEmbedded(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
  const folders = clusterFolders(resolve(options.dataFolder));
  const runAs = chooseRunAs(options.user, folders.cluster);
  await readyFolders(folders, runAs);
  const binaries = await readyBinaries(runAs, folders.binaries);
  const password = readySecret(folders);
  await clearLeftovers(folders.cluster, folders.socket);
  await readyCluster(folders, binaries, runAs, password);
  const socket = socketFits(folders.socket);
  const tcpPort = options.tcpPort > 0 ? options.tcpPort : socket ? undefined : await freePort();
  const { memoryMb, maxConnections, durable } = options;
  writeConf(folders, runAs, { socketFolder: socket ? folders.socket : undefined, tcpPort, memoryMb, maxConnections, durable });
  const running: Running = { options, folders, binaries, runAs, child: undefined, stopping: false };
  await launchPatiently(running);
  watch(running);
  return {
    urlOf: (database) => addressOf(database, password, socket ? folders.socket : undefined, tcpPort),
    pid: () => running.child?.pid,
    version: binaries.version,
    stop: () => stop(running),
  };
}

/** Creates a database when it does not exist. `adminUrl` leads to the database `postgres`. */
export async function readyDatabase(adminUrl: string, name: string): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [name]);
    if (rowCount === 0) await client.query(`CREATE DATABASE ${client.escapeIdentifier(name)}`);
  } finally {
    await client.end();
  }
}

async function launchPatiently(running: Running): Promise<void> {
  const end = Date.now() + 60_000;
  for (;;) {
    const failure = await launch(running);
    if (failure === undefined) return;
    const judged = judgeFailure(failure, running.options.tcpPort);
    // Memory of a killed PostgreSQL is freed only when its last orphan has gone.
    if (judged !== 'again' || Date.now() > end) throw judged === 'again' ? notStarted(failure) : judged;
    await clearLeftovers(running.folders.cluster, running.folders.socket);
  }
}

/** Starts the process once; undefined when it is ready, else what it wrote before it ended. */
async function launch(running: Running): Promise<string | undefined> {
  const { folders, binaries, runAs } = running;
  const from = trimLog(folders.log);
  const log = openSync(folders.log, 'a', 0o600);
  const child = spawn(program(binaries, 'postgres'), ['-D', folders.cluster], {
    ...identity(runAs), cwd: folders.home, env: cleanEnvironment(), stdio: ['ignore', log, log], windowsHide: true,
    detached: true, // its own group: Ctrl-C reaches the server only, which stops PostgreSQL last
  });
  closeSync(log);
  let ended = false;
  child.once('error', () => (ended = true));
  child.once('exit', () => (ended = true));
  running.child = child;
  const patience = setTimeout(() => running.options.say(recoveryText), 4_000);
  const cluster = realpathSync(folders.cluster);
  await waitUntil(() => ended || isReady(cluster, child.pid), 3_600_000, 10);
  clearTimeout(patience);
  return ended ? readFileSync(folders.log, 'utf8').slice(from) : undefined;
}

function isReady(cluster: string, pid: number | undefined): boolean {
  const lines = readPostmasterFile(cluster);
  return lines[0] === String(pid) && lines[7]?.trim() === 'ready';
}

function watch(running: Running): void {
  const { child } = running;
  const again = () => void restart(running);
  if (child?.exitCode !== null || child.signalCode !== null) return again();
  child.once('exit', again);
}

async function restart(running: Running): Promise<void> {
  for (let pauseMs = 100; !running.stopping; pauseMs = Math.min(5_000, pauseMs * 2)) {
    running.options.say(restartText);
    try {
      await clearLeftovers(running.folders.cluster, running.folders.socket);
      if (running.stopping) return;
      await launchPatiently(running);
      if (running.stopping) return void (await stop(running));
      return watch(running);
    } catch (error) {
      if (error instanceof Refusal) running.options.say(error.text);
    }
    await new Promise((resolvePause) => setTimeout(resolvePause, pauseMs));
  }
}

async function stop(running: Running): Promise<void> {
  running.stopping = true;
  const { child, folders, binaries, runAs } = running;
  if (child?.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise<void>((resolveExit) => child.once('exit', () => resolveExit()));
  if (process.platform === 'win32') {
    await runProgram(program(binaries, 'pg_ctl'), ['stop', '-m', 'fast', '-D', folders.cluster], runAs);
  }
  await endPostmaster(child.pid);
  await gone;
}

function addressOf(database: string, password: string, socket: string | undefined, tcpPort: number | undefined): string {
  const host = socket === undefined ? '' : `?host=${encodeURIComponent(socket)}`;
  return `postgres://postgres:${password}@127.0.0.1:${tcpPort ?? SOCKET_PORT}/${encodeURIComponent(database)}${host}`;
}

function socketFits(folder: string): boolean {
  // Longest path of a Unix socket: 103 bytes on macOS, 107 on Linux. Node opens none on Windows.
  return process.platform !== 'win32' && Buffer.byteLength(join(folder, '.s.PGSQL.65535')) <= 103;
}

/** Empties a log that has grown too long; tells where new lines begin. */
function trimLog(file: string): number {
  if (!existsSync(file)) return 0;
  if (statSync(file).size > LOG_LIMIT_BYTES) truncateSync(file, 0);
  return readFileSync(file, 'utf8').length;
}

function notStarted(output: string): Refusal {
  return new Refusal('unavailable', 'platform.database-not-started', {
    vi: `PostgreSQL không khởi động được: ${output.trim().split('\n').at(-1) ?? ''}`,
    en: `PostgreSQL did not start: ${output.trim().split('\n').at(-1) ?? ''}`,
  });
}

const recoveryText: RefusalText = {
  vi: 'PostgreSQL đang khôi phục sau lần dừng đột ngột, xin chờ…',
  en: 'PostgreSQL is recovering from an abrupt stop, please wait…',
};

const restartText: RefusalText = {
  vi: 'PostgreSQL đã dừng bất ngờ; đang khởi động lại.',
  en: 'PostgreSQL stopped unexpectedly; starting it again.',
};
