// A stranger is brought in at night: the record is opened in an emergency, and every such opening is judged afterwards.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { importResources } from '../../server/src/modules/record/index.ts';
import { reportOverdueReviews } from '../../server/src/modules/security/emergency/report-overdue-reviews.ts';
import { auditEntries, settleAudit } from '../support/audit.ts';
import { testServer, type TestCaller, type TestServer } from '../support/server.ts';

const hour = 3_600_000;
let server: TestServer;
let doctor: TestCaller;
let privacy: TestCaller;
const explanation = 'Hôn mê, chưa rõ thuốc đang dùng, cần biết dị ứng ngay.';

beforeAll(async () => {
  server = await testServer();
  const subject = { reference: 'Patient/ong-la' };
  await put('Patient', 'ong-la', { name: [{ text: 'Ông Lạ' }], birthDate: '1950-01-01' });
  await put('AllergyIntolerance', 'penicilin', { patient: subject, code: { text: 'Penicilin' }, clinicalStatus: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical', code: 'active' }] } });
  await put('Consent', 'dong-het', {
    status: 'active', scope: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/consentscope', code: 'patient-privacy' }] },
    category: [{ coding: [{ system: 'http://loinc.org', code: '59284-0' }] }], patient: subject, policy: [{ uri: 'https://sen.vn/policy' }], provision: { type: 'deny' },
  });
  [doctor, privacy] = [await server.as('doctor'), await server.as('privacy')];
});
afterAll(() => server.close());

async function put(type: string, id: string, resource: object): Promise<void> {
  const stored = await server.call(`/fhir/R4/${type}/${id}`, { method: 'PUT', headers: { 'content-type': 'application/fhir+json' }, body: JSON.stringify({ resourceType: type, id, ...resource }) });
  expect(stored.status, await stored.clone().text()).toBe(201);
}

const json = (body: object): RequestInit => ({ method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
const open = (who: TestCaller, more: object = {}) => who.call('/api/emergencies', json({ patientId: 'ong-la', reason: 'unconscious', explanation, ...more }));
const allergy = async (who: TestCaller) => (await who.call('/fhir/R4/AllergyIntolerance/penicilin')).status;
interface Shown { id: string; until: string; own: boolean; review?: object }
const body = async (response: Response) => (await response.json()) as Shown & { code?: string; emergencies: Shown[] };

describe('break-glass', () => {
  it('is closed before, open at once after a reason, also where the patient had denied everything, and told', async () => {
    expect(await allergy(doctor)).toBe(404);
    const opened = await open(doctor);
    expect(opened.status).toBe(200);
    expect(Date.parse((await body(opened)).until) - server.db.clock()).toBe(4 * hour);
    expect(await allergy(doctor)).toBe(200);
    expect((await body(await doctor.call('/api/emergencies/own'))).emergencies).toHaveLength(1);
  });

  it('asks for a reason in words and refuses those whose work it is not', async () => {
    expect((await open(doctor, { explanation: 'gấp' })).status).toBe(400);
    expect((await open(doctor, { explanation: '              ' })).status).toBe(400);
    expect((await open(doctor, { reason: 'curious' })).status).toBe(400);
    expect((await open(await server.as('cashier'))).status).toBe(403);
    expect((await open(await server.as('patient'))).status).toBe(403);
    expect((await open(doctor, { patientId: 'khong-co' })).status).toBe(404);
  });

  it('opens once: asked again, the one that runs is given', async () => {
    const [first] = (await body(await doctor.call('/api/emergencies/own'))).emergencies;
    expect((await body(await open(doctor))).id).toBe(first?.id);
  });

  it('opens the record to nobody else', async () => {
    expect(await allergy(await server.as('nurse'))).toBe(404);
  });

  it('closes when its person closes it, at once, and nobody else can', async () => {
    const { id } = await body(await open(doctor));
    expect((await (await server.as('nurse')).call(`/api/emergencies/${id}`, { method: 'DELETE' })).status).toBe(404);
    expect((await doctor.call(`/api/emergencies/${id}`, { method: 'DELETE' })).status).toBe(204);
    expect(await allergy(doctor)).toBe(404);
  });

  it('ends by itself after its hours', async () => {
    await open(doctor);
    expect(await allergy(doctor)).toBe(200);
    server.db.clock.advance(4 * hour);
    expect(await allergy(doctor)).toBe(404);
  });

  it('stands in the audit with its reason, and marks what was read under it', async () => {
    await settleAudit(server.db);
    const entries = (await auditEntries(server.db)).map(({ entry }) => entry);
    const opening = entries.find(({ kind, status }) => kind === 'emergency' && status === 200);
    expect(opening).toMatchObject({ detail: { act: 'open', reason: 'unconscious', explanation } });
    expect(opening?.patients).toHaveLength(1);
    const reads = entries.filter(({ door, status }) => door === 'GET /fhir/R4/:type/:id' && status === 200);
    expect(reads.length).toBeGreaterThan(0);
    expect(reads.every((entry) => (entry as { emergency?: unknown }).emergency === true)).toBe(true);
  });
});

describe('the review that must be closed', () => {
  it('waits for the privacy officer, counted, most urgent first', async () => {
    const list = await body(await privacy.call('/api/emergencies?state=waiting'));
    expect(list).toMatchObject({ waiting: 2, overdue: 0 });
    expect((await (await privacy.call('/api/attention')).json() as { items: object[] }).items).toContainEqual({ what: 'emergencies', waiting: 2, overdue: 0 });
    expect((await doctor.call('/api/emergencies?state=waiting')).status).toBe(403);
  });

  it('escalates when late, once', async () => {
    server.db.clock.advance(72 * hour);
    privacy = await server.as('privacy');
    await reportOverdueReviews(server.db.work());
    await reportOverdueReviews(server.db.work());
    expect(server.db.told.filter((name) => name === 'security.emergency-review-overdue')).toHaveLength(2);
    expect(await body(await privacy.call('/api/emergencies?state=waiting'))).toMatchObject({ waiting: 2, overdue: 2 });
  });

  it('is closed with a verdict and a note, once', async () => {
    const { emergencies } = await body(await privacy.call('/api/emergencies?state=waiting'));
    const review = (id: string, more: object) => privacy.call(`/api/emergencies/${id}/review`, json({ verdict: 'justified', note: 'Đúng ca trực, đúng người bệnh.', ...more }));
    expect((await review(emergencies[0]!.id, { note: 'ok' })).status).toBe(400);
    expect(await body(await review(emergencies[0]!.id, {}))).toMatchObject({ review: { verdict: 'justified', by: 'Đào Minh Tuệ' } });
    expect(await body(await review(emergencies[0]!.id, {}))).toMatchObject({ code: 'security.emergency-reviewed' });
    expect(await body(await privacy.call('/api/emergencies?state=waiting'))).toMatchObject({ waiting: 1, overdue: 1 });
    expect((await body(await privacy.call('/api/emergencies?state=reviewed'))).emergencies).toHaveLength(1);
  });

  it('is never one’s own', async () => {
    await server.db.database.query({ text: `UPDATE security.account SET roles = '{doctor,privacy}' WHERE username = 'bacsi'` });
    const both = await server.as('bacsi');
    const { id } = await body(await open(both));
    const own = await both.call(`/api/emergencies/${id}/review`, json({ verdict: 'justified', note: 'Tôi thấy việc mình làm là đúng.' }));
    expect(await body(own)).toMatchObject({ code: 'security.own-emergency' });
  });
});

describe('what an emergency cannot leave behind', () => {
  const order = { resourceType: 'ServiceRequest', status: 'active', intent: 'order', subject: { reference: 'Patient/ong-la' }, requester: { reference: 'Practitioner/le-minh-quang' }, code: { text: 'Điện giải đồ' }, authoredOn: '2020-01-01' };
  const write = (who: TestCaller, resource: { resourceType: string }) => who.call(`/fhir/R4/${resource.resourceType}`, { method: 'POST', headers: { 'content-type': 'application/fhir+json' }, body: JSON.stringify(resource) });

  it('is a visit or a team that names whoever opened the record', async () => {
    const fresh = await server.as('doctor');
    expect((await open(fresh)).status).toBe(200);
    expect(await allergy(fresh)).toBe(200);
    const visit = { resourceType: 'Encounter', status: 'in-progress', class: { code: 'EMER', system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode' }, subject: { reference: 'Patient/ong-la' }, participant: [{ individual: { reference: 'Practitioner/le-minh-quang' } }] };
    const team = { resourceType: 'CareTeam', status: 'active', subject: { reference: 'Patient/ong-la' }, participant: [{ member: { reference: 'Practitioner/le-minh-quang' } }] };
    expect([(await write(fresh, visit)).status, (await write(fresh, team)).status]).toEqual([403, 403]);
  });

  it('is an order, once the review has found the opening not justified: also when the order is written again', async () => {
    const writer = await server.as('doctor');
    expect((await open(writer)).status).toBe(200);
    const stored = await write(writer, order);
    expect(stored.status).toBe(201);
    const { id } = await body(stored);
    const related = async () => (await server.db.database.query({ text: `SELECT FROM security.care_relation WHERE subject = 'asks:Practitioner/le-minh-quang' AND source_type = 'ServiceRequest'` })).rowCount;
    expect(await related()).toBe(1);
    const { emergencies } = await body(await privacy.call('/api/emergencies?state=waiting'));
    for (const waiting of emergencies) await privacy.call(`/api/emergencies/${waiting.id}/review`, json({ verdict: 'not-justified', note: 'Không có ca trực, không quen biết người bệnh.' }));
    expect(await related()).toBe(0);
    await importResources(server.db.work(), [{ ...order, id, note: [{ text: 'Phòng xét nghiệm đã nhận mẫu.' }] }]);
    expect(await related()).toBe(0);
  });
});
