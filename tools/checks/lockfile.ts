// package-lock.json as far as the checks read it.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './check.ts';

export interface Locked {
  readonly version?: string;
  readonly license?: string;
  readonly dev?: boolean;
  readonly link?: boolean;
  readonly optional?: boolean;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly hasInstallScript?: boolean;
  readonly os?: readonly string[];
  readonly cpu?: readonly string[];
}

export interface Installed extends Locked {
  readonly name: string;
  /** Path below the repository, such as `node_modules/ajv/node_modules/fast-uri`. */
  readonly path: string;
}

export type Lockfile = Readonly<Record<string, Locked>>;

/** The packages section of the repository's lockfile. */
export function readLockfile(): Lockfile {
  return (JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as { packages: Lockfile }).packages;
}

/** Packages from outside, by name; the project's own workspaces are left out. */
export function outsidePackages(lockfile: Lockfile): Installed[] {
  return Object.entries(lockfile)
    .filter(([path, locked]) => path.includes('node_modules/') && locked.link !== true)
    .map(([path, locked]) => ({ ...locked, path, name: path.slice(path.lastIndexOf('node_modules/') + 13) }))
    .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : a.path < b.path ? -1 : 1));
}
