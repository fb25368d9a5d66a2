import { parseLossless, type Resource } from '@sen/fhir';
import type { Work } from '../../platform/work.ts';
import { checkAddress } from './identity.ts';
import { GoneRefusal, resourceNotFound, versionNotFound } from './refusals.ts';
import { loadCurrent, loadVersion, type Current } from './store.ts';

export type Readable = Current & { readonly json: Buffer };

/** Gives a resource, parsed; undefined when it never was or is deleted. */
export async function readResource(work: Work, type: string, id: string): Promise<Resource | undefined> {
  checkAddress(type, id);
  const current = await loadCurrent(work.db, type, id);
  return current?.json === undefined ? undefined : (parseLossless(current.json.toString()) as Resource);
}

/** Gives the current version as stored (R4 §3.1.0.2); refuses 404 when it never was, 410 when it is deleted. */
export async function readCurrent(work: Work, type: string, id: string): Promise<Readable> {
  checkAddress(type, id);
  const current = await loadCurrent(work.db, type, id);
  if (current === undefined) throw resourceNotFound(type, id);
  return readable(current);
}

/** Gives one version as stored (R4 §3.1.0.3); refuses 404 when there is none, 410 when it is a deletion. */
export async function readVersion(work: Work, type: string, id: string, version: string): Promise<Readable> {
  checkAddress(type, id);
  const found = /^[1-9]\d{0,8}$/.test(version) ? await loadVersion(work.db, type, id, Number(version)) : undefined;
  if (found === undefined) throw versionNotFound(type, id, version);
  return readable(found);
}

function readable(current: Current): Readable {
  if (current.json === undefined) throw new GoneRefusal(current.type, current.id, current.version, current.updated);
  return current as Readable;
}
