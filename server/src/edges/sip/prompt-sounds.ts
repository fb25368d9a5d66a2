// The sounds of prompts, from a folder of `<key>.ulaw` files, read once at start.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Reads the sounds of the keys from the first folder that has each (a hospital's own, then ours); throws for one that is nowhere. */
export function readPromptSounds(keys: Iterable<string>, folders: readonly string[]): (keys: readonly string[]) => Buffer {
  const sounds = new Map<string, Buffer>();
  for (const key of keys) {
    const file = folders.map((folder) => join(folder, `${key}.ulaw`)).find((path) => existsSync(path));
    if (file === undefined) throw new Error(`the prompt ${key} has no sound in ${folders.join(', ')}; make it: node tools/make-prompts.ts`);
    sounds.set(key, readFileSync(file));
  }
  return (said) => Buffer.concat(said.map((key) => sounds.get(key) ?? Buffer.alloc(0)));
}
