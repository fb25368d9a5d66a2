// Attacks on what the record answers, each by somebody who may see a part: what the rest says is told by no include, no native form, no order of one's own.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Json } from '../conformance/client.ts';
import { testServer, type TestCaller, type TestServer } from '../support/server.ts';
import { ownPatient, twins } from './record-worlds.ts';

let server: TestServer;
let cashier: TestCaller;
let doctor: TestCaller;
let records: TestCaller;
const world = twins[0]!;
const labelled = (code: string): object => ({ meta: { security: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code }] } });

interface Told {
  readonly status: number;
  readonly text: string;
  readonly body: Json;
}

async function ask(caller: Pick<TestCaller, 'call'>, method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Told> {
  const answer = await caller.call(path.startsWith('/api') ? path : `/fhir/R4${path}`, {
    method, headers: { ...(body === undefined ? {} : { 'content-type': 'application/fhir+json' }), ...headers }, ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  return { status: answer.status, text, body: text.startsWith('{') ? JSON.parse(text) : text };
}
async function put(resource: Json): Promise<void> {
  const told = await ask(server, 'PUT', `/${resource.resourceType}/${resource.id}`, resource);
  if (told.status > 201) throw new Error(told.text);
}
const names = ({ body }: Told): string[] => (body.entry ?? []).map(({ resource }: Json) => `${resource.resourceType}/${resource.id}`).sort();
const see = async (path: string, caller: Pick<TestCaller, 'call'>): Promise<string[]> => names(await ask(caller, 'GET', path));
const codeOf = ({ body }: Told): string | undefined => body.code ?? body.issue?.[0]?.details?.coding?.[0]?.code;

beforeAll(async () => {
  server = await testServer({ env: { SEN_PROFILES: 'off' } });
  for (const resource of [...world.shared, ...world.hidden]) await put(resource);
  [cashier, doctor, records] = [await server.as('cashier'), await server.as('doctor'), await server.as('records')];
}, 60_000);
afterAll(() => server?.close());

describe('issue 4, rights: elements that a role never sees are not told by what they lead to', () => {
  beforeAll(async () => {
    await put({ resourceType: 'Practitioner', id: 'bac-si-rieng', name: [{ family: 'Vũ' }] });
    await put({ resourceType: 'Patient', id: 'pham-thi-kin', name: [{ family: 'Phạm', given: ['Kín'] }], generalPractitioner: [{ reference: 'Practitioner/bac-si-rieng' }] });
    await put({ ...world.hidden.find(({ resourceType }) => resourceType === 'Claim')!, id: 'claim-kin', patient: { reference: 'Patient/pham-thi-kin' } });
  });

  it.each([
    '/Practitioner?_id=bac-si-rieng&_revinclude=*', '/Practitioner?_id=bac-si-rieng&_revinclude=Patient:*', '/Practitioner?_id=bac-si-rieng&_revinclude=Patient:general-practitioner',
    '/Practitioner?_id=bac-si-rieng&_revinclude:iterate=*', '/Practitioner/bac-si-rieng/Patient', '/Practitioner/bac-si-rieng/*',
    `/$graphql?query=${encodeURIComponent('{Practitioner(id:"bac-si-rieng"){PatientList(_reference:"general-practitioner"){id}}}')}`,
    `/$graphql?query=${encodeURIComponent('{PatientList(general_practitioner:"bac-si-rieng"){id}}')}`,
  ])('a patient is not found by their doctor: %s', async (path) => {
    expect((await ask(cashier, 'GET', path)).text).not.toContain('pham-thi-kin');
  });

  it.each(['/Patient?_id=pham-thi-kin&_include=Patient:*', '/Patient?_id=pham-thi-kin&_include=*', '/Claim?_id=claim-kin&_include=Claim:patient&_include:iterate=Patient:*', '/Patient/pham-thi-kin/$everything'])('nor the doctor by the patient: %s', async (path) => {
    expect((await ask(cashier, 'GET', path)).text).not.toContain('bac-si-rieng');
  });
});

describe('issue 4, rights: elements that a role never sees are asked by nowhere', () => {
  const gp = 'general-practitioner=bac-si-khac';
  it.each([
    '/Patient?_sort=family,general-practitioner', '/Patient?_sort=-general-practitioner,_id', `/Claim?patient:Patient.${gp}`, `/Claim?patient.${gp}`, '/Claim?patient.general-practitioner.name=x', '/Patient?general-practitioner.name=x',
    '/Patient?general-practitioner:missing=true', '/Patient?general-practitioner:identifier=x|y', '/Claim?encounter.reason-code=x', '/Claim?patient._has:Encounter:patient:reason-code:text=HIV', '/Patient?_has:Encounter:patient:reason-code:missing=false',
    `/Claim?_filter=${encodeURIComponent('patient.general-practitioner eq Practitioner/bac-si-khac')}`, `/Claim?_filter=${encodeURIComponent('patient[general-practitioner eq Practitioner/bac-si-khac]')}`, '/?_type=Patient&_content=x', '/Encounter?_type=Encounter&type=x',
    `/Patient?${gp}&_summary=count`, `/Patient?${gp}&_total=accurate&_count=0`, `/Patient?_id=tran-van-ba&${gp}`, `/Patient/tran-van-ba/Encounter?reason-code:text=x`, '/Encounter?diagnosis.code=B20', '/Practitioner?email=x', '/Claim?care-team.birthdate=x', '/PractitionerRole?practitioner.phone=x',
  ])('%s', async (path) => {
    const { status, body } = await ask(cashier, 'GET', path);
    expect([status >= 400, body.entry, body.total]).toEqual([true, undefined, undefined]);
  });

  it('not in a condition of a write, nor in an export', async () => {
    const invoice = { resourceType: 'Invoice', status: 'draft' };
    const asked = [
      await ask(cashier, 'POST', '/Invoice', invoice, { 'if-none-exist': `subject:Patient.${gp}` }), await ask(cashier, 'PUT', `/Invoice?subject:Patient.${gp}`, invoice),
      await ask(cashier, 'POST', '/', { resourceType: 'Bundle', type: 'transaction', entry: [{ request: { method: 'POST', url: 'Invoice' }, resource: { ...invoice, subject: { reference: `Patient?${gp}` } } }] }),
      await ask(cashier, 'GET', `/$export?_typeFilter=${encodeURIComponent(`Patient?${gp}`)}`, undefined, { prefer: 'respond-async' }),
    ];
    expect(asked.map(({ status }) => status)).toEqual([403, 403, 403, 403]);
  });

  it('and shown in no shape', async () => {
    for (const path of ['/Patient/tran-van-ba?_elements=generalPractitioner', '/Patient/tran-van-ba?_summary=data', '/Patient?_id=tran-van-ba&_elements=generalPractitioner,name', '/Patient/tran-van-ba/_history/1?_elements=generalPractitioner', '/Patient/tran-van-ba/_history?_elements=generalPractitioner', '/_history?_elements=generalPractitioner&_count=500',
      `/$graphql?query=${encodeURIComponent('{Patient(id:"tran-van-ba"){generalPractitioner(fhirpath:"true"){reference}}}')}`, `/Patient/tran-van-ba/$graphql?query=${encodeURIComponent('{...f} fragment f on Patient {g: generalPractitioner {reference resource {... on Practitioner {id}}}}')}`]) {
      expect((await ask(cashier, 'GET', path)).text, path).not.toContain('bac-si-khac"}]');
    }
  });
});

describe('issue 4, rights: a Binary (R4 binary.html §2.42.3)', () => {
  it('of a document that is not shown is in no search, include, history or export of whoever sees Binaries', async () => {
    await put({ resourceType: 'DocumentReference', id: 'hiv-letter', ...labelled('HIV'), status: 'current', subject: { reference: `Patient/${ownPatient}` }, content: [{ attachment: { contentType: 'text/plain', url: 'Binary/hiv-paper' } }] });
    await put({ resourceType: 'Binary', id: 'hiv-paper', contentType: 'text/plain', securityContext: { reference: 'DocumentReference/hiv-letter' }, data: Buffer.from('x').toString('base64') });
    const asked = ['/Binary/hiv-paper', '/Binary?_id=hiv-paper', '/Binary', '/Binary/hiv-paper/_history', '/Binary/hiv-paper/_history/1', '/Binary/_history', '/_history?_count=500', '/?_type=Binary',
      `/$graphql?query=${encodeURIComponent('{BinaryList(_id:"hiv-paper"){id data}}')}`, `/$graphql?query=${encodeURIComponent('{Binary(id:"hiv-paper"){id data}}')}`];
    const told = await Promise.all(asked.map(async (path) => [path, (await ask(records, 'GET', path)).text.includes('"id":"hiv-paper"') || (await ask(records, 'GET', path)).text.includes('eA==')]));
    expect(told.filter(([, found]) => found)).toEqual([]);
  });

  it('of a document that is shown is read, in its versions too', async () => {
    expect((await ask(records, 'GET', `/Binary/paper-${ownPatient}`)).status).toBe(200);
    expect((await ask(doctor, 'GET', `/Binary/paper-${ownPatient}/_history/1`)).status).toBe(200);
  });
});

describe('issue 4, rights: nobody makes themselves one who treats', () => {
  const order = (more: object): Json => ({ resourceType: 'ServiceRequest', status: 'active', intent: 'order', code: { text: 'x' }, subject: { reference: 'Patient/le-thi-khoa' }, ...more });
  const me = { reference: 'Practitioner/le-minh-quang' };
  it.each([['who asks: written, and nothing more is seen', { requester: me }, 201], ['who is to do it', { performer: [me] }, 403], ['one’s own room', { locationReference: [{ reference: 'Location/sen-hong-205' }] }, 403]])('by an order for a patient of the department: %s', async (_name, more, status) => {
    expect(await see('/Condition?patient=Patient/le-thi-khoa', doctor)).toEqual([]);
    const told = await ask(doctor, 'POST', '/ServiceRequest', order(more));
    expect([told.status, await see('/Condition?patient=Patient/le-thi-khoa', doctor)]).toEqual([status, []]);
  });

  it('but orders for whom they treat as they like', async () => {
    const told = await ask(doctor, 'POST', '/ServiceRequest', order({ subject: { reference: `Patient/${ownPatient}` }, requester: me, performer: [me] }));
    expect(told.status).toBe(201);
  });
});

describe('issue 4, rights: a subscription is told to who asked for it', () => {
  const topic = 'https://sen.vn/fhir/SubscriptionTopic/observation-final';
  let id: string;
  beforeAll(async () => {
    const told = await ask(server, 'POST', '/Subscription', {
      resourceType: 'Subscription', status: 'requested', reason: 'x', criteria: topic,
      channel: { type: 'websocket', payload: 'application/fhir+json', _payload: { extension: [{ url: 'http://hl7.org/fhir/uv/subscriptions-backport/StructureDefinition/backport-payload-content', valueCode: 'full-resource' }] } },
    });
    if (told.status !== 201) throw new Error(told.text);
    id = told.body.id;
  });

  it('a line with the rights of another is opened to nobody, the administrator too', async () => {
    const administrator = await server.as('administrator');
    const answers = [await ask(administrator, 'GET', `/Subscription/${id}/$get-ws-binding-token`), await ask(administrator, 'GET', `/Subscription/$get-ws-binding-token?id=${id}`), await ask(administrator, 'GET', '/Subscription/nobody/$get-ws-binding-token')];
    expect(answers.map((told) => [told.status, codeOf(told)])).toEqual(answers.map(() => [404, 'subscriptions.unknown-subscription']));
    expect((await ask(server, 'GET', `/Subscription/${id}/$get-ws-binding-token`)).status).toBe(200);
  });

  it('and its events name to another what they may see', async () => {
    await put({ resourceType: 'Observation', id: 'told', status: 'final', category: world.hidden.find(({ resourceType }) => resourceType === 'Observation')!.category, code: { text: 'x' }, subject: { reference: 'Patient/tran-van-ba' } });
    await expect.poll(async () => (await ask(server, 'GET', `/Subscription/${id}/$events`)).text, { timeout: 15_000, interval: 50 }).toContain('Observation/told');
    expect((await ask(await server.as('administrator'), 'GET', `/Subscription/${id}/$events`)).text).not.toContain('Observation/told');
  });
});

describe('issue 4, rights: what is one’s own is written about oneself', () => {
  const answers = (more: object): Json => ({ resourceType: 'QuestionnaireResponse', status: 'completed', author: { reference: `Patient/${ownPatient}` }, ...more });
  it('nobody writes into the record of another by being the author', async () => {
    const patient = await server.as('patient');
    const told = [await ask(patient, 'POST', '/QuestionnaireResponse', answers({ subject: { reference: 'Patient/tran-van-ba' } })), await ask(patient, 'POST', '/QuestionnaireResponse', answers({ subject: { reference: `Patient/${ownPatient}` } }))];
    expect(told.map(({ status }) => status)).toEqual([403, 201]);
  });

  it('nor by an appointment that names a patient of one’s own beside another', async () => {
    const participant = ['Patient/' + ownPatient, 'Patient/le-thi-khoa', 'Practitioner/le-minh-quang'].map((reference) => ({ actor: { reference }, status: 'accepted' }));
    const told = await ask(doctor, 'POST', '/Appointment', { resourceType: 'Appointment', status: 'booked', start: new Date().toISOString(), end: new Date().toISOString(), participant });
    expect([told.status, await see('/Condition?patient=Patient/le-thi-khoa', doctor)]).toEqual([403, []]);
  });
});
