// Objects beside the backup file: copied once and never again, since they never change; their headers, which a rotation changes, go into the file.
import { constants } from 'node:fs';
import { copyFile, mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { listBlobs, verifyBlob } from '../../platform/blobs.ts';
import type { Keyring } from '../../platform/keyring.ts';
import { HEADER_BYTES } from '../../platform/sealed-object.ts';
import { Refusal } from '../../platform/refusal.ts';

const ENTRY_BYTES = 32 + HEADER_BYTES;
const PART_ENTRIES = 16_384;

export interface CopiedObjects {
  readonly objects: number;
  readonly copied: number;
}

/** Copies the objects that are not there yet, reading each copy back, and gives the name and header of each in parts. */
export async function saveObjects(from: string, to: string, ring: Keyring, put: (part: Buffer) => Promise<void>): Promise<CopiedObjects> {
  let part: Buffer[] = [];
  let objects = 0;
  let copied = 0;
  for await (const { hash, path } of listBlobs(from)) {
    if (await copyOnce(path, placeIn(to, hash))) {
      await verifyBlob(to, hash, ring);
      copied += 1;
    }
    part.push(Buffer.from(hash, 'hex'), await headOf(path));
    objects += 1;
    if (objects % PART_ENTRIES !== 0) continue;
    await put(Buffer.concat(part));
    part = [];
  }
  if (part.length > 0) await put(Buffer.concat(part));
  return { objects, copied };
}

/** Brings the objects of one part back, with the headers they had, and reads each to its end. Refuses (`platform.backup-object`) one that is missing or broken. */
export async function restoreObjects(part: Buffer, from: string, to: string, ring: Keyring): Promise<number> {
  for (let at = 0; at < part.length; at += ENTRY_BYTES) {
    const hash = part.toString('hex', at, at + 32);
    const place = placeIn(to, hash);
    try {
      await copyOnce(placeIn(from, hash), place);
      await putHead(place, part.subarray(at + 32, at + ENTRY_BYTES));
      await verifyBlob(to, hash, ring);
    } catch (error) {
      if (error instanceof Refusal || (error as { code?: string }).code === 'ENOENT') throw badObject(hash);
      throw error;
    }
  }
  return part.length / ENTRY_BYTES;
}

async function copyOnce(from: string, to: string): Promise<boolean> {
  const [{ size }, there] = await Promise.all([stat(from), stat(to).catch(() => undefined)]);
  if (there?.size === size) return false;
  await mkdir(dirname(to), { recursive: true, mode: 0o750 });
  const temporary = `${to}.copying-${process.pid}`;
  try {
    await copyFile(from, temporary, constants.COPYFILE_FICLONE);
    const file = await open(temporary, 'r+');
    await file.sync().finally(() => file.close());
    await rename(temporary, to);
  } finally {
    await rm(temporary, { force: true });
  }
  return true;
}

/** The first bytes of a file, filled with zeros to the length of a header. A plain object is shorter than it looks only here. */
async function headOf(path: string): Promise<Buffer> {
  const head = Buffer.alloc(HEADER_BYTES);
  const file = await open(path, 'r');
  await file.read(head, 0, HEADER_BYTES, 0).finally(() => file.close());
  return head;
}

async function putHead(path: string, head: Buffer): Promise<void> {
  const file = await open(path, 'r+');
  try {
    const { size } = await file.stat();
    await file.write(head, 0, Math.min(size, HEADER_BYTES), 0);
    await file.datasync();
  } finally {
    await file.close();
  }
}

function placeIn(folder: string, hash: string): string {
  return join(folder, hash.slice(0, 2), hash.slice(2, 4), hash);
}

function badObject(hash: string): Refusal {
  return new Refusal('incorrect', 'platform.backup-object', {
    vi: `Tệp ${hash} trong bản sao lưu bị thiếu hoặc hỏng.`, en: `The object ${hash} of the backup is missing or damaged.`,
  });
}
