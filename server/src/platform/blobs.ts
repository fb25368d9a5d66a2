// Objects (documents, images) by a keyed hash of their content, encrypted, in a folder. What `put` has answered for is on the disk.
import { createHash, createHmac, randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, opendir, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Settings } from './config.ts';
import type { Id } from './ids.ts';
import { sealBroken, type Keyring } from './keyring.ts';
import { Refusal } from './refusal.ts';
import { openDataKey, openFrames, readHeader, rewrapObject, sealedWriter } from './sealed-object.ts';

/**
 * HMAC-SHA-256 of the content under a key of the house, 64 digits of lower-case hex. The same content has the same name; but whoever reads the disk
 * cannot find out by hashing a known form or picture whether somebody here has it. (Objects from before the encryption carry their plain SHA-256.)
 */
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

/** Where the objects of a house lie. */
export function objectsFolder(settings: Pick<Settings, 'data'>): string {
  return resolve(settings.data, 'objects');
}

/** Opens the store in a folder, which it makes when missing, and clears what dead processes left unfinished. */
export async function openBlobs(folder: string, ring: Keyring): Promise<BlobStore> {
  const incoming = join(folder, 'incoming');
  await mkdir(incoming, { recursive: true, mode: 0o750 });
  await clearAbandoned(incoming);
  const names = ring.derive('names of objects');
  return {
    put: (content, maxBytes = Infinity) => put(folder, ring, (temporary) => write(temporary, content, maxBytes, ring, names)),
    get: (hash, range) => get(placeOf(folder, hash), hash, range, ring),
    size: (hash) => sizeOf(placeOf(folder, hash)),
  };
}

/** Every object of a store, with its file. */
export async function* listBlobs(folder: string): AsyncGenerator<{ hash: BlobHash; path: string }> {
  for (const first of await shelves(folder)) {
    for (const second of await shelves(join(folder, first))) {
      for await (const { name } of await opendir(join(folder, first, second))) {
        if (hashText.test(name)) yield { hash: name as BlobHash, path: join(folder, first, second, name) };
      }
    }
  }
}

/** Brings one object under the master key now in use: rewraps its key, or encrypts it in place under its old name. True when it changed. */
export async function resealBlob(folder: string, hash: string, ring: Keyring): Promise<boolean> {
  const place = placeOf(folder, hash);
  if (await isSealed(place)) return rewrapObject(place, hash, ring);
  const temporary = join(folder, 'incoming', randomBytes(16).toString('hex'));
  try {
    await seal(temporary, createReadStream(place), ring, createHash('sha256'), hash);
    await settle(folder, temporary, place);
    return true;
  } finally {
    await rm(temporary, { force: true });
  }
}

/** Reads an object to its end and refuses (`platform.seal-broken`) one that is not as it was stored. */
export async function verifyBlob(folder: string, hash: string, ring: Keyring): Promise<void> {
  const part = await get(placeOf(folder, hash), hash, { start: 0 }, ring);
  if (part === undefined) throw sealBroken();
  await pipeline(part.stream, async (content) => {
    for await (const _ of content);
  });
}

async function put(folder: string, ring: Keyring, store: (temporary: string) => Promise<StoredBlob>): Promise<StoredBlob> {
  const temporary = join(folder, 'incoming', randomBytes(16).toString('hex'));
  try {
    const blob = await store(temporary);
    const place = placeOf(folder, blob.hash);
    // One that is there already may still be on its way to the disk, put by another at this very moment.
    // A damaged one does not count: the content has come again, and takes its place.
    if (await isWhole(folder, blob, ring)) await syncFolder(dirname(place));
    else await settle(folder, temporary, place);
    return blob;
  } finally {
    await rm(temporary, { force: true });
  }
}

/** Read to its end: a bit that the disk lost changes no size. */
async function isWhole(folder: string, { hash, size }: StoredBlob, ring: Keyring): Promise<boolean> {
  if ((await sizeOf(placeOf(folder, hash)).catch(() => undefined)) !== size) return false;
  return verifyBlob(folder, hash, ring).then(() => true, () => false);
}

async function write(path: string, content: Uint8Array | AsyncIterable<Uint8Array>, maxBytes: number, ring: Keyring, names: Buffer): Promise<StoredBlob> {
  return seal(path, bounded(content, maxBytes), ring, createHmac('sha256', names));
}

/** Writes an encrypted file. Refuses content that has not the name it should have. */
async function seal(path: string, content: AsyncIterable<Uint8Array>, ring: Keyring, name: Hasher, expected?: string): Promise<StoredBlob> {
  const file = await open(path, 'wx', 0o640);
  let size = 0;
  try {
    const writer = sealedWriter(file, ring);
    for await (const chunk of content) {
      size += chunk.length;
      name.update(chunk);
      await writer.write(chunk);
    }
    const hash = name.digest('hex') as BlobHash;
    if (expected !== undefined && hash !== expected) throw sealBroken();
    await writer.finish(hash);
    await file.sync(); // before the rename: else a crash could leave the right name over an empty file
    return { hash, size };
  } finally {
    await file.close();
  }
}

interface Hasher {
  update(content: Uint8Array): unknown;
  digest(encoding: 'hex'): string;
}

async function* bounded(content: Uint8Array | AsyncIterable<Uint8Array>, maxBytes: number): AsyncGenerator<Uint8Array> {
  let size = 0;
  for await (const chunk of content instanceof Uint8Array ? [content] : content) {
    size += chunk.length;
    if (size > maxBytes) throw tooLarge(maxBytes);
    yield chunk;
  }
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

async function get(place: string, hash: string, range: ByteRange = { start: 0 }, ring: Keyring): Promise<BlobPart | undefined> {
  const opened = await openObject(place, hash, ring);
  if (opened === undefined) return undefined;
  const { size } = opened;
  const start = range.start < 0 ? Math.max(0, size + range.start) : range.start;
  const end = Math.min(range.end ?? size - 1, size - 1);
  const whole = range.start === 0 && range.end === undefined;
  if (!whole && !(Number.isSafeInteger(start) && Number.isSafeInteger(end) && start <= end)) throw outside();
  return { stream: opened.stream(start, end), size, start, end };
}

interface OpenedObject {
  readonly size: number;
  stream(start: number, end: number): Readable;
}

async function openObject(place: string, hash: string, ring: Keyring): Promise<OpenedObject | undefined> {
  const file = await open(place, 'r').catch(absent);
  if (file === undefined) return undefined;
  try {
    const header = await readHeader(file);
    if (header === undefined) return await openPlain(place, hash);
    const dataKey = openDataKey(header, hash, ring);
    return { size: header.size, stream: (start, end) => Readable.from(openFrames(place, header.size, dataKey, start, end), { objectMode: false }) };
  } finally {
    await file.close();
  }
}

/** An object from before the encryption is believed only when its name is the SHA-256 of it: nobody can lay a plain file in the place of a sealed one. */
async function openPlain(place: string, hash: string): Promise<OpenedObject> {
  const sha = createHash('sha256');
  for await (const chunk of createReadStream(place)) sha.update(chunk as Buffer);
  if (sha.digest('hex') !== hash) throw sealBroken();
  const { size } = await stat(place);
  // createReadStream takes no empty range: an empty object is read without one.
  return { size, stream: (start, end) => createReadStream(place, size === 0 ? {} : { start, end }) };
}

async function sizeOf(place: string): Promise<number | undefined> {
  const file = await open(place, 'r').catch(absent);
  if (file === undefined) return undefined;
  try {
    return (await readHeader(file))?.size ?? (await file.stat()).size;
  } finally {
    await file.close();
  }
}

async function isSealed(place: string): Promise<boolean> {
  const file = await open(place, 'r');
  try {
    return (await readHeader(file)) !== undefined;
  } finally {
    await file.close();
  }
}

function absent(error: { code?: string }): undefined {
  if (error.code === 'ENOENT') return undefined;
  throw error;
}

async function shelves(folder: string): Promise<string[]> {
  return (await readdir(folder).catch(absent) ?? []).filter((name) => /^[0-9a-f]{2}$/.test(name)).sort();
}

const hashText = /^[0-9a-f]{64}$/;

/** Two levels of folders: 65,536 shelves keep a million objects at about 15 a folder. */
function placeOf(folder: string, hash: string): string {
  if (!hashText.test(hash)) {
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
