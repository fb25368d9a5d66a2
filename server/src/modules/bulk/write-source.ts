import { createWriteStream } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { Refusal } from '../../platform/refusal.ts';

/**
 * Writes what is to be imported to a file as it comes, unpacked when it is gzip; nothing is there unless all of it came. Refuses (413) more than
 * `maxBytes`, counted unpacked, and gzip that is broken (400).
 */
export async function writeSource(path: string, bytes: AsyncIterable<Uint8Array>, maxBytes: number): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const part = `${path}.part`;
  try {
    const all = bytes[Symbol.asyncIterator]();
    const first = await all.next();
    const gzip = !first.done && first.value[0] === 0x1f && first.value[1] === 0x8b;
    const whole = Readable.from(joined(first, all));
    const file = createWriteStream(part, { flush: true, mode: 0o640 });
    const limited = limit(maxBytes);
    await (gzip ? pipeline(whole, createGunzip(), limited, file) : pipeline(whole, limited, file));
    await rename(part, path);
  } catch (error) {
    await rm(part, { force: true });
    throw (error as { code?: string }).code?.startsWith('Z_') ? brokenGzip() : error;
  }
}

async function* joined(first: IteratorResult<Uint8Array>, rest: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  for (let part = first; !part.done; part = await rest.next()) yield part.value;
}

function limit(maxBytes: number) {
  return async function* (parts: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    let size = 0;
    for await (const part of parts) {
      size += part.length;
      if (size > maxBytes) throw tooLarge(maxBytes);
      yield part;
    }
  };
}

function tooLarge(maxBytes: number): Refusal {
  const most = Math.floor(maxBytes / 2 ** 20);
  return new Refusal('too-large', 'bulk.source-too-large', { vi: `Tệp nguồn lớn hơn ${most} MiB.`, en: `A source file is larger than ${most} MiB.` });
}

function brokenGzip(): Refusal {
  return new Refusal('incorrect', 'bulk.broken-gzip', { vi: 'Tệp gzip bị hỏng.', en: 'The gzip file is broken.' });
}
