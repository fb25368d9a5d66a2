// SMART Backend Services (SMART App Launch 2.2.0): partners, devices and in-house systems act for themselves, by key. `openid-client` is the client.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, SignJWT, type JWK } from 'jose';
import * as openid from 'openid-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readSession } from '../../server/src/modules/security/index.ts';
import { bulkServer, linesOf, type BulkServer } from '../conformance/bulk-server.ts';
import { waitUntil } from '../../server/src/platform/processes.ts';
import type { TestCaller } from '../support/server.ts';
import { fhir, post, register, type Json, type Registered } from './smart-app.ts';

let server: BulkServer;
let administrator: TestCaller;
let keys: Server;
let jwksUri = '';
let rsa: { privateKey: CryptoKey; publicJwk: JWK };
let ec: { privateKey: CryptoKey; publicJwk: JWK };
let device: Registered;

async function keyPair(algorithm: 'RS384' | 'ES384') {
  const kind = algorithm === 'ES384' ? { name: 'ECDSA', namedCurve: 'P-384' } : { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-384', modulusLength: 2048, publicExponent: new Uint8Array([1, 0, 1]) };
  const { privateKey, publicKey } = (await crypto.subtle.generateKey(kind, true, ['sign', 'verify'])) as CryptoKeyPair;
  return { privateKey, publicJwk: { ...(await exportJWK(publicKey)), kid: `key-${algorithm}`, alg: algorithm, use: 'sig' } };
}

beforeAll(async () => {
  [rsa, ec] = await Promise.all([keyPair('RS384'), keyPair('ES384')]);
  keys = createServer((request, response) => {
    if (request.url === '/elsewhere') return void response.writeHead(302, { location: '/jwks' }).end();
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ keys: [ec.publicJwk] }));
  });
  await new Promise<void>((resolve) => keys.listen(0, '127.0.0.1', resolve));
  jwksUri = `http://127.0.0.1:${(keys.address() as AddressInfo).port}/jwks`;
  server = await bulkServer({ SEN_APP_KEY_HOSTS: '127.0.0.1' });
  administrator = await server.as('administrator');
  const patient = { resourceType: 'Patient', id: 'le-thi-mai', name: [{ text: 'Lê Thị Mai' }] };
  await server.call('/fhir/R4/Patient/le-thi-mai', { method: 'PUT', headers: { 'content-type': 'application/fhir+json' }, body: JSON.stringify(patient) });
  const observation = { resourceType: 'Observation', id: 'mai-1', status: 'final', code: { text: 'Mạch' }, subject: { reference: 'Patient/le-thi-mai' } };
  expect((await server.call('/fhir/R4/Observation/mai-1', { method: 'PUT', headers: { 'content-type': 'application/fhir+json' }, body: JSON.stringify(observation) })).status).toBe(201);
  device = await service({ role: 'integration', jwks: { keys: [rsa.publicJwk] } });
}, 60_000);
afterAll(async () => {
  keys.close();
  await server.close();
});

function service(over: Json): Promise<Registered> {
  return register(administrator, { name: 'Máy xét nghiệm', kind: 'service', role: 'device', redirectUris: [], authentication: 'key', scopes: ['system/Patient.rs', 'system/Observation.crs'], ...over });
}

async function assertion(app: string, over: { key?: CryptoKey; alg?: string; kid?: string; claims?: Json } = {}): Promise<string> {
  const now = Math.floor(Date.now() / 1000);
  const claims = { iss: app, sub: app, aud: `${server.base}/oidc/token`, jti: crypto.randomUUID(), iat: now, exp: now + 240, ...over.claims };
  return new SignJWT(claims).setProtectedHeader({ alg: over.alg ?? 'RS384', kid: over.kid ?? 'key-RS384', typ: 'JWT' }).sign(over.key ?? rsa.privateKey);
}

async function ask(clientAssertion: string, scope = 'system/Patient.rs') {
  return post(server, 'token', { grant_type: 'client_credentials', scope, client_assertion: clientAssertion, client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer' });
}

describe('SMART Backend Services, an unmodified client (openid-client)', () => {
  it('discovers, shows who it is by its key (RS384), and reads', async () => {
    const configuration = await openid.discovery(new URL(`${server.base}/oidc`), device.id, undefined, openid.PrivateKeyJwt({ key: rsa.privateKey, kid: 'key-RS384' }, {
      [openid.modifyAssertion]: (_header, payload) => void Object.assign(payload, { aud: `${server.base}/oidc/token` }),
    }), { execute: [openid.allowInsecureRequests] });
    const token = await openid.clientCredentialsGrant(configuration, { scope: 'system/Patient.rs' });
    expect(token).toMatchObject({ token_type: 'bearer', expires_in: 300, scope: 'system/Patient.rs' });
    const read = await fhir(server, token.access_token, 'Patient/le-thi-mai');
    expect([read.status, read.body.id]).toEqual([200, 'le-thi-mai']);
    expect((await fhir(server, token.access_token, 'Observation/mai-1')).status).not.toBe(200);
    expect((await fhir(server, token.access_token, 'Observation')).body.entry).toBeUndefined();
    expect((await fetch(`${server.base}/api/apps`, { headers: { authorization: `Bearer ${token.access_token}` } })).status).toBe(403);
  });

  it('takes keys from the address of the service (jwks_uri, ES384)', async () => {
    const app = await service({ role: 'integration', jwksUri });
    expect((await ask(await assertion(app.id, { key: ec.privateKey, alg: 'ES384', kid: 'key-ES384' }))).status).toBe(200);
  });

  it('narrows a wider request to what the service has', async () => {
    expect((await ask(await assertion(device.id), 'system/*.cruds')).body.scope.split(' ').sort()).toEqual(['system/Observation.crs', 'system/Patient.rs']);
    expect((await ask(await assertion(device.id), 'patient/*.rs')).body.error).toBe('invalid_scope');
  });
});

describe('SMART Backend Services, bulk data', () => {
  it('starts an export, follows it and fetches the files with tokens of its own', async () => {
    const app = await service({ role: 'integration', jwks: { keys: [rsa.publicJwk] }, scopes: ['system/*.rs'] });
    const token = async () => (await ask(await assertion(app.id), 'system/*.rs')).body.access_token as string;
    const begun = await fetch(`${server.base}/fhir/R4/$export?_type=Patient`, { headers: { authorization: `Bearer ${await token()}`, accept: 'application/fhir+json', prefer: 'respond-async' } });
    expect(begun.status).toBe(202);
    const statusUrl = begun.headers.get('content-location')!;
    let done: Response | undefined;
    await waitUntil(async () => {
      done = await fetch(statusUrl, { headers: { authorization: `Bearer ${await token()}` } });
      return done.status !== 202;
    }, 25_000, 50);
    const manifest = (await done!.json()) as Json;
    const lines = await linesOf(manifest.output[0].url, await token());
    expect([done!.status, lines.map(({ id }: Json) => id)]).toEqual([200, ['le-thi-mai']]);
    const stranger = await service({ role: 'integration', jwks: { keys: [rsa.publicJwk] }, scopes: ['system/*.rs'] });
    const theirs = (await ask(await assertion(stranger.id), 'system/*.rs')).body.access_token as string;
    expect((await fetch(statusUrl, { headers: { authorization: `Bearer ${theirs}` } })).status).toBe(404);
    expect((await fetch(manifest.output[0].url, { headers: { authorization: `Bearer ${theirs}` } })).status).toBe(404);
  });
});

describe('A partner', () => {
  it('sees nothing that no patient has permitted, and carries its purpose', async () => {
    const insurer = await service({ name: 'Bảo hiểm', role: 'partner', purpose: 'HPAYMT', organisation: 'bao-hiem', jwks: { keys: [rsa.publicJwk] }, scopes: ['system/*.rs'] });
    const { body } = await ask(await assertion(insurer.id), 'system/*.rs');
    expect((await fhir(server, body.access_token, 'Patient/le-thi-mai')).status).toBe(404);
    expect((await fhir(server, body.access_token, 'Patient')).body.entry).toBeUndefined();
    const session = await readSession(server.db.work(), body.access_token);
    expect(session?.actor).toMatchObject({ id: insurer.id, kind: 'system', roles: ['partner'], facility: 'bao-hiem', purpose: 'HPAYMT', grant: { client: insurer.id, scopes: ['system/*.rs'] } });
  });
});

describe('SMART App Launch 2.2.0, client-confidential-asymmetric: what an assertion must be', () => {
  const now = () => Math.floor(Date.now() / 1000);
  const wrong: readonly [string, () => Promise<string>][] = [
    ['of the issuer as audience, not the token endpoint', () => assertion(device.id, { claims: { aud: `${server.base}/oidc` } })],
    ['of two audiences', () => assertion(device.id, { claims: { aud: [`${server.base}/oidc/token`, 'https://evil.example'] } })],
    ['for another server', () => assertion(device.id, { claims: { aud: 'https://evil.example/token' } })],
    ['good for an hour', () => assertion(device.id, { claims: { exp: now() + 3600 } })],
    ['expired', () => assertion(device.id, { claims: { exp: now() - 60 } })],
    ['without jti', () => assertion(device.id, { claims: { jti: undefined } })],
    ['issued by another', () => assertion(device.id, { claims: { iss: 'somebody' } })],
    ['of an unknown client', () => assertion('nobody-123')],
    ['signed with another key', () => assertion(device.id, { key: ec.privateKey, alg: 'ES384', kid: 'key-RS384' })],
    ['unsigned (alg none)', async () => `${Buffer.from('{"alg":"none"}').toString('base64url')}.${(await assertion(device.id)).split('.')[1]}.`],
    ['signed by HMAC with the public key', async () => new SignJWT({ iss: device.id, sub: device.id, aud: `${server.base}/oidc/token`, jti: 'x', exp: now() + 60 }).setProtectedHeader({ alg: 'HS256' }).sign(Buffer.from(JSON.stringify(rsa.publicJwk)))],
  ];
  it.each(wrong)('refuses one %s', async (_name, make) => {
    const { status, body } = await ask(await make());
    expect([status, body.error]).toEqual([401, 'invalid_client']);
  });

  it('takes each assertion once, also when two come at the same moment', async () => {
    const once = await assertion(device.id);
    const answers = await Promise.all([ask(once), ask(once), ask(once)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 401, 401]);
    expect((await ask(once)).status).toBe(401);
  });

  it('fetches no keys from a private address that the hospital has not named, and follows no redirect', async () => {
    const moved = await service({ role: 'integration', jwksUri: jwksUri.replace('/jwks', '/elsewhere') });
    expect((await ask(await assertion(moved.id, { key: ec.privateKey, alg: 'ES384', kid: 'key-ES384' }))).status).toBeGreaterThanOrEqual(400);
    const unnamed = await service({ role: 'integration', jwksUri: jwksUri.replace('127.0.0.1', 'localhost') });
    expect((await ask(await assertion(unnamed.id, { key: ec.privateKey, alg: 'ES384', kid: 'key-ES384' }))).status).toBeGreaterThanOrEqual(400);
  });
});

describe('A service of the administrator’s list', () => {
  it('is refused with a private key, a weak key, a redirect or a scope of people', async () => {
    const { privateKey } = await keyPair('ES384');
    const bad: Json[] = [
      { jwks: { keys: [{ ...(await exportJWK(privateKey)), kid: 'x' }] } },
      { jwks: { keys: [{ kty: 'RSA', kid: 'x', e: 'AQAB', n: Buffer.alloc(128, 255).toString('base64url') }] } },
      { jwks: { keys: [rsa.publicJwk] }, redirectUris: ['https://a.example/b'] },
      { jwks: { keys: [rsa.publicJwk] }, scopes: ['user/*.rs'] },
      { jwks: { keys: [rsa.publicJwk] }, role: undefined },
      { jwks: { keys: [rsa.publicJwk] }, role: 'partner' },
      { jwks: { keys: [rsa.publicJwk] }, purpose: 'TREAT' },
      { jwks: { keys: [rsa.publicJwk] }, jwksUri },
    ];
    for (const over of bad) await expect(service(over), JSON.stringify(over).slice(0, 80)).rejects.toThrow('security.app-registration');
  });

  it('loses its tokens at once when it is disabled', async () => {
    const app = await service({ role: 'integration', jwks: { keys: [rsa.publicJwk] } });
    const { body } = await ask(await assertion(app.id));
    expect((await fhir(server, body.access_token, 'Patient/le-thi-mai')).status).toBe(200);
    await administrator.call(`/api/apps/${app.id}/disabled`, { method: 'PUT', headers: { 'content-type': 'application/json' }, body: '{"disabled":true}' });
    expect((await fhir(server, body.access_token, 'Patient/le-thi-mai')).status).toBe(401);
    expect((await ask(await assertion(app.id))).status).toBe(401);
  });
});
