// A service bound to its certificate (mutual TLS, after RFC 8705 §3): neither its key nor its token is of use without it.
import { createHash, X509Certificate } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exportJWK, SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeAuthority, type Authority, type Issued } from '../support/certificates.ts';
import { testServer, type TestServer } from '../support/server.ts';
import type { Json } from './smart-app.ts';

let folder: string;
let server: TestServer;
let authority: Authority;
let own: Issued;
let stranger: Issued;
let keys: CryptoKeyPair;
let app = '';
let base = '';

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sen-bound-'));
  authority = await makeAuthority('Sen thử nghiệm');
  const house = await authority.issue({ name: 'CN=sen.test', hosts: ['127.0.0.1'] });
  [own, stranger] = [await authority.issue({ name: 'CN=Bệnh viện bạn' }), await authority.issue({ name: 'CN=Kẻ lạ' })];
  for (const [name, text] of [['cert.pem', house.cert], ['key.pem', house.key], ['ca.pem', authority.cert]] as const) writeFileSync(join(folder, name), text);
  server = await testServer({ env: { SEN_TLS_CERT: join(folder, 'cert.pem'), SEN_TLS_KEY: join(folder, 'key.pem'), SEN_TLS_CLIENT_CA: join(folder, 'ca.pem') } });
  base = server.base.replace('http:', 'https:');
  keys = (await crypto.subtle.generateKey({ name: 'ECDSA', namedCurve: 'P-384' }, true, ['sign', 'verify'])) as CryptoKeyPair;
  const certificate = createHash('sha256').update(new X509Certificate(own.cert).raw).digest('base64url');
  const form = { name: 'Bệnh viện bạn', kind: 'service', role: 'integration', redirectUris: [], authentication: 'key', scopes: ['system/Patient.rs'], certificate, jwks: { keys: [{ ...(await exportJWK(keys.publicKey)), kid: 'k' }] } };
  const { token } = await server.as('administrator');
  const made = await server.app.inject({ method: 'POST', url: '/api/apps', headers: { authorization: `Bearer ${token}` }, payload: form });
  app = (made.json() as Json).app.id;
}, 60_000);
afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true, force: true });
});

function send(path: string, options: { client?: Issued; method?: string; headers?: Record<string, string>; body?: string }): Promise<{ status: number; body: Json }> {
  const shown = options.client === undefined ? {} : { cert: options.client.cert, key: options.client.key };
  return new Promise((resolve, reject) => {
    const asked = request(`${base}${path}`, { ca: authority.cert, agent: false, method: options.method ?? 'GET', headers: options.headers ?? {}, ...shown }, (response) => {
      let text = '';
      response.on('data', (chunk) => (text += chunk)).on('end', () => resolve({ status: response.statusCode ?? 0, body: JSON.parse(text) as Json }));
    });
    asked.on('error', reject).end(options.body);
  });
}

async function token(client: Issued | undefined) {
  const now = Math.floor(Date.now() / 1000);
  const claims = { iss: app, sub: app, aud: `${base}/oidc/token`, jti: crypto.randomUUID(), exp: now + 120 };
  const assertion = await new SignJWT(claims).setProtectedHeader({ alg: 'ES384', kid: 'k' }).sign(keys.privateKey);
  const body = new URLSearchParams({ grant_type: 'client_credentials', scope: 'system/Patient.rs', client_assertion_type: 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer', client_assertion: assertion }).toString();
  return send('/oidc/token', { method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded' }, body, ...(client === undefined ? {} : { client }) });
}

describe('A service bound to its certificate', () => {
  it('gets a token with its certificate alone', async () => {
    expect((await token(own)).status).toBe(200);
    expect([(await token(undefined)).body.error, (await token(stranger)).body.error]).toEqual(['invalid_client', 'invalid_client']);
  });

  it('uses it with its certificate alone', async () => {
    const headers = { authorization: `Bearer ${(await token(own)).body.access_token as string}` };
    const read = (client?: Issued) => send('/fhir/R4/Patient?_count=1', { headers, ...(client === undefined ? {} : { client }) });
    expect([(await read(own)).status, (await read()).status, (await read(stranger)).status, (await read(own)).status]).toEqual([200, 401, 401, 200]);
  });
});
