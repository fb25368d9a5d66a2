// What every answer tells the browser, whatever kind of answer it is. OWASP ASVS 5.0 V3.4, V14.2, V14.3.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testServer, type TestServer } from '../support/server.ts';

let server: TestServer;

beforeAll(async () => {
  server = await testServer({ env: { SEN_RATE_OPEN_PER_MINUTE: '0' } });
});

afterAll(() => server?.close());

type Kind = readonly [name: string, status: number, ask: () => Promise<Response>];

const json = { 'content-type': 'application/json' };
const kinds = (): Kind[] => [
  ['data', 200, () => server.call('/api/session/demo-accounts')],
  ['a search', 200, () => server.call('/fhir/R4/Patient')],
  ['what the server can do', 200, () => fetch(`${server.base}/fhir/R4/metadata`)],
  ['nobody signed in', 401, () => fetch(`${server.base}/api/session`)],
  ['nobody signed in, FHIR', 401, () => fetch(`${server.base}/fhir/R4/Patient/1`)],
  ['nothing there', 404, () => server.call('/fhir/R4/Patient/none')],
  ['no such address', 404, () => server.call('/api/none')],
  ['a broken body', 400, () => server.call('/api/session', { method: 'POST', headers: json, body: '{' })],
  ['a wrong media type', 415, () => server.call('/api/session', { method: 'POST', headers: { 'content-type': 'text/plain' }, body: '{}' })],
  ['too large', 413, () => server.call('/api/session', { method: 'POST', headers: json, body: `{"username":"${'a'.repeat(70_000)}"}` })],
  ['a broken address', 400, () => server.call('/api/%E0%A4%A')],
  ['a wrong method', 405, () => server.call('/fhir/R4/metadata', { method: 'DELETE' })],
  ['a foreign site', 403, () => fetch(`${server.base}/api/session`, { method: 'POST', headers: { ...json, 'sec-fetch-site': 'cross-site' }, body: '{}' })],
];

describe('An answer with data, or in place of it', () => {
  it('is never guessed at, run, framed, embedded elsewhere or stored', async () => {
    for (const [name, status, ask] of kinds()) {
      const answer = await ask();
      expect([name, answer.status, Object.fromEntries(answer.headers)]).toEqual([name, status, expect.objectContaining({
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'cross-origin-resource-policy': 'same-origin',
        'content-security-policy': "default-src 'none'; frame-ancestors 'none'; sandbox",
        'cache-control': 'no-store',
        'content-type': expect.stringMatching(/^application\/(?:fhir\+)?json; charset=utf-8$/),
        'x-request-id': expect.stringMatching(/^[\w.-]{8,64}$/),
      })]);
    }
  });

  it('says nothing of what the server is made of', async () => {
    for (const [name, , ask] of kinds()) {
      const { headers } = await ask();
      expect([name, headers.get('server'), headers.get('x-powered-by'), headers.get('via')]).toEqual([name, null, null, null]);
    }
    const refused = await (await server.call('/api/none')).text();
    expect(refused).not.toMatch(/fastify|node|postgres|stack/i);
  });
});

describe('A page and its files', () => {
  it('have a strict policy, and no other site may frame, open or embed them', async () => {
    const page = await fetch(`${server.base}/`);
    const policy = page.headers.get('content-security-policy')!;
    expect(policy).not.toContain('unsafe');
    expect(policy).not.toMatch(/\*|https?:/);
    for (const part of ["default-src 'none'", "script-src 'nonce-", "'strict-dynamic'", "style-src 'self' 'nonce-", "base-uri 'none'", "form-action 'self'", "frame-ancestors 'none'", "require-trusted-types-for 'script'"]) expect(policy).toContain(part);
    expect(Object.fromEntries(page.headers)).toMatchObject({
      'x-frame-options': 'DENY', 'cross-origin-opener-policy': 'same-origin', 'cross-origin-embedder-policy': 'require-corp', 'cross-origin-resource-policy': 'same-origin', 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer',
    });
    expect(page.headers.get('permissions-policy')).toContain('geolocation=()');
    const html = await page.text();
    expect(html).not.toContain('__SEN_NONCE__');
    const script = /<script[^>]* src="([^"]+)"/.exec(html)![1]!;
    const asset = await fetch(server.base + script);
    expect([asset.status, asset.headers.get('x-content-type-options'), asset.headers.get('cross-origin-resource-policy'), asset.headers.get('content-type')]).toEqual([200, 'nosniff', 'same-origin', expect.stringContaining('javascript')]);
  });
});

describe('CORS', () => {
  it('opens our own API to nobody, and never lets a stranger’s page use somebody’s cookie', async () => {
    for (const origin of ['https://evil.example', 'null', server.base, 'https://sen.test.evil.example']) {
      for (const path of ['/api/session', '/fhir/R4/Patient', '/fhir/R4/metadata', '/']) {
        for (const method of ['GET', 'OPTIONS']) {
          const { headers } = await server.call(path, { method, headers: { origin, 'access-control-request-method': 'POST', 'access-control-request-headers': 'content-type' } });
          expect([path, headers.get('access-control-allow-credentials')]).toEqual([path, null]);
          const opened = headers.get('access-control-allow-origin');
          expect([path, opened === null || (path.startsWith('/fhir/') && opened === '*')]).toEqual([path, true]);
        }
      }
    }
  });
});

describe('Monitoring (ASVS 5.0 13.4.5)', () => {
  it('tells its measures to this machine alone, not through a proxy on it', async () => {
    expect((await fetch(`${server.base}/metrics`)).status).toBe(200);
    expect((await fetch(`${server.base}/metrics`, { headers: { 'x-forwarded-for': '203.0.113.9' } })).status).toBe(403);
    const other = await server.app.inject({ url: '/metrics', remoteAddress: '10.0.0.9' });
    expect([other.statusCode, other.body.includes('http_request')]).toEqual([403, false]);
  });
});
