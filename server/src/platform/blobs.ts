// Objects (documents, images) by the hash of their content, in a folder. What `put` has answered for is on the disk.
import { createHash, randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import type { Id } from './ids.ts';
import { Refusal } from './refusal.ts';

/** SHA-256 of the content, 64 digits of lower-case hex. */
export type BlobHash = Id<'Blob'>;

export interface StoredBlob {
  readonly hash: BlobHash;
  /** In bytes. */
  readonly size: number;
}

export interface BlobPart {
  readonly stream: Readable;
  /** Bytes of the whole object. */
  readonly size: number;
  /** First and last byte of this part, both inclusive (RFC 9110 §14.1.2). */
  readonly start: number;
  readonly end: number;
}

/** Both ends inclusive; without `end` to the last byte; a negative start counts from the end. */
export interface ByteRange {
  readonly start: number;
  readonly end?: number;
}

/** An object store. The same content is kept once; a stored object never changes. */
export interface BlobStore {
  /** Keeps content and answers once it will survive a crash. Refuses more than `maxBytes` (`platform.blob-too-large`). */
  put(content: Uint8Array | AsyncIterable<Uint8Array>, maxBytes?: number): Promise<StoredBlob>;
  /** Gives an object or a part of it; undefined when there is none. Refuses a range outside it (`platform.blob-range`). */
  get(hash: string, range?: ByteRange): Promise<BlobPart | undefined>;
  /** Gives the size in bytes; undefined when there is no such object. */
  size(hash: string): Promise<number | undefined>;
}

/** Unfinished files older than this were left by a process that died. */
const abandonedAfterMs = 3_600_000;

/** Opens the store in a folder, which it makes when missing, and clears what dead processes left unfinished. */
export async function openBlobs(folder: string): Promise<BlobStore> {
  const incoming = join(folder, 'incoming');
  await mkdir(incoming, { recursive: true });
  await clearAbandoned(incoming);
  return {
    put: (content, maxBytes = Infinity) => put(folder, join(incoming, randomBytes(16).toString('hex')), content, maxBytes),
    get: (hash, range) => get(placeOf(folder, hash), range),
    size: (hash) => sizeOf(placeOf(folder, hash)),
  };
}

async function put(folder: string, temporary: string, content: Uint8Array | AsyncIterable<Uint8Array>, maxBytes: number): Promise<StoredBlob> {
  try {
    const blob = await write(temporary, content, maxBytes);
    const place = placeOf(folder, blob.hash);
    // One that is there already may still be on its way to the disk, put by another at this very moment.
    if ((await sizeOf(place)) === blob.size) await syncFolder(dirname(place));
    else await settle(folder, temporary, place);
    return blob;
  } finally {
    await rm(temporary, { force: true });
  }
}

async function write(path: string, content: Uint8Array | AsyncIterable<Uint8Array>, maxBytes: number): Promise<StoredBlob> {
  const hash = createHash('sha256');
  const file = await open(path, 'wx', 0o640);
  let size = 0;
  try {
    for await (const chunk of content instanceof Uint8Array ? [content] : content) {
      size += chunk.length;
      if (size > maxBytes) throw tooLarge(maxBytes);
      hash.update(chunk);
      await file.writeFile(chunk);
    }
    await file.sync(); // before the rename: else a crash could leave the right name over an empty file
  } finally {
    await file.close();
  }
  return { hash: hash.digest('hex') as BlobHash, size };
}

/** Renames into place and makes the new names durable, from the file's folder up to the store. */
async function settle(folder: string, temporary: string, place: string): Promise<void> {
  const shelf = dirname(place);
  const made = await mkdir(shelf, { recursive: true });
  await rename(temporary, place);
  await syncFolder(shelf);
  if (made === undefined) return;
  await syncFolder(dirname(shelf));
  await syncFolder(folder);
}

async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return; // Windows opens no folder; NTFS journals names by itself
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function get(place: string, range: ByteRange = { start: 0 }): Promise<BlobPart | undefined> {
  const size = await sizeOf(place);
  if (size === undefined) return undefined;
  const start = range.start < 0 ? Math.max(0, size + range.start) : range.start;
  const end = Math.min(range.end ?? size - 1, size - 1);
  const whole = range.start === 0 && range.end === undefined;
  if (!whole && !(Number.isSafeInteger(start) && Number.isSafeInteger(end) && start <= end)) throw outside();
  // createReadStream takes no empty range: an empty object is read without one.
  return { stream: createReadStream(place, size === 0 ? {} : { start, end }), size, start, end };
}

async function sizeOf(place: string): Promise<number | undefined> {
  try {
    return (await stat(place)).size;
  } catch (error) {
    if ((error as { code?: string }).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Two levels of folders: 65,536 shelves keep a million objects at about 15 a folder. */
function placeOf(folder: string, hash: string): string {
  if (!/^[0-9a-f]{64}$/.test(hash)) {
    throw new Refusal('incorrect', 'platform.blob-id', { vi: 'Mã tệp không hợp lệ.', en: 'The object id is not valid.' });
  }
  return join(folder, hash.slice(0, 2), hash.slice(2, 4), hash);
}

async function clearAbandoned(incoming: string): Promise<void> {
  for (const name of await readdir(incoming)) {
    const path = join(incoming, name);
    const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: Infinity }));
    // The age of a file is a matter of the machine's clock, which wrote its mtime, and of no unit of work.
    if (Date.now() - mtimeMs > abandonedAfterMs) await rm(path, { force: true });
  }
}

function tooLarge(maxBytes: number): Refusal {
  return new Refusal('too-large', 'platform.blob-too-large', { vi: `Tệp lớn hơn ${maxBytes} byte.`, en: `The object is larger than ${maxBytes} bytes.` });
}

function outside(): Refusal {
  return new Refusal('incorrect', 'platform.blob-range', { vi: 'Khoảng byte nằm ngoài tệp.', en: 'The byte range lies outside the object.' });
}
