// What is needed to send stored instances.
import type { Queryable } from '../../../platform/database.ts';
import type { MetadataEntry } from '../archive/metadata-entry.ts';

export interface Place {
  readonly study: string;
  readonly series?: string;
  readonly instance?: string;
}

export interface StoredInstance {
  readonly uid: string;
  readonly series: string;
  readonly object: string;
  readonly bytes: number;
  readonly syntax: string;
  readonly frame_index: Buffer | null;
  readonly hash: string;
}

const where = 'i.study_uid = $1 AND ($2::text IS NULL OR i.series_uid = $2) AND ($3::text IS NULL OR i.uid = $3)';
const placeOf = ({ study, series, instance }: Place) => [study, series ?? null, instance ?? null];

export async function readStored(db: Queryable, place: Place): Promise<readonly StoredInstance[]> {
  const text = `SELECT i.uid, i.series_uid AS series, i.object, i.bytes::float8 AS bytes, i.transfer_syntax AS syntax, ${place.instance === undefined ? 'NULL::bytea AS ' : 'i.'}frame_index, i.dataset_hash AS hash FROM imaging.instance i WHERE ${where} ORDER BY i.series_uid, i.number, i.uid`;
  return (await db.query<StoredInstance>({ text, values: placeOf(place) })).rows;
}

export async function readEntries(db: Queryable, place: Place): Promise<readonly (MetadataEntry & { readonly hash: string })[]> {
  const text = `SELECT i.metadata AS deflated, i.metadata_crc::float8 AS crc, i.metadata_bytes AS bytes, i.dataset_hash AS hash FROM imaging.instance i WHERE ${where} ORDER BY i.series_uid, i.number, i.uid`;
  return (await db.query<MetadataEntry & { hash: string }>({ text, values: placeOf(place) })).rows;
}
