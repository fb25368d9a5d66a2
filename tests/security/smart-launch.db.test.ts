// SMART App Launch 2.2.0 over the wire: what an app is told, asks, is granted, and can then do.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createRemoteJWKSet, jwtVerify } from 'jose';
import { testServer, type TestCaller, type TestServer } from '../support/server.ts';
import { answer, authorization, exchange, fhir, post, redirectUri, register, TestBrowser, type Json, type Registered } from './smart-app.ts';

let server: TestServer;
let administrator: TestCaller;
let patient: TestCaller;
let app: Registered;

beforeAll(async () => {
  server = await testServer();
  administrator = await server.as('administrator');
  patient = await server.as('patient');
  for (const [id, family] of [['nguyen-thi-hanh', 'Nguyễn'], ['tran-van-phuc', 'Trần']]) {
    await server.call(`/fhir/R4/Patient/${id}`, { method: 'PUT', headers: { 'content-type': 'application/fhir+json' }, body: JSON.stringify({ resourceType: 'Patient', id, name: [{ family, text: family }] }) });
    const observation = { resourceType: 'Observation', id: `mach-${id}`, status: 'final', code: { coding: [{ system: 'http://loinc.org', code: '8867-4' }] }, subject: { reference: `Patient/${id}` } };
    await server.call(`/fhir/R4/Observation/mach-${id}`, { method: 'PUT', headers: { 'content-type': 'application/fhir+json' }, body: JSON.stringify(observation) });
  }
  app = await register(administrator);
}, 60_000);
afterAll(() => server.close());

async function granted(scope: string, decision: Json = {}): Promise<Json> {
  const browser = new TestBrowser(server.base, patient.token);
  const asked = authorization(server, app.id, { scope });
  const back = await answer(browser, asked, { allow: true, patientId: 'nguyen-thi-hanh', ...decision });
  const { status, body } = await exchange(server, app, asked, back);
  expect({ status, back: back.href.split('?')[0] }).toEqual({ status: 200, back: redirectUri });
  return body;
}

describe('SMART App Launch 2.2.0, .well-known/smart-configuration', () => {
  it('is told to anybody, to any site, and names only what answers', async () => {
    const told = await fetch(`${server.base}/fhir/R4/.well-known/smart-configuration`);
    expect([told.status, told.headers.get('content-type'), told.headers.get('access-control-allow-origin')]).toEqual([200, 'application/json; charset=utf-8', '*']);
    const configuration = (await told.json()) as Json;
    expect(configuration.code_challenge_methods_supported).toEqual(['S256']);
    for (const name of ['issuer', 'jwks_uri', 'authorization_endpoint', 'token_endpoint', 'introspection_endpoint', 'revocation_endpoint', 'registration_endpoint', 'grant_types_supported', 'capabilities']) expect(configuration[name], name).toBeDefined();
    const discovery = (await (await fetch(`${configuration.issuer}/.well-known/openid-configuration`)).json()) as Json;
    expect([discovery.issuer, discovery.token_endpoint, discovery.authorization_endpoint]).toEqual([configuration.issuer, configuration.token_endpoint, configuration.authorization_endpoint]);
    for (const endpoint of ['token_endpoint', 'introspection_endpoint', 'revocation_endpoint', 'registration_endpoint']) {
      expect((await fetch(configuration[endpoint], { method: 'POST' })).status, endpoint).toBeGreaterThanOrEqual(400);
      expect((await fetch(configuration[endpoint], { method: 'POST' })).status, endpoint).toBeLessThan(404);
    }
  });

  it('stands in the CapabilityStatement too (oauth-uris)', async () => {
    const statement = (await (await fetch(`${server.base}/fhir/R4/metadata`)).json()) as Json;
    const { security } = statement.rest[0];
    expect(security.service[0].coding[0].code).toBe('SMART-on-FHIR');
    expect(security.extension[0].extension.find(({ url }: Json) => url === 'token').valueUri).toBe(`${server.base}/oidc/token`);
  });
});

describe('SMART App Launch 2.2.0, standalone launch', () => {
  it('gives a patient’s app the patient, the scopes, and an id token that names who it is', async () => {
    const token = await granted('openid fhirUser launch/patient patient/*.rs');
    expect(token).toMatchObject({ token_type: 'Bearer', expires_in: 3600, patient: 'nguyen-thi-hanh', need_patient_banner: true });
    expect(token.scope.split(' ').sort()).toEqual(['fhirUser', 'launch/patient', 'openid', 'patient/*.rs']);
    expect(token.refresh_token).toBeUndefined();
    const { payload, protectedHeader } = await jwtVerify(token.id_token, createRemoteJWKSet(new URL(`${server.base}/oidc/jwks`)), { issuer: `${server.base}/oidc`, audience: app.id });
    expect([protectedHeader.alg, payload['fhirUser']]).toEqual(['RS256', `${server.base}/fhir/R4/Patient/nguyen-thi-hanh`]);
  });

  it('opens the FHIR API as far as the scopes go, and nothing else of the house', async () => {
    const { access_token: token } = await granted('launch/patient patient/Observation.rs');
    expect((await fhir(server, token, 'Observation/mach-nguyen-thi-hanh')).status).toBe(200);
    expect((await fhir(server, token, 'Observation/mach-tran-van-phuc')).status).toBe(404);
    expect((await fhir(server, token, 'Patient/nguyen-thi-hanh')).status).toBeGreaterThanOrEqual(403);
    for (const path of ['/api/session', '/api/my/apps', '/api/apps', '/api/policy']) expect((await fetch(`${server.base}${path}`, { headers: { authorization: `Bearer ${token}` } })).status, path).toBeGreaterThanOrEqual(403);
  });

  it('grants in part: what the person leaves out the token does not have', async () => {
    const token = await granted('launch/patient patient/Observation.rs patient/Patient.r', { scopes: ['patient/Patient.r'] });
    expect(token.scope.split(' ').sort()).toEqual(['launch/patient', 'patient/Patient.r']);
    expect((await fhir(server, token.access_token, 'Patient/nguyen-thi-hanh')).status).toBe(200);
    expect((await fhir(server, token.access_token, 'Observation/mach-nguyen-thi-hanh')).status).not.toBe(200);
  });

  it('tells a refusal to the app, with the state', async () => {
    const asked = authorization(server, app.id);
    const back = await answer(new TestBrowser(server.base, patient.token), asked, { allow: false });
    expect([back.origin + back.pathname, back.searchParams.get('error'), back.searchParams.get('state'), back.searchParams.get('iss')]).toEqual([redirectUri, 'access_denied', asked.state, `${server.base}/oidc`]);
  });

  it('takes the request as a form too (authorize-post)', async () => {
    const browser = new TestBrowser(server.base, patient.token);
    const asked = authorization(server, app.id);
    const posted = await browser.go('/oidc/authorize', { method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: asked.url.split('?')[1]! });
    expect([posted.status, /^\/authorize\/[\w-]+$/.test(posted.headers.get('location') ?? '')]).toEqual([303, true]);
  });

  it('asks one who has not signed in first, and leaves no provider session in the browser', async () => {
    const browser = new TestBrowser(server.base);
    const question = await browser.go(authorization(server, app.id).url);
    expect(question.headers.get('location')).toMatch(/^\/authorize\/[\w-]+$/);
    const id = question.headers.get('location')!.split('/').at(-1)!;
    expect((await browser.go(`/api/app-requests/${id}`)).status).toBe(401);
    expect(browser.names().sort()).toEqual(['sen_app_request', 'sen_app_request.sig', 'sen_app_resume', 'sen_app_resume.sig']);
  });

  it('remembers the answer for the same scopes', async () => {
    const other = await register(administrator, { name: 'Nhắc thuốc', scopes: ['openid', 'user/Observation.rs'] });
    const browser = new TestBrowser(server.base, patient.token);
    const ask = async () => {
      const asked = authorization(server, other.id, { scope: 'openid user/Observation.rs' });
      const id = (await browser.go(asked.url)).headers.get('location')!.split('/').at(-1)!;
      return (await (await browser.go(`/api/app-requests/${id}`)).json()) as Json;
    };
    expect(await ask()).toMatchObject({ allowedBefore: false, choose: 'nobody', app: { name: 'Nhắc thuốc', site: 'app.example.vn' } });
    await answer(browser, authorization(server, other.id, { scope: 'openid user/Observation.rs' }), { allow: true });
    expect((await ask()).allowedBefore).toBe(true);
  });
});

describe('SMART App Launch 2.2.0, EHR launch', () => {
  it('gives the app the patient and the encounter that the chart had in view', async () => {
    const doctor = await server.as('doctor');
    const chartApp = await register(administrator, { name: 'Tương tác thuốc', launchUri: 'https://app.example.vn/launch', scopes: ['openid', 'fhirUser', 'launch', 'patient/*.rs'] });
    expect(await (await doctor.call('/api/launchable-apps')).json()).toEqual({ apps: [{ id: chartApp.id, name: 'Tương tác thuốc' }] });
    const opened = await doctor.call('/api/launches', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ appId: chartApp.id, patientId: 'nguyen-thi-hanh', encounterId: 'kham-1' }) });
    const url = new URL(((await opened.json()) as Json).url);
    expect([url.origin + url.pathname, url.searchParams.get('iss')]).toEqual(['https://app.example.vn/launch', `${server.base}/fhir/R4`]);
    const asked = authorization(server, chartApp.id, { scope: 'launch openid fhirUser patient/*.rs', launch: url.searchParams.get('launch') });
    const back = await answer(new TestBrowser(server.base, doctor.token), asked, { allow: true });
    const { body } = await exchange(server, chartApp, asked, back);
    expect(body).toMatchObject({ patient: 'nguyen-thi-hanh', encounter: 'kham-1', need_patient_banner: true });
    const again = authorization(server, chartApp.id, { scope: 'launch openid patient/*.rs', launch: url.searchParams.get('launch') });
    await expect(answer(new TestBrowser(server.base, doctor.token), again, { allow: true })).rejects.toThrow('security.app-launch');
  });
});

describe('refresh, introspection and revocation', () => {
  it('renews with rotation, keeps the context, and lets a narrower scope be asked (RFC 6749 §6)', async () => {
    const first = await granted('openid launch/patient patient/Observation.rs patient/Patient.r offline_access');
    const renewed = await post(server, 'token', { grant_type: 'refresh_token', refresh_token: first.refresh_token, scope: 'patient/Patient.r' }, app);
    expect(renewed).toMatchObject({ status: 200, body: { patient: 'nguyen-thi-hanh', scope: 'patient/Patient.r' } });
    expect(renewed.body.refresh_token).not.toBe(first.refresh_token);
  });

  it('§2.0.13: takes the refresh token alone from a public app, and not from one with a secret', async () => {
    const first = await granted('openid launch/patient patient/Patient.r offline_access');
    const renewed = await post(server, 'token', { grant_type: 'refresh_token', refresh_token: first.refresh_token });
    expect(renewed.status).toBe(200);
    const confidential = await register(administrator, { authentication: 'secret' });
    const asked = authorization(server, confidential.id, { scope: 'launch/patient patient/Patient.r offline_access' });
    const back = await answer(new TestBrowser(server.base, patient.token), asked, { allow: true, patientId: 'nguyen-thi-hanh', scopes: ['patient/Patient.r', 'offline_access'] });
    const { body } = await exchange(server, confidential, asked, back);
    expect((await post(server, 'token', { grant_type: 'refresh_token', refresh_token: body.refresh_token })).status).toBe(400);
    expect((await post(server, 'token', { grant_type: 'refresh_token', refresh_token: body.refresh_token }, { id: confidential.id })).status).toBe(401);
  });

  it('RFC 7662 and SMART: an app with a secret looks at its own token and sees the context', async () => {
    const confidential = await register(administrator, { authentication: 'secret' });
    const asked = authorization(server, confidential.id);
    const back = await answer(new TestBrowser(server.base, patient.token), asked, { allow: true, patientId: 'nguyen-thi-hanh' });
    const { body } = await exchange(server, confidential, asked, back);
    const seen = await post(server, 'introspect', { token: body.access_token }, confidential);
    expect(seen.body).toMatchObject({ active: true, client_id: confidential.id, patient: 'nguyen-thi-hanh', iss: `${server.base}/oidc` });
    expect(seen.body.scope.split(' ').sort()).toEqual(['fhirUser', 'launch/patient', 'openid', 'patient/*.rs']);
    const stranger = await register(administrator, { authentication: 'secret' });
    expect((await post(server, 'introspect', { token: body.access_token }, stranger)).body).toEqual({ active: false });
  });
});

describe('the audit', () => {
  it('tells who allowed what to whom, that a token was given, and which app read', async () => {
    const { access_token: token } = await granted('launch/patient patient/Patient.r');
    await fhir(server, token, 'Patient/nguyen-thi-hanh');
    const auditor = await server.as('auditor');
    const { entries } = (await (await auditor.call('/api/audit?count=100')).json()) as Json;
    const of = (door: string) => entries.find((entry: Json) => entry.door === door);
    expect(of('POST /api/app-requests/:requestId')).toMatchObject({ kind: 'token', outcome: 'done', actor: { name: 'Nguyễn Thị Hạnh' }, detail: { what: 'allow' } });
    expect(of('POST /oidc/*')).toMatchObject({ kind: 'token', outcome: 'done', actor: { name: 'Nguyễn Thị Hạnh' }, detail: { app: app.id, what: 'authorization_code' } });
    expect(entries.find((entry: Json) => entry.client === app.id)).toMatchObject({ kind: 'read', actor: { name: 'Nguyễn Thị Hạnh' }, touches: ['R Patient/nguyen-thi-hanh/1'] });
    const said = JSON.stringify(entries);
    expect(said).not.toContain(token);
  });
});

describe('a server with a public address, below a path and behind a proxy that ends TLS', () => {
  it('tells that address everywhere, and its cookies are for https and for that path', async () => {
    const behind = await testServer({ env: { SEN_PUBLIC_URL: 'https://bv.example.vn/sen' } });
    try {
      const told = (await (await fetch(`${behind.base}/fhir/R4/.well-known/smart-configuration`)).json()) as Json;
      const discovery = (await (await fetch(`${behind.base}/oidc/.well-known/openid-configuration`)).json()) as Json;
      expect([told.issuer, discovery.issuer, discovery.token_endpoint, discovery.jwks_uri]).toEqual(['https://bv.example.vn/sen/oidc', 'https://bv.example.vn/sen/oidc', 'https://bv.example.vn/sen/oidc/token', 'https://bv.example.vn/sen/oidc/jwks']);
      const own = await register(await behind.as('administrator'));
      const asked = await fetch(`${behind.base}${authorization(behind, own.id, { aud: 'https://bv.example.vn/sen/fhir/R4' }).url}`, { redirect: 'manual' });
      expect(asked.headers.get('location')).toMatch(/^\/sen\/authorize\/[\w-]+$/);
      for (const cookie of asked.headers.getSetCookie()) expect(cookie).toMatch(/path=\/sen\/(?:api\/app-requests|oidc\/authorize)\/[\w-]+;.*secure; httponly/i);
    } finally {
      await behind.close();
    }
  });
});
