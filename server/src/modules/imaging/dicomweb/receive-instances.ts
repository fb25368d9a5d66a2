import { DicomError, jsonText, type JsonDataset } from '@sen/dicom';
import type { Work } from '../../../platform/work.ts';
import { facilityOf } from '../../encounters/index.ts';
import { heldArchive } from '../archive/held-archive.ts';
import { receiveInstance, type Received } from '../archive/receive-instance.ts';
import { mediaType } from './media-type.ts';
import { MultipartBroken, readParts } from './read-parts.ts';
import { brokenMultipart, wrongMediaType } from './refusals.ts';

export interface StoreAnswer {
  readonly status: 200 | 202 | 409;
  /** Store Instances Response Module (DICOM PS3.18 2024e, I.2). */
  readonly json: string;
}

/** Stores what a request carries, one instance after the other as it comes; each counts for itself. With a study, only instances of it. */
export async function receiveInstances(work: Work, contentType: string, body: AsyncIterable<Uint8Array>, study?: string): Promise<StoreAnswer> {
  const facility = await facilityOf(work);
  const results: Received[] = [];
  try {
    for await (const one of instancesOf(contentType, body)) results.push(await receiveInstance(heldArchive(), { source: `stow ${work.actor.id}`, facility, ...(study !== undefined && { study }) }, one));
  } catch (error) {
    if (error instanceof MultipartBroken || error instanceof DicomError) throw brokenMultipart();
    throw error;
  }
  work.trail.note = { kind: 'import', action: 'C', detail: { instances: results.length, failed: results.filter((one) => failureOf(one) !== undefined).length } };
  return answerOf(results);
}

async function* instancesOf(contentType: string, body: AsyncIterable<Uint8Array>): AsyncGenerator<AsyncIterable<Uint8Array>> {
  const { type, parameters } = mediaType(contentType);
  if (type === 'application/dicom') return yield body;
  const boundary = parameters.get('boundary') ?? '';
  if (type !== 'multipart/related' || (parameters.get('type') ?? 'application/dicom').toLowerCase() !== 'application/dicom' || boundary === '' || boundary.length > 70) throw wrongMediaType();
  for await (const part of readParts(body, boundary)) {
    if (mediaType(part.headers.get('content-type') ?? 'application/dicom').type !== 'application/dicom') throw wrongMediaType();
    yield part.body;
  }
}

/** DICOM PS3.18 2024e, Table I.2-2; undefined: stored. All of these are kept nevertheless, where staff sees them. */
function failureOf(received: Received): number | undefined {
  if (received.outcome === 'conflict') return 0x0111;
  if (received.outcome !== 'quarantined') return undefined;
  return received.code === 'imaging.study-differs' ? 0xa900 : 0xc000;
}

function answerOf(results: readonly Received[]): StoreAnswer {
  const failed = results.flatMap((one) => {
    const reason = failureOf(one);
    return reason === undefined ? [] : [{ ...referenceOf(one), '00081197': { vr: 'US', Value: [reason] } }];
  });
  const stored = results.flatMap((one) => (failureOf(one) === undefined && 'uid' in one ? [{ ...referenceOf(one), '00081190': { vr: 'UR', Value: [`/dicomweb/studies/${one.study}/series/${one.series}/instances/${one.uid}`] } }] : []));
  const studies = new Set(results.flatMap((one) => ('uid' in one && failureOf(one) === undefined ? [one.study] : [])));
  const json: JsonDataset = {
    ...(studies.size === 1 && { '00081190': { vr: 'UR', Value: [`/dicomweb/studies/${[...studies][0]!}`] } }),
    ...(failed.length > 0 && { '00081198': { vr: 'SQ', Value: failed } }), ...(stored.length > 0 && { '00081199': { vr: 'SQ', Value: stored } }),
  };
  return { status: failed.length === 0 ? 200 : stored.length === 0 ? 409 : 202, json: jsonText(json) };
}

/** What cannot be read does not say what it is. */
function referenceOf(one: Received): JsonDataset {
  return 'uid' in one ? { '00081150': { vr: 'UI', Value: [one.sopClass] }, '00081155': { vr: 'UI', Value: [one.uid] } } : {};
}
