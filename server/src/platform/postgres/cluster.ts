// The files of the embedded database: created once, by rename, so that a kill in the middle leaves nothing half made.
import { randomBytes } from 'node:crypto';
import { chmodSync, chownSync, existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Refusal } from '../refusal.ts';
import { program } from './binaries.ts';
import type { Binaries } from './binaries.ts';
import { confText } from './conf.ts';
import type { ConfOptions } from './conf.ts';
import { identity, runProgram } from './run-as.ts';
import type { RunAs } from './run-as.ts';

export interface ClusterFolders {
  /** `<data>/postgres`, owned by the user who runs PostgreSQL. */
  readonly home: string;
  readonly cluster: string;
  readonly socket: string;
  readonly log: string;
  /** Password of the database, 0600, owned by us. */
  readonly secret: string;
  /** Copy of the binaries when the installed ones cannot be reached. */
  readonly binaries: string;
}

/** Names the folders below the data folder. */
export function clusterFolders(dataFolder: string): ClusterFolders {
  const home = join(dataFolder, 'postgres');
  return {
    home,
    cluster: join(home, 'cluster'),
    socket: join(home, 'socket'),
    log: join(home, 'postgres.log'),
    secret: join(dataFolder, 'postgres-password'),
    binaries: join(dataFolder, 'binaries'),
  };
}

/** Makes the folders and hands them to the user who runs PostgreSQL; refuses when that user cannot reach them. */
export async function readyFolders(folders: ClusterFolders, runAs: RunAs): Promise<void> {
  const data = dirname(folders.home);
  mkdirSync(data, { recursive: true, mode: 0o711 });
  // Our own folder lets the user of PostgreSQL pass, not look; secrets in it are 0600. Folders above are not ours to open.
  if (runAs.uid !== undefined) chmodSync(data, statSync(data).mode | 0o011);
  for (const folder of [folders.home, folders.socket]) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    own(folder, runAs);
  }
  if (runAs.uid === undefined) return;
  const reach = await runProgram('/bin/sh', ['-c', 'cd "$1" && test -w .', 'sh', folders.home], runAs);
  if (reach.code !== 0) throw unreachable(folders.home, runAs);
}

/** The password of the database: kept, or made when there is none. */
export function readySecret(folders: ClusterFolders): string {
  if (existsSync(folders.secret)) return readFileSync(folders.secret, 'utf8').trim();
  const password = randomBytes(24).toString('base64url');
  const unfinished = `${folders.secret}.new`;
  writeFileSync(unfinished, `${password}\n`, { mode: 0o600 });
  renameSync(unfinished, folders.secret);
  return password;
}

/** Creates the cluster when there is none. */
export async function readyCluster(folders: ClusterFolders, binaries: Binaries, runAs: RunAs, password: string): Promise<void> {
  if (existsSync(folders.cluster)) return refuseOtherMajor(folders.cluster, binaries.major);
  for (const name of readdirSync(folders.home)) {
    if (name.startsWith('unfinished-')) rmSync(join(folders.home, name), { recursive: true, force: true });
  }
  const unfinished = join(folders.home, `unfinished-${process.pid}`);
  const passwordFile = join(folders.home, 'unfinished-password');
  writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
  own(passwordFile, runAs);
  const result = await runProgram(program(binaries, 'initdb'), initdbArguments(unfinished, passwordFile), runAs);
  rmSync(passwordFile, { force: true });
  if (result.code !== 0) throw initdbFailed(result.output);
  const file = join(unfinished, 'postgresql.conf');
  writeFileSync(file, `${readFileSync(file, 'utf8')}\ninclude 'sen.conf'\ninclude_if_exists 'custom.conf'\n`);
  renameSync(unfinished, folders.cluster);
}

/** Writes sen.conf anew: it follows the machine and the settings. */
export function writeConf(folders: ClusterFolders, runAs: RunAs, options: ConfOptions): void {
  const file = join(folders.cluster, 'sen.conf');
  writeFileSync(`${file}.new`, confText(options), { mode: 0o600 });
  own(`${file}.new`, runAs);
  renameSync(`${file}.new`, file);
}

function initdbArguments(folder: string, passwordFile: string): string[] {
  // The builtin C.UTF-8 locale: prefix search works on a plain btree, and no library of the machine changes the order of an index.
  return ['--pgdata', folder, '--username=postgres', `--pwfile=${passwordFile}`, '--auth=scram-sha-256', '--encoding=UTF8',
    '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--data-checksums', '--no-instructions'];
}

function own(path: string, runAs: RunAs): void {
  const { uid, gid } = identity(runAs);
  if (uid !== undefined && gid !== undefined) chownSync(path, uid, gid);
}

function refuseOtherMajor(cluster: string, ours: number): void {
  const theirs = Number.parseInt(readFileSync(join(cluster, 'PG_VERSION'), 'utf8'), 10);
  if (theirs === ours) return;
  throw new Refusal('unsupported', 'platform.postgres-major', {
    vi: `Dữ liệu thuộc PostgreSQL ${theirs}, phần mềm này mang PostgreSQL ${ours}. ${theirs > ours ? 'Hãy dùng bản phần mềm mới hơn.' : 'Hãy chuyển dữ liệu bằng pg_upgrade hoặc pg_dump, hoặc dùng DATABASE_URL.'}`,
    en: `The data belong to PostgreSQL ${theirs}; this software carries PostgreSQL ${ours}. ${theirs > ours ? 'Use a newer version of the software.' : 'Move the data with pg_upgrade or pg_dump, or use DATABASE_URL.'}`,
  });
}

function unreachable(home: string, runAs: RunAs): Refusal {
  return new Refusal('unavailable', 'platform.data-unreachable', {
    vi: `PostgreSQL không chạy bằng root mà bằng người dùng "${runAs.name}", và người dùng đó không vào được ${home}. Cho phép đi qua các thư mục cha (ví dụ: chmod o+x ${closedParent(home)}), hoặc đặt SEN_DATA ở nơi khác (ví dụ: SEN_DATA=/var/lib/sen npm start).`,
    en: `PostgreSQL does not run as root but as user "${runAs.name}", and that user cannot reach ${home}. Let it pass through the folders above (for example: chmod o+x ${closedParent(home)}), or set SEN_DATA elsewhere (for example: SEN_DATA=/var/lib/sen npm start).`,
  });
}

/** The topmost folder above that strangers may not pass through. */
function closedParent(home: string): string {
  const above: string[] = [];
  for (let folder = dirname(home); folder !== dirname(folder); folder = dirname(folder)) above.unshift(folder);
  return above.find((folder) => (statSync(folder).mode & 0o001) === 0) ?? dirname(home);
}

function initdbFailed(output: string): Refusal {
  const full = /No space left on device/.test(output);
  const lines = output.trim().split('\n').slice(-3).join(' ');
  return new Refusal('unavailable', full ? 'platform.disk-full' : 'platform.database-not-created', {
    vi: full ? 'Đĩa đầy: không tạo được cơ sở dữ liệu.' : `Không tạo được cơ sở dữ liệu: ${lines}`,
    en: full ? 'The disk is full: the database could not be created.' : `The database could not be created: ${lines}`,
  });
}
