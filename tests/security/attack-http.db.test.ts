// Attacks on the protocol itself: what no proper client sends, byte by byte. RFC 9110, RFC 9112; OWASP ASVS 5.0 V4.2.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sendRaw, statusesIn } from '../support/raw-http.ts';
import { testServer, type TestServer } from '../support/server.ts';

let server: TestServer;

beforeAll(async () => {
  server = await testServer();
});

afterAll(() => server?.close());

const lines = (...parts: string[]) => `${parts.join('\r\n')}\r\n\r\n`;
const countPatients = async () => ((await (await server.call('/fhir/R4/Patient?_summary=count')).json()) as { total: number }).total;

describe('Request smuggling (RFC 9112 §6.3, §11.2)', () => {
  const hidden = () => lines('POST /fhir/R4/Patient HTTP/1.1', 'Host: localhost', `Authorization: Bearer ${server.token}`, 'Content-Type: application/fhir+json', 'Content-Length: 26').slice(0, -2) + '\r\n{"resourceType":"Patient"}';

  it('refuses a request that says its length twice in different ways, and believes nothing after it', async () => {
    const before = await countPatients();
    const heads = [
      ['POST /api/session HTTP/1.1', 'Host: localhost', 'Content-Length: 4', 'Transfer-Encoding: chunked'],
      ['POST /api/session HTTP/1.1', 'Host: localhost', 'Transfer-Encoding: chunked', 'Content-Length: 4'],
      ['POST /api/session HTTP/1.1', 'Host: localhost', 'Content-Length: 4', 'Content-Length: 5'],
      ['POST /api/session HTTP/1.1', 'Host: localhost', 'Transfer-Encoding: chunked', 'Transfer-Encoding: identity'],
      ['POST /api/session HTTP/1.1', 'Host: localhost', 'Transfer-Encoding: xchunked'],
      ['POST /api/session HTTP/1.1', 'Host: localhost', 'Transfer-Encoding : chunked'],
      ['POST /api/session HTTP/1.1', 'Host: localhost', 'Content-Length: +4'],
      ['POST /api/session HTTP/1.1', 'Host: localhost', 'Content-Length: 4, 4'],
      ['POST /api/session HTTP/1.1', 'Host: localhost', 'Content-Length:\u000b4'],
    ];
    for (const head of heads) {
      const received = await sendRaw(server.base, `${lines(...head)}0\r\n\r\n${hidden()}`);
      expect([head.at(-1), statusesIn(received).at(-1), statusesIn(received).filter((status) => status < 400)]).toEqual([head.at(-1), 400, []]);
    }
    expect(await countPatients()).toBe(before);
  });

  it('refuses bare line ends, folded headers, names with spaces and NUL, chunk sizes that are none', async () => {
    const requests = [
      'GET /healthz HTTP/1.1\nHost: localhost\n\n',
      lines('GET /healthz HTTP/1.1', 'Host: localhost', 'X-A: b', ' folded'),
      lines('GET /healthz HTTP/1.1', 'Host: localhost', 'X A: b'),
      lines('GET /healthz HTTP/1.1', 'Host: localhost', 'X-A: b\0c'),
      `${lines('POST /api/session HTTP/1.1', 'Host: localhost', 'Content-Type: application/json', 'Transfer-Encoding: chunked')}zz\r\n{}\r\n0\r\n\r\n`,
      lines('GET /healthz HTTP/1.1', 'Host: localhost', 'Host: evil.example'),
      lines('GET /healthz HTTP/1.1', 'X-No: host'),
      lines('GET /healthz HTTP/9.9', 'Host: localhost'),
    ];
    for (const request of requests) expect([request, statusesIn(await sendRaw(server.base, request))[0]]).toEqual([request, 400]);
  });
});

describe('The name a request calls (DNS rebinding, cache poisoning)', () => {
  const ask = (...headers: string[]) => sendRaw(server.base, lines('GET /fhir/R4/metadata HTTP/1.1', ...headers, 'Connection: close'));

  it('must be one of ours: 421 for any other', async () => {
    const received = await ask('Host: evil.example');
    expect(statusesIn(received)).toEqual([421]);
    expect(received).toContain('http.host');
    expect(received).not.toContain('evil.example');
  });

  it('is not taken from headers that anybody can send', async () => {
    const received = await ask('Host: localhost', 'X-Forwarded-Host: evil.example', 'X-Forwarded-Proto: https', 'Forwarded: host=evil.example', 'X-Original-URL: /api/session', 'X-Rewrite-URL: /api/session');
    expect(statusesIn(received)).toEqual([200]);
    expect([received.includes('evil.example'), received.includes('https://localhost')]).toEqual([false, false]);
    expect(received).not.toMatch(/strict-transport-security/i);
  });
});

describe('Verb tampering', () => {
  it('is not possible by X-HTTP-Method-Override or _method', async () => {
    const created = (await (await server.call('/fhir/R4/Patient', { method: 'POST', headers: { 'content-type': 'application/fhir+json' }, body: '{"resourceType":"Patient"}' })).json()) as { id: string };
    for (const name of ['x-http-method-override', 'x-http-method', 'x-method-override']) {
      await server.call(`/fhir/R4/Patient/${created.id}?_method=DELETE`, { headers: { [name]: 'DELETE' } });
      await server.call(`/fhir/R4/Patient/${created.id}`, { method: 'POST', headers: { [name]: 'DELETE' } });
    }
    expect((await server.call(`/fhir/R4/Patient/${created.id}`)).status).toBe(200);
  });

  it('finds nothing under TRACE, TRACK, CONNECT, PROPFIND and verbs of one’s own', async () => {
    for (const verb of ['TRACE', 'TRACK', 'PROPFIND', 'DEBUG', 'JEFF', 'get']) {
      const received = await sendRaw(server.base, lines(`${verb} /api/session HTTP/1.1`, 'Host: localhost', 'Cookie: secret=1', 'Connection: close'));
      expect([verb, statusesIn(received)[0]]).toEqual([verb, expect.toSatisfy((status: number) => [400, 401, 404, 405].includes(status))]);
      expect(received).not.toContain('secret=1');
    }
    expect(statusesIn(await sendRaw(server.base, lines('CONNECT evil.example:443 HTTP/1.1', 'Host: evil.example:443'))).filter((status) => status < 400)).toEqual([]);
    expect(statusesIn(await sendRaw(server.base, lines('GET http://evil.example/ HTTP/1.1', 'Host: evil.example', 'Connection: close')))[0]).toBe(421);
  });

  it('lets HEAD and OPTIONS see no more than GET', async () => {
    for (const method of ['HEAD', 'OPTIONS']) {
      const answer = await fetch(`${server.base}/fhir/R4/Patient`, { method });
      expect([method, answer.status < 200 || answer.status > 299 || (await answer.text()) === '']).toEqual([method, true]);
    }
    expect((await fetch(`${server.base}/fhir/R4/Patient`, { method: 'HEAD' })).status).toBe(401);
  });
});

describe('Header injection (CRLF)', () => {
  const evil = '%0d%0aSet-Cookie:%20evil=1%0d%0a%0d%0a<script>';

  it('is in no answer, wherever a value comes back', async () => {
    const paths = [`/${evil}`, `/api/${evil}`, `/fhir/R4/Patient/${evil}`, `/fhir/R4/Patient?name=${evil}`, `/fhir/R4/${evil}`, `/fhir/R4/Patient?_getpages=${evil}`, `/assets/${evil}`, `/oidc/${evil}`, `/fhir/R4/Patient/1/_history/${evil}`];
    for (const path of paths) {
      const received = await sendRaw(server.base, lines(`GET ${path} HTTP/1.1`, 'Host: localhost', `Authorization: Bearer ${server.token}`, `X-Request-Id: ${evil}`, `Prefer: ${evil}`, 'Connection: close'));
      const [head = ''] = received.split('\r\n\r\n');
      expect([path, /^set-cookie: evil/im.test(head)]).toEqual([path, false]);
      expect(received).not.toContain('\r\nSet-Cookie: evil');
    }
  });

  it('cannot come back out of what was stored: Location, ETag, Content-Type, X-Security-Context', async () => {
    const stored = async (resource: object) => (await server.call('/fhir/R4/Binary', { method: 'POST', headers: { 'content-type': 'application/fhir+json', accept: 'application/fhir+json' }, body: JSON.stringify(resource) })).json() as Promise<{ id?: string }>;
    for (const contentType of ['text/plain\r\nSet-Cookie: evil=1', 'text/html; x="\r\n"', 'text/plain\u0000', 'text/plain; é=1']) {
      const { id } = await stored({ resourceType: 'Binary', contentType, data: 'AAAA', securityContext: { reference: 'Patient/1\r\nSet-Cookie: evil=1' } });
      if (id === undefined) continue; // refused
      const received = await sendRaw(server.base, lines(`GET /fhir/R4/Binary/${id} HTTP/1.1`, 'Host: localhost', `Authorization: Bearer ${server.token}`, 'Connection: close'));
      expect(statusesIn(received)).toEqual([200]);
      expect(received).not.toMatch(/^set-cookie/im);
    }
    const put = await sendRaw(server.base, `${lines(`PUT /fhir/R4/Patient/a${evil} HTTP/1.1`, 'Host: localhost', `Authorization: Bearer ${server.token}`, 'Content-Type: application/fhir+json', 'Content-Length: 38', 'Connection: close')}{"resourceType":"Patient","id":"a\\r\\n"}`);
    expect(statusesIn(put)[0]).toBe(400);
    expect(put).not.toMatch(/^set-cookie/im);
  });
});

describe('Too much, too long, too slow', () => {
  it('refuses headers and addresses over 16 KiB (431) and keeps serving', async () => {
    for (const request of [lines(`GET /${'a'.repeat(20_000)} HTTP/1.1`, 'Host: localhost'), lines('GET /healthz HTTP/1.1', 'Host: localhost', `X-A: ${'a'.repeat(20_000)}`), lines('GET /healthz HTTP/1.1', 'Host: localhost', ...Array.from({ length: 3000 }, (_, at) => `X-${at}: a`))]) {
      expect(statusesIn(await sendRaw(server.base, request))[0]).toBe(431);
    }
    expect((await fetch(`${server.base}/healthz`)).status).toBe(200);
  });

  it('takes little from who has not signed in, and reads no body of one that is refused', async () => {
    const large = 'x'.repeat(200_000);
    const open = await fetch(`${server.base}/api/session`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ username: 'a', password: large }) });
    expect(open.status).toBe(413);
    const announced = await sendRaw(server.base, lines('POST /fhir/R4/Patient HTTP/1.1', 'Host: localhost', 'Content-Type: application/fhir+json', 'Content-Length: 60000000'));
    expect(statusesIn(announced)).toEqual([401]);
  });

  it('has a bound for headers, for requests and for bodies that come byte by byte (slow loris)', async () => {
    const { server: raw } = server.app;
    expect([raw.headersTimeout, raw.requestTimeout, raw.keepAliveTimeout]).toEqual([15_000, 3_600_000, 72_000]);
  });

  it('knows no compressed bodies, and so no bombs in them', async () => {
    const bomb = Buffer.from('H4sIAAAAAAAAA+3BMQEAAADCoPVPbQwfoAAAAAAAAAAAAAAAAAAAAIC3AYbSVKsAQAAA', 'base64');
    const answer = await server.call('/fhir/R4/Patient', { method: 'POST', headers: { 'content-type': 'application/fhir+json', 'content-encoding': 'gzip' }, body: bomb });
    expect(answer.status).toBe(415);
    expect(answer.headers.get('accept-encoding')).toBe('identity');
  });
});
