// DICOMweb over HTTP (DICOM PS3.18 2024e, 10.4–10.6).
import { randomUUID } from 'node:crypto';
import { buildDataset, explicitLittleEndian, writePart10, type Values } from '@sen/dicom';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openClinic } from '../support/clinic.ts';
import type { TestCaller, TestServer } from '../support/server.ts';

let server: TestServer;
let radiographer: TestCaller;
beforeAll(async () => {
  ({ server } = await openClinic());
  radiographer = await server.as('radiographer');
});
afterAll(() => server.close());

const uid = () => `2.25.${BigInt(`0x${randomUUID().replaceAll('-', '')}`)}`;
const pixels = Uint8Array.from({ length: 32 * 32 * 2 }, (_, i) => (i * 7) % 251);
const [study, series] = [uid(), uid()];
const file = (values: Values = {}) => Buffer.from(writePart10(buildDataset({
  SOPClassUID: '1.2.840.10008.5.1.4.1.1.2', SOPInstanceUID: uid(), StudyDate: '20261124', StudyTime: '081500', AccessionNumber: 'CT0001', Modality: 'CT', PatientName: 'Nguyễn^Thị Hạnh', PatientID: '26-000123',
  StudyInstanceUID: study, SeriesInstanceUID: series, SeriesNumber: 3, InstanceNumber: 1, Rows: 32, Columns: 32, BitsAllocated: 16, SamplesPerPixel: 1, PixelData: pixels, ...values,
}), explicitLittleEndian));
const parts = (files: readonly Buffer[], end = '\r\n--frontier--\r\n') => Buffer.concat([...files.flatMap((one, at) => [Buffer.from(`${at === 0 ? '' : '\r\n'}--frontier\r\nContent-Type: application/dicom\r\n\r\n`), one]), Buffer.from(end)]);
const send = (files: readonly Buffer[], path = '/dicomweb/studies', end?: string) =>
  radiographer.call(path, { method: 'POST', headers: { 'content-type': 'multipart/related; type="application/dicom"; boundary=frontier' }, body: new Uint8Array(parts(files, end)) });
const instance = uid();
const stored = file({ SOPInstanceUID: instance });

describe('STOW-RS (10.5)', () => {
  it('stores each part and says where it can be had', async () => {
    const answer = await send([stored, file({ InstanceNumber: 2 })]);
    expect(answer.status).toBe(200);
    const json = await answer.json() as Record<string, { Value: { '00081155': { Value: string[] } }[] }>;
    expect(json['00081199']?.Value).toHaveLength(2);
    expect(json['00081199']?.Value[0]?.['00081155'].Value).toEqual([instance]);
  });

  it('tells what could not be filed: some 202, all 409', async () => {
    expect((await send([file(), Buffer.from('no image')])).status).toBe(202);
    const answer = await send([file()], `/dicomweb/studies/${uid()}`);
    expect(answer.status).toBe(409);
    expect(await answer.json()).toEqual({ '00081198': { vr: 'SQ', Value: [{ '00081197': { vr: 'US', Value: [0xa900] } }] } });
  });

  it('refuses other media types (415), a body that is cut (400), and who may not store (403)', async () => {
    expect((await radiographer.call('/dicomweb/studies', { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' })).status).toBe(415);
    expect((await send([file()], '/dicomweb/studies', '')).status).toBe(400);
    const reception = await server.as('reception');
    expect((await reception.call('/dicomweb/studies', { method: 'POST', headers: { 'content-type': 'application/dicom' }, body: new Uint8Array(stored) })).status).toBe(403);
  });
});

describe('QIDO-RS (10.6)', () => {
  it.each(['PatientName=hanh nguyen', 'PatientName=Hạnh', 'PatientName=NGUYEN*', 'AccessionNumber=CT00*', 'StudyDate=20261101-20261130', 'ModalitiesInStudy=CT', '00100020=26-000123', `StudyInstanceUID=${study},1.2.3`])('finds a study by %s', async (query) => {
    const answer = await radiographer.call(`/dicomweb/studies?${query}`);
    expect(answer.headers.get('content-type')).toContain('application/dicom+json');
    expect((await answer.json() as Record<string, unknown>[]).map((one) => one['0020000D'])).toContainEqual({ vr: 'UI', Value: [study] });
  });

  it('finds nothing where nothing matches, refuses a wrong limit, and warns where it cut', async () => {
    expect(await (await radiographer.call('/dicomweb/studies?PatientName=tran')).json()).toEqual([]);
    expect((await radiographer.call('/dicomweb/studies?limit=x')).status).toBe(400);
    const cut = await radiographer.call(`/dicomweb/studies/${study}/instances?limit=1`);
    expect(await cut.json()).toHaveLength(1);
    expect(cut.headers.get('warning')).toContain('299');
  });
});

describe('WADO-RS (10.4)', () => {
  const place = `/dicomweb/studies/${study}/series/${series}/instances/${instance}`;

  it('gives an instance byte for byte, alone or as a part', async () => {
    const alone = await radiographer.call(place, { headers: { accept: 'application/dicom' } });
    expect(Buffer.from(await alone.arrayBuffer())).toEqual(stored);
    const whole = Buffer.from(await (await radiographer.call(`/dicomweb/studies/${study}`, { headers: { accept: 'multipart/related; type="application/dicom"; transfer-syntax=*' } })).arrayBuffer());
    expect(whole.includes(stored)).toBe(true);
  });

  it('refuses a transfer syntax it is not stored in (406), and what is not there (404)', async () => {
    expect((await radiographer.call(place, { headers: { accept: 'application/dicom; transfer-syntax=1.2.840.10008.1.2.4.90' } })).status).toBe(406);
    expect((await radiographer.call(`/dicomweb/studies/${uid()}`)).status).toBe(404);
  });

  it('gives a frame, and none that is not there', async () => {
    const frame = await radiographer.call(`${place}/frames/1`, { headers: { accept: 'application/octet-stream' } });
    expect(Buffer.from(await frame.arrayBuffer())).toEqual(Buffer.from(pixels));
    expect((await radiographer.call(`${place}/frames/2`)).status).toBe(404);
  });

  it('gives metadata packed or plain, and not again what one has', async () => {
    const packed = await radiographer.call(`${place}/metadata`);
    const [json] = await packed.json() as Record<string, unknown>[];
    expect(json?.['00080018']).toEqual({ vr: 'UI', Value: [instance] });
    expect(await (await radiographer.call(`${place}/metadata`, { headers: { 'accept-encoding': 'identity' } })).json()).toEqual([json]);
    expect((await radiographer.call(`${place}/metadata`, { headers: { 'if-none-match': packed.headers.get('etag') ?? '' } })).status).toBe(304);
  });

  it('shows a study whose patient is not known only to who works with such', async () => {
    const doctor = await server.as('doctor');
    expect((await doctor.call(`/dicomweb/studies/${study}`)).status).toBe(404);
    expect(await (await doctor.call('/dicomweb/studies')).json()).toEqual([]);
  });
});
