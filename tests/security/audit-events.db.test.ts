import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { settleAudit } from '../support/audit.ts';
import { testServer, type TestCaller, type TestServer } from '../support/server.ts';

let server: TestServer;
let auditor: TestCaller;
let doctorId: string;
beforeAll(async () => {
  server = await testServer();
  auditor = await server.as('auditor');
  await put('Patient', 'nguyen-thi-hanh', { name: [{ family: 'Nguyễn', given: ['Thị', 'Hạnh'], text: 'Nguyễn Thị Hạnh' }] });
  await put('Encounter', 'kham', { status: 'in-progress', class: { code: 'AMB' }, subject: { reference: 'Patient/nguyen-thi-hanh' }, participant: [{ individual: { reference: 'Practitioner/le-minh-quang' } }] });
  await put('Observation', 'duong-huyet', { status: 'final', code: { text: 'Đường huyết' }, subject: { reference: 'Patient/nguyen-thi-hanh' } });
  const doctor = await server.as('bacsi');
  expect((await doctor.call('/fhir/R4/Observation/duong-huyet')).status).toBe(200);
  doctorId = ((await (await doctor.call('/api/session')).json()) as { account: { id: string } }).account.id;
});
afterAll(() => server.close());

function put(type: string, id: string, resource: object): Promise<Response> {
  return server.call(`/fhir/R4/${type}/${id}`, { method: 'PUT', headers: { 'content-type': 'application/fhir+json' }, body: JSON.stringify({ resourceType: type, id, ...resource }) });
}

interface Event {
  resourceType: string;
  id: string;
  type: { code: string };
  subtype?: { code: string }[];
  action: string;
  outcome: string;
  agent: { who: { reference?: string; identifier?: { value: string }; display?: string }; requestor: boolean; network?: { address: string }; name?: string }[];
  entity?: { what?: { reference?: string }; role?: { code: string }; query?: string }[];
}

async function events(query: string, by = auditor): Promise<Event[]> {
  const answer = await by.call(`/fhir/R4/AuditEvent?${query}`);
  expect(answer.status, await answer.clone().text()).toBe(200);
  return ((await answer.json()) as { entry?: { resource: Event }[] }).entry?.map(({ resource }) => resource) ?? [];
}

const readOfDoctor = async () => (await events(`agent=${doctorId}&entity=Observation/duong-huyet`))[0]!;

describe('R4 AuditEvent (IHE BALP 1.1.3 Privacy Read): entries of the audit, on demand', () => {
  it('tells who read what of whom', async () => {
    const event = await readOfDoctor();
    expect(event).toMatchObject({ resourceType: 'AuditEvent', type: { code: 'rest' }, subtype: [{ code: 'read' }], action: 'R', outcome: '0' });
    expect(event.agent[0]).toMatchObject({ who: { reference: 'Practitioner/le-minh-quang', identifier: { value: doctorId } }, requestor: true, network: { address: '127.0.0.1' } });
    expect(event.entity?.map(({ what }) => what?.reference).filter(Boolean)).toEqual(['Patient/nguyen-thi-hanh', 'Observation/duong-huyet/_history/1']);
  });

  it('is read by its id, and satisfies R4', async () => {
    const { id } = await readOfDoctor();
    const answer = await auditor.call(`/fhir/R4/AuditEvent/${id}`);
    expect([answer.status, answer.headers.get('etag')]).toEqual([200, 'W/"1"']);
    const event = (await answer.json()) as Event;
    expect(event.id).toBe(id);
    const validated = await server.call('/fhir/R4/AuditEvent/$validate', { method: 'POST', headers: { 'content-type': 'application/fhir+json' }, body: JSON.stringify(event) });
    const { issue } = (await validated.json()) as { issue: { severity: string }[] };
    expect(issue.filter(({ severity }) => severity === 'error' || severity === 'fatal')).toEqual([]);
  });

  it('is found by patient, agent, name, date, action, outcome, type and subtype, newest first, page by page', async () => {
    const today = new Date().toISOString().slice(0, 10);
    for (const query of ['patient=Patient/nguyen-thi-hanh', 'patient=nguyen-thi-hanh&action=R', 'agent=Practitioner/le-minh-quang', 'agent-name=quang', `date=ge${today}`, 'subtype=read', 'type=rest', 'outcome=0', 'address=127.0.0.1']) {
      const found = await events(`${query}&agent=${doctorId}&_count=100`);
      expect(found.map(({ subtype }) => subtype?.[0]?.code), query).toContain('read');
    }
    expect(await events(`agent=${doctorId}&date=lt2020`)).toEqual([]);
    expect(await events(`agent=${doctorId}&outcome=8`)).toEqual([]);
    const first = (await (await auditor.call('/fhir/R4/AuditEvent?patient=nguyen-thi-hanh&_count=2&_sort=date&_total=accurate')).json()) as { total: number; entry: { resource: Event }[]; link: { relation: string; url: string }[] };
    expect(first.entry).toHaveLength(2);
    expect(first.total).toBeGreaterThanOrEqual(4);
    const next = first.link.find(({ relation }) => relation === 'next')!.url;
    const second = (await (await auditor.call(next.slice(server.base.length))).json()) as { entry: { resource: Event }[] };
    expect(new Set([...first.entry, ...second.entry].map(({ resource }) => resource.id)).size).toBe(first.entry.length + second.entry.length);
  });

  it('refuses a search that it does not know, and everybody who may not read the audit', async () => {
    expect((await auditor.call('/fhir/R4/AuditEvent?source=x')).status).toBe(400);
    for (const role of ['doctor', 'patient', 'administrator', 'cashier']) {
      const other = await server.as(role);
      expect([role, (await other.call('/fhir/R4/AuditEvent')).status, (await other.call('/fhir/R4/AuditEvent/audit-1')).status, (await other.call('/api/audit')).status]).toEqual([role, 403, 403, 403]);
    }
  });

  it('is changed and deleted by nobody', async () => {
    const { id } = await readOfDoctor();
    const body = JSON.stringify({ resourceType: 'AuditEvent', id });
    const put = (by: TestCaller | TestServer) => by.call(`/fhir/R4/AuditEvent/${id}`, { method: 'PUT', headers: { 'content-type': 'application/fhir+json' }, body });
    expect((await put(auditor)).status).toBeGreaterThanOrEqual(400);
    expect((await put(server)).status).toBeGreaterThanOrEqual(400);
    await server.call(`/fhir/R4/AuditEvent/${id}`, { method: 'DELETE' });
    expect(await readOfDoctor()).toMatchObject({ id });
  });
});

describe('ITI-20 Record Audit Event: an AuditEvent from outside', () => {
  const foreign = {
    resourceType: 'AuditEvent', type: { system: 'http://dicom.nema.org/resources/ontology/DCM', code: '110104' }, action: 'R', recorded: '2026-11-20T03:04:05Z', outcome: '0',
    agent: [{ who: { identifier: { value: 'pacs-may-2' } }, requestor: true, network: { address: '10.0.0.9', type: '2' } }], source: { observer: { display: 'PACS' } },
    entity: [{ what: { reference: 'Patient/nguyen-thi-hanh' } }],
  };

  it('becomes a link of the chain with its content, is found like our own, and stays as it is', async () => {
    const made = await server.call('/fhir/R4/AuditEvent', { method: 'POST', headers: { 'content-type': 'application/fhir+json' }, body: JSON.stringify(foreign) });
    expect(made.status).toBe(201);
    const { id } = (await made.json()) as { id: string };
    await settleAudit(server.db);
    const [found] = await events('agent=pacs-may-2&patient=nguyen-thi-hanh');
    expect(found).toMatchObject({ ...foreign, id });
    const change = { method: 'PUT', headers: { 'content-type': 'application/fhir+json' }, body: JSON.stringify({ ...foreign, id, action: 'D' }) };
    expect((await server.call(`/fhir/R4/AuditEvent/${id}`, change)).status).toBe(405);
    expect((await server.call(`/fhir/R4/AuditEvent/${id}`, { method: 'DELETE' })).status).toBe(405);
    expect(await (await server.call(`/fhir/R4/AuditEvent/${id}`)).json()).toMatchObject({ action: 'R' });
  });
});
