// Mrs Hạnh decides who sees what: over the wire, as each of those who would like to look.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testServer, type TestCaller, type TestServer } from '../support/server.ts';

const patient = { reference: 'Patient/nguyen-thi-hanh' };
const hiv = { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'HIV', display: 'HIV/AIDS information sensitivity' };
let server: TestServer;
let doctor: TestCaller;
let mrsHanh: TestCaller;
let partner: TestCaller;

beforeAll(async () => {
  server = await testServer();
  for (const resource of resources()) {
    const { resourceType, id } = resource;
    const stored = await server.call(`/fhir/R4/${resourceType}/${id}`, { method: 'PUT', headers: { 'content-type': 'application/fhir+json' }, body: JSON.stringify(resource) });
    expect(stored.status, `${resourceType} ${await stored.clone().text()}`).toBe(201);
  }
  [doctor, mrsHanh, partner] = [await server.as('doctor'), await server.as('patient'), await server.as('partner')];
});
afterAll(() => server.close());

function resources(): (Record<string, unknown> & { resourceType: string; id: string })[] {
  const subject = patient;
  const visit = { status: 'in-progress', class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'AMB' }, subject };
  const type = (code: string) => [{ coding: [{ system: 'http://terminology.hl7.org/CodeSystem/organization-type', code }] }];
  return [
    { resourceType: 'Organization', id: 'sen-hong', name: 'Bệnh viện Sen Hồng', type: type('prov') },
    { resourceType: 'Organization', id: 'benh-vien-doi-tac', name: 'Bệnh viện Đối tác', type: type('prov') },
    { resourceType: 'Organization', id: 'bao-hiem-an-tam', name: 'Bảo hiểm An Tâm', type: type('pay') },
    { resourceType: 'Practitioner', id: 'le-minh-quang', name: [{ text: 'BS. Lê Minh Quang' }] },
    { resourceType: 'Patient', id: 'nguyen-thi-hanh', name: [{ text: 'Nguyễn Thị Hạnh' }] },
    { resourceType: 'Encounter', id: 'kham', ...visit, participant: [{ individual: { reference: 'Practitioner/le-minh-quang' } }] },
    { resourceType: 'Observation', id: 'duong-huyet', status: 'final', code: { text: 'Đường huyết' }, subject },
    { resourceType: 'Observation', id: 'tai-luong', status: 'final', code: { text: 'Tải lượng virus' }, subject, meta: { security: [hiv] } },
    { resourceType: 'MedicationRequest', id: 'metformin', status: 'active', intent: 'order', medicationCodeableConcept: { text: 'Metformin' }, subject },
  ];
}

/** A denial by code, which no column of the record could ask. */
const unclear = {
  resourceType: 'Consent', id: 'khong-hieu', status: 'active', scope: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/consentscope', code: 'patient-privacy' }] },
  category: [{ coding: [{ system: 'http://loinc.org', code: '59284-0' }] }], patient, policy: [{ uri: 'https://sen.vn/policy' }],
  provision: { type: 'deny', code: [{ coding: [{ system: 'http://loinc.org', code: '34133-9' }] }] },
};

const json = (body: object): RequestInit => ({ method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
const give = (body: object) => mrsHanh.call('/api/my/consents', json({ patientId: 'nguyen-thi-hanh', category: 'everything', ...body }));
const withdraw = (id: string) => mrsHanh.call(`/api/my/consents/${id}`, { method: 'DELETE' });
async function seen(who: TestCaller): Promise<string[]> {
  const ids: string[] = [];
  for (const type of ['Observation', 'MedicationRequest']) {
    const { entry = [] } = (await (await who.call(`/fhir/R4/${type}?patient=nguyen-thi-hanh`)).json()) as { entry?: { resource: { id: string } }[] };
    ids.push(...entry.map(({ resource }) => resource.id));
  }
  return ids.toSorted();
}
const status = async (who: TestCaller, path: string) => (await who.call(`/fhir/R4/${path}`)).status;

describe('FHIR Consent enforced: restrict (Law 91/2025/QH15)', () => {
  it('shows all to the doctor who treats her, as long as she has said nothing', async () => {
    expect(await seen(doctor)).toEqual(['duong-huyet', 'metformin', 'tai-luong']);
  });

  it('closes a category to everyone at once, for reads, searches and counts, and opens it again when withdrawn', async () => {
    const given = await give({ effect: 'restrict', recipient: { kind: 'everyone', reference: '' }, category: 'hiv' });
    expect(given.status).toBe(200);
    const { id } = (await given.json()) as { id: string };
    expect(await seen(doctor)).toEqual(['duong-huyet', 'metformin']);
    expect(await status(doctor, 'Observation/tai-luong')).toBe(404);
    expect(await (await doctor.call('/fhir/R4/Observation?patient=nguyen-thi-hanh&_summary=count')).json()).toMatchObject({ total: 1 });
    expect(await seen(mrsHanh)).toContain('tai-luong');
    const ended = await withdraw(id);
    expect(ended.status, await ended.clone().text()).toBe(204);
    expect(await seen(doctor)).toEqual(['duong-huyet', 'metformin', 'tai-luong']);
  });

  it('closes kinds of facts to one doctor, who still finds the person', async () => {
    const { id } = (await (await give({ effect: 'restrict', recipient: { kind: 'person', reference: 'Practitioner/le-minh-quang' }, category: 'medicines' })).json()) as { id: string };
    expect(await seen(doctor)).toEqual(['duong-huyet', 'tai-luong']);
    expect(await status(doctor, 'Patient/nguyen-thi-hanh')).toBe(200);
    await withdraw(id);
  });

  it('lets a later, narrower permission stand against a denial', async () => {
    const closed = (await (await give({ effect: 'restrict', recipient: { kind: 'everyone', reference: '' }, category: 'hiv' })).json()) as { id: string };
    const open = (await (await give({ effect: 'share', recipient: { kind: 'person', reference: 'Practitioner/le-minh-quang' }, category: 'hiv' })).json()) as { id: string };
    expect(await seen(doctor)).toContain('tai-luong');
    await withdraw(open.id);
    expect(await seen(doctor)).not.toContain('tai-luong');
    await withdraw(closed.id);
  });
});

describe('FHIR Consent enforced: share', () => {
  it('shows another hospital nothing, then what was shared, until it is withdrawn', async () => {
    expect(await seen(partner)).toEqual([]);
    const { id } = (await (await give({ effect: 'share', recipient: { kind: 'hospital', reference: 'Organization/benh-vien-doi-tac' }, category: 'medicines' })).json()) as { id: string };
    expect(await seen(partner)).toEqual(['metformin']);
    expect(await status(partner, 'Observation/duong-huyet')).toBe(404);
    await withdraw(id);
    expect(await seen(partner)).toEqual([]);
  });

  it('refuses insurers without a paper, and a last day in the past', async () => {
    const insurer = { kind: 'hospital', reference: 'Organization/bao-hiem-an-tam' };
    expect(await (await give({ effect: 'share', recipient: insurer })).json()).toMatchObject({ code: 'security.consent-needs-writing' });
    const recipient = { kind: 'hospital', reference: 'Organization/benh-vien-doi-tac' };
    expect(await (await give({ effect: 'share', recipient, until: '2020-01-01' })).json()).toMatchObject({ code: 'security.consent-ended' });
  });

  it('takes down at the desk what was signed on paper, and shows it to the patient', async () => {
    const desk = await server.as('reception');
    const body = { effect: 'share', recipient: { kind: 'insurer', reference: 'Organization/bao-hiem-an-tam' }, category: 'everything', paper: 'HS-26/118', signedOn: '2026-03-01' };
    const taken = (await (await desk.call('/api/patients/nguyen-thi-hanh/consents', json(body))).json()) as { id: string };
    const { people } = (await (await mrsHanh.call('/api/my/consents')).json()) as { people: { consents: object[] }[] };
    expect(people[0]?.consents[0]).toMatchObject({ id: taken.id, effect: 'share', active: true, onPaper: true, recipients: [{ kind: 'insurer', name: 'Bảo hiểm An Tâm' }] });
    await withdraw(taken.id);
  });
});

describe('whose consent it is', () => {
  it('lets nobody speak for another: not found, as if there were nothing', async () => {
    const relative = await server.as('relative');
    const body = { patientId: 'nguyen-thi-hanh', effect: 'restrict', recipient: { kind: 'everyone', reference: '' }, category: 'everything' };
    expect((await relative.call('/api/my/consents', json(body))).status).toBe(404);
    const { id } = (await (await give({ effect: 'restrict', recipient: { kind: 'everyone', reference: '' }, category: 'genetic' })).json()) as { id: string };
    expect((await relative.call(`/api/my/consents/${id}`, { method: 'DELETE' })).status).toBe(404);
    expect((await doctor.call('/api/my/consents')).status).toBe(403);
    await withdraw(id);
  });

  it('refuses a Consent that could not be enforced, and stores nothing of it (R4 Consent.provision.code)', async () => {
    const put = await server.call('/fhir/R4/Consent/khong-hieu', { method: 'PUT', headers: { 'content-type': 'application/fhir+json' }, body: JSON.stringify(unclear) });
    expect(put.status, await put.clone().text()).toBe(422);
    expect(await status(server, 'Consent/khong-hieu')).toBe(404);
  });

  it('refuses it alone in a batch, and the whole of a transaction', async () => {
    const fact = { resourceType: 'Observation', id: 'can-nang', status: 'final', code: { text: 'Cân nặng' }, subject: patient };
    const entry = [unclear, fact].map((resource) => ({ resource, request: { method: 'PUT', url: `${resource.resourceType}/${resource.id}` } }));
    const send = (type: string) => server.call('/fhir/R4', { method: 'POST', headers: { 'content-type': 'application/fhir+json' }, body: JSON.stringify({ resourceType: 'Bundle', type, entry }) });
    expect((await send('transaction')).status).toBe(422);
    expect(await status(server, 'Observation/can-nang')).toBe(404);
    const answered = (await (await send('batch')).json()) as { entry: { response: { status: string } }[] };
    expect(answered.entry.map(({ response }) => response.status.slice(0, 3))).toEqual(['422', '201']);
  });
});
