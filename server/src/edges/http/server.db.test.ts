import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { contract } from '@sen/contracts';
import Type from 'typebox';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { testDatabase, type TestDatabase } from '../../../../tests/support/database.ts';
import { ensureDemoAccounts, issueToken } from '../../modules/security/index.ts';
import { security } from '../../modules/security/module.ts';
import { openLog } from '../../platform/log.ts';
import type { ModuleManifest } from '../../platform/module.ts';
import { Refusal } from '../../platform/refusal.ts';
import { bind } from '../../platform/route.ts';
import { takeRawBodies } from './bodies.ts';
import { buildHttp } from './server.ts';

const greet = contract({
  method: 'POST', path: '/api/greetings/:id', summary: 'Greets.', needs: 'session.own',
  params: Type.Object({ id: Type.String() }),
  query: Type.Object({ times: Type.Integer({ minimum: 1, default: 1 }) }),
  body: Type.Object({ name: Type.String(), age: Type.Optional(Type.Integer()) }),
  response: Type.Object({ text: Type.String(), by: Type.String() }),
});

const slow = { arrived: Promise.withResolvers<void>(), mayAnswer: Promise.withResolvers<void>() };

/** A module whose routes do all that can go wrong. */
const probe: ModuleManifest = {
  name: 'probe',
  owns: 'nothing',
  routes: (app) => {
    bind(app, greet, async (work, { id, times, name }) => ({ text: `${id} ${name.repeat(times)}`, by: work.actor.name, secret: 'never sent' }));
    app.get('/api/fault', { config: { needs: 'session.own' } }, async () => {
      throw new Error('Nguyễn Thị Bí Mật has no bed', { cause: new TypeError('Nguyễn Thị Bí Mật') });
    });
    app.get('/api/sql/:state', { config: { needs: 'session.own' } }, async (request) => {
      await request.work.db.query({ text: `DO $$ BEGIN RAISE EXCEPTION 'Nguyễn Thị Bí Mật' USING ERRCODE = '${(request.params as { state: string }).state}'; END $$` });
    });
    app.get('/api/slow', { config: { needs: 'session.own' } }, async () => {
      slow.arrived.resolve();
      await slow.mayAnswer.promise;
      return { done: true };
    });
    app.register(async (fhir) => {
      takeRawBodies(fhir);
      fhir.get('/Patient/:id', { config: { needs: 'fhir.use' } }, async () => {
        throw new Refusal('not-found', 'record.unknown', { vi: 'Không tìm thấy.', en: 'Not found.' });
      });
      fhir.post('/Patient', { config: { needs: 'fhir.use' } }, async (request, reply) => reply.type('application/fhir+json').send(request.body as string));
      fhir.put('/Patient/:id', { config: { needs: 'fhir.use' } }, async () => {
        throw new Refusal('rule', 'record.invalid', { vi: 'Sai.', en: 'Wrong.' }, [
          { severity: 'error', code: 'value', diagnostics: 'not a date', expression: 'Patient.birthDate' },
          { severity: 'warning', code: 'informational', diagnostics: 'odd' },
        ]);
      });
      fhir.get('/metadata', { config: { needs: 'fhir.use' } }, async () => ({ resourceType: 'CapabilityStatement' }));
      fhir.get('/fault', { config: { needs: 'fhir.use' } }, async () => {
        throw new Error('Nguyễn Thị Bí Mật');
      });
    }, { prefix: '/fhir/R4' });
  },
};

const lines: string[] = [];
let db: TestDatabase;
let app: Awaited<ReturnType<typeof buildHttp>>;
let token: string;
let web: string;

beforeAll(async () => {
  db = await testDatabase({ env: { SEN_BODY_LIMIT_BYTES: '2048' } });
  await ensureDemoAccounts(db.work(), 'bvsen');
  token = await issueToken(db.work(), 'quantri', 1);
  web = mkdtempSync(join(tmpdir(), 'sen-web-'));
  mkdirSync(join(web, 'assets'));
  writeFileSync(join(web, 'index.html'), '<!doctype html><title>Sen</title>');
  writeFileSync(join(web, 'assets', 'app-4f2a.js'), 'let plain');
  writeFileSync(join(web, 'assets', 'app-4f2a.js.br'), 'brotli bytes');
  app = await buildHttp(db.house, [security, probe], { web, log: openLog('info', { write: (line) => void lines.push(line) }) });
});

afterAll(async () => {
  await app?.close();
  await db?.close();
  rmSync(web, { recursive: true, force: true });
});

const signed = () => ({ authorization: `Bearer ${token}` });

describe('Who may ask', () => {
  it('refuses /api and /fhir without an actor, each in its own form', async () => {
    const api = await app.inject({ url: '/api/fault' });
    expect(api.statusCode).toBe(401);
    expect(api.headers['www-authenticate']).toContain('Bearer');
    expect(api.json()).toMatchObject({ code: 'security.not-signed-in', category: 'unauthenticated', message: { vi: 'Xin đăng nhập.', en: 'Please sign in.' }, requestId: expect.any(String) });
    const fhir = await app.inject({ url: '/fhir/R4/Patient/1' });
    expect(fhir.statusCode).toBe(401);
    expect(fhir.headers['content-type']).toBe('application/fhir+json; charset=utf-8');
    expect(fhir.json()).toMatchObject({ resourceType: 'OperationOutcome', issue: [{ severity: 'error', code: 'login', details: { text: 'Xin đăng nhập.' } }] });
  });

  it('answers what a server can do, and its health, to anybody', async () => {
    for (const url of ['/fhir/R4/metadata', '/healthz', '/readyz', '/metrics']) expect((await app.inject({ url })).statusCode, url).toBe(200);
  });

  it('gives the work of a request its actor', async () => {
    const answer = await app.inject({ method: 'POST', url: '/api/greetings/7?times=2', headers: signed(), payload: { name: 'An' } });
    expect(answer.json()).toEqual({ text: '7 AnAn', by: 'Nguyễn Quốc Bảo' });
  });

  it('believes no token that it did not make', async () => {
    for (const wrong of ['Bearer x', `Bearer ${'a'.repeat(43)}`, 'Basic cXVhbnRyaTpzZW4tZGVtbw==']) {
      expect((await app.inject({ url: '/api/fault', headers: { authorization: wrong } })).statusCode).toBe(401);
    }
  });
});

describe('A change that a cookie alone would allow (CSRF)', () => {
  const change = (headers: Record<string, string>) =>
    app.inject({ method: 'POST', url: '/api/greetings/7', payload: { name: 'An' }, headers: { host: 'sen.test', cookie: `sen_session=${token}`, ...headers } });

  it('passes from our own site', async () => {
    expect((await change({ 'sec-fetch-site': 'same-origin' })).statusCode).toBe(200);
    expect((await change({ origin: 'https://sen.test' })).statusCode).toBe(200);
  });

  it('is refused from any other site, a sibling domain too, and when the browser does not say', async () => {
    for (const headers of [{ 'sec-fetch-site': 'cross-site' }, { 'sec-fetch-site': 'same-site' }, { origin: 'https://evil.test' }, { origin: 'null' }, {}] as Record<string, string>[]) {
      const answer = await change(headers);
      expect([answer.statusCode, answer.json().code]).toEqual([403, 'http.foreign-site']);
    }
  });

  it('leaves reading alone', async () => {
    const answer = await app.inject({ url: '/api/session', headers: { cookie: `sen_session=${token}`, 'sec-fetch-site': 'cross-site' } });
    expect(answer.statusCode).toBe(200);
  });
});

describe('Contracts', () => {
  const post = (url: string, payload: object | string, headers: Record<string, string> = {}) => app.inject({ method: 'POST', url, headers: { ...signed(), ...headers }, payload });

  it('names every field that is wrong, in two languages, and no value', async () => {
    const answer = await post('/api/greetings/7?times=x', { name: 'An' });
    expect(answer.statusCode).toBe(400);
    expect(answer.json()).toMatchObject({ code: 'http.fields', category: 'incorrect', message: { vi: 'Một số trường chưa đúng.', en: 'Some fields are not right.' }, issues: [{ expression: 'querystring.times' }] });
    const body = await post('/api/greetings/7', { age: 'bốn mươi' });
    expect(body.json().issues.map((issue: { expression: string; code: string }) => [issue.code, issue.expression])).toEqual([['required', 'body.name'], ['value', 'body.age']]);
    expect(body.body).not.toContain('bốn mươi');
  });

  it('refuses broken JSON, unknown media types and bodies that are too large', async () => {
    const broken = await post('/api/greetings/7', '{"name":', { 'content-type': 'application/json' });
    expect([broken.statusCode, broken.json().code]).toEqual([400, 'http.json']);
    const xml = await post('/api/greetings/7', '<a/>', { 'content-type': 'application/xml' });
    expect([xml.statusCode, xml.json().code]).toEqual([415, 'http.media-type']);
    const huge = await post('/api/greetings/7', { name: 'x'.repeat(3000) });
    expect([huge.statusCode, huge.json().code, huge.json().category]).toEqual([413, 'http.too-large', 'too-large']);
    const fhir = await post('/fhir/R4/Patient', 'x'.repeat(3000), { 'content-type': 'application/fhir+json' });
    expect([fhir.statusCode, fhir.json().issue[0].code]).toEqual([413, 'too-long']);
  });

  it('gives FHIR routes the body as it was sent', async () => {
    const sent = '{"resourceType":"Patient", "x": 1.0}';
    const answer = await post('/fhir/R4/Patient', sent, { 'content-type': 'application/fhir+json' });
    expect(answer.body).toBe(sent);
  });
});

describe('Refusals and faults', () => {
  it('become an OperationOutcome with one issue a finding', async () => {
    const answer = await app.inject({ method: 'PUT', url: '/fhir/R4/Patient/1', headers: { ...signed(), 'accept-language': 'en' } });
    expect(answer.statusCode).toBe(422);
    const { issue } = answer.json();
    expect(issue).toMatchObject([
      { severity: 'error', code: 'value', diagnostics: 'not a date', expression: ['Patient.birthDate'], details: { text: 'Wrong.', coding: [{ code: 'record.invalid' }] } },
      { severity: 'warning', code: 'informational', diagnostics: 'odd' },
    ]);
    expect(issue[0].details._text.extension[0].extension).toEqual([{ url: 'lang', valueCode: 'vi' }, { url: 'content', valueString: 'Sai.' }]);
  });

  it('answers 503 with Retry-After when the disk is full or the database is gone', async () => {
    for (const [state, code] of [['53100', 'platform.disk-full'], ['53300', 'platform.database-gone'], ['57P03', 'platform.database-gone'], ['57014', 'platform.too-slow']]) {
      const answer = await app.inject({ url: `/api/sql/${state}`, headers: signed() });
      expect([answer.statusCode, answer.json().code, answer.headers['retry-after']]).toEqual([503, code, '5']);
    }
  });

  it('answers 500 without detail to anything else', async () => {
    for (const url of ['/api/fault', '/api/sql/23505', '/fhir/R4/fault']) {
      const answer = await app.inject({ url, headers: signed() });
      expect(answer.statusCode).toBe(500);
      expect(answer.body).not.toContain('Bí Mật');
      expect(answer.body).toContain('Có lỗi trong hệ thống');
    }
  });

  it('answers 404 to unknown addresses, in the form of the door', async () => {
    expect((await app.inject({ url: '/api/nothing', headers: signed() })).json()).toMatchObject({ code: 'http.not-found' });
    expect((await app.inject({ url: '/fhir/R5/Patient', headers: signed() })).json()).toMatchObject({ resourceType: 'OperationOutcome', issue: [{ code: 'not-found' }] });
    expect((await app.inject({ url: '/api/%E0%A4%A', headers: signed() })).statusCode).toBe(400);
  });
});

describe('The log (Law on medical examination and treatment 15/2023/QH15, art. 10: privacy)', () => {
  it('holds nothing of a patient named in the address, the body, an error or its cause', async () => {
    lines.length = 0;
    const name = encodeURIComponent('Nguyễn Thị Bí Mật');
    await app.inject({ url: `/fhir/R4/Patient/BiMat?name=${name}&find=0912345678`, headers: signed() });
    await app.inject({ method: 'POST', url: `/api/greetings/BiMat?name=${name}`, headers: signed(), payload: { name: 'Nguyễn Thị Bí Mật' } });
    await app.inject({ url: '/api/fault', headers: signed() });
    await app.inject({ url: '/api/sql/23505', headers: signed() });
    await app.inject({ url: `/api/${name}`, headers: { ...signed(), 'x-request-id': 'Nguyễn Thị Bí Mật' } });
    const text = lines.join('');
    expect(text).not.toMatch(/Bí|B%C3|BiMat|0912345678|Nguy/);
    expect(text).not.toContain(token);
    const logged = lines.map((line) => JSON.parse(line));
    expect(logged).toContainEqual(expect.objectContaining({ msg: 'request', route: '/fhir/R4/Patient/:id', method: 'GET', status: 404, requestId: expect.any(String), durationMs: expect.any(Number), actor: expect.stringMatching(/^[0-9a-z]{13}$/) }));
    const fault = logged.find((line) => line.msg === 'fault');
    expect(fault.error.frames[0]).toContain('server.db.test.ts');
    expect(fault.error.cause.name).toBe('TypeError');
    expect(logged.find((line) => line.msg === 'fault' && line.error.code === '23505')).toBeDefined();
  });

  it('takes over a sane request id and the trace id, and tells the request id to the caller', async () => {
    lines.length = 0;
    const answer = await app.inject({ url: '/healthz', headers: { 'x-request-id': 'gateway-000123', traceparent: '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01' } });
    expect(answer.headers['x-request-id']).toBe('gateway-000123');
    expect(JSON.parse(lines.at(-1)!)).toMatchObject({ requestId: 'gateway-000123', traceId: '4bf92f3577b34da6a3ce929d0e0e4736' });
  });
});

describe('Metrics', () => {
  it('count requests by route pattern and status', async () => {
    await app.inject({ url: '/fhir/R4/Patient/1', headers: signed() });
    const text = (await app.inject({ url: '/metrics' })).body;
    expect(text).toMatch(/http_request_duration_seconds_count\{method="GET",route="\/fhir\/R4\/Patient\/:id",status="404"\} \d+/);
    expect(text).toMatch(/sen_database_connections\{state="idle"\} \d+/);
    expect(text).toContain('nodejs_eventloop_lag_p99_seconds');
    expect(text).toContain('process_resident_memory_bytes');
    expect(text).not.toContain('BiMat');
  });
});

describe('The web', () => {
  it('serves hashed assets for ever, precompressed where the browser takes it', async () => {
    const plain = await app.inject({ url: '/assets/app-4f2a.js' });
    expect([plain.statusCode, plain.body, plain.headers['cache-control']]).toEqual([200, 'let plain', 'public, max-age=31536000, immutable']);
    const small = await app.inject({ url: '/assets/app-4f2a.js', headers: { 'accept-encoding': 'br, gzip' } });
    expect([small.headers['content-encoding'], small.body, small.headers['content-type']]).toEqual(['br', 'brotli bytes', expect.stringContaining('javascript')]);
    expect((await app.inject({ url: '/assets/gone.js' })).statusCode).toBe(404);
  });

  it('gives the page for every page address, and never for /api, /fhir or a missing file', async () => {
    for (const url of ['/', '/benh-nhan/123?tab=thuoc']) {
      const page = await app.inject({ url });
      expect([page.statusCode, page.headers['content-type'], page.headers['cache-control']]).toEqual([200, 'text/html; charset=utf-8', 'no-store']);
      expect(page.headers['content-security-policy']).toContain("script-src 'nonce-");
      expect(page.headers).toMatchObject({ 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer' });
      expect(page.headers['content-security-policy']).toContain("frame-ancestors 'none'");
    }
    for (const url of ['/api/page', '/fhir/R4/x/y/z/w']) expect((await app.inject({ url, headers: signed() })).statusCode).toBe(404);
    expect((await app.inject({ url: '/favicon.png' })).statusCode).toBe(404);
    expect((await app.inject({ method: 'POST', url: '/benh-nhan/123' })).statusCode).toBe(404);
    expect((await app.inject({ url: '/..%2f..%2fpackage.json' })).body).not.toContain('workspaces');
  });
});

describe('Closing', () => {
  beforeEach(() => {
    slow.arrived = Promise.withResolvers();
    slow.mayAnswer = Promise.withResolvers();
  });

  it('lets a request in flight finish, then listens no more', async () => {
    const other = await buildHttp(db.house, [security, probe], { web, log: openLog('silent') });
    const base = await other.listen({ port: 0, host: '127.0.0.1' });
    const answer = fetch(`${base}/api/slow`, { headers: signed() });
    await slow.arrived.promise;
    const closed = other.close();
    slow.mayAnswer.resolve();
    expect(await (await answer).json()).toEqual({ done: true });
    await closed;
    await expect(fetch(`${base}/healthz`)).rejects.toThrow();
  });

  it('waits no longer than its bound', async () => {
    const other = await buildHttp(db.house, [security, probe], { web, log: openLog('silent'), closeWithinMs: 50 });
    const base = await other.listen({ port: 0, host: '127.0.0.1' });
    const answer = fetch(`${base}/api/slow`, { headers: signed() }).then(() => 'answered', () => 'cut');
    await slow.arrived.promise;
    await other.close(); // without the bound it would never end: nobody lets the route answer
    expect(await answer).toBe('cut');
    slow.mayAnswer.resolve();
  });
});
