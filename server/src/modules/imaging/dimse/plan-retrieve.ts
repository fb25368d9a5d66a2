// C-MOVE and C-GET: which objects, and their bytes as stored (DICOM PS3.4 2024e, C.4.2 and C.4.3).
import { explicitBigEndian, explicitLittleEndian, implicitLittleEndian, readDataset, writeDataset } from '@sen/dicom';
import { DicomStatus, status, type DicomAddress, type PlannedInstance, type RetrievePlan, type RetrieveRequest } from '@sen/dicom/net';
import type { Queryable } from '../../../platform/database.ts';
import type { Work } from '../../../platform/work.ts';
import type { Archive } from '../archive/receive-instance.ts';
import type { Machine } from '../machines/machine.ts';
import { machineByTitle } from '../machines/machine-store.ts';
import type { QueryLevel } from '../query/attributes.ts';
import { conditionOf } from '../query/condition.ts';
import { identifierOf, type Identifier } from './identifier.ts';
import { recordDimse } from './record-dimse.ts';

interface StoredRow {
  readonly uid: string;
  readonly study: string;
  readonly sopClass: string;
  readonly transferSyntax: string;
  readonly object: string;
  readonly bytes: string;
  readonly datasetOffset: number;
}

/** Plans it: the destination has to be in the list, and the key of the level in the identifier. Refuses with `DicomStatus`. */
export async function planRetrieve(work: Work, archive: Archive, machine: Machine, request: RetrieveRequest): Promise<RetrievePlan> {
  const destination = request.destination === undefined ? undefined : await addressOf(work.db, machine.facility, request.destination);
  const identifier = identifierOf(request.identifier, request.transferSyntax, request.sopClass);
  const rows = await storedRows(work.db, machine.facility, identifier);
  await recordDimse(work, machine, request.peer, {
    kind: 'export', door: destination === undefined ? 'C-GET' : 'C-MOVE', studies: [...new Set(rows.map(({ study }) => study))], detail: { instances: rows.length, ...(destination !== undefined && { to: destination.aeTitle }) },
  });
  return { instances: rows.map((row) => planned(archive, row)), ...(destination !== undefined && { destination }) };
}

async function addressOf(db: Queryable, facility: string, aeTitle: string): Promise<DicomAddress> {
  const machine = await machineByTitle(db, aeTitle);
  if (machine?.active !== true || machine.facility !== facility || machine.host === null || machine.port === null) throw new DicomStatus(status.moveDestinationUnknown, 'destination not in the list of machines');
  return { host: machine.host, port: machine.port, aeTitle, secure: machine.secure };
}

/** The unique key of the level is a must; those above it narrow further (C.4.2.2.1). */
const uniqueKeys: Readonly<Record<QueryLevel, string>> = { patient: 'PatientID', study: 'StudyInstanceUID', series: 'SeriesInstanceUID', instance: 'SOPInstanceUID' };
const narrowing = new Set(['PatientID', 'StudyInstanceUID', 'SeriesInstanceUID', 'SOPInstanceUID']);

async function storedRows(db: Queryable, facility: string, { level, keys }: Identifier): Promise<readonly StoredRow[]> {
  const values: unknown[] = [];
  const place = (value: unknown) => `$${values.push(value)}`;
  const unique = keys.filter(({ attribute, values: asked }) => narrowing.has(attribute.keyword) && asked.length > 0);
  if (!unique.some(({ attribute, values: asked }) => attribute.keyword === uniqueKeys[level] && !asked.some((value) => /[*?]/.test(value)))) throw new DicomStatus(status.wrongClass, `${uniqueKeys[level]} missing`);
  const conditions = [`s.facility = ${place(facility)}`, ...unique.flatMap(({ attribute, values: asked }) => conditionOf(attribute, asked, place) ?? [])];
  const { rows } = await db.query<StoredRow>({
    text: `SELECT i.uid, i.study_uid AS study, i.sop_class AS "sopClass", i.transfer_syntax AS "transferSyntax", i.object, i.bytes, i.dataset_offset AS "datasetOffset"
      FROM imaging.study s JOIN imaging.series r ON r.study_uid = s.uid JOIN imaging.instance i ON i.series_uid = r.uid WHERE ${conditions.join(' AND ')} ORDER BY s.uid, r.number, r.uid, i.number, i.uid`,
    values,
  });
  return rows;
}

/** Encodings of uncompressed pixels: each can be written as the others without a loss. */
const native = [explicitLittleEndian, implicitLittleEndian, explicitBigEndian];
/** Larger ones go out as they are stored only: another encoding is made in memory. */
const largestReencoded = 256 * 1024 * 1024;

function planned(archive: Archive, row: StoredRow): PlannedInstance {
  const { uid, sopClass, transferSyntax, bytes } = row;
  const others = native.includes(transferSyntax) && Number(bytes) <= largestReencoded ? native.filter((one) => one !== transferSyntax) : [];
  return {
    sopClass, sopInstance: uid, transferSyntaxes: [transferSyntax, ...others],
    open: (wanted) => (wanted === transferSyntax ? stored(archive, row) : reencoded(archive, row, wanted)),
  };
}

async function* stored({ blobs }: Archive, { object, datasetOffset }: StoredRow): AsyncGenerator<Uint8Array> {
  const part = await blobs.get(object, { start: datasetOffset });
  if (part === undefined) throw new Error('an object of the archive is missing');
  for await (const chunk of part.stream) yield chunk as Uint8Array;
}

async function* reencoded(archive: Archive, row: StoredRow, wanted: string): AsyncGenerator<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of stored(archive, row)) chunks.push(chunk);
  yield writeDataset(readDataset(Buffer.concat(chunks), row.transferSyntax).dataset, wanted);
}
