import { Readable } from 'node:stream';
import type { Queryable } from '../../../platform/database.ts';
import { heldArchive } from '../archive/held-archive.ts';
import { unpackFrames, type FramePart } from '../archive/frame-index.ts';
import { framingFor, type MediaType } from './media-type.ts';
import type { Sent } from './open-instances.ts';
import { readStored, type Place } from './read-stored.ts';
import { noSuchPart, notAcceptable } from './refusals.ts';
import { writeParts } from './write-parts.ts';

/** Opens frames, `1,3`, by their place in the file and as they were stored (DICOM PS3.18 2024e, 10.4.1.1.6). */
export async function openFrames(db: Queryable, place: Required<Place>, list: string, accepted: readonly MediaType[]): Promise<Sent> {
  const [stored] = await readStored(db, place);
  if (stored === undefined || stored.frame_index === null) throw noSuchPart();
  const { frames, frameBits } = unpackFrames(stored.frame_index);
  // A frame that begins within a byte has no bytes of its own.
  if (frameBits !== undefined && frameBits % 8 !== 0) throw notAcceptable();
  const wanted = list.split(',').map((number) => (/^[1-9]\d{0,8}$/.test(number) ? frames[Number(number) - 1] : undefined));
  if (wanted.includes(undefined)) throw noSuchPart();
  const type = typeOf(stored.syntax);
  const framing = framingFor(accepted, { types: [...new Set([type, 'application/octet-stream'])], transferSyntax: stored.syntax, single: wanted.length === 1 });
  if (framing === undefined) throw notAcceptable();
  const contentType = `${type}; transfer-syntax=${stored.syntax}`;
  const bytes = wanted.map((parts) => () => bytesOf(stored.object, parts ?? []));
  if (framing === 'single') return { contentType, body: Readable.from(bytes[0]!(), { objectMode: false }) };
  return writeParts(bytes.map((open) => ({ headers: { 'Content-Type': contentType }, open })), type);
}

async function* bytesOf(object: string, parts: readonly FramePart[]): AsyncGenerator<Uint8Array> {
  for (const { offset, length } of parts) {
    if (length === 0) continue;
    const part = await heldArchive().blobs.get(object, { start: offset, end: offset + length - 1 });
    if (part === undefined) throw noSuchPart();
    yield* part.stream;
  }
}

/** DICOM PS3.18 2024e, Table 8.7.3-5. */
function typeOf(syntax: string): string {
  if (/^1\.2\.840\.10008\.1\.2\.4\.(?:5[017]|70)$/.test(syntax)) return 'image/jpeg';
  if (/^1\.2\.840\.10008\.1\.2\.4\.8[01]$/.test(syntax)) return 'image/jls';
  if (/^1\.2\.840\.10008\.1\.2\.4\.9[01]$/.test(syntax)) return 'image/jp2';
  if (/^1\.2\.840\.10008\.1\.2\.4\.20[123]$/.test(syntax)) return 'image/jphc';
  return syntax === '1.2.840.10008.1.2.5' ? 'image/dicom-rle' : 'application/octet-stream';
}
