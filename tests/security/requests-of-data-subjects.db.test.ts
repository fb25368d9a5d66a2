// Rights of the data subject (Law 91/2025/QH15, Decree 356/2025): each request with its days, carried out for real.
import { unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tellDueRequests } from '../../server/src/modules/security/requests/tell-due-requests.ts';
import { testServer, type TestCaller, type TestServer } from '../support/server.ts';

const day = 86_400_000;
const patientId = 'nguyen-thi-hanh';
let server: TestServer;
let mrsHanh: TestCaller;
let desk: TestCaller;

beforeAll(async () => {
  // A Thursday: two working days later is Monday.
  server = await testServer({ startMs: Date.parse('2026-03-05T09:00:00+07:00') });
  const subject = { reference: `Patient/${patientId}` };
  await put('Patient', patientId, { name: [{ text: 'Nguyễn Thị Hạnh' }], birthDate: '1968-03-14' });
  await put('Practitioner', 'le-minh-quang', { name: [{ text: 'BS. Lê Minh Quang' }] });
  await put('Observation', 'creatinin', { status: 'final', code: { text: 'Creatinin' }, subject, valueQuantity: { value: 88, unit: 'µmol/L' }, effectiveDateTime: '2026-03-01' });
  await put('Observation', 'sinh-thiet', { status: 'final', code: { text: 'Sinh thiết' }, subject, meta: { security: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'TBOO', display: 'taboo' }] } });
  [mrsHanh, desk] = [await server.as('patient'), await server.as('records')];
});
afterAll(() => server.close());

async function put(type: string, id: string, resource: object): Promise<void> {
  const stored = await server.call(`/fhir/R4/${type}/${id}`, { method: 'PUT', headers: { 'content-type': 'application/fhir+json' }, body: JSON.stringify({ resourceType: type, id, ...resource }) });
  expect(stored.status, await stored.clone().text()).toBe(201);
}

interface Shown { id: string; number: string; state: string; answerDue: string; workDue: string; daysLeft?: number; copyUntil?: string; code?: string; steps: { step: string; by: string }[] }
const json = (body: object): RequestInit => ({ method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
const body = async (response: Response) => (await response.json()) as Shown & { requests: Shown[] };
const ask = async (kind: string, details = '') => body(await mrsHanh.call('/api/my/requests', json({ patientId, kind, details })));
const step = async (id: string, more: object) => body(await desk.call(`/api/requests/${id}/steps`, json(more)));

describe('Law 91/2025/QH15: the days of a request are working days', () => {
  it('answers within 2, shows and corrects within 10, withdraws within 15, deletes within 20, without weekends', async () => {
    const [copy, withdraw, erase] = [await ask('copy'), await ask('withdraw'), await ask('delete')];
    expect([copy.answerDue, copy.workDue, copy.daysLeft]).toEqual(['2026-03-09', '2026-03-19', 2]);
    expect([withdraw.workDue, erase.workDue]).toEqual(['2026-03-26', '2026-04-02']);
    expect(copy.number).toMatch(/^YC-2026-\d{6}$/);
    for (const { id } of [copy, withdraw, erase]) expect((await mrsHanh.call(`/api/my/requests/${id}`, { method: 'DELETE' })).status).toBe(204);
  });

  it('leaves out the holidays of the table', async () => {
    await server.db.database.query({ text: `INSERT INTO security.calendar_day VALUES ('2026-03-06', false, 'nghỉ bù')` });
    const { id, answerDue } = await ask('see');
    expect(answerDue).toBe('2026-03-10');
    await mrsHanh.call(`/api/my/requests/${id}`, { method: 'DELETE' });
    await server.db.database.query({ text: `DELETE FROM security.calendar_day WHERE day = '2026-03-06'` });
  });

  it('counts what is late, and reminds once a day', async () => {
    const { id } = await ask('see');
    server.db.clock.advance(5 * day);
    [mrsHanh, desk] = [await server.as('patient'), await server.as('records')];
    const [first] = (await body(await desk.call('/api/requests?state=open'))).requests;
    expect(first).toMatchObject({ id, daysLeft: -1 });
    expect((await (await desk.call('/api/attention')).json() as { items: object[] }).items).toContainEqual({ what: 'requests', waiting: 1, overdue: 1 });
    await tellDueRequests(server.db.work());
    await tellDueRequests(server.db.work());
    expect(server.db.told.filter((name) => name === 'security.request-due')).toHaveLength(1);
    await step(id, { step: 'refuse', reason: 'no-basis', reply: 'Bà đã xem được trong ứng dụng.' });
  });
});

describe('a copy of the record', () => {
  it('is given once, within its days, to its patient alone: readable, and as FHIR; what a doctor must tell first is left out', async () => {
    const { id } = await ask('copy');
    expect((await mrsHanh.call(`/api/my/requests/${id}/copy`, { method: 'POST' })).status).toBe(410);
    await step(id, { step: 'answer', reply: 'Bệnh viện đã nhận yêu cầu.' });
    await step(id, { step: 'begin' });
    expect(await step(id, { step: 'finish', reply: 'Bản sao đã sẵn sàng.' })).toMatchObject({ state: 'done' });
    expect((await (await server.as('relative')).call(`/api/my/requests/${id}/copy`, { method: 'POST' })).status).toBe(404);
    const fetched = await mrsHanh.call(`/api/my/requests/${id}/copy`, { method: 'POST' });
    expect([fetched.status, fetched.headers.get('content-type')]).toEqual([200, 'application/zip']);
    const files = unzipSync(new Uint8Array(await fetched.arrayBuffer()));
    const page = Buffer.from(files['doc-toi.html']!).toString();
    expect(page).toContain('Creatinin');
    expect(page).toContain('88 µmol/L');
    expect(page).not.toContain('Sinh thiết');
    expect(page).toContain('1 mục chưa có');
    expect(Buffer.from(files['du-lieu/Observation.ndjson']!).toString().trim().split('\n').map((line) => (JSON.parse(line) as { id: string }).id)).toEqual(['creatinin']);
    expect((await mrsHanh.call(`/api/my/requests/${id}/copy`, { method: 'POST' })).status).toBe(410);
  });

  it('expires', async () => {
    const { id } = await ask('copy');
    await step(id, { step: 'begin' });
    await step(id, { step: 'finish', reply: 'Bản sao đã sẵn sàng.' });
    server.db.clock.advance(8 * day);
    [mrsHanh, desk] = [await server.as('patient'), await server.as('records')];
    expect((await mrsHanh.call(`/api/my/requests/${id}/copy`, { method: 'POST' })).status).toBe(410);
  });
});

describe('what a request does', () => {
  it('sends a correction to the records office as a Task of the record', async () => {
    const { id } = await ask('correct', 'Tôi không dị ứng tôm.');
    await step(id, { step: 'begin' });
    const { entry = [] } = (await (await desk.call(`/fhir/R4/Task?patient=${patientId}`)).json()) as { entry?: { resource: object }[] };
    expect(entry[0]?.resource).toMatchObject({ status: 'requested', intent: 'proposal', description: 'Tôi không dị ứng tôm.' });
    await step(id, { step: 'finish', reply: 'Đã ghi chú đính chính.' });
  });

  it('restricts by a Consent that is enforced', async () => {
    const { id } = await ask('restrict', 'Không cho khoa khác xem.');
    await step(id, { step: 'begin' });
    expect((await step(id, { step: 'finish', reply: 'Đã hạn chế.' })).code).toBe('security.request-result');
    const restriction = { recipient: { kind: 'person', reference: 'Practitioner/le-minh-quang' }, category: 'laboratory' };
    expect(await step(id, { step: 'finish', reply: 'Đã hạn chế.', restriction })).toMatchObject({ state: 'done' });
    const { people } = (await (await mrsHanh.call('/api/my/consents')).json()) as { people: { consents: { id: string; active: boolean; effect: string }[] }[] };
    expect(people[0]?.consents).toMatchObject([{ effect: 'restrict', active: true, recipients: [{ name: 'BS. Lê Minh Quang' }], categories: ['laboratory'] }]);
    const withdrawal = await ask('withdraw');
    await step(withdrawal.id, { step: 'begin' });
    expect(await step(withdrawal.id, { step: 'finish', reply: 'Đã rút lại.', consents: [people[0]!.consents[0]!.id] })).toMatchObject({ state: 'done' });
  });

  it('refuses deletion only with a reason in law and words to the person', async () => {
    const { id } = await ask('delete');
    expect((await step(id, { step: 'refuse', reply: 'Không xóa được.' })).code).toBe('security.request-reason');
    expect((await step(id, { step: 'refuse', reason: 'retention' })).code).toBe('security.request-reply');
    expect(await step(id, { step: 'refuse', reason: 'retention', reply: 'Hồ sơ bệnh án phải lưu trữ theo luật.' })).toMatchObject({ state: 'refused' });
    expect((await step(id, { step: 'begin' })).code).toBe('security.request-step');
  });

  it('is not begun for somebody who was not recognised', async () => {
    const { id } = await body(await desk.call('/api/requests', json({ patientId, kind: 'see', details: '', channel: 'letter' })));
    expect((await step(id, { step: 'begin' })).code).toBe('security.request-identity');
    await step(id, { step: 'identify', identity: 'identity-card' });
    expect(await step(id, { step: 'begin' })).toMatchObject({ state: 'in-work', steps: [{ step: 'receive' }, { step: 'identify' }, { step: 'begin', by: 'Vũ Đức Thịnh' }] });
  });

  it('is nobody else’s to see or to make', async () => {
    const relative = await server.as('relative');
    expect((await relative.call('/api/my/requests', json({ patientId, kind: 'copy', details: '' }))).status).toBe(404);
    expect((await body(await relative.call('/api/my/requests'))).requests).toEqual([]);
    expect((await (await server.as('doctor')).call('/api/requests?state=open')).status).toBe(403);
  });
});

describe('the register of breaches: 72 hours', () => {
  it('runs a clock from the finding, and is closed only after the authority was told, with the number of the notice', async () => {
    const officer = await server.as('privacy');
    const found = new Date(server.db.clock() - 3_600_000);
    const breach = (await (await officer.call('/api/breaches', json({ foundAt: found.toISOString(), what: 'Gửi nhầm kết quả cho người khác.', dataKinds: 'kết quả xét nghiệm', people: 1, measures: 'Đã thu hồi.' }))).json()) as { id: string; noticeDue: string };
    expect(Date.parse(breach.noticeDue) - found.getTime()).toBe(72 * 3_600_000);
    expect((await desk.call('/api/breaches')).status).toBe(403);
    const change = async (more: object) => (await (await officer.call(`/api/breaches/${breach.id}`, json(more))).json()) as object;
    expect(await change({ step: 'closed' })).toMatchObject({ code: 'security.breach-open' });
    expect(await change({ step: 'notified' })).toMatchObject({ code: 'security.breach-notice' });
    expect(await change({ step: 'notified', noticeNumber: '12/TB-BV' })).toMatchObject({ noticeNumber: '12/TB-BV' });
    expect(await change({ step: 'closed' })).toHaveProperty('closedAt');
  });
});
