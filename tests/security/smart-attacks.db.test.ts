// Attacks on the authorization of apps, over the wire: RFC 9700 (OAuth 2.0 security best current practice), OpenID Connect Core 1.0, SMART App Launch 2.2.0.
import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testServer, type TestCaller, type TestServer } from '../support/server.ts';
import { answer, authorization, exchange, fhir, post, redirectUri, register, TestBrowser, type Asked, type Json, type Registered } from './smart-app.ts';

let server: TestServer;
let administrator: TestCaller;
let app: Registered;

beforeAll(async () => {
  server = await testServer();
  administrator = await server.as('administrator');
  for (const id of ['nguyen-thi-hanh', 'tran-van-phuc']) await server.call(`/fhir/R4/Patient/${id}`, { method: 'PUT', headers: { 'content-type': 'application/fhir+json' }, body: JSON.stringify({ resourceType: 'Patient', id }) });
  app = await register(administrator);
}, 60_000);
afterAll(() => server.close());

const scope = 'openid launch/patient patient/Patient.rs offline_access';

interface Won {
  readonly asked: Asked;
  readonly back: URL;
  readonly token: Json;
}

async function signedIn(): Promise<TestBrowser & { token: string }> {
  const { token } = await server.as('patient');
  return Object.assign(new TestBrowser(server.base, token), { token });
}

async function won(over: Json = {}, browser?: TestBrowser): Promise<Won> {
  const asked = authorization(server, app.id, { scope, ...over });
  const back = await answer(browser ?? (await signedIn()), asked, { allow: true, patientId: 'nguyen-thi-hanh', scopes: scope.split(' ') });
  const { body } = await exchange(server, app, asked, back);
  return { asked, back, token: body };
}

const works = async (token: string) => (await fhir(server, token, 'Patient/nguyen-thi-hanh')).status;

describe('redirect tricks (RFC 9700 §2.1, §4.1)', () => {
  it.each([
    `${redirectUri}/`, `${redirectUri}?x=1`, `${redirectUri}#frag`, 'https://app.example.vn.evil.example/back', 'https://evil.example/back', 'https://app.example.vn@evil.example/back',
    'http://app.example.vn/back', 'https://app.example.vn/back/../other', 'https://APP.example.vn/back', 'https://app.example.vn/back%2f', '//evil.example', 'javascript:alert(1)', ' https://app.example.vn/back', '',
  ])('leads nowhere but to a page of our own for %j', async (uri) => {
    const answered = await (await signedIn()).go(authorization(server, app.id, { redirect_uri: uri }).url);
    const location = answered.headers.get('location') ?? '';
    expect([answered.status, location.split('?')[0]]).toEqual([303, `${server.base}/authorize/problem`]);
    expect(location).not.toContain('evil');
  });

  it('is not helped by a second redirect_uri, an unknown client or a repeated parameter', async () => {
    const browser = await signedIn();
    const { url } = authorization(server, app.id);
    for (const trick of [`${url}&redirect_uri=https%3A%2F%2Fevil.example`, url.replace(app.id, 'unknown-app'), `${url}&client_id=other`]) {
      expect((await browser.go(trick)).headers.get('location')?.split('?')[0], trick).toBe(`${server.base}/authorize/problem`);
    }
  });

  it.each(['https://*.example.vn/back', 'http://app.example.vn/back', 'https://app.example.vn/#x', 'javascript:alert(1)', 'https://u:p@app.example.vn/', 'not a url', 'data:text/html,x'])('cannot be registered: %s', async (uri) => {
    await expect(register(administrator, { redirectUris: [uri] })).rejects.toThrow('security.app-registration');
  });
});

describe('what a request must carry', () => {
  it.each([
    ['no PKCE', { code_challenge: undefined, code_challenge_method: undefined }], ['PKCE plain', { code_challenge_method: 'plain' }], ['PKCE without a method', { code_challenge_method: undefined }],
    ['the implicit flow', { response_type: 'token' }], ['the hybrid flow', { response_type: 'code id_token' }],
    ['no aud', { aud: undefined }], ['the aud of a false server', { aud: 'https://evil.example/fhir' }], ['another resource', { resource: 'https://evil.example' }],
  ])('is refused to the app with %s', async (_name, over) => {
    const answered = await (await signedIn()).go(authorization(server, app.id, over).url);
    const back = new URL(answered.headers.get('location') ?? '');
    expect(back.searchParams.get('error') ?? back.hash, back.href).toMatch(/invalid_request|unsupported_response_type|invalid_target|unauthorized_client/);
    expect(back.searchParams.get('code')).toBeNull();
  });
});

describe('how fresh the sign-in must be (OpenID Connect Core 1.0 §3.1.2.1)', () => {
  it.each([['prompt=login', { prompt: 'login' }], ['max_age=0', { max_age: '0' }]])('%s is not met by a session of before', async (_name, over) => {
    await expect(answer(await signedIn(), authorization(server, app.id, { scope: 'openid launch/patient patient/Patient.rs', ...over }), { allow: true, patientId: 'nguyen-thi-hanh' })).rejects.toThrow('security.confirm-yourself');
  });

  it('max_age of an hour is', async () => {
    expect((await won({ scope: 'openid launch/patient patient/Patient.rs', max_age: '3600' })).token.id_token).toBeTypeOf('string');
  });
});

describe('the code', () => {
  it('is used once: its replay ends the tokens it gave (RFC 6749 §4.1.2)', async () => {
    const { asked, back, token } = await won();
    expect(await works(token.access_token)).toBe(200);
    expect((await exchange(server, app, asked, back)).body.error).toBe('invalid_grant');
    expect(await works(token.access_token)).toBe(401);
    expect((await post(server, 'token', { grant_type: 'refresh_token', refresh_token: token.refresh_token }, app)).body.error).toBe('invalid_grant');
  });

  it('is of no use to two at once', async () => {
    const asked = authorization(server, app.id, { scope });
    const back = await answer(await signedIn(), asked, { allow: true, patientId: 'nguyen-thi-hanh' });
    const answers = await Promise.all([1, 2, 3].map(() => exchange(server, app, asked, back)));
    expect(answers.filter(({ status }) => status === 200).length).toBeLessThanOrEqual(1);
    const given = answers.flatMap(({ body }) => (typeof body.access_token === 'string' ? [body.access_token] : []));
    expect(await Promise.all(given.map(works))).toEqual(given.map(() => 401));
  });

  it.each([
    ['without the verifier', { code_verifier: '' }], ['with another verifier', { code_verifier: 'x'.repeat(43) }], ['with another address', { redirect_uri: 'https://evil.example' }],
  ])('is of no use %s', async (_name, over) => {
    const asked = authorization(server, app.id, { scope });
    const back = await answer(await signedIn(), asked, { allow: true, patientId: 'nguyen-thi-hanh' });
    expect((await exchange(server, app, asked, back, over)).status).toBe(400);
  });

  it('is of no use to another app', async () => {
    const thief = await register(administrator, { name: 'Kẻ lạ' });
    const asked = authorization(server, app.id, { scope });
    const back = await answer(await signedIn(), asked, { allow: true, patientId: 'nguyen-thi-hanh' });
    expect((await exchange(server, thief, asked, back)).body.error).toBe('invalid_grant');
  });
});

describe('refresh tokens (RFC 9700 §4.14)', () => {
  it('end their whole family when one is used twice', async () => {
    const { token } = await won();
    const second = await post(server, 'token', { grant_type: 'refresh_token', refresh_token: token.refresh_token }, app);
    expect(second.status).toBe(200);
    expect((await post(server, 'token', { grant_type: 'refresh_token', refresh_token: token.refresh_token }, app)).body.error).toBe('invalid_grant');
    expect((await post(server, 'token', { grant_type: 'refresh_token', refresh_token: second.body.refresh_token }, app)).body.error).toBe('invalid_grant');
    expect(await works(second.body.access_token)).toBe(401);
  });

  it.each(['patient/*.cruds', 'patient/Patient.cruds', 'user/*.rs', 'system/*.rs', 'fhirUser'])('give no more than was granted: %s', async (wider) => {
    const { token } = await won();
    const { status, body } = await post(server, 'token', { grant_type: 'refresh_token', refresh_token: token.refresh_token, scope: `patient/Patient.rs ${wider}` }, app);
    expect([status, body.error]).toEqual([400, 'invalid_scope']);
  });

  it('are not given without offline_access or online_access, nor to another app', async () => {
    expect((await won({ scope: 'launch/patient patient/Patient.rs' })).token.refresh_token).toBeUndefined();
    const { token } = await won();
    const thief = await register(administrator);
    expect((await post(server, 'token', { grant_type: 'refresh_token', refresh_token: token.refresh_token }, thief)).body.error).toBe('invalid_grant');
  });
});

describe('scope escalation', () => {
  it('falls to what the app was registered for', async () => {
    const small = await register(administrator, { scopes: ['launch/patient', 'patient/Patient.r'] });
    const asked = authorization(server, small.id, { scope: 'launch/patient patient/*.cruds user/*.cruds system/*.cruds openid' });
    const back = await answer(await signedIn(), asked, { allow: true, patientId: 'nguyen-thi-hanh', scopes: ['patient/*.cruds', 'patient/Patient.r', 'system/*.cruds', 'user/*.cruds', 'openid'] });
    expect((await exchange(server, small, asked, back)).body.scope.split(' ').sort()).toEqual(['launch/patient', 'patient/Patient.r']);
  });

  it('does not come by the answer: only what was asked can be allowed', async () => {
    const asked = authorization(server, app.id, { scope: 'launch/patient patient/Patient.r' });
    const back = await answer(await signedIn(), asked, { allow: true, patientId: 'nguyen-thi-hanh', scopes: ['patient/*.rs', 'patient/Patient.r', 'user/*.rs', 'offline_access'] });
    expect((await exchange(server, app, asked, back)).body.scope.split(' ').sort()).toEqual(['launch/patient', 'patient/Patient.r']);
  });

  it('does not come by another patient: a patient’s app has one of the person’s own', async () => {
    await expect(answer(await signedIn(), authorization(server, app.id, { scope }), { allow: true, patientId: 'tran-van-phuc' })).rejects.toThrow('security.app-patient');
    await expect(answer(await signedIn(), authorization(server, app.id, { scope }), { allow: true })).rejects.toThrow('security.app-needs-patient');
  });
});

describe('tokens are dead', () => {
  it('at once when the person signs out, save for what was allowed offline', async () => {
    const browser = await signedIn();
    const bound = await won({ scope: 'launch/patient patient/Patient.rs online_access' }, browser);
    const offline = await won({}, browser);
    expect([await works(bound.token.access_token), await works(offline.token.access_token)]).toEqual([200, 200]);
    await fetch(`${server.base}/api/session`, { method: 'DELETE', headers: { authorization: `Bearer ${browser.token}` } });
    expect([await works(bound.token.access_token), await works(offline.token.access_token)]).toEqual([401, 200]);
    expect((await post(server, 'token', { grant_type: 'refresh_token', refresh_token: bound.token.refresh_token }, app)).body.error).toBe('invalid_grant');
    expect((await post(server, 'token', { grant_type: 'refresh_token', refresh_token: offline.token.refresh_token }, app)).status).toBe(200);
  });

  it('at once when the person withdraws the app', async () => {
    const browser = await signedIn();
    const { token } = await won({}, browser);
    const listed = (await (await browser.go('/api/my/apps')).json()) as Json;
    expect(listed.apps.map(({ id, offline }: Json) => [id, offline])).toContainEqual([app.id, true]);
    expect((await browser.go(`/api/my/apps/${app.id}`, { method: 'DELETE' })).status).toBe(204);
    expect(await works(token.access_token)).toBe(401);
    expect((await post(server, 'token', { grant_type: 'refresh_token', refresh_token: token.refresh_token }, app)).body.error).toBe('invalid_grant');
    expect(((await (await browser.go('/api/my/apps')).json()) as Json).apps.map(({ id }: Json) => id)).not.toContain(app.id);
  });

  it('at once when the app gives them back (RFC 7009), and a stranger cannot', async () => {
    const { token } = await won();
    const thief = await register(administrator, { authentication: 'secret' });
    await post(server, 'revoke', { token: token.refresh_token }, thief);
    expect(await works(token.access_token)).toBe(200);
    expect((await post(server, 'revoke', { token: token.refresh_token }, app)).status).toBe(200);
    expect(await works(token.access_token)).toBe(401);
  });

  it('when the account is disabled', async () => {
    const { token } = await won();
    await server.db.database.query({ text: "UPDATE security.account SET disabled = true WHERE username = 'nguoibenh'" });
    server.db.clock.advance(20_000);
    expect(await works(token.access_token)).toBe(401);
    expect((await post(server, 'token', { grant_type: 'refresh_token', refresh_token: token.refresh_token }, app)).body.error).toBe('invalid_grant');
    await server.db.database.query({ text: "UPDATE security.account SET disabled = false WHERE username = 'nguoibenh'" });
  });
});

describe('the token in the wrong place', () => {
  it('is none in a cookie, in the address, or at the door of sessions', async () => {
    const { token } = await won();
    expect((await fetch(`${server.base}/fhir/R4/Patient/nguyen-thi-hanh`, { headers: { cookie: `sen_session=${token.access_token}` } })).status).toBe(401);
    expect((await fetch(`${server.base}/fhir/R4/Patient/nguyen-thi-hanh?access_token=${token.access_token}`)).status).toBe(401);
    for (const wrong of [token.id_token, token.refresh_token]) expect((await fetch(`${server.base}/fhir/R4/Patient/nguyen-thi-hanh`, { headers: { authorization: `Bearer ${wrong.slice(0, 500)}` } })).status).toBe(401);
    const lent = await new TestBrowser(server.base, token.access_token).go(authorization(server, app.id).url);
    const id = lent.headers.get('location')!.split('/').at(-1)!;
    expect((await fetch(`${server.base}/api/app-requests/${id}`, { headers: { authorization: `Bearer ${token.access_token}` } })).status).toBe(403);
  });

  it('stands nowhere in the database in clear', async () => {
    const { token, back } = await won();
    const { rows } = await server.db.database.query<{ text: string }>({ text: 'SELECT p::text AS text FROM security.oidc_payload p UNION ALL SELECT a::text FROM security.app a UNION ALL SELECT k::text FROM security.oidc_key k' });
    const all = rows.map(({ text }) => text).join('\n');
    for (const secret of [token.access_token, token.refresh_token, back.searchParams.get('code')!]) expect(all.includes(secret)).toBe(false);
    expect(all).not.toContain('"d"');
  });
});

describe('the question to the person', () => {
  it('is of the browser that began it: a link sent to a victim does nothing (RFC 9700 §4.7)', async () => {
    const attacker = new TestBrowser(server.base);
    const id = (await attacker.go(authorization(server, app.id).url)).headers.get('location')!.split('/').at(-1)!;
    const victim = await signedIn();
    expect((await victim.go(`/api/app-requests/${id}`)).status).toBe(404);
    const decided = await victim.go(`/api/app-requests/${id}`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ allow: true, patientId: 'nguyen-thi-hanh' }) });
    expect(decided.status).toBe(404);
  });

  it('takes no answer from another site', async () => {
    const browser = await signedIn();
    const id = (await browser.go(authorization(server, app.id).url)).headers.get('location')!.split('/').at(-1)!;
    const forged = await fetch(`${server.base}/api/app-requests/${id}`, { method: 'POST', headers: { cookie: `sen_session=${browser.token}`, 'content-type': 'application/json', origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }, body: '{"allow":true}' });
    expect(forged.status).toBe(403);
  });

  it('cannot be brought a session of the provider by the browser', async () => {
    const browser = new TestBrowser(server.base);
    const { rows } = await server.db.database.query<{ jti: string }>({ text: "SELECT payload->>'jti' AS jti FROM security.oidc_payload WHERE model = 'Session' LIMIT 1" });
    const answered = await fetch(new URL(authorization(server, app.id, { prompt: 'none' }).url, server.base), { redirect: 'manual', headers: { cookie: `sen_oidc=${rows[0]?.jti}` } });
    expect(new URL(answered.headers.get('location')!).searchParams.get('error')).toBe('login_required');
    expect(browser.names()).toEqual([]);
  });
});

describe('the way back', () => {
  it('into a request goes only with the cookie of that request', async () => {
    const browser = await signedIn();
    const asked = await browser.go(authorization(server, app.id).url);
    const id = asked.headers.get('location')!.split('/').at(-1)!;
    const stranger = await new TestBrowser(server.base).go(`/oidc/authorize/${id}`);
    expect(stranger.headers.get('location')?.split('?')[0]).toBe(`${server.base}/authorize/problem`);
  });

  it('names the issuer, so that an app is not mixed up between servers (RFC 9207)', async () => {
    const { back, asked } = await won();
    expect([back.searchParams.get('iss'), back.searchParams.get('state')]).toEqual([`${server.base}/oidc`, asked.state]);
  });
});

describe('the client', () => {
  it('with a secret needs the secret, in the header alone', async () => {
    const confidential = await register(administrator, { authentication: 'secret' });
    const asked = authorization(server, confidential.id, { scope });
    const back = await answer(await signedIn(), asked, { allow: true, patientId: 'nguyen-thi-hanh' });
    for (const false_ of [{ id: confidential.id }, { id: confidential.id, secret: 'wrong' }, { id: confidential.id, secret: createHash('sha256').update(confidential.secret!).digest('base64url') }]) expect((await exchange(server, false_, asked, back)).body.error).toBe('invalid_client');
    expect((await exchange(server, confidential, asked, back)).status).toBe(200);
  });

  it('registers itself only with an invitation, reads but little, and cannot become a service (RFC 7591)', async () => {
    const send = (body: Json, token?: string) => fetch(`${server.base}/oidc/register`, { method: 'POST', headers: { 'content-type': 'application/json', ...(token === undefined ? {} : { authorization: `Bearer ${token}` }) }, body: JSON.stringify(body) });
    const metadata = { client_name: 'Tự đăng ký', redirect_uris: [redirectUri], token_endpoint_auth_method: 'none', scope: 'openid launch/patient patient/*.cruds', sen_introspects: 'yes' };
    expect((await send(metadata)).status).toBeGreaterThanOrEqual(400);
    const { token, address } = (await (await administrator.call('/api/app-invitations', { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"hours":1}' })).json()) as Json;
    expect(address).toBe(`${server.base}/oidc/register`);
    const made = await send(metadata, token);
    const registered = (await made.json()) as Json;
    expect([made.status, registered.scope.split(' ').sort()]).toEqual([201, ['launch/patient', 'openid', 'patient/*.rs']]);
    expect(registered.registration_client_uri).toBe(`${server.base}/oidc/register/${registered.client_id}`);
    expect((await send({ ...metadata, grant_types: ['client_credentials'], response_types: [], redirect_uris: [] }, token)).status).toBe(400);
    expect((await send({ ...metadata, redirect_uris: ['http://evil.example/back'] }, token)).status).toBe(400);
    const read = await fetch(registered.registration_client_uri, { headers: { authorization: `Bearer ${registered.registration_access_token}` } });
    expect(((await read.json()) as Json).client_name).toBe('Tự đăng ký');
    expect((await fetch(registered.registration_client_uri, { headers: { authorization: `Bearer ${token}` } })).status).toBe(401);
  });

  it('is registered by an administrator alone', async () => {
    for (const role of ['doctor', 'patient', 'auditor']) {
      const { call } = await server.as(role);
      expect((await call('/api/apps')).status, role).toBe(403);
      expect((await call('/api/app-invitations', { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"hours":1}' })).status, role).toBe(403);
    }
  });
});

describe('other sites (CORS)', () => {
  it('may call the FHIR API and the token endpoint with a token, never with our cookie, and nothing of /api', async () => {
    const preflight = (path: string, method = 'GET') => fetch(`${server.base}${path}`, { method: 'OPTIONS', headers: { origin: 'https://app.example.vn', 'access-control-request-method': method, 'access-control-request-headers': 'authorization' } });
    const asked = await preflight('/fhir/R4/Patient');
    expect([asked.status, asked.headers.get('access-control-allow-origin'), asked.headers.get('access-control-allow-credentials')]).toEqual([204, '*', null]);
    const token = await preflight('/oidc/token', 'POST');
    expect([token.status, token.headers.get('access-control-allow-credentials')]).toEqual([204, null]);
    expect((await preflight('/api/session')).headers.get('access-control-allow-origin')).toBeNull();
    const { token: session } = await signedIn();
    const ambient = await fetch(`${server.base}/fhir/R4/Patient/nguyen-thi-hanh`, { headers: { cookie: `sen_session=${session}`, origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' } });
    expect(ambient.headers.get('access-control-allow-credentials')).toBeNull();
  });
});

describe('the launch', () => {
  it('of another person, of another app, or made up opens nothing', async () => {
    const chart = await register(administrator, { launchUri: 'https://app.example.vn/launch' });
    const other = await register(administrator, { launchUri: 'https://app.example.vn/launch' });
    const doctor = await server.as('doctor');
    const nurse = await server.as('nurse');
    const open = async () => new URL(((await (await doctor.call('/api/launches', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ appId: chart.id, patientId: 'nguyen-thi-hanh' }) })).json()) as Json).url).searchParams.get('launch')!;
    const tried = (token: string, client: string, launch: string) => answer(new TestBrowser(server.base, token), authorization(server, client, { scope: 'launch patient/*.rs', launch }), { allow: true });
    await expect(tried(nurse.token, chart.id, await open())).rejects.toThrow('security.app-launch');
    await expect(tried(doctor.token, other.id, await open())).rejects.toThrow('security.app-launch');
    await expect(tried(doctor.token, chart.id, 'made-up-launch')).rejects.toThrow('security.app-launch');
    const late = await open();
    server.db.clock.advance(6 * 60_000);
    await expect(tried(doctor.token, chart.id, late)).rejects.toThrow('security.app-launch');
  });
});
