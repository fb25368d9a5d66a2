// With what a backup is locked or opened: files, because arguments are seen by everybody on the machine.
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { Refusal } from '../../platform/refusal.ts';
import type { Lock, Unlock } from './archive.ts';

export interface Asked<Key> {
  readonly place: string;
  readonly key: Key;
  readonly withoutKeys: boolean;
}

/** `<folder> --passphrase-file F | --recipient age1… [--without-keys]`; undefined for a wrong command. */
export function lockOf(args: string[]): Asked<Lock> | undefined {
  const asked = parse(args);
  if (asked?.place === undefined) return undefined;
  const { place, values } = asked;
  const { 'passphrase-file': file, recipient = [] } = values;
  if ((file === undefined) === (recipient.length === 0)) return undefined;
  const key = file === undefined ? { recipients: recipient } : { passphrase: readPassphrase(file) };
  return { place, key, withoutKeys: values['without-keys'] === true };
}

/** `<file> --passphrase-file F | --identity-file F`; undefined for a wrong command. */
export function unlockOf(args: string[]): Asked<Unlock> | undefined {
  const asked = parse(args);
  if (asked?.place === undefined) return undefined;
  const { place, values } = asked;
  const { 'passphrase-file': file, 'identity-file': identity } = values;
  if ((file === undefined) === (identity === undefined)) return undefined;
  const key = file !== undefined ? { passphrase: readPassphrase(file) } : { identities: readIdentities(identity ?? '') };
  return { place, key, withoutKeys: false };
}

function parse(args: string[]) {
  try {
    const one = { type: 'string' } as const;
    const options = { 'passphrase-file': one, 'identity-file': one, recipient: { type: 'string', multiple: true }, 'without-keys': { type: 'boolean' } } as const;
    const { values, positionals } = parseArgs({ args, options, allowPositionals: true });
    return positionals.length === 1 ? { place: positionals[0], values } : undefined;
  } catch {
    return undefined;
  }
}

const PASSPHRASE_LEAST = 12;

function readPassphrase(file: string): string {
  const passphrase = readFileSync(file, 'utf8').trim();
  if (passphrase.length >= PASSPHRASE_LEAST) return passphrase;
  throw new Refusal('incorrect', 'platform.backup-passphrase', {
    vi: `Mật khẩu sao lưu phải dài ít nhất ${PASSPHRASE_LEAST} ký tự.`, en: `The passphrase of a backup must have at least ${PASSPHRASE_LEAST} characters.`,
  });
}

function readIdentities(file: string): string[] {
  return readFileSync(file, 'utf8').split('\n').map((line) => line.trim()).filter((line) => line.startsWith('AGE-'));
}
