// Starts the real programs of the house as child processes, as a person at a terminal would.
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { clusterFolders } from '../../server/src/platform/postgres/cluster.ts';
import { clearLeftovers } from '../../server/src/platform/postgres/leftover.ts';
import { fastFolder } from './fast-folder.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

/** Where the master key of all test databases lies. */
export const testKeys = join(tmpdir(), 'sen-test-keys', 'master.json');

export interface Program {
  readonly child: ChildProcess;
  /** All it wrote so far, both channels. */
  output(): string;
  /** Waits for a text in the output; rejects when the program ends without it. */
  says(pattern: RegExp, timeoutMs?: number): Promise<RegExpExecArray>;
  /** Exit code, or the signal that ended it. */
  readonly ended: Promise<number | NodeJS.Signals | null>;
}

/** Runs a TypeScript program of the source tree with these environment variables over ours. */
export function startProgram(file: string, args: readonly string[], env: Readonly<Record<string, string>>): Program {
  const child = spawn(process.execPath, [join(root, file), ...args], {
    cwd: root,
    env: { ...withoutSettings(process.env), SEN_DEMO: 'false', SEN_BUILD_WEB: 'false', SEN_PORT: '0', SEN_POSTGRES_MEMORY_MB: '64', SEN_LOG_LEVEL: 'error', ...keysOf(env), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  child.stdout?.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const ended = new Promise<number | NodeJS.Signals | null>((resolve) => child.once('close', (code, signal) => resolve(code ?? signal)));
  return { child, output: () => output, says: (pattern, timeoutMs = 60_000) => waitForText(child, () => output, pattern, timeoutMs), ended };
}

/** A data folder for the programs of one test; `remove` also ends a PostgreSQL that was left behind. */
export function temporaryDataFolder(): { path: string; remove(): Promise<void> } {
  const path = mkdtempSync(join(fastFolder(), 'sen-run-'));
  return {
    path,
    remove: async () => {
      const { cluster, socket } = clusterFolders(path);
      await clearLeftovers(cluster, socket);
      rmSync(path, { recursive: true, force: true });
    },
  };
}

function waitForText(child: ChildProcess, output: () => string, pattern: RegExp, timeoutMs: number): Promise<RegExpExecArray> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => finish(new Error(`not said in ${timeoutMs} ms: ${pattern}\n${output()}`)), timeoutMs);
    const look = () => {
      const found = pattern.exec(output());
      if (found !== null) finish(found);
    };
    const gone = () => finish(pattern.exec(output()) ?? new Error(`ended without saying ${pattern}\n${output()}`));
    const finish = (result: RegExpExecArray | Error) => {
      clearTimeout(timer);
      for (const channel of [child.stdout, child.stderr]) channel?.off('data', look);
      child.off('close', gone);
      if (result instanceof Error) reject(result);
      else resolve(result);
    };
    for (const channel of [child.stdout, child.stderr]) channel?.on('data', look);
    child.once('close', gone);
    look();
  });
}

/** A program over a test database opens what the test has sealed there. */
function keysOf({ DATABASE_URL: database }: Readonly<Record<string, string>>): Record<string, string> {
  return database === undefined ? {} : { SEN_MASTER_KEY_FILE: testKeys };
}

function withoutSettings(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith('SEN_') && name !== 'DATABASE_URL'));
}
