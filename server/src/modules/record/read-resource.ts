import { parseLossless, type Resource } from '@sen/fhir';
import type { Work } from '../../platform/work.ts';
import { shownTo } from './access/hidden-from.ts';
import { loadSeen } from './access/load-seen.ts';
import { admittedVersions } from './access/seen-versions.ts';
import { noteRead } from './access/trail.ts';
import { checkAddress } from './identity.ts';
import { GoneRefusal, resourceNotFound, versionNotFound } from './refusals.ts';
import { loadVersion, type Current } from './store.ts';

export type Readable = Current & { readonly json: Buffer };

/** Gives a resource, parsed; undefined when it never was, is deleted, or is not for the actor to see. */
export async function readResource(work: Work, type: string, id: string): Promise<Resource | undefined> {
  checkAddress(type, id);
  const current = await loadSeen(work, type, id);
  return current?.json === undefined ? undefined : (parseLossless(readable(work, current, current).json.toString()) as Resource);
}

/** Gives the current version as stored (R4 §3.1.0.2); refuses 404 when it never was or is not for the actor to see, 410 when it is deleted. */
export async function readCurrent(work: Work, type: string, id: string): Promise<Readable> {
  checkAddress(type, id);
  const current = await loadSeen(work, type, id);
  if (current === undefined) throw resourceNotFound(type, id);
  return readable(work, current, current);
}

/** Gives one version as stored (R4 §3.1.0.3); refuses 404 when there is none that the actor may see, 410 when it is a deletion. */
export async function readVersion(work: Work, type: string, id: string, version: string): Promise<Readable> {
  checkAddress(type, id);
  const current = /^[1-9]\d{0,8}$/.test(version) ? await loadSeen(work, type, id, 'history') : undefined;
  const found = current === undefined ? undefined : await loadVersion(work.db, type, id, Number(version));
  if (current === undefined || found === undefined) throw versionNotFound(type, id, version);
  const [admitted] = await admittedVersions(work, [found]);
  if (admitted !== true) throw versionNotFound(type, id, version);
  return readable(work, found, current);
}

function readable(work: Work, found: Current, { patient }: Current): Readable {
  if (found.json === undefined) throw new GoneRefusal(found.type, found.id, found.version, found.updated);
  noteRead(work, found, patient);
  return { ...found, json: shownTo(work)(found.type, found.json) };
}
