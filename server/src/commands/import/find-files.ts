// The files of an import: what was named, folders walked.
import { readdir, stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';

export interface SourceFile {
  readonly path: string;
  readonly bytes: number;
  readonly changedMs: number;
}

const ignored = /^(\.|node_modules$)/;

/** Lists the files of an import in a fixed order; hidden files are left out unless named. Throws on a name that does not exist. */
export async function findFiles(names: readonly string[]): Promise<SourceFile[]> {
  const found = new Map<string, SourceFile>();
  for (const name of names) await collect(resolve(name), found);
  return [...found.values()].sort((a, b) => compare(basename(a.path), basename(b.path)) || compare(a.path, b.path));
}

async function collect(path: string, found: Map<string, SourceFile>): Promise<void> {
  const facts = await stat(path);
  if (!facts.isDirectory()) {
    found.set(path, { path, bytes: facts.size, changedMs: Math.floor(facts.mtimeMs) });
    return;
  }
  for (const entry of await readdir(path, { withFileTypes: true })) {
    if (!ignored.test(entry.name)) await collect(join(path, entry.name), found);
  }
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
