// How a code reaches a telephone: a question that the module `messages` will answer. Until it does, codes lie in the outbox of the data folder.
import { mkdir, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { randomId } from '../../../platform/ids.ts';
import { declareQuestion } from '../../../platform/ports.ts';
import type { Work } from '../../../platform/work.ts';

export interface CodeMessage {
  readonly phone: string;
  readonly code: string;
  /** ms since 1970. */
  readonly until: number;
}

/** Delivers a one-time code; answers whether somebody takes care of it. Undelivered ones go to the outbox. */
export const deliverCode = declareQuestion<CodeMessage, boolean>('security.deliver-code', () => false);

const keptMs = 10 * 60_000;

/** Hands a code on, or writes it into a file that only the owner of the data folder reads (0600), removed ten minutes later. */
export async function sendCode(work: Work, message: CodeMessage, dataFolder: string): Promise<void> {
  if ((await deliverCode.ask(work, message)).includes(true)) return;
  const folder = join(dataFolder, 'outbox');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await removeOld(folder);
  await writeFile(join(folder, `${work.now}-${randomId()}.json`), `${JSON.stringify({ to: message.phone, code: message.code, until: new Date(message.until).toISOString() })}\n`, { mode: 0o600, flag: 'wx' });
}

async function removeOld(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const file = join(folder, name);
    const { mtimeMs } = await stat(file).catch(() => ({ mtimeMs: Infinity }));
    if (Date.now() - mtimeMs > keptMs) await rm(file, { force: true });
  }
}
