// The journal of a process: a file on its own disk, written from front to back. What is told here survives the process and does not wait for the database.
import { hash, randomBytes } from 'node:crypto';
import { constants, fdatasync, mkdirSync, write } from 'node:fs';
import { open, rm, truncate, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { processIdentity } from '../../../platform/processes.ts';
import type { JournalPlace } from './store.ts';

export interface Journal {
  /** First part of the names of its files: `<pid>-<identity>-<random>`. */
  readonly name: string;
  readonly folder: string;
  /** Writes a line; `done` is called when the disk has it, or with the reason when it has not. */
  append(line: string, done: (error?: Error) => void): void;
  /** The disk refused the last lines: they are tried again; until then nobody should be served. */
  isRefusing(): boolean;
  /** Up to where the disk has it. */
  end(): JournalPlace;
  /** Writes what is left and closes the file. */
  close(): Promise<void>;
}

interface Waiting {
  readonly line: string;
  readonly done: (error?: Error) => void;
}

const wholeSegment = 64 * 1024 * 1024;
/** The file grows by this many zeros at once: a write into what is there already costs the file system no change of its own books. */
const stretch = 1024 * 1024;
const retryMs = 1_000;
/** Lines kept for a disk that refuses; requests are refused meanwhile, so that hardly any come. */
const mostKept = 10_000;
// O_DSYNC: the write itself is done when the data are on the disk, one call instead of two. Where it is missing (Windows) fdatasync follows.
const syncing: number | undefined = (constants as Partial<typeof constants>).O_DSYNC;
const flags = constants.O_CREAT | constants.O_WRONLY | (syncing ?? 0);

/** Names of the journals that this process writes. */
export const openJournals = new Set<string>();

export function journalFile(folder: string, name: string, segment: number): string {
  return join(folder, `${name}.${String(segment).padStart(6, '0')}.log`);
}

/** Numbers of processes are used again, in a container at each start. */
export function identityOf(pid: number): string {
  return hash('sha256', processIdentity(pid) ?? '', 'hex').slice(0, 8);
}

/** Opens the journal of this process in a folder. Lines that wait while the disk works go together in one write. */
export async function openJournal(folder: string, segmentBytes = wholeSegment): Promise<Journal> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const name = `${process.pid}-${identityOf(process.pid)}-${randomBytes(4).toString('hex')}`;
  openJournals.add(name);
  const state: State = { folder, name, segmentBytes, file: await openSegment(folder, name, 1), place: { segment: 1, position: 0 }, length: 0, waiting: [], kept: [], isWriting: false, refusing: false, retry: undefined, onIdle: undefined };
  return {
    name,
    folder,
    append: (line, done) => {
      // At the end of this turn of the loop: what other requests tell in the same turn goes in the same write.
      if (state.waiting.push({ line, done }) === 1) setImmediate(flush, state);
    },
    isRefusing: () => state.refusing,
    end: () => state.place,
    close: () => close(state),
  };
}

interface State {
  readonly folder: string;
  readonly name: string;
  readonly segmentBytes: number;
  /** Undefined after a failure: the next write begins a new segment. */
  file: FileHandle | undefined;
  place: JournalPlace;
  /** Bytes of the file; zeros from the place on. */
  length: number;
  waiting: Waiting[];
  /** Refused by the disk, to be written before anything else. */
  kept: readonly string[];
  isWriting: boolean;
  refusing: boolean;
  retry: NodeJS.Timeout | undefined;
  onIdle: (() => void) | undefined;
}

/** Writes what waits, unless a write is under way: its end begins the next. Callbacks, not promises: this runs for every request. */
function flush(state: State): void {
  if (state.isWriting || state.retry !== undefined || (state.waiting.length === 0 && state.kept.length === 0)) return;
  state.isWriting = true;
  const batch = state.waiting;
  state.waiting = [];
  const lines = state.kept.length === 0 ? batch.map(({ line }) => line) : [...state.kept, ...batch.map(({ line }) => line)];
  const bytes = Buffer.from(`${lines.join('\n')}\n`);
  const ended = (failure: Error | null) => (failure === null ? written(state, batch, bytes.length) : refused(state, batch, lines, failure));
  if (state.file !== undefined && state.place.position < state.segmentBytes) return writeNext(state, state.file, bytes, ended);
  turnSegment(state).then((file) => writeNext(state, file, bytes, ended), ended);
}

function writeNext(state: State, file: FileHandle, bytes: Buffer, ended: (failure: Error | null) => void): void {
  const { position } = state.place;
  const end = position + bytes.length;
  if (end <= state.length) return writeBytes(file.fd, bytes, 0, position, ended);
  state.length = end + stretch;
  writeBytes(file.fd, Buffer.concat([bytes, Buffer.alloc(stretch)]), 0, position, ended);
}

function writeBytes(fd: number, bytes: Buffer, from: number, position: number, ended: (failure: Error | null) => void): void {
  write(fd, bytes, from, bytes.length - from, position + from, (failure, count) => {
    if (failure !== null) return ended(failure);
    if (from + count < bytes.length) return writeBytes(fd, bytes, from + count, position, ended);
    if (syncing !== undefined) return ended(null);
    fdatasync(fd, ended);
  });
}

function written(state: State, batch: readonly Waiting[], length: number): void {
  state.place = { segment: state.place.segment, position: state.place.position + length };
  state.kept = [];
  state.refusing = false;
  state.isWriting = false;
  for (const { done } of batch) done();
  flush(state);
  if (!state.isWriting) state.onIdle?.();
}

/** What a failed write left of its lines is cut off: they are written again, into the next segment. */
function refused(state: State, batch: readonly Waiting[], lines: readonly string[], failure: Error): void {
  state.kept = lines.slice(0, mostKept);
  state.refusing = true;
  const { file } = state;
  state.file = undefined;
  const abandon = async () => {
    await file?.close().catch(() => undefined);
    await truncate(journalFile(state.folder, state.name, state.place.segment), state.place.position).catch(() => undefined);
    state.isWriting = false;
    state.retry = setTimeout(() => {
      state.retry = undefined;
      flush(state);
    }, retryMs).unref();
    for (const { done } of batch) done(failure);
    state.onIdle?.();
  };
  void abandon();
}

async function turnSegment(state: State): Promise<FileHandle> {
  const next = await openSegment(state.folder, state.name, state.place.segment + 1);
  await state.file?.close().catch(() => undefined);
  state.file = next;
  state.length = 0;
  state.place = { segment: state.place.segment + 1, position: 0 };
  return next;
}

/** One last try for what waits; what the disk still refuses is lost with the process, and was never answered. */
async function close(state: State): Promise<void> {
  clearTimeout(state.retry);
  state.retry = undefined;
  flush(state);
  if (state.isWriting) await new Promise<void>((resolve) => (state.onIdle = resolve));
  clearTimeout(state.retry);
  await state.file?.truncate(state.place.position).catch(() => undefined);
  await state.file?.close().catch(() => undefined);
  openJournals.delete(state.name);
  if (state.place.position === 0) await rm(journalFile(state.folder, state.name, state.place.segment), { force: true });
}

async function openSegment(folder: string, name: string, segment: number): Promise<FileHandle> {
  const file = await open(journalFile(folder, name, segment), flags, 0o600);
  await syncFolder(folder);
  return file;
}

/** A new file is only safe once its folder is: its name stands there. */
async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r').catch(() => undefined); // Windows opens no folders
  await handle?.sync().catch(() => undefined);
  await handle?.close();
}
