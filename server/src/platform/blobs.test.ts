import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openBlobs, type BlobStore } from './blobs.ts';

let folder: string;
let blobs: BlobStore;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sen-blobs-'));
  blobs = await openBlobs(folder);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const sha = (content: Uint8Array) => createHash('sha256').update(content).digest('hex');
const read = async (hash: string, range?: { start: number; end?: number }) => {
  const part = await blobs.get(hash, range);
  return part && { text: (await buffer(part.stream)).toString(), size: part.size, start: part.start, end: part.end };
};
async function* chunks(...parts: string[]) {
  for (const part of parts) yield Buffer.from(part);
}

describe('The object store', () => {
  it('keeps content under its hash, from a buffer or a stream, once', async () => {
    const content = Buffer.from('phiếu kết quả');
    const stored = await blobs.put(content);
    expect(stored).toEqual({ hash: sha(content), size: content.length });
    expect(await blobs.put(chunks('phiếu', ' kết', ' quả'))).toEqual(stored);
    expect((await read(stored.hash))?.text).toBe('phiếu kết quả');
    expect(await blobs.size(stored.hash)).toBe(content.length);
    expect(readdirSync(join(folder, 'incoming'))).toEqual([]);
  });

  it('gives parts by byte range, as HTTP counts them', async () => {
    const { hash } = await blobs.put(Buffer.from('0123456789'));
    expect(await read(hash, { start: 2, end: 4 })).toEqual({ text: '234', size: 10, start: 2, end: 4 });
    expect((await read(hash, { start: 7 }))?.text).toBe('789');
    expect((await read(hash, { start: -3 }))?.text).toBe('789');
    expect((await read(hash, { start: 0, end: 99 }))?.text).toBe('0123456789');
    for (const range of [{ start: 10 }, { start: 5, end: 4 }, { start: 0.5 }, { start: Number.NaN }]) {
      await expect(blobs.get(hash, range)).rejects.toMatchObject({ code: 'platform.blob-range' });
    }
  });

  it('keeps an empty object', async () => {
    const { hash, size } = await blobs.put(chunks());
    expect([size, (await read(hash))?.text]).toEqual([0, '']);
  });

  it('refuses ids that are no hash, so that no id leads out of the folder', async () => {
    for (const id of ['../../etc/passwd', '', 'AB'.repeat(32), `${'a'.repeat(63)}/`]) {
      await expect((async () => blobs.get(id))()).rejects.toMatchObject({ category: 'incorrect', code: 'platform.blob-id' });
    }
    expect(await blobs.get('0'.repeat(64))).toBeUndefined();
  });

  it('keeps nothing of an object that is too large or whose stream breaks', async () => {
    await expect(blobs.put(chunks('123', '456'), 5)).rejects.toMatchObject({ code: 'platform.blob-too-large', category: 'too-large' });
    const breaking = (async function* () {
      yield Buffer.from('half');
      throw new Error('the sender went away');
    })();
    await expect(blobs.put(breaking)).rejects.toThrow('the sender went away');
    expect(readdirSync(folder)).toEqual(['incoming']);
    expect(readdirSync(join(folder, 'incoming'))).toEqual([]);
  });

  it('clears what a dead process left, but not what another is writing', async () => {
    writeFileSync(join(folder, 'incoming', 'old'), 'x');
    utimesSync(join(folder, 'incoming', 'old'), new Date(0), new Date(0));
    writeFileSync(join(folder, 'incoming', 'new'), 'x');
    await openBlobs(folder);
    expect(readdirSync(join(folder, 'incoming'))).toEqual(['new']);
  });

  it('holds no half-written object after kill -9', async () => {
    const script = `import { openBlobs } from ${JSON.stringify(new URL('./blobs.ts', import.meta.url).href)};
      const blobs = await openBlobs(process.argv[1]);
      for (let n = 0; ; n++) console.log((await blobs.put(Buffer.alloc(200_000, String(n)))).hash);`;
    const writer = spawn(process.execPath, ['--input-type=module', '-e', script, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
    let acknowledged = '';
    for await (const chunk of writer.stdout) {
      acknowledged += String(chunk);
      if (acknowledged.split('\n').length > 20) writer.kill('SIGKILL');
    }
    const shelves = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile() && !entry.parentPath.endsWith('incoming'));
    for (const entry of shelves) expect(sha(readFileSync(join(entry.parentPath, entry.name)))).toBe(entry.name);
    const kept = new Set(shelves.map((entry) => entry.name));
    for (const hash of acknowledged.split('\n').slice(0, -1)) expect(kept).toContain(hash);
  });
});
