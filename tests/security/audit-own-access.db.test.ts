import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { OwnAccess } from '@sen/contracts';
import { testServer, type TestCaller, type TestServer } from '../support/server.ts';

let server: TestServer;
let patient: TestCaller;
beforeAll(async () => {
  server = await testServer();
  patient = await server.as('patient');
  const put = async (type: string, id: string, resource: object) => {
    const answer = await server.call(`/fhir/R4/${type}/${id}`, { method: 'PUT', headers: { 'content-type': 'application/fhir+json' }, body: JSON.stringify({ resourceType: type, id, ...resource }) });
    expect(answer.status).toBeLessThan(300);
  };
  await put('Patient', 'nguyen-thi-hanh', { name: [{ text: 'Nguyễn Thị Hạnh', family: 'Nguyễn' }] });
  await put('Patient', 'nguoi-khac', { name: [{ text: 'Phạm Văn Khác' }] });
  await put('Encounter', 'kham', { status: 'in-progress', class: { code: 'AMB' }, subject: { reference: 'Patient/nguyen-thi-hanh' }, participant: [{ individual: { reference: 'Practitioner/le-minh-quang' } }] });
  await put('Observation', 'duong-huyet', { status: 'final', code: { text: 'Đường huyết' }, subject: { reference: 'Patient/nguyen-thi-hanh' } });
});
afterAll(() => server.close());

async function log(query = '', by = patient): Promise<OwnAccess[]> {
  const answer = await by.call(`/api/my/access-log${query}`);
  expect(answer.status, await answer.clone().text()).toBe(200);
  return ((await answer.json()) as { accesses: OwnAccess[] }).accesses;
}

describe('Law 91/2025/QH15: the person sees who looked at their record', () => {
  it('tells of the doctor who has just looked, in one plain sentence with everything looked at', async () => {
    const doctor = await server.as('bacsi');
    expect((await doctor.call('/fhir/R4/Patient/nguyen-thi-hanh')).status).toBe(200);
    expect((await doctor.call('/fhir/R4/Observation/duong-huyet')).status).toBe(200);
    expect((await doctor.call('/fhir/R4/Observation?patient=nguyen-thi-hanh')).status).toBe(200);
    const [first] = await log('?only=others');
    expect(first).toMatchObject({ actor: { name: expect.stringContaining('Lê Minh Quang') as string, role: 'doctor', own: false }, count: 3, refused: false });
    expect(first!.sentence.vi).toMatch(/^BS\. Lê Minh Quang,? .*xem thông tin hành chính, kết quả xét nghiệm và chỉ số đo, (?:lúc \d\d:\d\d|từ \d\d:\d\d đến \d\d:\d\d), vì đang điều trị\.$/);
  });

  it('tells of changes, of systems and of the person too', async () => {
    const changes = await log('?only=changes');
    expect(changes.flatMap(({ steps }) => steps.map(({ vi }) => vi))).toContain('ghi thêm kết quả xét nghiệm và chỉ số đo');
    await patient.call('/fhir/R4/Observation/duong-huyet');
    expect((await log()).find(({ actor }) => actor.own)?.sentence.vi).toMatch(/^Chính bạn xem kết quả xét nghiệm/);
  });

  it('shows an emergency apart, with the reason that was given', async () => {
    const stranger = await server.as('nurse');
    const headers = { 'content-type': 'application/json' };
    const opened = await stranger.call('/api/emergencies', { method: 'POST', headers, body: JSON.stringify({ patientId: 'nguyen-thi-hanh', reason: 'unconscious', explanation: 'Người bệnh hôn mê, cần biết dị ứng thuốc.' }) });
    expect(opened.status, await opened.clone().text()).toBe(200);
    expect((await stranger.call('/fhir/R4/Observation/duong-huyet')).status).toBe(200);
    const [first] = await log('?only=emergency');
    expect(first).toMatchObject({ actor: { name: 'ĐD. Vũ Thị Lan' }, emergency: { reason: 'Người bệnh hôn mê, cần biết dị ứng thuốc.' } });
    expect(first!.sentence.vi).toMatch(/vì mở khẩn cấp\.$/);
  });

  it('shows nobody else’s: another person’s record is as if it were not there', async () => {
    expect((await patient.call('/api/my/access-log?patient=nguoi-khac')).status).toBe(404);
    expect((await patient.call('/api/my/access-log?patient=khong-co')).status).toBe(404);
    const doctor = await server.as('bacsi');
    expect([403, 404]).toContain((await doctor.call('/api/my/access-log?patient=nguyen-thi-hanh')).status);
  });

  it('comes as a file whose cells no spreadsheet runs', async () => {
    const answer = await patient.call('/api/my/access-log.csv');
    expect([answer.status, answer.headers.get('content-type'), answer.headers.get('content-disposition')]).toEqual([200, 'text/csv; charset=utf-8', 'attachment; filename="ai-da-xem-ho-so-cua-toi.csv"']);
    const lines = (await answer.text()).trimEnd().split('\r\n');
    expect(lines[0]).toContain('Ai');
    expect(lines.length).toBeGreaterThan(2);
    expect((await log()).flatMap(({ steps }) => steps.map(({ vi }) => vi)).length).toBeGreaterThan(3);
  });
});
