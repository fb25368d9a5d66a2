// Which files are the project's own.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

const notOurs = new Set(['node_modules', '.git', 'data', 'dist', 'coverage', '.library', '.vite']);

/** Paths of the project's own files below `folder`, relative to it, with `/`, sorted. `data/` at the root is left out. */
export function filesBelow(folder: string, wanted: (path: string) => boolean = () => true): string[] {
  return walk(folder, '').filter(wanted).sort();
}

function walk(folder: string, prefix: string): string[] {
  return readdirSync(join(folder, prefix), { withFileTypes: true }).flatMap((entry) => {
    const path = prefix === '' ? entry.name : `${prefix}/${entry.name}`;
    if (entry.isDirectory()) return notOurs.has(entry.name) ? [] : walk(folder, path);
    return entry.isFile() ? [path] : [];
  });
}

/** TypeScript of the product: what is shipped and run, tests and tools aside. */
export function isProductSource(path: string): boolean {
  return /^(server|web|packages\/[^/]+)\/src\/.*\.tsx?$/.test(path) && !isTest(path) && !path.endsWith('.d.ts');
}

/** A file that only tests load. */
function isTest(path: string): boolean {
  return /\.(test|screen)\.tsx?$/.test(path) || path.startsWith('tests/');
}
