// Queries that file instances: one statement for all of a batch.
import type { Queryable } from '../../../platform/database.ts';
import type { Arrived, Quarantined } from './arrived.ts';

const byUid = <T extends { readonly uid: string }>(all: readonly T[]): T[] => [...new Map(all.toReversed().map((one) => [one.uid, one])).values()].sort((a, b) => (a.uid < b.uid ? -1 : 1));

/** What an earlier instance left open is filled in, nothing is overwritten. In the order of UIDs, so that two batches never wait for each other. */
export async function upsertStudies(db: Queryable, arrived: readonly Arrived[], now: number): Promise<void> {
  const studies = byUid(arrived.map(({ study, facility }) => ({ ...study, facility })));
  const column = <K extends keyof (typeof studies)[number]>(name: K) => studies.map((one) => one[name] ?? null);
  await db.query({
    name: 'imaging.upsert-studies',
    text: `INSERT INTO imaging.study AS s (uid, facility, patient_id, issuer, patient_name, name_words, birth_date, sex, accession, study_id, study_date, study_time, description, referring_name,
        referring_words, received_at, changed_at)
      SELECT u.uid, u.facility, u.patient_id, u.issuer, u.patient_name, u.name_words, u.birth_date, u.sex, u.accession, u.study_id, u.study_date, u.study_time, u.description, u.referring_name, u.referring_words, $1, $1
      FROM unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[], $10::text[], $11::text[], $12::text[], $13::text[], $14::text[], $15::text[], $16::text[])
        AS u(uid, facility, patient_id, issuer, patient_name, name_words, birth_date, sex, accession, study_id, study_date, study_time, description, referring_name, referring_words)
      ON CONFLICT (uid) DO UPDATE SET patient_id = coalesce(s.patient_id, excluded.patient_id), issuer = coalesce(s.issuer, excluded.issuer), patient_name = coalesce(s.patient_name, excluded.patient_name),
        name_words = CASE WHEN s.name_words = '' THEN excluded.name_words ELSE s.name_words END, birth_date = coalesce(s.birth_date, excluded.birth_date), sex = coalesce(s.sex, excluded.sex),
        accession = coalesce(s.accession, excluded.accession), study_id = coalesce(s.study_id, excluded.study_id), study_date = coalesce(s.study_date, excluded.study_date),
        study_time = coalesce(s.study_time, excluded.study_time), description = coalesce(s.description, excluded.description), referring_name = coalesce(s.referring_name, excluded.referring_name),
        referring_words = CASE WHEN s.referring_words = '' THEN excluded.referring_words ELSE s.referring_words END,
        patients_differ = s.patients_differ OR coalesce(s.patient_id <> excluded.patient_id, false), changed_at = excluded.changed_at`,
    values: [new Date(now), column('uid'), column('facility'), column('patientId'), column('issuer'), column('patientName'), column('nameWords'), column('birthDate'), column('sex'), column('accession'), column('studyId'),
      column('date'), column('time'), column('description'), column('referringName'), column('referringWords')],
  });
}

export async function upsertSeries(db: Queryable, arrived: readonly Arrived[], now: number): Promise<void> {
  const all = byUid(arrived.map(({ study, series, source }) => ({ ...series, study: study.uid, source })));
  const column = <K extends keyof (typeof all)[number]>(name: K) => all.map((one) => one[name] ?? null);
  await db.query({
    name: 'imaging.upsert-series',
    text: `INSERT INTO imaging.series (uid, study_uid, modality, number, description, body_part, protocol, station, series_date, series_time, laterality, performed_procedure, source, received_at)
      SELECT u.*, $1::timestamptz FROM unnest($2::text[], $3::text[], $4::text[], $5::int[], $6::text[], $7::text[], $8::text[], $9::text[], $10::text[], $11::text[], $12::text[], $13::text[], $14::text[]) AS u
      ON CONFLICT (uid) DO NOTHING`,
    values: [new Date(now), column('uid'), column('study'), column('modality'), column('number'), column('description'), column('bodyPart'), column('protocol'), column('station'), column('date'), column('time'),
      column('laterality'), column('performedProcedure'), column('source')],
  });
}

/** Gives the UIDs that were not there before. */
export async function insertInstances(db: Queryable, arrived: readonly Arrived[], now: number): Promise<ReadonlySet<string>> {
  const column = <T>(of: (one: Arrived) => T) => arrived.map((one) => of(one) ?? null);
  const { rows } = await db.query<{ uid: string }>({
    name: 'imaging.insert-instances',
    text: `INSERT INTO imaging.instance (uid, series_uid, study_uid, sop_class, number, transfer_syntax, object, bytes, dataset_offset, dataset_hash, rows, columns, frames, frame_index, metadata, metadata_crc,
        metadata_bytes, source, received_at)
      SELECT u.*, $1::timestamptz FROM unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::int[], $7::text[], $8::text[], $9::bigint[], $10::int[], $11::text[], $12::int[], $13::int[], $14::int[], $15::bytea[],
        $16::bytea[], $17::bigint[], $18::int[], $19::text[]) AS u
      ON CONFLICT (uid) DO NOTHING RETURNING uid`,
    values: [new Date(now), column(({ instance }) => instance.uid), column(({ series }) => series.uid), column(({ study }) => study.uid), column(({ instance }) => instance.sopClass), column(({ instance }) => instance.number),
      column(({ transferSyntax }) => transferSyntax), column(({ object }) => object), column(({ bytes }) => bytes), column(({ datasetOffset }) => datasetOffset), column(({ datasetHash }) => datasetHash),
      column(({ instance }) => instance.rows), column(({ instance }) => instance.columns), column(({ frames }) => frames), column(({ frameIndex }) => frameIndex), column(({ metadata }) => metadata.deflated),
      column(({ metadata }) => metadata.crc), column(({ metadata }) => metadata.bytes), column(({ source }) => source)],
  });
  return new Set(rows.map(({ uid }) => uid));
}

export async function countArrived(db: Queryable, arrived: readonly Arrived[], now: number): Promise<void> {
  const text = `WITH one AS (SELECT * FROM unnest($2::text[], $3::text[], $4::bigint[]) AS u(study, series, bytes)),
      of_series AS (UPDATE imaging.series s SET instances = s.instances + n.count FROM (SELECT series, count(*)::int AS count FROM one GROUP BY series) n WHERE s.uid = n.series)
    UPDATE imaging.study s SET instances = s.instances + n.count, bytes = s.bytes + n.bytes, changed_at = $1 FROM (SELECT study, count(*)::int AS count, sum(bytes) AS bytes FROM one GROUP BY study) n WHERE s.uid = n.study`;
  await db.query({ name: 'imaging.count-arrived', text, values: [new Date(now), arrived.map(({ study }) => study.uid), arrived.map(({ series }) => series.uid), arrived.map(({ bytes }) => bytes)] });
}

/** Hashes of the data sets of instances that are here. */
export async function storedHashes(db: Queryable, uids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  if (uids.length === 0) return new Map();
  const { rows } = await db.query<{ uid: string; hash: string }>({ name: 'imaging.stored-hashes', text: 'SELECT uid, dataset_hash AS hash FROM imaging.instance WHERE uid = ANY ($1)', values: [uids] });
  return new Map(rows.map(({ uid, hash }) => [uid, hash]));
}

export async function insertConflict(db: Queryable, one: Arrived & { readonly id: string }, now: number): Promise<void> {
  const text = `INSERT INTO imaging.conflict (id, instance_uid, object, bytes, dataset_hash, source, received_at) VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (instance_uid, dataset_hash) DO NOTHING`;
  await db.query({ name: 'imaging.insert-conflict', text, values: [one.id, one.instance.uid, one.object, one.bytes, one.datasetHash, one.source, new Date(now)] });
}

export async function insertQuarantined(db: Queryable, id: string, what: Quarantined, now: number): Promise<void> {
  const text = `INSERT INTO imaging.quarantine (id, object, bytes, code, source, sop_class, sop_instance, transfer_syntax, received_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (object) DO NOTHING`;
  await db.query({ name: 'imaging.insert-quarantined', text, values: [id, what.hash, what.size, what.code, what.source, what.sopClass ?? null, what.sopInstance ?? null, what.transferSyntax ?? null, new Date(now)] });
}
