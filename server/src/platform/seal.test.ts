import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { keyFileOf, openKeyring, readRing, withNewKey, writeRing } from './keyring.ts';
import { holdKeyring, keyIdOf, openSecret, resealSecret, sealSecret } from './seal.ts';

let data: string;
const settings = () => ({ data, masterKeyFile: '', masterKeyCommand: '' });

beforeEach(() => {
  data = mkdtempSync(join(tmpdir(), 'sen-seal-'));
  holdKeyring(settings());
});
afterEach(() => rmSync(data, { recursive: true, force: true }));

describe('A sealed secret', () => {
  it('opens again, in its own context only', () => {
    const sealed = sealSecret('JBSWY3DPEHPK3PXP', 'totp:an');
    expect(sealed).not.toContain('JBSWY3DPEHPK3PXP');
    expect(sealSecret('JBSWY3DPEHPK3PXP', 'totp:an')).not.toBe(sealed);
    expect(openSecret(sealed, 'totp:an')).toBe('JBSWY3DPEHPK3PXP');
    expect(() => openSecret(sealed, 'totp:binh')).toThrow(expect.objectContaining({ code: 'platform.seal-broken' }));
    expect(openSecret(sealSecret('', 'x'), 'x')).toBe('');
  });

  it('does not open when any part of it was changed', () => {
    const sealed = sealSecret('bí mật', 'x');
    for (const place of [20, 60, 100, 110, sealed.length - 5]) {
      const other = sealed[place] === 'A' ? 'B' : 'A';
      expect(() => openSecret(sealed.slice(0, place) + other + sealed.slice(place + 1), 'x')).toThrow(expect.objectContaining({ code: 'platform.seal-broken' }));
    }
    expect(() => openSecret('bí mật', 'x')).toThrow(expect.objectContaining({ code: 'platform.seal-broken' }));
  });

  it('passes to a new master key without being opened, while the process runs', () => {
    const sealed = sealSecret('bí mật', 'x');
    expect(resealSecret(sealed)).toBe(sealed);
    const file = keyFileOf(settings());
    writeRing(file, withNewKey(readRing(file)));
    const resealed = resealSecret(sealed);
    expect(keyIdOf(resealed)).toBe(readRing(file).current);
    expect(keyIdOf(resealed)).not.toBe(keyIdOf(sealed));
    expect([openSecret(resealed, 'x'), openSecret(sealed, 'x')]).toEqual(['bí mật', 'bí mật']);
    expect(resealed.split('.')[3]).toBe(sealed.split('.')[3]);
  });

  it('is lost with its master key, and the refusal names the key', () => {
    const sealed = sealSecret('bí mật', 'x');
    const file = keyFileOf(settings());
    const ring = withNewKey(readRing(file));
    writeRing(file, { ...ring, keys: ring.keys.slice(1) });
    expect(() => openSecret(sealed, 'x')).toThrow(expect.objectContaining({ code: 'platform.key-unknown', text: expect.objectContaining({ en: expect.stringContaining(keyIdOf(sealed)) }) }));
  });
});

describe('The master keys', () => {
  it.runIf(process.platform !== 'win32')('lie in a file that only its owner reads, made on the first start and kept', () => {
    const file = keyFileOf(settings());
    const text = readFileSync(file, 'utf8');
    expect([statSync(file).mode & 0o777, statSync(join(data, 'keys')).mode & 0o777]).toEqual([0o600, 0o700]);
    openKeyring(settings());
    expect(readFileSync(file, 'utf8')).toBe(text);
  });

  it('come from a command where the settings name one, as from a key service', () => {
    const file = keyFileOf(settings());
    const read = `"${process.execPath}" -e "process.stdout.write(require('fs').readFileSync('${file.replaceAll('\\', '/')}'))"`;
    expect(openKeyring({ data: '/nowhere', masterKeyFile: '', masterKeyCommand: read }).current()).toBe(readRing(file).current);
  });

  it('refuse a command or a file that gives none, without repeating what it gave', () => {
    const command = { data, masterKeyFile: '', masterKeyCommand: `"${process.execPath}" -e "console.log('hunter2')"` };
    expect(() => openKeyring(command)).toThrow(expect.objectContaining({ code: 'platform.key-file', text: { vi: expect.not.stringContaining('hunter2'), en: expect.not.stringContaining('hunter2') } }));
    expect(() => openKeyring({ ...command, masterKeyCommand: 'no-such-program' })).toThrow(expect.objectContaining({ code: 'platform.key-file' }));
  });

  it('give secrets for a purpose that rotation does not change', () => {
    const file = keyFileOf(settings());
    const before = openKeyring(settings()).derive('names');
    writeRing(file, withNewKey(readRing(file)));
    expect(openKeyring(settings()).derive('names')).toEqual(before);
    expect(openKeyring(settings()).derive('others')).not.toEqual(before);
  });
});
