// The sound of a prompt for a switchboard that plays it itself.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { prompts } from './prompts.ts';
import { wavOf } from './wav.ts';

const ours = new URL('../../../../prompts/vi/', import.meta.url).pathname;

/** Gives `<key>.wav` or `<key>.ulaw`, of the hospital's own voice where it has recorded that prompt; undefined for what is no prompt. */
export async function readPromptSound(file: string, folder: string): Promise<{ readonly type: string; readonly bytes: Buffer } | undefined> {
  const [, key = '', form] = /^(.+)\.(wav|ulaw)$/.exec(file) ?? [];
  if (!prompts.has(key)) return undefined; // also what keeps the path within the folders
  const muLaw = await readSound(folder, key) ?? await readSound(ours, key);
  if (muLaw === undefined) return undefined;
  return form === 'wav' ? { type: 'audio/wav', bytes: wavOf(muLaw) } : { type: 'audio/basic', bytes: muLaw };
}

async function readSound(folder: string, key: string): Promise<Buffer | undefined> {
  return folder === '' ? undefined : readFile(join(folder, `${key}.ulaw`)).catch(() => undefined);
}
