// Other people's DICOM programs, run as their users run them.
import { execFile, spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';

/** Whether a program is there. A test that needs it says in its title which package has it. */
export function isInstalled(program: string): boolean {
  return spawnSync(program, ['--version'], { timeout: 20_000 }).error === undefined;
}

export interface Ran {
  readonly code: number;
  /** Both channels. */
  readonly output: string;
}

/** Runs a program to its end; never rejects. */
export function run(program: string, args: readonly string[], cwd?: string): Promise<Ran> {
  return new Promise((resolve) => {
    const child = execFile(program, [...args], { timeout: 60_000, maxBuffer: 50_000_000, ...(cwd !== undefined && { cwd }) }, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : (child.exitCode ?? -1), output: stdout + stderr });
    });
  });
}

export interface Peer {
  readonly output: () => string;
  stop(): Promise<void>;
}

/** Starts a program that listens, and waits until its port answers. */
export async function startPeer(program: string, args: readonly string[], port: number, cwd: string): Promise<Peer> {
  const child = spawn(program, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  for (const until = performance.now() + 30_000; !(await answers(port)); ) {
    if (child.exitCode !== null || performance.now() > until) throw new Error(`${program} did not start: ${output}`);
    await new Promise((resolve) => { setTimeout(resolve, 50); });
  }
  return { output: () => output, stop: () => stop(child) };
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = once(child, 'exit');
  child.kill('SIGTERM');
  const hard = setTimeout(() => child.kill('SIGKILL'), 5000);
  await gone;
  clearTimeout(hard);
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}
