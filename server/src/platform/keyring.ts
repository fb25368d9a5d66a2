// The master keys of the house: which there are, which is in use, and what they wrap. They never leave this file in the clear.
import { execSync } from 'node:child_process';
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { chmodSync, existsSync, linkSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { Settings } from './config.ts';
import { Refusal } from './refusal.ts';

/** As kept in the file, and as a key command must print it (docs/operations/encryption-and-backups.md). */
export interface RingText {
  readonly version: 1;
  /** 32 random bytes in base64 that never change: names of objects are made with them. */
  readonly root: string;
  readonly current: string;
  readonly keys: readonly { readonly id: string; readonly key: string; readonly made: string }[];
}

export interface WrappedKey {
  /** 16 digits of lower-case hex. */
  readonly keyId: string;
  /** 60 bytes: nonce (12), the wrapped key (32), tag (16). */
  readonly wrapped: Buffer;
}

export interface Keyring {
  /** Id of the key that wraps from now on. */
  current(): string;
  ids(): readonly string[];
  /** Wraps a data key of 32 bytes; `context` must be given again to unwrap it. */
  wrap(dataKey: Uint8Array, context: Uint8Array): WrappedKey;
  /** Refuses (`platform.key-unknown`, `platform.seal-broken`) what none of our keys has wrapped. */
  unwrap(key: WrappedKey, context: Uint8Array): Buffer;
  /** A secret of 32 bytes for a purpose, the same for ever: rotation does not touch it. */
  derive(purpose: string): Buffer;
}

export const WRAPPED_BYTES = 60;
type KeySettings = Pick<Settings, 'data' | 'masterKeyFile' | 'masterKeyCommand'>;

interface Ring {
  readonly text: RingText;
  readonly keys: ReadonlyMap<string, Buffer>;
}

/** Opens the keyring of the settings; on the first start of a house without a key file or command, makes the file. */
export function openKeyring(settings: KeySettings): Keyring {
  const load = settings.masterKeyCommand !== '' ? commandRing(settings.masterKeyCommand) : fileRing(keyFileOf(settings));
  load(false);
  return keyringOver(load);
}

/** Where the keys lie when no command gives them. */
export function keyFileOf(settings: Pick<Settings, 'data' | 'masterKeyFile'>): string {
  return resolve(settings.masterKeyFile !== '' ? settings.masterKeyFile : join(settings.data, 'keys', 'master.json'));
}

/** A ring of fresh random keys. */
export function newRing(): RingText {
  return withNewKey({ version: 1, root: randomBytes(32).toString('base64'), current: '', keys: [] });
}

/** The same ring with one more key, in use from now on. */
export function withNewKey(ring: RingText): RingText {
  const id = randomBytes(8).toString('hex');
  return { ...ring, current: id, keys: [...ring.keys, { id, key: randomBytes(32).toString('base64'), made: new Date().toISOString() }] };
}

/** Reads the keys of a file. Refuses (`platform.key-file`) one that is none. */
export function readRing(file: string): RingText {
  return parseRing(readText(file), file).text;
}

/** Writes the keys in the place of those that were there, whole or not at all; 0600. */
export function writeRing(file: string, ring: RingText): void {
  writeFileSync(`${file}.new`, `${JSON.stringify(ring, null, 2)}\n`, { mode: 0o600, flush: true });
  renameSync(`${file}.new`, file);
}

function keyringOver(load: (again: boolean) => Ring): Keyring {
  const keyOf = (id: string): Buffer => load(false).keys.get(id) ?? load(true).keys.get(id) ?? refuseUnknown(id);
  return {
    current: () => load(false).text.current,
    ids: () => [...load(false).keys.keys()],
    wrap: (dataKey, context) => {
      const keyId = load(false).text.current;
      const nonce = randomBytes(12);
      const cipher = createCipheriv('aes-256-gcm', keyOf(keyId), nonce).setAAD(context);
      return { keyId, wrapped: Buffer.concat([nonce, cipher.update(dataKey), cipher.final(), cipher.getAuthTag()]) };
    },
    unwrap: ({ keyId, wrapped }, context) => {
      const decipher = createDecipheriv('aes-256-gcm', keyOf(keyId), wrapped.subarray(0, 12), { authTagLength: 16 }).setAAD(context).setAuthTag(wrapped.subarray(44, WRAPPED_BYTES));
      try {
        return Buffer.concat([decipher.update(wrapped.subarray(12, 44)), decipher.final()]);
      } catch {
        throw sealBroken();
      }
    },
    derive: (purpose) => Buffer.from(hkdfSync('sha256', Buffer.from(load(false).text.root, 'base64'), '', `sen ${purpose}`, 32)),
  };
}

/** Another process may rotate the keys while we run: the file is read again whenever it has changed. */
function fileRing(file: string): (again: boolean) => Ring {
  if (!existsSync(file)) makeFile(file);
  let known: Ring | undefined;
  let seen = '';
  return (again) => {
    const { mtimeMs, ino, size } = statSync(file);
    const state = `${mtimeMs} ${ino} ${size}`;
    if (known === undefined || again || state !== seen) known = parseRing(readText(file), file);
    seen = state;
    return known;
  };
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw badKeys(`${file} (${(error as NodeJS.ErrnoException).code ?? ''})`);
  }
}

function commandRing(command: string): (again: boolean) => Ring {
  const ask = (): Ring => {
    try {
      return parseRing(execSync(command, { encoding: 'utf8', timeout: 30_000, stdio: ['ignore', 'pipe', 'ignore'], windowsHide: true }), 'SEN_MASTER_KEY_COMMAND');
    } catch (error) {
      throw error instanceof Refusal ? error : badKeys('SEN_MASTER_KEY_COMMAND');
    }
  };
  let known: Ring | undefined;
  let askedAt = 0;
  return (again) => {
    // An id that no key has must not let a flood of broken objects start a process each.
    if (known !== undefined && (!again || performance.now() - askedAt < 10_000)) return known;
    askedAt = performance.now();
    return (known = ask());
  };
}

/** Two starters may come at once: the link lets one file through, whole. */
function makeFile(file: string): void {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const own = `${file}.${process.pid}.${randomBytes(4).toString('hex')}`;
  writeFileSync(own, `${JSON.stringify(newRing(), null, 2)}\n`, { mode: 0o600, flag: 'wx', flush: true });
  chmodSync(own, 0o600);
  try {
    linkSync(own, file);
  } catch (error) {
    if (!existsSync(file)) renameSync(own, file); // a file system without hard links
    if (!existsSync(file)) throw error;
  } finally {
    rmSync(own, { force: true });
  }
}

function parseRing(json: string, where: string): Ring {
  try {
    const text = JSON.parse(json) as RingText;
    const keys = new Map(text.keys.map(({ id, key }) => [id, Buffer.from(key, 'base64')]));
    const sound = text.version === 1 && Buffer.from(text.root, 'base64').length === 32 && keys.has(text.current);
    if (sound && [...keys].every(([id, key]) => /^[0-9a-f]{16}$/.test(id) && key.length === 32)) return { text, keys };
  } catch {
    // told below, without a word of the content
  }
  throw badKeys(where);
}

function badKeys(where: string): Refusal {
  return new Refusal('unavailable', 'platform.key-file', {
    vi: `Không đọc được khóa chủ từ ${where}. Không có khóa này thì không mở được tệp đã mã hóa: khôi phục nó từ bản sao.`,
    en: `The master keys cannot be read from ${where}. Without them nothing encrypted can be opened: restore them from your copy.`,
  });
}

function refuseUnknown(id: string): never {
  throw new Refusal('unavailable', 'platform.key-unknown', {
    vi: `Thiếu khóa chủ ${id}: không mở được dữ liệu đã mã hóa bằng khóa đó.`,
    en: `The master key ${id} is missing: what it has encrypted cannot be opened.`,
  });
}

/** What was sealed is not what lies there now. */
export function sealBroken(): Refusal {
  return new Refusal('unavailable', 'platform.seal-broken', {
    vi: 'Dữ liệu mã hóa đã bị thay đổi hoặc hỏng.', en: 'The encrypted data were changed or are damaged.',
  });
}
