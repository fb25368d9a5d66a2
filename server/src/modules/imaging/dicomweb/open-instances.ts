import type { Readable } from 'node:stream';
import type { Queryable } from '../../../platform/database.ts';
import { heldArchive } from '../archive/held-archive.ts';
import { framingFor, type MediaType } from './media-type.ts';
import { readStored, type Place } from './read-stored.ts';
import { noSuchPart, notAcceptable } from './refusals.ts';
import { writeParts } from './write-parts.ts';

export interface Sent {
  readonly contentType: string;
  readonly body: Readable;
}

/** Opens a study, series or instance as it was stored (DICOM PS3.18 2024e, 10.4). Refuses with `imaging.not-acceptable` where the request takes none of it. */
export async function openInstances(db: Queryable, place: Place, accepted: readonly MediaType[]): Promise<Sent> {
  const stored = await readStored(db, place);
  const [first] = stored;
  if (first === undefined) throw noSuchPart();
  const framings = stored.map(({ syntax }) => framingFor(accepted, { types: ['application/dicom'], transferSyntax: syntax, single: place.instance !== undefined }));
  if (framings.includes(undefined)) throw notAcceptable();
  if (framings[0] === 'single') return { contentType: `application/dicom; transfer-syntax=${first.syntax}`, body: await openObject(first.object) };
  return writeParts(stored.map(({ object, syntax, bytes }) => ({
    headers: { 'Content-Type': `application/dicom; transfer-syntax=${syntax}`, 'Content-Length': String(bytes) },
    open: async function* () { yield* await openObject(object); },
  })), 'application/dicom');
}

async function openObject(object: string): Promise<Readable> {
  const part = await heldArchive().blobs.get(object);
  if (part === undefined) throw noSuchPart();
  return part.stream;
}
