// A throw-away copy of the source tree, for tests that plant something in it.
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const copied = ['package.json', 'tsconfig.json', 'server', 'packages', 'web', 'tools'];
const left = /(^|\/)(node_modules|dist|data)$/;

export interface TreeCopy {
  readonly folder: string;
  /** Writes a file, making its folders. */
  plant(path: string, text: string): void;
  remove(): void;
}

/** Copies the sources into a temporary folder; installed packages are linked, workspace packages point into the copy. */
export function copyTree(): TreeCopy {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'sen-tree-')));
  for (const part of copied.filter((name) => existsSync(join(root, name)))) {
    cpSync(join(root, part), join(folder, part), { recursive: true, filter: (source) => !left.test(source) });
  }
  linkPackages(folder);
  return {
    folder,
    plant: (path, text) => {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

function linkPackages(folder: string): void {
  const own = join(folder, 'node_modules/@sen');
  mkdirSync(own, { recursive: true });
  for (const name of readdirSync(join(root, 'node_modules')).filter((entry) => entry !== '@sen' && entry !== '.vite')) {
    symlinkSync(join(root, 'node_modules', name), join(folder, 'node_modules', name), 'junction');
  }
  for (const name of readdirSync(join(folder, 'packages'))) symlinkSync(join(folder, 'packages', name), join(own, name), 'junction');
}
