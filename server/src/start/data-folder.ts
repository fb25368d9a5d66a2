// The data folder: who works on it (sen.lock) and which version it has (sen.json).
import { existsSync, linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { processIdentity } from '../platform/processes.ts';
import { Refusal } from '../platform/refusal.ts';

export interface LockNote {
  readonly pid: number;
  /** Start of the process: numbers are used again. */
  readonly identity: string;
  readonly what: string;
  readonly since: string;
  /** Where the server is reached, once it listens. */
  readonly address?: string;
  /** Its database, with the password: the file is 0600. */
  readonly databaseUrl?: string;
}

export interface DataFolder {
  readonly path: string;
  /** Adds to the note that other processes of the same owner read. */
  tell(more: Pick<LockNote, 'address' | 'databaseUrl'>): void;
  release(): void;
}

/** Layout of the data folder that this code knows; raised together with a step in `layoutSteps`. */
const LAYOUT = 1;
/** Step n turns layout n into layout n + 1. */
const layoutSteps: readonly ((folder: string) => void)[] = [];

/** Takes the data folder for this process, alone, and brings it to our layout. Refuses a folder in use, or a newer one. */
export function takeDataFolder(path: string, what: string): DataFolder {
  const folder = resolve(path);
  makeFolder(folder);
  const file = join(folder, 'sen.lock');
  let note: LockNote = { pid: process.pid, identity: processIdentity(process.pid) ?? '', what, since: new Date().toISOString() };
  takeLock(file, note);
  const release = () => rmSync(file, { force: true });
  try {
    bringToLayout(folder);
  } catch (error) {
    release();
    throw error;
  }
  return {
    path: folder,
    tell: (more) => {
      note = { ...note, ...more };
      replaceFile(file, JSON.stringify(note));
    },
    release,
  };
}

/** The note of the process that works on a folder now; undefined when none does. */
export function runningOn(path: string): LockNote | undefined {
  const note = readNote(join(resolve(path), 'sen.lock'));
  return note !== undefined && lives(note) ? note : undefined;
}

function takeLock(file: string, note: LockNote): void {
  const own = `${file}.${process.pid}`;
  writeFileSync(own, JSON.stringify(note), { mode: 0o600 });
  try {
    // A link appears with its whole content, and only one process can make it.
    for (let attempt = 0; !tryLink(own, file); attempt++) {
      const holder = readNote(file);
      if (holder !== undefined && lives(holder)) throw inUse(file, holder);
      if (attempt > 20) throw new Error(`cannot take ${file}`);
      removeStale(file, holder);
    }
  } finally {
    rmSync(own, { force: true });
  }
}

function tryLink(own: string, file: string): boolean {
  try {
    linkSync(own, file);
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') return false;
    if (code !== 'EPERM' && code !== 'ENOTSUP' && code !== 'ENOSYS') throw error;
    return tryCreate(own, file); // a file system without hard links
  }
}

function tryCreate(own: string, file: string): boolean {
  try {
    writeFileSync(file, readFileSync(own), { mode: 0o600, flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** Moves a dead process's lock away. When another starter was faster and the lock moved is alive, it goes back. */
function removeStale(file: string, judged: LockNote | undefined): void {
  const aside = `${file}.stale-${process.pid}`;
  try {
    renameSync(file, aside);
  } catch {
    return; // somebody else has moved it
  }
  const moved = readNote(aside);
  if (moved !== undefined && lives(moved) && moved.identity !== judged?.identity) tryLink(aside, file);
  rmSync(aside, { force: true });
}

function readNote(file: string): LockNote | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as LockNote;
  } catch {
    return undefined;
  }
}

function lives(note: LockNote): boolean {
  return processIdentity(note.pid) === note.identity;
}

function bringToLayout(folder: string): void {
  const file = join(folder, 'sen.json');
  const about = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as { layout: number; created: string }) : undefined;
  const layout = about?.layout ?? LAYOUT;
  if (layout > LAYOUT) throw newerFolder(folder, layout);
  for (let step = layout; step < LAYOUT; step++) layoutSteps[step - 1]?.(folder);
  if (about?.layout !== LAYOUT) replaceFile(file, `${JSON.stringify({ layout: LAYOUT, created: about?.created ?? new Date().toISOString() }, null, 2)}\n`);
}

function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o711 });
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code ?? '';
    throw new Refusal('unavailable', 'platform.data-folder', {
      vi: `Không tạo được thư mục dữ liệu ${folder} (${code}). Đặt SEN_DATA ở nơi ghi được.`,
      en: `The data folder ${folder} cannot be made (${code}). Set SEN_DATA to a place that can be written.`,
    });
  }
}

function replaceFile(file: string, text: string): void {
  writeFileSync(`${file}.new`, text, { mode: 0o600 });
  renameSync(`${file}.new`, file);
}

function inUse(file: string, holder: LockNote): Refusal {
  const where = holder.address === undefined ? '' : ` ${holder.address}`;
  return new Refusal('conflict', 'platform.data-in-use', {
    vi: `Một tiến trình khác (${holder.what}, số ${holder.pid}${where}) đang dùng dữ liệu này (${file}). Dừng nó trước, hoặc đặt SEN_DATA tới thư mục khác.`,
    en: `Another process (${holder.what}, number ${holder.pid}${where}) is using these data (${file}). Stop it first, or set SEN_DATA to another folder.`,
  });
}

function newerFolder(folder: string, layout: number): Refusal {
  return new Refusal('unsupported', 'platform.data-newer', {
    vi: `Thư mục dữ liệu ${folder} do bản phần mềm mới hơn tạo (bố cục ${layout}, bản này chỉ biết đến ${LAYOUT}). Hãy cập nhật phần mềm.`,
    en: `The data folder ${folder} was made by a newer version (layout ${layout}; this one knows up to ${LAYOUT}). Update the software.`,
  });
}
