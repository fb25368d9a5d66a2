// What ends an app that was let in offline: RFC 9700 §4.14.2, OWASP ASVS 5.0 V7.4.
import { afterAll, beforeAll, expect, it } from 'vitest';
import { resetAccount } from '../../server/src/modules/security/index.ts';
import { testServer, type TestCaller, type TestServer } from '../support/server.ts';
import { answer, authorization, exchange, fhir, post, register, TestBrowser, type Json, type Registered } from './smart-app.ts';

let server: TestServer;
let administrator: TestCaller;
let app: Registered;

beforeAll(async () => {
  server = await testServer();
  administrator = await server.as('administrator');
  await server.call('/fhir/R4/Patient/nguyen-thi-hanh', { method: 'PUT', headers: { 'content-type': 'application/fhir+json' }, body: JSON.stringify({ resourceType: 'Patient', id: 'nguyen-thi-hanh' }) });
  app = await register(administrator);
}, 60_000);
afterAll(() => server?.close());

async function letIn(browser: TestBrowser): Promise<Json> {
  const scope = 'openid launch/patient patient/Patient.rs offline_access';
  const asked = authorization(server, app.id, { scope });
  const back = await answer(browser, asked, { allow: true, patientId: 'nguyen-thi-hanh', scopes: scope.split(' ') });
  const { body } = await exchange(server, app, asked, back);
  expect((await fhir(server, body['access_token'], 'Patient/nguyen-thi-hanh')).status).toBe(200);
  return body;
}

async function signedIn(): Promise<TestBrowser> {
  return new TestBrowser(server.base, (await server.as('patient')).token);
}

async function expectDead(token: Json): Promise<void> {
  expect((await fhir(server, token['access_token'], 'Patient/nguyen-thi-hanh')).status).toBe(401);
  expect((await post(server, 'token', { grant_type: 'refresh_token', refresh_token: token['refresh_token'] }, app)).body['error']).toBe('invalid_grant');
}

const patch = (body: object) => ({ method: 'PATCH', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
const accountId = async () => ((await (await administrator.call('/api/accounts?q=nguoibenh')).json()) as Json)['accounts'][0].id as string;

it('signing out everywhere ends it: a thief may have let in an app of their own', async () => {
  const browser = await signedIn();
  const token = await letIn(browser);
  await browser.go('/api/my/sessions', { method: 'DELETE' });
  await expectDead(token);
});

it('ending all other sessions ends those let in there, not one’s own', async () => {
  const [own, other] = [await signedIn(), await signedIn()];
  const [kept, gone] = [await letIn(own), await letIn(other)];
  await own.go('/api/my/sessions?others=true', { method: 'DELETE' });
  await expectDead(gone);
  expect((await post(server, 'token', { grant_type: 'refresh_token', refresh_token: kept['refresh_token'] }, app)).status).toBe(200);
});

it('a reset account has let in nobody', async () => {
  const token = await letIn(await signedIn());
  await resetAccount(server.db.work(), { id: await accountId() }, false);
  await expectDead(token);
});

it('nor does an account that was disabled and enabled again', async () => {
  const token = await letIn(await signedIn());
  const id = await accountId();
  for (const disabled of [true, false]) await administrator.call(`/api/accounts/${id}`, patch({ disabled }));
  await expectDead(token);
});

it('a session that was left to end for want of use takes its apps with it', async () => {
  const browser = await signedIn();
  const asked = authorization(server, app.id, { scope: 'launch/patient patient/Patient.rs online_access' });
  const back = await answer(browser, asked, { allow: true, patientId: 'nguyen-thi-hanh' });
  const { body } = await exchange(server, app, asked, back);
  await server.db.database.query({ text: "UPDATE security.session SET idle_minutes = 30, last_used_at = last_used_at - interval '31 minutes'" });
  expect((await post(server, 'token', { grant_type: 'refresh_token', refresh_token: body['refresh_token'] }, app)).body['error']).toBe('invalid_grant');
});
