// From the journal files into the chain, each line once.
import { existsSync, readdirSync } from 'node:fs';
import { open, rm, type FileHandle } from 'node:fs/promises';
import type { Work } from '../../../platform/work.ts';
import { isWholeLine, wholeLine } from './entry.ts';
import { identityOf, journalFile, openJournals, type Journal } from './open-journal.ts';
import { addLines, keepPlace, loadPlace, lockChain, removePlace, type JournalPlace } from './store.ts';

const chunkBytes = 1024 * 1024;
const newline = 10;

/** Moves what the disk has of a journal of this process. Gives how many lines. */
export async function moveJournal(work: Work, journal: Journal): Promise<number> {
  await journal.settle();
  const end = journal.end();
  return moveUntil(work, journal.folder, journal.name, (place) => (place.segment < end.segment ? Infinity : end.position - place.position), end.segment);
}

/** Moves the journals that processes left behind which no longer live, and removes their files. One that cannot be read stays, and is told of. */
export async function moveLeftJournals(work: Work, folder: string, unread: (error: unknown) => void): Promise<number> {
  let moved = 0;
  for (const [name, segments] of journalsIn(folder)) {
    if (isInUse(name)) continue;
    try {
      moved += await moveUntil(work, folder, name, () => Infinity, Math.max(...segments));
      await removeJournal(work, folder, name);
    } catch (error) {
      unread(error);
    }
  }
  return moved;
}

function isInUse(name: string): boolean {
  const [pid = '', identity] = name.split('-');
  return Number(pid) === process.pid && identity === identityOf(process.pid) ? openJournals.has(name) : identityOf(Number(pid)) === identity;
}

/** Removes a journal that has been moved whole. */
export async function removeJournal(work: Work, folder: string, name: string): Promise<void> {
  for (const segment of journalsIn(folder).get(name) ?? []) await rm(journalFile(folder, name, segment), { force: true });
  await removePlace(work.db, name);
}

/** The journals of a folder with the numbers of their files. */
export function journalsIn(folder: string): Map<string, number[]> {
  const journals = new Map<string, number[]>();
  if (!existsSync(folder)) return journals;
  for (const file of readdirSync(folder).sort()) {
    const [, name, segment] = /^(\d+-[0-9a-f]{8}-[0-9a-f]{8})\.(\d+)\.log$/.exec(file) ?? [];
    if (name !== undefined) journals.set(name, [...(journals.get(name) ?? []), Number(segment)]);
  }
  return journals;
}

type Remaining = (place: JournalPlace) => number;

async function moveUntil(work: Work, folder: string, name: string, remaining: Remaining, lastSegment: number): Promise<number> {
  let moved = 0;
  let place = await loadPlace(work.db, name);
  if (place.segment === 0) place = { segment: 1, position: 0 };
  for (;;) {
    const { lines, bytes } = await readLines(journalFile(folder, name, place.segment), place.position, Math.min(chunkBytes, remaining(place)));
    if (lines.length > 0) {
      const from = place;
      place = { segment: place.segment, position: place.position + bytes };
      moved += await addAll(work, name, from, place, lines);
    } else if (place.segment < lastSegment) {
      await rm(journalFile(folder, name, place.segment), { force: true });
      place = { segment: place.segment + 1, position: 0 };
    } else return moved;
  }
}

/** A line that cannot stand in the chain goes in as damaged: it must stop neither the chain nor the start. */
async function addAll(work: Work, name: string, from: JournalPlace, to: JournalPlace, lines: readonly string[]): Promise<number> {
  try {
    return await addOnce(work, name, from, to, lines);
  } catch (error) {
    if (lines.every(isWholeLine)) throw error;
    return addOnce(work, name, from, to, lines.map((line) => wholeLine(line, work.now)));
  }
}

/** Adds lines unless somebody else has moved them meanwhile. */
async function addOnce(work: Work, name: string, from: JournalPlace, to: JournalPlace, lines: readonly string[]): Promise<number> {
  return work.transact(async ({ db }) => {
    await lockChain(db);
    const kept = await loadPlace(db, name);
    if (kept.segment > from.segment || (kept.segment === from.segment && kept.position > from.position)) return 0;
    await addLines(db, lines);
    await keepPlace(db, name, to);
    return lines.length;
  });
}

/**
 * Whole lines from a place on: as many as fit, at least one. Zeros are what is still to be written: they end it, also when a later part of
 * the last write has reached the disk before an earlier one. The last line of a process that died may be torn: it was never answered.
 */
export async function readLines(path: string, position: number, most: number): Promise<{ lines: string[]; bytes: number }> {
  const none = { lines: [], bytes: 0 };
  if (most <= 0) return none;
  const file = await openIfThere(path);
  if (file === undefined) return none;
  try {
    for (let size = most === Infinity ? chunkBytes : most; ; size *= 2) {
      const { buffer, bytesRead } = await file.read(Buffer.allocUnsafe(size), 0, size, position);
      const zero = buffer.subarray(0, bytesRead).indexOf(0);
      const written = zero < 0 ? bytesRead : zero;
      const bytes = buffer.subarray(0, written).lastIndexOf(newline) + 1;
      if (bytes > 0) return { lines: buffer.toString('utf8', 0, bytes - 1).split('\n'), bytes };
      if (written < size) return none;
    }
  } finally {
    await file.close();
  }
}

/** A file that cannot be opened is not an empty one: taken for empty it would be removed unread. */
async function openIfThere(path: string): Promise<FileHandle | undefined> {
  try {
    return await open(path, 'r');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
