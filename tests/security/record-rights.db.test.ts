// What somebody may see and write of the record, over the wire (issue 4, Rights).
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Json } from '../conformance/client.ts';
import { testServer, type TestCaller, type TestServer } from '../support/server.ts';
import { ownPatient, twins } from './record-worlds.ts';

let server: TestServer;
let doctor: TestCaller;
const world = twins[0]!;

beforeAll(async () => {
  server = await testServer({ env: { SEN_PROFILES: 'off' } });
  for (const resource of [...world.shared, ...world.hidden]) await put(resource);
  doctor = await server.as('doctor');
}, 60_000);
afterAll(() => server?.close());

interface Told {
  readonly status: number;
  readonly body: Json;
}

async function ask(caller: Pick<TestCaller, 'call'>, method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Told> {
  const answer = await caller.call(path.startsWith('/api') ? path : `/fhir/R4${path}`, {
    method, headers: { ...(body === undefined ? {} : { 'content-type': 'application/fhir+json' }), ...headers }, ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  return { status: answer.status, body: text.startsWith('{') ? JSON.parse(text) : text };
}

const put = async (resource: Json): Promise<Told> => {
  const told = await ask(server, 'PUT', `/${resource.resourceType}/${resource.id}`, resource);
  if (told.status > 201) throw new Error(JSON.stringify(told));
  return told;
};
const codeOf = ({ body }: Told): string | undefined => body.code ?? body.issue?.[0]?.details?.coding?.[0]?.code;
const ids = ({ body }: Told): string[] => (body.entry ?? []).map(({ resource }: Json) => resource.id).sort();
const see = async (path: string, caller: Pick<TestCaller, 'call'> = doctor): Promise<string[]> => ids(await ask(caller, 'GET', path));
const glucose = (id: string, of: string, more: object = {}): Json => ({
  resourceType: 'Observation', id, status: 'final', code: { coding: [{ system: 'http://loinc.org', code: '2345-7' }] }, subject: { reference: `Patient/${of}` }, effectiveDateTime: '2026-03-02', ...more,
});
const labelled = (code: string): object => ({ meta: { security: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code }] } });

describe('issue 4, rights: relation to the patient', () => {
  it('a doctor reads the record of whom they treat, and not that of others', async () => {
    expect(await see('/Observation?code=http://loinc.org|2345-7')).toEqual([`glucose-${ownPatient}`]);
    expect([(await ask(doctor, 'GET', `/Observation/glucose-${ownPatient}`)).status, (await ask(doctor, 'GET', '/Observation/glucose-tran-van-ba')).status]).toEqual([200, 404]);
  });

  it('the chart of a patient one may find, and no more, says that it is closed; the FHIR API says that there is nothing', async () => {
    const closed = await ask(doctor, 'GET', '/api/patients/tran-van-ba/problems');
    expect([closed.status, codeOf(closed)]).toEqual([403, 'security.record-closed']);
    expect([(await ask(doctor, 'GET', `/api/patients/${ownPatient}/problems`)).status, codeOf(await ask(doctor, 'GET', '/api/patients/nobody/banner'))]).toEqual([200, 'identity.no-such-patient']);
    expect(await see('/Condition?patient=Patient/tran-van-ba')).toEqual([]);
  });

  it('patients see their own record, and of results only what is verified', async () => {
    const patient = await server.as('patient');
    await put(glucose('unverified', ownPatient, { status: 'preliminary' }));
    expect(await see('/Observation', patient)).toEqual([`glucose-${ownPatient}`]);
    expect(await see('/Patient', patient)).toEqual([ownPatient]);
    await ask(server, 'DELETE', '/Observation/unverified');
  });

  it('a Binary is seen by who sees what it belongs to (R4 binary.html §2.42.3), in its own form too', async () => {
    const raw = { accept: 'text/plain' };
    expect([(await ask(doctor, 'GET', `/Binary/paper-${ownPatient}`, undefined, raw)).body, (await ask(doctor, 'GET', '/Binary/paper-tran-van-ba', undefined, raw)).status]).toEqual([`Thư của ${ownPatient}`, 404]);
  });

  it('the place of a page of somebody else gives nothing more', async () => {
    const { body } = await ask(server, 'GET', '/Observation?_count=1');
    const place = new URL(body.link.find(({ relation }: Json) => relation === 'next').url).searchParams.get('_page')!;
    for (const id of await see(`/Observation?_count=1&_page=${encodeURIComponent(place)}`)) expect(id).toContain(ownPatient);
  });
});

describe('issue 4, rights: history', () => {
  it('a version is judged by what was in it, beside what the resource is now', async () => {
    await put(glucose('moved', 'tran-van-ba'));
    await put(glucose('moved', ownPatient));
    expect((await ask(doctor, 'GET', '/Observation/moved')).status).toBe(200);
    expect([(await ask(doctor, 'GET', '/Observation/moved/_history/1')).status, (await ask(doctor, 'GET', '/Observation/moved/_history/2')).status]).toEqual([404, 200]);
    const { body } = await ask(doctor, 'GET', '/Observation/moved/_history');
    expect([body.total, body.entry.length]).toEqual([1, 1]);
    await ask(server, 'DELETE', '/Observation/moved');
  });

  it('what is deleted is gone for who could see it, and never was for others', async () => {
    for (const [id, of] of [['gone-own', ownPatient], ['gone-other', 'tran-van-ba']] as const) {
      await put(glucose(id, of));
      await ask(server, 'DELETE', `/Observation/${id}`);
    }
    expect([(await ask(doctor, 'GET', '/Observation/gone-own')).status, (await ask(doctor, 'GET', '/Observation/gone-other')).status]).toEqual([410, 404]);
    const { body } = await ask(doctor, 'GET', '/Observation/_history?_count=500');
    const told = new Set(body.entry.map(({ fullUrl }: Json) => fullUrl.split('/').at(-1)));
    expect([told.has('gone-own'), told.has('gone-other'), told.has('glucose-tran-van-ba')]).toEqual([true, false, false]);
    const counted = await ask(doctor, 'GET', '/Observation/_history?_summary=count');
    expect([counted.status, codeOf(counted)]).toEqual([403, 'record.history-not-counted']);
  });
});

describe('issue 4, rights: writes are judged by what is there and by what it would become', () => {
  it('a doctor writes for whom they treat', async () => {
    expect((await ask(doctor, 'POST', '/Observation', glucose('x', ownPatient))).status).toBe(201);
    const refused = await ask(doctor, 'POST', '/Observation', glucose('x', 'tran-van-ba'));
    expect([refused.status, codeOf(refused)]).toEqual([403, 'record.write-not-allowed']);
  });

  it('nothing is moved to a patient one may not write for, by PUT, PATCH or $meta-add', async () => {
    await put(glucose('mine', ownPatient));
    const moved = await ask(doctor, 'PUT', '/Observation/mine', glucose('mine', 'tran-van-ba'));
    const patched = await ask(doctor, 'PATCH', '/Observation/mine', [{ op: 'replace', path: '/subject/reference', value: 'Patient/tran-van-ba' }], { 'content-type': 'application/json-patch+json' });
    expect([moved.status, patched.status, codeOf(moved), codeOf(patched)]).toEqual([403, 403, 'record.write-not-allowed', 'record.write-not-allowed']);
    expect((await ask(doctor, 'PUT', '/Observation/mine', glucose('mine', ownPatient, { note: [{ text: 'đã xem' }] }))).status).toBe(200);
  });

  it('nobody but who sees everything creates under an id of their choice: the answer would tell what is there', async () => {
    const answers = await Promise.all(['glucose-tran-van-ba', 'never-there'].map((id) => ask(doctor, 'PUT', `/Observation/${id}`, glucose(id, ownPatient))));
    expect(answers.map((told) => [told.status, codeOf(told)])).toEqual([[404, 'record.resource-not-found'], [404, 'record.resource-not-found']]);
  });

  it('a whole Bundle is refused for one entry that may not be', async () => {
    const entry = [ownPatient, 'tran-van-ba'].map((of) => ({ resource: { ...glucose('x', of), id: undefined, note: [{ text: 'gói' }] }, request: { method: 'POST', url: 'Observation' } }));
    expect((await ask(doctor, 'POST', '/', { resourceType: 'Bundle', type: 'transaction', entry })).status).toBe(403);
    expect((await ask(server, 'GET', '/Observation?_content=gói&_summary=count')).body.total).toBe(0);
    const { body } = await ask(doctor, 'POST', '/', { resourceType: 'Bundle', type: 'batch', entry });
    expect(body.entry.map(({ response }: Json) => response.status.slice(0, 3))).toEqual(['201', '403']);
  });

  it('a guess at what is stored is judged like any other write', async () => {
    const reception = await server.as('reception');
    const { body } = await ask(server, 'GET', `/Encounter/visit-${ownPatient}`);
    expect((await ask(reception, 'PUT', `/Encounter/visit-${ownPatient}`, body)).status).toBe(200);
    const pharmacist = await server.as('pharmacist');
    const seen = (await ask(pharmacist, 'GET', `/Patient/${ownPatient}`)).body;
    const guesses = await Promise.all([seen, (await ask(server, 'GET', `/Patient/${ownPatient}`)).body].map((guess) => ask(pharmacist, 'PUT', `/Patient/${ownPatient}`, guess)));
    expect(guesses.map((told) => [told.status, codeOf(told)])).toEqual([[403, 'record.write-not-allowed'], [403, 'record.write-not-allowed']]);
    const department = (await ask(doctor, 'GET', '/Encounter/visit-le-thi-khoa')).body;
    expect((await ask(doctor, 'PUT', '/Encounter/visit-le-thi-khoa', department)).status).toBe(403);
  });

  it('definitions and subscriptions need permissions of their own', async () => {
    const answers = await Promise.all([
      ask(doctor, 'POST', '/SearchParameter', { resourceType: 'SearchParameter' }), ask(doctor, 'POST', '/Subscription', { resourceType: 'Subscription' }), ask(doctor, 'DELETE', '/Observation/mine'),
    ]);
    // what is no valid resource is said first to whoever may write the type
    for (const told of answers) expect([told.status, codeOf(told)]).toEqual([403, 'record.write-not-allowed']);
  });
});

describe('issue 4, rights: what is sensitive', () => {
  const ofDepartment = '/Observation?patient=Patient/le-thi-khoa';
  beforeEach(() => put(glucose('plain', 'le-thi-khoa')));

  it('of patients of the department one sees what is not sensitive', async () => {
    expect(await see(ofDepartment)).toEqual(['plain']);
    expect(await see('/Condition?patient=Patient/le-thi-khoa')).toEqual([]);
    expect((await ask(doctor, 'GET', '/Observation/labelled')).status).toBe(404);
  });

  it('a label put on hides at once, one taken off shows again', async () => {
    await put(glucose('plain', 'le-thi-khoa', labelled('PSY')));
    expect(await see(ofDepartment)).toEqual([]);
    await put(glucose('plain', 'le-thi-khoa'));
    expect(await see(ofDepartment)).toEqual(['plain']);
  });

  it('a famous patient: every resource about them is marked in the same commit, and freed with it', async () => {
    const khoa = { resourceType: 'Patient', id: 'le-thi-khoa', name: [{ family: 'Lê', given: ['Khoa'] }] };
    await put({ ...khoa, ...labelled('CEL') });
    expect(await see(ofDepartment)).toEqual([]);
    await put(glucose('later', 'le-thi-khoa'));
    expect(await see(ofDepartment)).toEqual([]);
    await put(khoa);
    expect(await see(ofDepartment)).toEqual(['later', 'plain']);
    await ask(server, 'DELETE', '/Observation/later');
  });

  it('a patient who says no is heard at once, and so is the withdrawal of it', async () => {
    const consent = {
      resourceType: 'Consent', id: 'no', status: 'active', scope: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/consentscope', code: 'patient-privacy' }] },
      category: [{ coding: [{ system: 'http://loinc.org', code: '59284-0' }] }], patient: { reference: 'Patient/le-thi-khoa' }, dateTime: '2026-03-01T00:00:00+07:00', policyRule: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'OPTIN' }] },
      provision: { type: 'deny', actor: [{ role: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ParticipationType', code: 'PRCP' }] }, reference: { reference: 'Practitioner/le-minh-quang' } }] },
    };
    await put(consent);
    expect(await see(ofDepartment)).toEqual([]);
    await put({ ...consent, status: 'inactive' });
    expect(await see(ofDepartment)).toEqual(['plain']);
  });
});

describe('issue 4, rights: elements that a role never sees', () => {
  const contact = { contact: [{ name: { family: 'Phạm' }, telecom: [{ system: 'phone', value: '0912345678' }] }], generalPractitioner: [{ reference: 'Practitioner/bac-si-khac' }] };
  let cashier: TestCaller;
  beforeAll(async () => {
    cashier = await server.as('cashier');
    await put({ resourceType: 'Patient', id: 'pham-van-mai', name: [{ family: 'Phạm', given: ['Mai'] }], text: { status: 'generated', div: '<div xmlns="http://www.w3.org/1999/xhtml">Phạm 0912345678</div>' }, ...contact });
    await put({ resourceType: 'Encounter', id: 'visit-mai', status: 'finished', class: { code: 'AMB' }, subject: { reference: 'Patient/pham-van-mai' }, reasonCode: [{ text: 'Khám HIV' }] });
  });

  it('are cut from every answer, with the narrative that may tell them, and the cut is told', async () => {
    const found: Json[] = [
      (await ask(cashier, 'GET', '/Patient/pham-van-mai')).body, (await ask(cashier, 'GET', '/Patient/pham-van-mai/_history/1')).body, (await ask(cashier, 'GET', '/Patient?_id=pham-van-mai')).body.entry[0].resource,
      (await ask(cashier, 'GET', '/Patient/pham-van-mai/_history')).body.entry[0].resource, (await ask(cashier, 'GET', '/Encounter?_id=visit-mai&_include=Encounter:patient')).body.entry[1].resource,
      (await ask(cashier, 'GET', '/Patient/pham-van-mai/$everything')).body.entry[0].resource,
    ];
    for (const patient of found) {
      expect(JSON.stringify(patient)).not.toMatch(/0912345678|bac-si-khac/);
      expect([patient.name[0].family, patient.meta.tag[0].code]).toEqual(['Phạm', 'SUBSETTED']);
    }
    const graph = await ask(cashier, 'GET', `/$graphql?query=${encodeURIComponent('{Patient(id:"pham-van-mai"){id contact{telecom{value}}}}')}`);
    expect(JSON.stringify(graph.body)).not.toContain('0912345678');
  });

  it('cannot be asked by: not in a search, an order, a chain, _has, _filter, an include or the full text', async () => {
    const asked = [
      '/Patient?general-practitioner=bac-si-khac', '/Patient?_sort=general-practitioner', '/Encounter?patient.general-practitioner=bac-si-khac', '/Practitioner?_has:Patient:general-practitioner:name=mai',
      `/Patient?_filter=${encodeURIComponent('general-practitioner eq "Practitioner/bac-si-khac"')}`, '/Patient?_include=Patient:general-practitioner', '/Patient?_text=0912345678', '/Patient?_content=0912345678',
      '/Encounter?reason-code:text=HIV', '/Patient?_has:Encounter:patient:reason-code:text=HIV', '/Encounter?_sort=reason-code', '/Patient?_has:Encounter:patient:_content=HIV',
    ];
    const told = await Promise.all(asked.map(async (path) => [path, codeOf(await ask(cashier, 'GET', path))]));
    expect(told.filter(([, code]) => code !== 'record.hidden-element')).toEqual([]);
  });
});
