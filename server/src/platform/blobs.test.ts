import { spawn } from 'node:child_process';
import { createHash, createHmac } from 'node:crypto';
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { listBlobs, openBlobs, resealBlob, verifyBlob, type BlobStore } from './blobs.ts';
import { keyFileOf, openKeyring, readRing, withNewKey, writeRing, type Keyring } from './keyring.ts';

let folder: string;
let keys: { data: string; masterKeyFile: string; masterKeyCommand: string };
let ring: Keyring;
let blobs: BlobStore;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sen-blobs-'));
  keys = { data: mkdtempSync(join(tmpdir(), 'sen-blob-keys-')), masterKeyFile: '', masterKeyCommand: '' };
  ring = openKeyring(keys);
  blobs = await openBlobs(folder, ring);
});
afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
  rmSync(keys.data, { recursive: true, force: true });
});

const sha = (content: Uint8Array) => createHash('sha256').update(content).digest('hex');
const mac = (content: Uint8Array) => createHmac('sha256', ring.derive('names of objects')).update(content).digest('hex');
const placeOf = (hash: string) => join(folder, hash.slice(0, 2), hash.slice(2, 4), hash);
const read = async (hash: string, range?: { start: number; end?: number }) => {
  const part = await blobs.get(hash, range);
  return part && { text: (await buffer(part.stream)).toString(), size: part.size, start: part.start, end: part.end };
};
async function* chunks(...parts: string[]) {
  for (const part of parts) yield Buffer.from(part);
}

describe('The object store', () => {
  it('keeps content under a hash that only this house can make, from a buffer or a stream, once', async () => {
    const content = Buffer.from('phiếu kết quả');
    const stored = await blobs.put(content);
    expect(stored).toEqual({ hash: mac(content), size: content.length });
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
    await openBlobs(folder, ring);
    expect(readdirSync(join(folder, 'incoming'))).toEqual(['new']);
  });

  it('holds no half-written object after kill -9', async () => {
    const script = `import { openBlobs } from ${JSON.stringify(new URL('./blobs.ts', import.meta.url).href)};
      import { openKeyring } from ${JSON.stringify(new URL('./keyring.ts', import.meta.url).href)};
      const blobs = await openBlobs(process.argv[1], openKeyring(JSON.parse(process.argv[2])));
      for (let n = 0; ; n++) console.log((await blobs.put(Buffer.alloc(200_000, String(n)))).hash);`;
    const writer = spawn(process.execPath, ['--input-type=module', '-e', script, folder, JSON.stringify(keys)], { stdio: ['ignore', 'pipe', 'inherit'] });
    let acknowledged = '';
    for await (const chunk of writer.stdout) {
      acknowledged += String(chunk);
      if (acknowledged.split('\n').length > 20) writer.kill('SIGKILL');
    }
    const shelves = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile() && !entry.parentPath.endsWith('incoming'));
    for (const entry of shelves) await verifyBlob(folder, entry.name, ring);
    const kept = new Set(shelves.map((entry) => entry.name));
    for (const hash of acknowledged.split('\n').slice(0, -1)) expect(kept).toContain(hash);
  });
});

describe('An object at rest (ASVS 5.0 V11.3.2, V14.2: AES-256-GCM, a key per object wrapped by the master key)', () => {
  const FRAME = 65_536;
  const large = Buffer.alloc(FRAME * 3 + 100, 'ảnh chụp X-quang ');

  it('shows nothing of its content on the disk, and another key each time', async () => {
    const { hash } = await blobs.put(large);
    const first = readFileSync(placeOf(hash));
    expect(first.includes(Buffer.from('X-quang'))).toBe(false);
    rmSync(placeOf(hash));
    await blobs.put(large);
    expect(readFileSync(placeOf(hash)).subarray(256).equals(first.subarray(256))).toBe(false);
  });

  it.each([0, 1, FRAME - 1, FRAME, FRAME + 1, 2 * FRAME, 3 * FRAME + 100])('comes back whole at %i bytes, in chunks of any size', async (size) => {
    const content = large.subarray(0, size);
    const pieces = (async function* () {
      for (let at = 0; at < size; at += 10_007) yield content.subarray(at, at + 10_007);
    })();
    const { hash } = await blobs.put(pieces);
    const part = await blobs.get(hash);
    expect([part?.size, (await buffer(part!.stream)).equals(content)]).toEqual([size, true]);
  });

  it('gives ranges across frames', async () => {
    const { hash } = await blobs.put(large);
    for (const [start, end] of [[0, 0], [FRAME - 1, FRAME], [FRAME, 2 * FRAME - 1], [10, 3 * FRAME + 5], [3 * FRAME + 99, 3 * FRAME + 99]] as const) {
      const part = await blobs.get(hash, { start, end });
      expect((await buffer(part!.stream)).equals(large.subarray(start, end + 1))).toBe(true);
    }
  });

  const broken = { code: 'platform.seal-broken' };
  const flip = (path: string, at: number) => {
    const bytes = readFileSync(path);
    bytes[at]! ^= 1;
    writeFileSync(path, bytes);
  };

  it.each([['the size', 15], ['the wrapped key', 50], ['the first frame', 300], ['the last frame', 256 + 3 * (FRAME + 16) + 3]])('is refused when %s was changed', async (_, at) => {
    const { hash } = await blobs.put(large);
    flip(placeOf(hash), at);
    await expect(verifyBlob(folder, hash, ring)).rejects.toMatchObject(broken);
  });

  it('is refused when it was cut off, between frames too, or its frames changed places', async () => {
    const { hash } = await blobs.put(large);
    const whole = readFileSync(placeOf(hash));
    truncateSync(placeOf(hash), 256 + 2 * (FRAME + 16));
    await expect(blobs.get(hash, { start: 0, end: 5 })).rejects.toMatchObject(broken);
    const frame = (index: number) => whole.subarray(256 + index * (FRAME + 16), 256 + (index + 1) * (FRAME + 16));
    writeFileSync(placeOf(hash), Buffer.concat([whole.subarray(0, 256), frame(1), frame(0), frame(2), frame(3)]));
    await expect(verifyBlob(folder, hash, ring)).rejects.toMatchObject(broken);
  });

  it('cannot be laid in the place of another, encrypted or not', async () => {
    const mine = await blobs.put(Buffer.from('của An'));
    const other = await blobs.put(Buffer.from('củaBnh'));
    copyFileSync(placeOf(other.hash), placeOf(mine.hash));
    await expect(blobs.get(mine.hash)).rejects.toMatchObject(broken);
    writeFileSync(placeOf(mine.hash), 'của An');
    await expect(blobs.get(mine.hash)).rejects.toMatchObject(broken);
  });

  it('takes its place again when the content is stored once more over a damaged file', async () => {
    const { hash } = await blobs.put(large);
    truncateSync(placeOf(hash), 1000);
    await blobs.put(large);
    await verifyBlob(folder, hash, ring);
    flip(placeOf(hash), 70_000); // of the same size
    await blobs.put(large);
    await verifyBlob(folder, hash, ring);
  });
});

describe('The rotation of the master key', () => {
  const rotate = () => {
    const file = keyFileOf(keys);
    const before = readRing(file);
    writeRing(file, withNewKey(before));
    return { withoutOld: () => writeRing(file, { ...readRing(file), keys: readRing(file).keys.filter(({ id }) => id !== before.current) }) };
  };

  it('rewraps the key of an object and leaves its content as it lies; the old key then opens nothing', async () => {
    const content = Buffer.from('kết quả giải phẫu bệnh');
    const { hash } = await blobs.put(content);
    const frames = readFileSync(placeOf(hash)).subarray(256);
    for (let round = 0; round < 3; round++) {
      const { withoutOld } = rotate();
      expect(await resealBlob(folder, hash, ring)).toBe(true);
      expect(await resealBlob(folder, hash, ring)).toBe(false);
      withoutOld();
      expect((await read(hash))?.text).toBe(content.toString());
    }
    expect(readFileSync(placeOf(hash)).subarray(256)).toEqual(frames);
  });

  it.each([[16, 136], [136, 16]])('survives a kill between its two writes, and a torn slot', async (torn, from) => {
    const { hash } = await blobs.put(Buffer.from('bản chụp'));
    rotate();
    if (from === 136) await resealBlob(folder, hash, ring);
    const bytes = readFileSync(placeOf(hash));
    bytes.copy(bytes, torn, from, from + 120);
    bytes.fill(7, torn + 40, torn + 60);
    writeFileSync(placeOf(hash), bytes);
    await resealBlob(folder, hash, ring);
    expect((await read(hash))?.text).toBe('bản chụp');
  });

  it('encrypts objects from before the encryption under the name they have', async () => {
    const content = Buffer.from('phiếu cũ');
    mkdirSync(dirname(placeOf(sha(content))), { recursive: true });
    writeFileSync(placeOf(sha(content)), content);
    expect((await read(sha(content)))?.text).toBe('phiếu cũ');
    const listed = [];
    for await (const { hash } of listBlobs(folder)) listed.push(hash);
    expect(listed).toEqual([sha(content)]);
    expect(await resealBlob(folder, sha(content), ring)).toBe(true);
    expect(readFileSync(placeOf(sha(content))).includes(content)).toBe(false);
    expect((await read(sha(content)))?.text).toBe('phiếu cũ');
  });
});
