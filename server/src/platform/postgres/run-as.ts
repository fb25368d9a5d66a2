// The system user that runs PostgreSQL: PostgreSQL refuses root, so root drops to another user.
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { Refusal } from '../refusal.ts';

export interface RunAs {
  /** Undefined: the user of this process. */
  readonly uid?: number;
  readonly gid?: number;
  readonly name?: string;
}

/** Chooses the user: the setting, else the owner of the existing data, else `postgres`, else `nobody`; ourselves unless root. */
export function chooseRunAs(setting: string, clusterFolder: string): RunAs {
  if (process.getuid?.() !== 0) return {};
  const users = readUsers();
  if (setting !== '') return users.find((user) => user.name === setting && user.uid !== 0) ?? refuseUser(setting);
  if (existsSync(clusterFolder)) {
    const { uid, gid } = statSync(clusterFolder);
    if (uid !== 0) return { uid, gid, name: users.find((user) => user.uid === uid)?.name ?? String(uid) };
  }
  const found = users.find((user) => user.name === 'postgres') ?? users.find((user) => user.name === 'nobody');
  // A container may have no user list at all; PostgreSQL 18 needs no name for the number it runs as, only that it is not 0.
  return found ?? { uid: 65534, gid: 65534, name: 'nobody' };
}

/** Runs a program to its end as that user and tells its exit code and output. */
export async function runProgram(file: string, args: readonly string[], runAs: RunAs): Promise<{ code: number; output: string }> {
  return new Promise((resolve) => {
    const child = spawn(file, args, { ...identity(runAs), cwd: '/', env: cleanEnvironment(), windowsHide: true });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.on('error', (error) => resolve({ code: 127, output: error.message }));
    child.on('close', (code) => resolve({ code: code ?? 1, output }));
  });
}

/** True when that user can run the program. */
export async function canRun(file: string, args: readonly string[], runAs: RunAs): Promise<boolean> {
  return (await runProgram(file, args, runAs)).code === 0;
}

/** The spawn options that make a child run as that user. */
export function identity(runAs: RunAs): { uid?: number; gid?: number } {
  return runAs.uid === undefined || runAs.gid === undefined ? {} : { uid: runAs.uid, gid: runAs.gid };
}

/** What PostgreSQL needs of the environment: nothing of ours (PG* variables and secrets stay out), messages in English. */
export function cleanEnvironment(): NodeJS.ProcessEnv {
  const kept = ['PATH', 'SystemRoot', 'TEMP', 'TMP', 'TMPDIR'].flatMap((name) => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return { ...Object.fromEntries(kept), LC_ALL: 'C', TZ: 'UTC' };
}

function readUsers(): { name: string; uid: number; gid: number }[] {
  if (!existsSync('/etc/passwd')) return [];
  const lines = readFileSync('/etc/passwd', 'utf8').split('\n').filter((line) => !line.startsWith('#') && line.includes(':'));
  return lines.map((line) => {
    const [name = '', , uid = '', gid = ''] = line.split(':');
    // macOS writes `nobody` as -2.
    return { name, uid: Number(uid) >>> 0, gid: Number(gid) >>> 0 };
  });
}

function refuseUser(name: string): never {
  throw new Refusal('incorrect', 'platform.postgres-user-unknown', {
    vi: `SEN_POSTGRES_USER: máy này không có người dùng "${name}", hoặc đó là root (PostgreSQL không chạy bằng root).`,
    en: `SEN_POSTGRES_USER: this machine has no user "${name}", or it is root (PostgreSQL refuses to run as root).`,
  });
}
