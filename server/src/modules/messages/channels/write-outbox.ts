// The way out without a provider: a file for each message, for trying things out and for a hospital whose own program picks them up.
import { mkdir, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { shownPhone } from '../address.ts';
import { smsText } from '../sms-text.ts';
import type { Channel, Letter } from './channel.ts';

/** Writes into `outbox/` (0600). The name is that of the message: however often it is written, there is one file. */
export function outboxChannel(channel: 'sms' | 'email', folder: string, withAccents: boolean): Channel {
  return {
    channel, adapter: 'outbox', perSecond: 1000, idempotent: true,
    send: async (work, letter) => {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const name = `${work.now}-${letter.id}.json`;
      const before = (await readdir(folder)).find((one) => one.endsWith(`-${letter.id}.json`));
      if (before !== undefined) return { kind: 'accepted', providerId: letter.id };
      const aside = join(folder, `.${letter.id}`);
      await writeFile(aside, `${JSON.stringify(fileOf(channel, letter, withAccents))}\n`, { mode: 0o600 });
      await rename(aside, join(folder, name));
      return { kind: 'accepted', providerId: letter.id };
    },
  };
}

function fileOf(channel: 'sms' | 'email', letter: Letter, withAccents: boolean): object {
  const { code } = letter.data;
  const head = { to: channel === 'sms' ? shownPhone(letter.to) : letter.to, ...(letter.template === 'security.code' && typeof code === 'string' ? { code, until: new Date(letter.expiresAt).toISOString() } : {}) };
  if (channel === 'email') return { ...head, channel, template: letter.template, subject: letter.words.title, text: letter.words.email };
  return { ...head, channel, template: letter.template, text: smsText(letter.words.sms, withAccents).text };
}

/** Removes files older than some hours. */
export async function purgeOutbox(folder: string, hours: number): Promise<void> {
  for (const name of await readdir(folder).catch(() => [])) {
    const file = join(folder, name);
    const { mtimeMs } = await stat(file).catch(() => ({ mtimeMs: Infinity }));
    if (Date.now() - mtimeMs > hours * 3_600_000) await rm(file, { force: true });
  }
}
