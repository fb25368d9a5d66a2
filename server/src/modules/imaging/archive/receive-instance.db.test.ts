import { randomUUID } from 'node:crypto';
import { buildDataset, explicitLittleEndian, writeDataset, writePart10, type Values } from '@sen/dicom';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testDatabase, type TestDatabase } from '../../../../../tests/support/database.ts';
import { unpackFrames } from './frame-index.ts';
import { openArchive } from './open-archive.ts';
import { receiveInstance, type Archive, type Sender } from './receive-instance.ts';

const ctImage = '1.2.840.10008.5.1.4.1.1.2';
let db: TestDatabase;
let archive: Archive;
beforeAll(async () => {
  db = await testDatabase();
  archive = await openArchive(db.house);
});
afterAll(() => db.close());

const uid = () => `2.25.${BigInt(`0x${randomUUID().replaceAll('-', '')}`)}`;
const pixels = Uint8Array.from({ length: 64 * 64 * 2 }, (_, i) => (i * 7) % 251);
const slice = (values: Values = {}) => buildDataset({
  SOPClassUID: ctImage, SOPInstanceUID: uid(), StudyDate: '20261124', StudyTime: '081500', AccessionNumber: 'CT0001', Modality: 'CT', PatientName: 'Nguyễn^Thị Hạnh', PatientID: '26-000123',
  PatientBirthDate: '19540302', PatientSex: 'F', StudyInstanceUID: uid(), SeriesInstanceUID: uid(), SeriesNumber: 3, InstanceNumber: 1, Rows: 64, Columns: 64, BitsAllocated: 16, SamplesPerPixel: 1, PixelData: pixels, ...values,
});

async function* inPieces(bytes: Uint8Array, size = 1_000): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

const fromMachine = (sopInstance: string): Sender => ({ source: 'CT_SIEMENS', facility: 'sen-hong', command: { sopClass: ctImage, sopInstance, transferSyntax: explicitLittleEndian } });
const overHttp: Sender = { source: 'stow', facility: 'sen-hong' };

async function objectOf(hash: string): Promise<Buffer> {
  const part = await archive.blobs.get(hash);
  return Buffer.concat(await part!.stream.toArray() as Buffer[]);
}

const instanceRow = async (instance: string) =>
  (await db.database.query<{ object: string; dataset_offset: number; frame_index: Buffer; source: string }>({ text: 'SELECT object, dataset_offset, frame_index, source FROM imaging.instance WHERE uid = $1', values: [instance] })).rows[0]!;

describe('an instance from a machine', () => {
  it('is kept byte for byte behind a file head of ours, with the place of its frame', async () => {
    const instance = uid();
    const bytes = writeDataset(slice({ SOPInstanceUID: instance }), explicitLittleEndian);
    expect(await receiveInstance(archive, fromMachine(instance), inPieces(bytes))).toMatchObject({ outcome: 'stored', uid: instance });
    const row = await instanceRow(instance);
    const file = await objectOf(row.object);
    expect(file.subarray(row.dataset_offset)).toEqual(Buffer.from(bytes));
    const { kind, frames } = unpackFrames(row.frame_index);
    expect(kind).toBe('frames');
    expect(file.subarray(frames[0]![0]!.offset, frames[0]![0]!.offset + frames[0]![0]!.length)).toEqual(Buffer.from(pixels));
  });

  it('is the same when it comes again, also over HTTP with another file head; both are kept when other bytes come under its UID', async () => {
    const instance = uid();
    const values = { SOPInstanceUID: instance, StudyInstanceUID: uid(), SeriesInstanceUID: uid() };
    const first = slice(values);
    const send = (sender: Sender, bytes: Uint8Array) => receiveInstance(archive, sender, inPieces(bytes));
    await send(fromMachine(instance), writeDataset(first, explicitLittleEndian));
    expect(await send(overHttp, writePart10(first, explicitLittleEndian, 'OTHER'))).toMatchObject({ outcome: 'same' });
    const other = slice({ ...values, PatientName: 'Trần^Văn Mạnh' });
    for (let i = 0; i < 2; i++) expect(await send(overHttp, writePart10(other, explicitLittleEndian))).toMatchObject({ outcome: 'conflict' });
    const { rows } = await db.database.query<{ object: string; state: string }>({ text: 'SELECT object, state FROM imaging.conflict WHERE instance_uid = $1', values: [instance] });
    expect(rows).toMatchObject([{ state: 'open' }]);
    expect(await objectOf(rows[0]!.object)).toEqual(Buffer.from(writePart10(other, explicitLittleEndian)));
    expect((await db.database.query({ text: 'SELECT instances FROM imaging.study WHERE uid = $1', values: [values.StudyInstanceUID] })).rows).toEqual([{ instances: 1 }]);
  });

  it('leaves nothing when the machine breaks off', async () => {
    const instance = uid();
    const bytes = writeDataset(slice({ SOPInstanceUID: instance }), explicitLittleEndian);
    const breaking = async function* () {
      yield bytes.subarray(0, 3_000);
      throw new Error('gone');
    };
    await expect(receiveInstance(archive, fromMachine(instance), breaking())).rejects.toThrow('gone');
    expect(await instanceRow(instance)).toBeUndefined();
  });
});

describe('what cannot be filed', () => {
  const quarantined = async (code: string) => (await db.database.query<{ object: string }>({ text: 'SELECT object FROM imaging.quarantine WHERE code = $1', values: [code] })).rows;

  it.each([
    ['dicom.truncated', (bytes: Uint8Array) => bytes.subarray(0, bytes.length - 100)],
    ['imaging.uid-differs', () => writeDataset(slice(), explicitLittleEndian)],
    ['imaging.uid-missing', () => writeDataset(slice({ StudyInstanceUID: '' }), explicitLittleEndian)],
  ])('is kept as it came until a person has looked: %s', async (code, spoil) => {
    const instance = uid();
    const bytes = spoil(writeDataset(slice({ SOPInstanceUID: instance }), explicitLittleEndian));
    expect(await receiveInstance(archive, fromMachine(instance), inPieces(bytes))).toEqual({ outcome: 'quarantined', code });
    const kept = await objectOf((await quarantined(code))[0]!.object);
    expect(kept.subarray(kept.length - bytes.length)).toEqual(Buffer.from(bytes));
  });
});

describe('many at once', () => {
  it('are filed together, each counted once', async () => {
    const [study, series] = [uid(), uid()];
    const instances = Array.from({ length: 60 }, uid);
    const outcomes = await Promise.all([...instances, ...instances].map((instance) =>
      receiveInstance(archive, fromMachine(instance), inPieces(writeDataset(slice({ SOPInstanceUID: instance, StudyInstanceUID: study, SeriesInstanceUID: series }), explicitLittleEndian)))));
    expect(outcomes.map(({ outcome }) => outcome).toSorted()).toEqual([...Array<string>(60).fill('same'), ...Array<string>(60).fill('stored')]);
    const { rows } = await db.database.query({ text: 'SELECT s.instances, r.instances AS of_series, s.name_words FROM imaging.study s JOIN imaging.series r ON r.study_uid = s.uid WHERE s.uid = $1', values: [study] });
    expect(rows).toEqual([{ instances: 60, of_series: 60, name_words: ' hanh nguyen thi ' }]);
  });
});
