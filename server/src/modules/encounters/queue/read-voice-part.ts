// The recorded voice of the waiting-room screens: a folder of parts, the hospital's own before ours.
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ours = fileURLToPath(new URL('../../../../voice/vi/', import.meta.url));
const types = { wav: 'audio/wav', mp3: 'audio/mpeg' } as const;
type Form = keyof typeof types;

/** The names of all parts, without their ending. */
export async function listVoiceParts(folder: string): Promise<string[]> {
  return [...(await partsIn(folder)).keys()];
}

/** Gives a part; undefined for what is none. */
export async function readVoicePart(part: string, folder: string): Promise<{ readonly type: string; readonly bytes: Buffer } | undefined> {
  const found = (await partsIn(folder)).get(part); // listed, so that no name leads out of the folder
  return found && { type: types[found.form], bytes: await readFile(join(found.folder, `${part}.${found.form}`)) };
}

async function partsIn(own: string): Promise<Map<string, { readonly folder: string; readonly form: Form }>> {
  const parts = new Map<string, { folder: string; form: Form }>();
  for (const folder of own === '' ? [ours] : [ours, own]) {
    for (const file of await readdir(folder).catch(() => [])) {
      const [, part, form] = /^([a-z0-9][A-Za-z0-9.-]{0,80})\.(wav|mp3)$/.exec(file) ?? [];
      if (part !== undefined) parts.set(part, { folder, form: form as Form });
    }
  }
  return parts;
}
