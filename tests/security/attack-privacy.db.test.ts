// Those who may do something with consents, emergencies and requests try to get more out of it than they are given.
import { unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openEmergency } from '../../server/src/modules/security/emergency/open-emergency.ts';
import { issueToken } from '../../server/src/modules/security/index.ts';
import type { Actor } from '../../server/src/platform/work.ts';
import { testServer, type TestCaller, type TestServer } from '../support/server.ts';

const hour = 3_600_000;
const subject = { reference: 'Patient/nguyen-thi-hanh' };
const child = { reference: 'Patient/con-ba-pham-thu-trang' };
const scope = { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/consentscope', code: 'patient-privacy' }] };
const hiv = { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'HIV', display: 'HIV/AIDS information sensitivity' };
let server: TestServer;
let doctor: TestCaller;
let partner: TestCaller;
/** Of the in-house system. */
let token: string;

beforeAll(async () => {
  server = await testServer({ startMs: Date.parse('2026-03-05T09:00:00+07:00') });
  ({ token } = server);
  const visit = { status: 'in-progress', class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'AMB' }, subject, participant: [{ individual: { reference: 'Practitioner/le-minh-quang' } }] };
  const observation = (id: string, of: object, more: object = {}) => put('Observation', id, { status: 'final', code: { text: 'Đường huyết' }, subject: of, ...more });
  await put('Organization', 'benh-vien-doi-tac', { name: 'Bệnh viện Đối tác' });
  await put('Practitioner', 'le-minh-quang', { name: [{ text: 'BS. Lê Minh Quang' }] });
  for (const id of ['nguyen-thi-hanh', 'con-ba-pham-thu-trang']) await put('Patient', id, { name: [{ text: id }] });
  await put('Encounter', 'kham', visit);
  await observation('mot', subject);
  await put('Condition', 'mot', { subject, code: { text: 'Trầm cảm' } });
  await observation('duong-cua-con', child);
  await observation('hiv-cua-con', child, { meta: { security: [hiv] } });
  [doctor, partner] = [await server.as('doctor'), await server.as('partner')];
});
afterAll(() => server.close());

const fhir = (body: object): RequestInit => ({ method: 'PUT', headers: { 'content-type': 'application/fhir+json', authorization: `Bearer ${token}` }, body: JSON.stringify(body) });
const json = (body: object): RequestInit => ({ method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
async function put(resourceType: string, id: string, resource: object): Promise<void> {
  const stored = await server.call(`/fhir/R4/${resourceType}/${id}`, fhir({ resourceType, id, ...resource }));
  expect([200, 201], await stored.clone().text()).toContain(stored.status);
}
const consent = (id: string, more: object) => put('Consent', id, { status: 'active', scope, category: [{ coding: [{ system: 'http://loinc.org', code: '59284-0' }] }], patient: subject, policy: [{ uri: 'https://sen.vn/policy' }], ...more });
const status = async (who: TestCaller, path: string) => (await who.call(path)).status;
const body = async <T>(answer: Promise<Response>) => (await (await answer).json()) as T;

describe('consents', () => {
  const actor = [{ role: { text: 'IRCP' }, reference: { reference: 'Organization/benh-vien-doi-tac' } }];

  it('that name a single resource open no other type of the same id (R4 Consent.provision.data)', async () => {
    await consent('mot-ket-qua', { provision: { type: 'permit', actor, data: [{ meaning: 'instance', reference: { reference: 'Observation/mot' } }] } });
    expect([await status(partner, '/fhir/R4/Observation/mot'), await status(partner, '/fhir/R4/Condition/mot')]).toEqual([200, 404]);
    await consent('mot-ket-qua', { status: 'inactive' });
  });

  it('written ahead of their time do not outlive what the patient says later', async () => {
    await consent('mai-mai', { dateTime: '2099-01-01', provision: { type: 'permit', actor } });
    server.db.clock.advance(60_000);
    await consent('thoi', { dateTime: new Date(server.db.clock()).toISOString(), provision: { type: 'deny', actor } });
    expect(await status(partner, '/fhir/R4/Observation/mot')).toBe(404);
    for (const id of ['mai-mai', 'thoi']) await consent(id, { status: 'inactive' });
  });

  it('contradicting one another at the same instant close', async () => {
    const dateTime = new Date(server.db.clock()).toISOString();
    await consent('cho', { dateTime, provision: { type: 'permit', actor } });
    await consent('khong-cho', { dateTime, provision: { type: 'deny', actor } });
    expect(await status(partner, '/fhir/R4/Observation/mot')).toBe(404);
    for (const id of ['cho', 'khong-cho']) await consent(id, { status: 'inactive' });
  });

  it('of a partner add up, and each ends by itself', async () => {
    await consent('mot-loai', { provision: { type: 'permit', actor, class: [{ system: 'http://hl7.org/fhir/resource-types', code: 'Observation' }] } });
    await consent('loai-hai', { provision: { type: 'permit', actor, class: [{ system: 'http://hl7.org/fhir/resource-types', code: 'Condition' }] } });
    expect([await status(partner, '/fhir/R4/Observation/mot'), await status(partner, '/fhir/R4/Condition/mot')]).toEqual([200, 200]);
    await consent('mot-loai', { status: 'inactive' });
    expect([await status(partner, '/fhir/R4/Observation/mot'), await status(partner, '/fhir/R4/Condition/mot')]).toEqual([404, 200]);
    await consent('loai-hai', { status: 'inactive' });
  });

  it('hold from the first to the last instant in Vietnam of the days they name, and an exception not beyond its parent (R4 period)', async () => {
    server.db.clock.advance(Date.parse('2026-03-05T23:59:59.000+07:00') - server.db.clock());
    [doctor, partner] = [await server.as('doctor'), await server.as('partner')];
    await consent('hai-ngay', { provision: { type: 'permit', actor, period: { start: '2026-03-06', end: '2026-03-06' } } });
    expect(await status(partner, '/fhir/R4/Observation/mot')).toBe(404);
    server.db.clock.advance(1000);
    expect(await status(partner, '/fhir/R4/Observation/mot')).toBe(200);
    server.db.clock.advance(24 * hour - 1);
    [partner, token] = [await server.as('partner'), await issueToken(server.db.work(), undefined, 24)];
    expect(await status(partner, '/fhir/R4/Observation/mot')).toBe(200);
    server.db.clock.advance(1);
    expect(await status(partner, '/fhir/R4/Observation/mot')).toBe(404);
    await consent('hai-ngay', { provision: { type: 'deny', period: { end: '2026-03-01' }, provision: [{ type: 'permit', actor, period: { end: '2099' } }] } });
    expect(await status(partner, '/fhir/R4/Observation/mot')).toBe(404);
    await consent('hai-ngay', { status: 'inactive' });
  });

  it('are shown to the patient as in force as long as they are enforced, also to the end of a month or a year', async () => {
    const patient = await server.as('patient');
    const day = new Date(server.db.clock()).toISOString();
    await consent('ca-nam', { dateTime: day, provision: { type: 'permit', actor, period: { end: '2026' } } });
    await consent('nam-sau', { dateTime: day, provision: { type: 'permit', actor, period: { start: '2027-01-01' } } });
    const { people } = await body<{ people: { consents: { id: string; active: boolean }[] }[] }>(patient.call('/api/my/consents'));
    const shown = Object.fromEntries(people[0]!.consents.map(({ id, active }) => [id, active]));
    expect(shown).toMatchObject({ 'ca-nam': true, 'nam-sau': true, 'hai-ngay': false });
    for (const id of ['ca-nam', 'nam-sau']) await consent(id, { status: 'inactive' });
  });

  it('that close everything to the one who treats close the chart in words, instead of showing it empty', async () => {
    doctor = await server.as('doctor');
    expect(await status(doctor, '/api/patients/nguyen-thi-hanh/banner')).toBe(200);
    await consent('het', { provision: { type: 'deny', actor: [{ role: { text: 'IRCP' }, reference: { reference: 'Practitioner/le-minh-quang' } }] } });
    expect(await body(doctor.call('/api/patients/nguyen-thi-hanh/banner'))).toMatchObject({ code: 'security.record-closed' });
    expect(await body(doctor.call('/api/patients/nguyen-thi-hanh/standing'))).toMatchObject({ mayOpen: true, hours: 4 });
    await consent('het', { status: 'inactive' });
  });
});

describe('charts', () => {
  it('of whom one has nothing to do with are closed also to those who may not open them in an emergency', async () => {
    expect(await body((await server.as('radiologist')).call('/api/patients/nguyen-thi-hanh/banner'))).toMatchObject({ code: 'security.record-closed' });
    expect(await status(await server.as('pharmacist'), '/api/patients/nguyen-thi-hanh/banner')).toBe(200);
    expect(await status(await server.as('records'), '/api/patients/nguyen-thi-hanh/banner')).toBe(200);
  });
});

describe('emergencies', () => {
  const open = (who: TestCaller, patientId: string) => who.call('/api/emergencies', json({ patientId, reason: 'life-threat', explanation: 'Ngừng tim, cần biết tiền sử ngay.' }));
  const strangers = Array.from({ length: 32 }, (_, at) => `nguoi-la-${at}`);

  it('asked for many times at once open once', async () => {
    const nurse = await server.as('nurse');
    await put('Patient', 'ong-la', { name: [{ text: 'Ông Lạ' }] });
    const ids = await Promise.all(Array.from({ length: 8 }, () => body<{ id: string }>(open(nurse, 'ong-la'))));
    expect(new Set(ids.map(({ id }) => id)).size).toBe(1);
  });

  it('end with the role that allowed them', async () => {
    await put('Observation', 'cua-ong-la', { status: 'final', code: { text: 'Troponin' }, subject: { reference: 'Patient/ong-la' } });
    const nurse = await server.as('nurse');
    expect(await status(nurse, '/fhir/R4/Observation/cua-ong-la')).toBe(200);
    await server.db.database.query({ text: `UPDATE security.account SET roles = '{cashier}' WHERE username = 'dieuduong'` });
    expect(await status(await server.as('dieuduong'), '/fhir/R4/Observation/cua-ong-la')).toBe(404);
    await server.db.database.query({ text: `UPDATE security.account SET roles = '{nurse}' WHERE username = 'dieuduong'` });
  });

  it('by the dozen are told as unusual, by the hundred refused; the officer sees how many', async () => {
    const head = await server.as('head');
    for (const id of strangers) await put('Patient', id, { name: [{ text: id }] });
    const answers: number[] = [];
    for (const id of strangers) answers.push((await open(head, id)).status);
    expect(answers.filter((code) => code === 200)).toHaveLength(30);
    expect(await body(open(head, strangers[31]!))).toMatchObject({ code: 'security.too-many-emergencies' });
    const { emergencies } = await body<{ emergencies: { by: string; dayCount: number }[] }>((await server.as('privacy')).call('/api/emergencies?state=waiting'));
    expect(Math.max(...emergencies.map(({ dayCount }) => dayCount))).toBe(30);
    server.db.clock.advance(24 * hour);
    const duty: Actor = { id: 'truc-dem', kind: 'person', name: 'BS. trực', roles: ['doctor'] };
    const input = { reason: 'on-call', explanation: 'Trực cấp cứu cả viện.', hours: 4, reviewWithinHours: 72, most: 30 } as const;
    for (const patientId of strangers.slice(0, 12)) await openEmergency(server.db.work(duty), { ...input, patientId });
    expect(server.db.told.filter((name) => name === 'security.emergencies-unusual')).toHaveLength(1);
  }, 30_000);
});

describe('copies of a record', () => {
  const granted = async (who: TestCaller, input: object, officer: TestCaller) => {
    const { id } = await body<{ id: string }>(who.call('/api/my/requests', json({ kind: 'copy', details: '', ...input })));
    for (const step of [{ step: 'begin' }, { step: 'finish', reply: 'Bản sao đã sẵn sàng.' }]) expect((await officer.call(`/api/requests/${id}/steps`, json(step))).status).toBe(200);
    return id;
  };

  it('hold for a relative what the relative may see, not what a child told a doctor alone', async () => {
    const relative = await server.as('relative');
    const id = await granted(relative, { patientId: 'con-ba-pham-thu-trang' }, await server.as('records'));
    const answer = await relative.call(`/api/my/requests/${id}/copy`, { method: 'POST' });
    const files = unzipSync(new Uint8Array(await answer.arrayBuffer()));
    expect(Buffer.from(files['du-lieu/Observation.ndjson']!).toString()).toContain('duong-cua-con');
    expect(Buffer.from(files['du-lieu/Observation.ndjson']!).toString()).not.toContain('hiv-cua-con');
  });

  it('are handed out by those who may read the record, not by whoever takes requests down', async () => {
    const id = await granted(await server.as('patient'), { patientId: 'nguyen-thi-hanh' }, await server.as('reception'));
    for (const role of ['reception', 'privacy']) expect(await status({ ...(await server.as(role)), call: (path) => server.as(role).then((who) => who.call(path, { method: 'POST' })) }, `/api/requests/${id}/copy`)).toBe(403);
    expect((await (await server.as('records')).call(`/api/requests/${id}/copy`, { method: 'POST' })).status).toBe(200);
  });
});
