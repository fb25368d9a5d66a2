// Reads an npm-format FHIR package from a .tgz or from the folder it was unpacked to (https://hl7.org/fhir/packages.html).
import { createReadStream } from 'node:fs';
import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { parseLossless, type Resource } from '@sen/fhir';
import { extract } from 'tar-stream';
import type { DefinitionPackage } from '../../modules/record/index.ts';
import { Refusal } from '../../platform/refusal.ts';

/** Unpacked, the largest guides have some 500 MB; more is no guide, or a trap. */
const maxBytes = 2_000_000_000;

/** Reads the definitions in the main folder of a package; its examples and other folders are left. */
export async function readPackage(path: string): Promise<DefinitionPackage> {
  const files = (await stat(path)).isDirectory() ? await filesOfFolder(path) : await filesOfArchive(path);
  const manifest = files.get('package.json');
  if (manifest === undefined) throw notPackage(path, 'package.json');
  const { name, version, dependencies, fhirVersions } = manifest as { name?: unknown; version?: unknown; dependencies?: Record<string, string>; fhirVersions?: string[] };
  if (typeof name !== 'string' || typeof version !== 'string') throw notPackage(path, 'name, version');
  if (fhirVersions !== undefined && !fhirVersions.some((one) => one.startsWith('4.0'))) throw otherVersion(name, fhirVersions);
  const resources = [...files].filter(([file, json]) => file !== 'package.json' && isResource(json)).map(([, json]) => json as Resource);
  return { name, version, dependencies: dependencies ?? {}, resources };
}

type Files = Map<string, unknown>;

async function filesOfFolder(path: string): Promise<Files> {
  const inner = join(path, 'package');
  const folder = (await stat(inner).catch(() => undefined))?.isDirectory() === true ? inner : path;
  const files: Files = new Map();
  for (const name of (await readdir(folder)).sort()) if (isDefinitionFile(name)) files.set(name, parseJson(await readFile(join(folder, name), 'utf8'), name));
  return files;
}

async function filesOfArchive(path: string): Promise<Files> {
  const files: Files = new Map();
  const unpack = extract();
  let bytes = 0;
  const reading = (async () => {
    for await (const entry of unpack) {
      bytes += entry.header.size ?? 0;
      if (bytes > maxBytes) throw notPackage(path, `${maxBytes} bytes`);
      const name = /^package\/([^/]+)$/.exec(entry.header.name)?.[1];
      if (entry.header.type !== 'file' || name === undefined || !isDefinitionFile(name)) {
        entry.resume();
        continue;
      }
      files.set(name, parseJson(await textOf(entry), name));
    }
  })();
  try {
    await Promise.all([pipeline(createReadStream(path), createGunzip(), unpack), reading]);
  } catch (error) {
    throw error instanceof Refusal || (error as NodeJS.ErrnoException).code === 'ENOENT' ? error : notPackage(path, '.tgz');
  }
  return files;
}

async function textOf(entry: Readable): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of entry) parts.push(part as Buffer);
  return Buffer.concat(parts).toString('utf8');
}

function isDefinitionFile(name: string): boolean {
  return name.endsWith('.json') && !name.startsWith('.') && !name.endsWith('.openapi.json') && name !== 'ig-r4.json';
}

function isResource(json: unknown): boolean {
  return typeof json === 'object' && json !== null && typeof (json as { resourceType?: unknown }).resourceType === 'string';
}

function parseJson(text: string, name: string): unknown {
  try {
    return parseLossless(text.replace(/^\uFEFF/, ''));
  } catch {
    throw new Refusal('incorrect', 'platform.package-file-unreadable', { vi: `Tệp ${name} trong gói không phải JSON.`, en: `The file ${name} of the package is not JSON.` });
  }
}

function notPackage(path: string, missing: string): Refusal {
  return new Refusal('incorrect', 'platform.not-a-package', {
    vi: `${basename(path)} không phải gói FHIR dạng npm (thiếu hoặc sai: ${missing}).`,
    en: `${basename(path)} is no FHIR package of npm format (missing or wrong: ${missing}).`,
  });
}

function otherVersion(name: string, versions: readonly string[]): Refusal {
  return new Refusal('unsupported', 'platform.package-of-other-fhir', {
    vi: `Gói ${name} dành cho FHIR ${versions.join(', ')}; máy chủ dùng R4 (4.0.1).`,
    en: `The package ${name} is for FHIR ${versions.join(', ')}; this server speaks R4 (4.0.1).`,
  });
}
