// A backup file: a tar of parts, zstd, encrypted with age (age-encryption.org/v1), so that the `age` and `tar` programs can open it too.
import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream } from 'node:stream/web';
import { createZstdCompress, createZstdDecompress } from 'node:zlib';
import { Decrypter, Encrypter } from 'age-encryption';
import tar from 'tar-stream';
import { Refusal } from '../../platform/refusal.ts';

/** For whom a backup is encrypted: who knows a passphrase, or who holds the key of a recipient (`age1…`). */
export type Lock = { readonly passphrase: string } | { readonly recipients: readonly string[] };
/** What opens it: the passphrase, or an identity (`AGE-SECRET-KEY-1…`). */
export type Unlock = { readonly passphrase: string } | { readonly identities: readonly string[] };

export interface ArchiveWriter {
  put(name: string, content: Uint8Array): Promise<void>;
}

/** Writes an archive, reads it back from the disk and refuses (`platform.backup-not-written`) when it is not what was sent. Tells its SHA-256. */
export async function writeArchive(path: string, lock: Lock, fill: (writer: ArchiveWriter) => Promise<void>): Promise<{ sha256: string; bytes: number }> {
  const pack = tar.pack();
  const zipped = pack.pipe(createZstdCompress());
  pack.on('error', (error) => zipped.destroy(error));
  const sealed = Readable.fromWeb((await encrypterFor(lock).encrypt(Readable.toWeb(zipped) as never)) as unknown as ReadableStream);
  const sha = createHash('sha256');
  let bytes = 0;
  const counting = new Transform({
    transform: (chunk: Buffer, _encoding, done) => {
      sha.update(chunk);
      bytes += chunk.length;
      done(null, chunk);
    },
  });
  const written = pipeline(sealed, counting, createWriteStream(path, { flags: 'wx', mode: 0o600, flush: true }));
  const filled = fill({ put: (name, content) => putEntry(pack, name, content) }).then(() => pack.finalize());
  filled.catch((error: Error) => pack.destroy(error));
  await Promise.all([filled, written]);
  const sha256 = sha.digest('hex');
  if ((await hashFile(path)) !== sha256) throw notWritten(path);
  return { sha256, bytes };
}

/** Gives the parts of an archive in their order. Refuses (`platform.backup-broken`) one that was changed, cut off or is not for this key. */
export async function* readArchive(path: string, unlock: Unlock): AsyncGenerator<{ name: string; content: Buffer }> {
  const extract = tar.extract();
  const opened = openFile(path, unlock).then((plain) => pipeline(plain, createZstdDecompress(), extract));
  opened.catch((error: Error) => extract.destroy(error));
  try {
    for await (const entry of extract) yield { name: entry.header.name, content: await contentOf(entry) };
    await opened;
  } catch (error) {
    throw error instanceof Refusal ? error : broken(path);
  }
}

async function openFile(path: string, unlock: Unlock): Promise<Readable> {
  const decrypter = new Decrypter();
  if ('passphrase' in unlock) decrypter.addPassphrase(unlock.passphrase);
  else for (const identity of unlock.identities) decrypter.addIdentity(identity);
  const file = Readable.toWeb(createReadStream(path));
  return Readable.fromWeb((await decrypter.decrypt(file as never)) as unknown as ReadableStream);
}

function encrypterFor(lock: Lock): Encrypter {
  const encrypter = new Encrypter();
  if ('passphrase' in lock) encrypter.setPassphrase(lock.passphrase);
  else for (const recipient of lock.recipients) encrypter.addRecipient(recipient);
  return encrypter;
}

function putEntry(pack: tar.Pack, name: string, content: Uint8Array): Promise<void> {
  return new Promise((resolve, reject) => {
    // The callback comes when the content has gone on: what is copied never piles up in memory.
    pack.entry({ name, size: content.length, mtime: new Date(0) }, Buffer.from(content.buffer, content.byteOffset, content.length), (error) => (error ? reject(error) : resolve()));
  });
}

async function contentOf(entry: AsyncIterable<Buffer>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of entry) chunks.push(chunk);
  return Buffer.concat(chunks);
}

async function hashFile(path: string): Promise<string> {
  const sha = createHash('sha256');
  for await (const chunk of createReadStream(path)) sha.update(chunk as Buffer);
  return sha.digest('hex');
}

function notWritten(path: string): Refusal {
  return new Refusal('unavailable', 'platform.backup-not-written', {
    vi: `Bản sao lưu ${path} đọc lại không giống lúc ghi: đĩa có lỗi.`, en: `The backup ${path} does not read as it was written: the disk is faulty.`,
  });
}

/** The backup is not, or no longer, what was written. */
export function broken(path: string): Refusal {
  return new Refusal('incorrect', 'platform.backup-broken', {
    vi: `Không mở được bản sao lưu ${path}: sai khóa hoặc mật khẩu, hoặc tệp đã bị thay đổi, bị cắt.`,
    en: `The backup ${path} cannot be opened: another key or passphrase, or the file was changed or cut off.`,
  });
}
