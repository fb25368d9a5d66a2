// How an object lies encrypted in a file: a header with its wrapped data key, then frames of AES-256-GCM.
//
//   0   8  magic `SENOBJ1\n`
//   8   8  bytes of the content, big-endian
//  16 120  slot: key id (16 hex digits), nonce, wrapped data key, tag (60), zeros
// 136 120  second slot, used in turn when the master key changes: one of the two is always whole
// 256      frames: 65,536 bytes of content and a tag of 16; the last may be shorter, and is there even when the object is empty
//
// Each frame's nonce is its number and whether it is the last (STREAM: Hoang, Reyhanitabar, Rogaway, Vizár 2015), and the wrapped key is bound to the
// name and the size: frames cannot be changed, left out, put elsewhere or cut off, nor one object laid in the place of another.
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { open, type FileHandle } from 'node:fs/promises';
import { sealBroken, WRAPPED_BYTES, type Keyring, type WrappedKey } from './keyring.ts';

const magic = Buffer.from('SENOBJ1\n');
export const HEADER_BYTES = 256;
const SLOT_BYTES = 120;
const FRAME_BYTES = 65_536;
const TAG_BYTES = 16;
const slotsAt = [16, 16 + SLOT_BYTES] as const;

export interface SealedHeader {
  /** Bytes of the content. */
  readonly size: number;
  readonly slots: readonly (WrappedKey | undefined)[];
}

/** Writes an object frame by frame into an open, empty file; `finish` completes it with its name. */
export function sealedWriter(file: FileHandle, ring: Keyring) {
  const dataKey = randomBytes(32);
  const waiting = Buffer.alloc(FRAME_BYTES);
  let filled = 0;
  let frames = 0;
  let size = 0;
  const writeFrame = async (content: Uint8Array, last: boolean) => {
    const cipher = createCipheriv('aes-256-gcm', dataKey, nonceOf(frames, last));
    const frame = Buffer.concat([cipher.update(content), cipher.final(), cipher.getAuthTag()]);
    await file.write(frame, 0, frame.length, HEADER_BYTES + frames * (FRAME_BYTES + TAG_BYTES));
    frames += 1;
  };
  return {
    write: async (content: Uint8Array): Promise<void> => {
      size += content.length;
      for (let at = 0; at < content.length; ) {
        if (filled === FRAME_BYTES) {
          await writeFrame(waiting, false); // now known not to be the last
          filled = 0;
        }
        const part = content.subarray(at, at + FRAME_BYTES - filled);
        waiting.set(part, filled);
        filled += part.length;
        at += part.length;
      }
    },
    finish: async (name: string): Promise<void> => {
      await writeFrame(waiting.subarray(0, filled), true);
      const header = Buffer.alloc(HEADER_BYTES);
      magic.copy(header);
      header.writeBigUInt64BE(BigInt(size), 8);
      slotText(ring.wrap(dataKey, contextOf(name, size))).copy(header, slotsAt[0]);
      await file.write(header, 0, HEADER_BYTES, 0);
    },
  };
}

/** Reads the header of an object; undefined when the file is not encrypted. Refuses (`platform.seal-broken`) one that was cut off. */
export async function readHeader(file: FileHandle): Promise<SealedHeader | undefined> {
  const header = Buffer.alloc(HEADER_BYTES);
  const { bytesRead } = await file.read(header, 0, HEADER_BYTES, 0);
  if (!header.subarray(0, 8).equals(magic)) return undefined;
  const size = Number(header.readBigUInt64BE(8));
  const { size: fileBytes } = await file.stat();
  if (bytesRead < HEADER_BYTES || fileBytes !== sealedBytes(size)) throw sealBroken();
  return { size, slots: slotsAt.map((at) => readSlot(header.subarray(at, at + SLOT_BYTES))) };
}

/** Opens the data key of an object. Refuses when no slot opens (`platform.key-unknown`, `platform.seal-broken`). */
export function openDataKey(header: SealedHeader, name: string, ring: Keyring): Buffer {
  return openSlot(header, name, ring).dataKey;
}

function openSlot(header: SealedHeader, name: string, ring: Keyring): { dataKey: Buffer; index: number } {
  const failures: unknown[] = [];
  for (const [index, slot] of header.slots.entries()) {
    if (slot === undefined) continue;
    try {
      return { dataKey: ring.unwrap(slot, contextOf(name, header.size)), index };
    } catch (error) {
      failures.push(error);
    }
  }
  throw failures[0] ?? sealBroken();
}

/** The content from one byte to another, both inclusive, opening only the frames it lies in. */
export async function* openFrames(path: string, size: number, dataKey: Buffer, start: number, end: number): AsyncGenerator<Buffer> {
  const lastFrame = lastFrameOf(size);
  const file = await open(path, 'r');
  try {
    for (let index = Math.floor(start / FRAME_BYTES); index <= Math.floor(Math.max(0, end) / FRAME_BYTES); index++) {
      const content = await openFrame(file, dataKey, index, size, index === lastFrame);
      const from = index * FRAME_BYTES;
      const part = content.subarray(Math.max(0, start - from), Math.max(0, end + 1 - from));
      if (part.length > 0) yield part;
    }
  } finally {
    await file.close();
  }
}

/** Wraps the data key with the key now in use, in the other slot first, so that a kill at any moment leaves one that opens. True when it changed. */
export async function rewrapObject(path: string, name: string, ring: Keyring): Promise<boolean> {
  const file = await open(path, 'r+');
  try {
    const header = await readHeader(file);
    if (header === undefined) return false;
    const current = ring.current();
    if (header.slots.every((slot) => slot === undefined || slot.keyId === current) && header.slots.includes(undefined)) return false;
    const { dataKey, index } = openSlot(header, name, ring);
    const stale = header.slots[index]?.keyId !== current;
    const other = 1 - index; // free, or torn by a kill
    if (stale) await putSlot(file, other, slotText(ring.wrap(dataKey, contextOf(name, header.size))));
    await putSlot(file, stale ? index : other, Buffer.alloc(SLOT_BYTES)); // what the old master key opens must not stay
    return true;
  } finally {
    await file.close();
  }
}

async function putSlot(file: FileHandle, slot: number, text: Buffer): Promise<void> {
  await file.write(text, 0, SLOT_BYTES, slotsAt[slot]);
  await file.datasync();
}

async function openFrame(file: FileHandle, dataKey: Buffer, index: number, size: number, last: boolean): Promise<Buffer> {
  const length = (last ? size - index * FRAME_BYTES : FRAME_BYTES) + TAG_BYTES;
  const frame = Buffer.allocUnsafe(length);
  const { bytesRead } = await file.read(frame, 0, length, HEADER_BYTES + index * (FRAME_BYTES + TAG_BYTES));
  if (bytesRead !== length) throw sealBroken();
  const decipher = createDecipheriv('aes-256-gcm', dataKey, nonceOf(index, last), { authTagLength: TAG_BYTES }).setAuthTag(frame.subarray(-TAG_BYTES));
  try {
    return Buffer.concat([decipher.update(frame.subarray(0, -TAG_BYTES)), decipher.final()]);
  } catch {
    throw sealBroken();
  }
}

function lastFrameOf(size: number): number {
  return size === 0 ? 0 : Math.ceil(size / FRAME_BYTES) - 1;
}

function sealedBytes(size: number): number {
  return HEADER_BYTES + size + (lastFrameOf(size) + 1) * TAG_BYTES;
}

/** The data key serves one object only, so that the number of the frame makes a nonce of its own. */
function nonceOf(index: number, last: boolean): Buffer {
  const nonce = Buffer.alloc(12);
  nonce.writeUInt32BE(index, 7);
  nonce[11] = last ? 1 : 0;
  return nonce;
}

function contextOf(name: string, size: number): Buffer {
  return Buffer.from(`object ${name} ${size}`);
}

function slotText({ keyId, wrapped }: WrappedKey): Buffer {
  const slot = Buffer.alloc(SLOT_BYTES);
  slot.write(keyId, 0, 'latin1');
  wrapped.copy(slot, 16);
  return slot;
}

function readSlot(slot: Buffer): WrappedKey | undefined {
  const keyId = slot.toString('latin1', 0, 16);
  return /^[0-9a-f]{16}$/.test(keyId) ? { keyId, wrapped: slot.subarray(16, 16 + WRAPPED_BYTES) } : undefined;
}
