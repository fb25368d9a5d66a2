// The journal of a process: a file on its own disk, written from front to back. What is told here survives the process and does not wait for the database.
import { hash, randomBytes } from 'node:crypto';
import { constants, fdatasync, mkdirSync, writeSync } from 'node:fs';
import { open, rm, truncate, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { processIdentity } from '../../../platform/processes.ts';
import type { JournalPlace } from './store.ts';

/**
 * When a line counts as told. `system`: the operating system has it, so that it outlives the process however that ends; the disk has it a moment later
 * (docs/decisions/0018). `disk`: it outlives a power cut too.
 */
export type Safety = 'system' | 'disk';

export interface Journal {
  /** First part of the names of its files: `<pid>-<identity>-<random>`. */
  readonly name: string;
  readonly folder: string;
  /** Writes a line; `done` is called when it is as safe as was asked for (`disk` unless said), or with the reason when it is not. */
  append(line: string, done: (error?: Error) => void, safety?: Safety): void;
  /** The disk refused the last lines: they are tried again; until then nobody should be served. */
  isRefusing(): boolean;
  /** Up to where the disk has it. */
  end(): JournalPlace;
  /** Resolves when the disk has all that was told until now, or has refused it. */
  settle(): Promise<void>;
  /** Writes what is left and closes the file. */
  close(): Promise<void>;
}

interface Line {
  readonly text: string;
  readonly done: (error?: Error) => void;
  readonly safety: Safety;
  isAnswered: boolean;
  /** Called when the disk has it, or has refused it. */
  settled?: (() => void)[];
}

const wholeSegment = 64 * 1024 * 1024;
/** The file grows by this many zeros at once: a write into what is there already costs the file system no change of its own books. */
const stretch = 1024 * 1024;
/** What nobody waits for is brought to the disk after so long at most: what a power cut can take of the lines of reads. */
const restMs = 20;
const retryMs = 1_000;
/** Lines kept for a disk that refuses; requests are refused meanwhile, so that hardly any come. */
const mostKept = 10_000;
const flags = constants.O_CREAT | constants.O_WRONLY;

/** Names of the journals that this process writes. */
export const openJournals = new Set<string>();

export function journalFile(folder: string, name: string, segment: number): string {
  return join(folder, `${name}.${String(segment).padStart(6, '0')}.log`);
}

/** Numbers of processes are used again, in a container at each start. */
export function identityOf(pid: number): string {
  return hash('sha256', processIdentity(pid) ?? '', 'hex').slice(0, 8);
}

/** Opens the journal of this process in a folder. Lines of one turn of the loop go together in one write; those that wait for the disk share its flush. */
export async function openJournal(folder: string, segmentBytes = wholeSegment): Promise<Journal> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const name = `${process.pid}-${identityOf(process.pid)}-${randomBytes(4).toString('hex')}`;
  openJournals.add(name);
  const start = { segment: 1, position: 0 };
  const state: State = {
    folder, name, segmentBytes, file: await openSegment(folder, name, 1), place: start, synced: start, length: 0, waiting: [], unsynced: [], kept: [],
    syncing: [], isTurning: false, refusing: false, failure: undefined, rest: undefined, retry: undefined,
  };
  return {
    name,
    folder,
    append: (text, done, safety = 'disk') => {
      // At the end of this turn of the loop: what other requests tell in the same turn goes in the same write.
      if (state.waiting.push({ text, done, safety, isAnswered: false }) === 1) setImmediate(flush, state);
    },
    isRefusing: () => state.refusing,
    end: () => state.synced,
    settle: () => settle(state),
    close: () => close(state),
  };
}

interface State {
  readonly folder: string;
  readonly name: string;
  readonly segmentBytes: number;
  /** Undefined after a failure: the next write begins a new segment. */
  file: FileHandle | undefined;
  /** Up to where the operating system has it, and the disk. */
  place: JournalPlace;
  synced: JournalPlace;
  /** Bytes of the file; zeros from the place on. */
  length: number;
  waiting: Line[];
  /** Written, not yet on the disk. */
  unsynced: Line[];
  /** Refused by the disk, to be written before anything else. */
  kept: Line[];
  /** With the disk just now. */
  syncing: Line[];
  /** A new segment is being begun. */
  isTurning: boolean;
  refusing: boolean;
  /** Of a write, while the disk is still at work on what was written before. */
  failure: Error | undefined;
  rest: NodeJS.Timeout | undefined;
  retry: NodeJS.Timeout | undefined;
}

/** Writes what waits. Callbacks, not promises: this runs for every request. */
function flush(state: State): void {
  if (state.retry !== undefined || state.isTurning || state.failure !== undefined || state.waiting.length + state.kept.length === 0) return;
  if (state.file === undefined || state.place.position >= state.segmentBytes) return turn(state);
  const batch = [...state.kept, ...state.waiting];
  state.waiting = [];
  state.kept = [];
  try {
    writeNext(state, state.file, Buffer.from(batch.map(({ text }) => `${text}\n`).join('')));
  } catch (failure) {
    state.kept = batch;
    state.failure = failure as Error;
    return state.syncing.length > 0 ? undefined : refuse(state, failure as Error);
  }
  for (const line of batch) {
    state.unsynced.push(line);
    if (line.safety === 'system') answer(line);
  }
  syncWhenDue(state);
}

/** Whole lines into the memory of the operating system: some microseconds, less than it would take to ask another thread to. */
function writeNext(state: State, file: FileHandle, bytes: Buffer): void {
  const { segment, position } = state.place;
  const end = position + bytes.length;
  const whole = end <= state.length ? bytes : Buffer.concat([bytes, Buffer.alloc(stretch)]);
  for (let from = 0; from < whole.length; ) from += writeSync(file.fd, whole, from, whole.length - from, position + from);
  state.length = Math.max(state.length, position + whole.length);
  state.place = { segment, position: end };
}

function answer(line: Line, failure?: Error): void {
  if (line.isAnswered) return;
  line.isAnswered = true;
  line.done(failure);
}

function syncWhenDue(state: State): void {
  if (state.unsynced.length === 0) return;
  if (state.refusing || state.unsynced.some(({ isAnswered }) => !isAnswered)) return sync(state);
  state.rest ??= setTimeout(sync, restMs, state);
}

/** Brings to the disk what is written. What is written meanwhile goes with the next. */
function sync(state: State): void {
  clearTimeout(state.rest);
  state.rest = undefined;
  if (state.syncing.length > 0 || state.file === undefined || state.unsynced.length === 0) return;
  const { unsynced: batch, place } = state;
  state.syncing = batch;
  state.unsynced = [];
  fdatasync(state.file.fd, (failure) => {
    state.syncing = [];
    if (failure === null) {
      state.synced = place;
      state.refusing = false;
      for (const line of batch) settleLine(line);
    } else state.unsynced = [...batch, ...state.unsynced];
    const failed = failure ?? state.failure;
    if (failed !== undefined) return refuse(state, failed);
    flush(state);
    syncWhenDue(state);
  });
}

function settleLine(line: Line, failure?: Error): void {
  answer(line, failure);
  for (const tell of line.settled ?? []) tell();
}

/** Begins a segment when the disk has the one before: its place never goes back. */
function turn(state: State): void {
  if (state.syncing.length > 0) return;
  if (state.file !== undefined && state.unsynced.length > 0) return sync(state);
  state.isTurning = true;
  turnSegment(state).then(() => {
    state.isTurning = false;
    flush(state);
  }, (failure: Error) => {
    state.isTurning = false;
    state.kept = [...state.kept, ...state.waiting];
    state.waiting = [];
    refuse(state, failure);
  });
}

/** What the disk does not have is cut off and written again, into the next segment. Who was answered already is told nothing: their line comes to the disk later. */
function refuse(state: State, failure: Error): void {
  const lines = [...state.unsynced, ...state.kept];
  state.kept = lines.slice(0, mostKept);
  state.unsynced = [];
  state.refusing = true;
  state.place = state.synced;
  state.failure = failure; // until the file is closed nothing is written
  const { file } = state;
  state.file = undefined;
  const abandon = async () => {
    await file?.close().catch(() => undefined);
    await truncate(journalFile(state.folder, state.name, state.synced.segment), state.synced.position).catch(() => undefined);
    state.failure = undefined;
    state.retry = setTimeout(() => {
      state.retry = undefined;
      flush(state);
    }, retryMs).unref();
    for (const line of lines) settleLine(line, failure);
  };
  void abandon();
}

async function turnSegment(state: State): Promise<void> {
  const next = await openSegment(state.folder, state.name, state.place.segment + 1);
  await state.file?.close().catch(() => undefined);
  state.file = next;
  state.length = 0;
  state.place = { segment: state.place.segment + 1, position: 0 };
  state.synced = state.place;
}

async function settle(state: State): Promise<void> {
  if (state.retry !== undefined) return;
  flush(state);
  sync(state);
  const last = [state.syncing, state.unsynced, state.kept, state.waiting].findLast(({ length }) => length > 0)?.at(-1);
  if (last !== undefined) await new Promise<void>((resolve) => (last.settled = [...(last.settled ?? []), resolve]));
}

/** One last try for what waits; what the disk still refuses is lost with the process, and was never answered. */
async function close(state: State): Promise<void> {
  clearTimeout(state.retry);
  state.retry = undefined;
  await settle(state);
  clearTimeout(state.retry);
  clearTimeout(state.rest);
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
