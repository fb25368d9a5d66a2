// Injection, swept over every door: quotes, wildcards, NUL, paths and line ends in each part of each address. Whatever comes back, it is never a fault
// of ours (500), never what another question would have found, and nothing of it is in the log. OWASP ASVS 5.0 V1.2, V1.3, V5.3, V16.
import { buildHttp } from '../../server/src/edges/http/server.ts';
import { hospital } from '../../server/src/hospital.ts';
import { openLog } from '../../server/src/platform/log.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testServer, type TestServer } from '../support/server.ts';

let server: TestServer;

beforeAll(async () => {
  server = await testServer({ env: { SEN_RATE_ACCOUNT_PER_MINUTE: '0', SEN_RATE_OPEN_PER_MINUTE: '0' } });
});

afterAll(() => server?.close());

const payloads = [
  "'", '"', "' OR '1'='1", "'; DROP TABLE record.resource; --", "') UNION SELECT 1,2,3 --", '%', '_', '\\', '\\\'', '$1', '$$', '${7*7}', '{{7*7}}', '`id`', '$(id)', '; cat /etc/passwd',
  '\u0000', '\r\n', '\ud800', '\u202e', '\ufeff', '😀', '../../../../etc/passwd', '..%2f..%2fetc%2fpasswd', '%c0%ae%c0%ae/', '/etc/passwd', 'C:\\Windows\\win.ini', 'file:///etc/passwd',
  '-1', '99999999999999999999', '1e309', 'NaN', 'null', 'undefined', '[object Object]', '{"$gt":""}', '[]', 'true', '\'\'', '*', '(', '[', '+', ' ', '1970-01-01T00:00:00Z', 'Patient/1', '\u00e0\u0300'.repeat(50),
];

/** Encoded as a client would; a lone surrogate cannot be. */
function encoded(payload: string): string {
  try {
    return encodeURIComponent(payload);
  } catch {
    return '%ed%a0%80';
  }
}

/** What must be in no answer: words of databases, stacks, files and places of the server. */
const leaks = /syntax error at|pg_catalog|SQLSTATE|relation "|column "|at (?:async )?\w+ \(|\.ts:\d+|node_modules|root:x:0|\/server\/src\//;

async function judge(path: string, init: RequestInit = {}): Promise<string[]> {
  const answer = await server.call(path, init);
  const text = await answer.text();
  const found = [];
  if (answer.status >= 500 && answer.status !== 501) found.push(`${init.method ?? 'GET'} ${path}: ${answer.status} ${text.slice(0, 200)}`);
  if (leaks.test(text)) found.push(`${init.method ?? 'GET'} ${path}: tells ${leaks.exec(text)?.[0]}`);
  return found;
}

async function judgeAll(tries: readonly (readonly [string, RequestInit?])[]): Promise<string[]> {
  const found: string[] = [];
  for (let at = 0; at < tries.length; at += 16) found.push(...(await Promise.all(tries.slice(at, at + 16).map(([path, init]) => judge(path, init)))).flat());
  return found;
}

describe('Injection into every route', () => {
  it('finds no fault in any path segment', async () => {
    const patterns = server.app.doors().filter(({ url, methods }) => url.includes(':') && methods.some((method) => method !== 'HEAD'));
    expect(patterns.length).toBeGreaterThan(15);
    const tries = patterns.flatMap(({ url, methods }) => payloads.map((payload) => {
      const method = methods[0]!;
      const path = url.replaceAll(/:\w+/g, encoded(payload)).replace('*', encoded(payload));
      const takesBody = method === 'POST' || method === 'PUT' || method === 'PATCH';
      const headers = { 'content-type': url.startsWith('/fhir') ? 'application/fhir+json' : 'application/json' };
      return [path, { method, ...(takesBody ? { headers, body: '{}' } : {}) }] as const;
    }));
    expect(await judgeAll(tries)).toEqual([]);
  }, 120_000);

  it('finds no fault in any query parameter of our own API', async () => {
    const gets = server.app.doors().filter(({ url, methods }) => url.startsWith('/api/') && methods.includes('GET'));
    const names = ['query', 'q', 'from', 'to', 'code', 'cursor', 'limit', 'page', 'before', 'after', 'filter', 'search', 'kind', 'type', 'id', 'patient', 'state'];
    const tries = gets.flatMap(({ url }) => payloads.map((payload) => [`${url.replaceAll(/:\w+/g, 'x')}?${names.map((name) => `${name}=${encoded(payload)}`).join('&')}`] as const));
    expect(await judgeAll(tries)).toEqual([]);
  }, 120_000);

  it('finds no fault in the FHIR search: parameters, modifiers, chains, sorts, includes, filters, paging', async () => {
    const shapes = [
      'Patient?name=@', 'Patient?family:exact=@', 'Patient?identifier=@', 'Patient?identifier=a|@', 'Patient?birthdate=@', 'Patient?birthdate=ge@', 'Patient?_id=@', 'Patient?_lastUpdated=@', 'Patient?_sort=@', 'Patient?_sort=-@',
      'Patient?_elements=@', 'Patient?_include=@', 'Patient?_revinclude=@', 'Patient?_has:Observation:patient:code=@', 'Patient?_has:@:patient:code=1', 'Patient?general-practitioner.name=@', 'Patient?organization.@=1', 'Patient?_filter=@',
      'Patient?_filter=name eq "@"', 'Patient?_count=@', 'Patient?_getpages=@', 'Patient?_page=@', 'Patient?_cursor=@', 'Patient?_summary=@', 'Patient?_total=@', 'Patient?_format=@', 'Patient?_text=@', 'Patient?_content=@', 'Patient?_tag=@', 'Patient?_profile=@', 'Patient?_list=@',
      'Patient?@=1', 'Patient?name:@=1', 'Observation?code=@', 'Observation?value-quantity=@', 'Observation?value-quantity=5|@|mg', 'Observation?code-value-quantity=@', 'Observation?code-value-quantity=1$@', 'Observation?date=@', 'Observation?subject=@', 'Observation?subject:Patient=@',
      'Condition?code:in=@', 'Condition?code:below=@', 'Condition?code:text=@', 'ValueSet?url=@', 'ValueSet/$expand?url=@', 'ValueSet/$expand?filter=@', 'CodeSystem/$lookup?system=@&code=@', 'CodeSystem/$validate-code?url=@&code=@', '@', '@/1', 'Patient/@', 'Patient/@/_history/1',
      'Patient/1/_history/@', 'Patient/_history?_since=@', 'Patient/_history?_at=@', 'Patient/1/$everything?start=@', 'Observation/$lastn?patient=@', 'Patient/$@', '$export?_type=@', '$export?_since=@', '$export?_typeFilter=@', 'metadata?mode=@', '_bulk/@', '_bulk/@/@?expires=@&signature=@', 'Patient/1/@', 'Patient/1/@?code=1', '$graphql?query=@',
      '$graphql?query={PatientList(name:"@"){id}}',
    ];
    const tries = shapes.flatMap((shape) => payloads.map((payload) => [`/fhir/R4/${shape.replaceAll('@', encoded(payload))}`] as const));
    expect(await judgeAll(tries)).toEqual([]);
    expect((await server.call('/fhir/R4/Patient?_count=0')).status).toBe(200);
  }, 240_000);

  it('finds no fault in headers', async () => {
    const names = ['accept', 'accept-language', 'accept-encoding', 'prefer', 'if-match', 'if-none-match', 'if-modified-since', 'if-none-exist', 'x-request-id', 'cookie', 'authorization', 'x-forwarded-for', 'origin', 'referer', 'user-agent', 'content-type', 'range', 'traceparent'];
    const sendable = payloads.filter((payload) => /^[\x20-\x7e\x80-\xff]*$/.test(payload) && payload.trim() !== '');
    const tries = names.flatMap((name) => sendable.flatMap((payload) => [
      [`/fhir/R4/Patient?_count=1`, { headers: { [name]: payload } }] as const,
      [`/fhir/R4/Patient/x`, { method: 'PUT', headers: { 'content-type': 'application/fhir+json', [name]: payload }, body: '{"resourceType":"Patient","id":"x"}' }] as const,
      [`/api/session`, { headers: { [name]: payload } }] as const,
    ]));
    expect(await judgeAll(tries)).toEqual([]);
  }, 120_000);

  it('finds no fault in the body of a sign-in', async () => {
    const tries = payloads.flatMap((payload) => [
      ['/api/session', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ username: payload, password: payload }) }] as const,
      ['/api/session', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ username: { $gt: payload }, password: [payload] }) }] as const,
    ]);
    expect(await judgeAll(tries)).toEqual([]);
  });

  it('finds nothing more by it than the literal text', async () => {
    await server.call('/fhir/R4/Patient', { method: 'POST', headers: { 'content-type': 'application/fhir+json' }, body: '{"resourceType":"Patient","name":[{"family":"Bùi"}]}' });
    for (const text of ["' OR '1'='1", '%', '_', '*', '.', '\\']) {
      const found = (await (await server.call(`/fhir/R4/Patient?family=${encodeURIComponent(text)}&_total=accurate`)).json()) as { total: number };
      expect([text, found.total]).toEqual([text, 0]);
    }
  });
});

describe('Path traversal', () => {
  it('leads nowhere: not from the web, its assets, files of exports or documents', async () => {
    const ways = ['..', '..%2f', '%2e%2e', '%2e%2e%2f', '..%5c', '%252e%252e%252f', '....//', '..;/', '%c0%ae%c0%ae/', '.%00./'];
    const places = ['/', '/assets/', '/fhir/R4/_bulk/', '/fhir/R4/_bulk/x/', '/fhir/R4/Binary/', '/oidc/', '/api/'];
    const targets = ['package.json', 'etc/passwd', 'server/src/platform/config.ts', '.sen-build', 'sen.lock', 'keys/master.json'];
    for (const place of places) {
      for (const way of ways) {
        for (const target of targets) {
          const path = `${place}${`${way}/`.repeat(6)}${target}`;
          const answer = await server.app.inject({ url: path, headers: { authorization: `Bearer ${server.token}` } });
          expect([path, /workspaces|root:x|settingsTable|"pid"|"keys"/.test(answer.body)]).toEqual([path, false]);
        }
      }
    }
  });

  it('shows no hidden file and no page by its file name', async () => {
    for (const path of ['/.sen-build', '/.env', '/.git/config', '/index.html', '/index.html.br', '/assets/.x', '/assets/']) {
      const answer = await fetch(`${server.base}${path}`);
      expect([path, answer.status]).toEqual([path, 404]);
    }
  });
});

describe('Cache deception (a private answer at an address that looks like a file)', () => {
  it('does not work: such addresses are not there, and private answers are never stored', async () => {
    for (const path of ['/api/session/x.css', '/api/session%2fx.css', '/api/session;x.css', '/fhir/R4/Patient/x.css', '/fhir/R4/Patient.css', '/api/session%00.css', '/api/session/..%2fx.js']) {
      const answer = await server.call(path);
      expect([path, answer.status >= 400, answer.headers.get('cache-control')]).toEqual([path, true, 'no-store']);
    }
    for (const path of ['/api/session', '/fhir/R4/Patient', '/fhir/R4/metadata', '/api/session/demo-accounts', '/api/nothing', '/fhir/R4/Patient/none']) {
      expect([path, (await server.call(path)).headers.get('cache-control')]).toEqual([path, 'no-store']);
    }
  });
});

describe('The log', () => {
  it('holds nothing that was sent: no name, no token, no password, no line of a stranger’s making', async () => {
    const lines: string[] = [];
    const app = await buildHttp(server.db.house, hospital, { log: openLog('info', { write: (line) => void lines.push(line) }) });
    const secret = 'Bi-Mat-0912345678';
    const forged = encodeURIComponent('x\r\n{"level":"error","msg":"forged"}');
    for (const url of [`/fhir/R4/Patient?name=${secret}`, `/fhir/R4/Patient/${secret}`, `/fhir/R4/${secret}/1`, `/api/patients?query=${secret}`, `/api/${secret}`, `/${secret}`, `/fhir/R4/Patient?name=${forged}`, `/api/${forged}`]) {
      await app.inject({ url, headers: { authorization: `Bearer ${server.token}`, 'x-request-id': `a\t${secret}`, 'user-agent': secret, referer: `http://x/${secret}`, cookie: `a=${secret}`, traceparent: secret } });
    }
    await app.inject({ method: 'POST', url: '/api/session', payload: { username: secret, password: secret } });
    await app.inject({ method: 'POST', url: '/fhir/R4/Patient', headers: { authorization: `Bearer ${server.token}`, 'content-type': 'application/fhir+json' }, payload: `{"resourceType":"Patient","name":"${secret}"` });
    await app.close();
    const text = lines.join('');
    expect(lines.length).toBeGreaterThan(9);
    expect([text.includes(secret), text.includes('forged'), text.includes(server.token)]).toEqual([false, false, false]);
    for (const line of lines) expect(JSON.parse(line)).toMatchObject({ level: expect.any(String), msg: expect.any(String) });
  });
});
