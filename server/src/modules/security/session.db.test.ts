import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testDatabase, type TestDatabase } from '../../../../tests/support/database.ts';
import { buildHttp } from '../../edges/http/server.ts';
import { openLog } from '../../platform/log.ts';
import { Refusal } from '../../platform/refusal.ts';
import { demoPassword, ensureDemoAccounts, issueToken, listDemoAccounts, readSession, recallSession, signIn, signOut } from './index.ts';
import { security } from './module.ts';
import { roles } from './policy/roles.ts';

let db: TestDatabase;
let app: Awaited<ReturnType<typeof buildHttp>>;

beforeAll(async () => {
  db = await testDatabase();
  await ensureDemoAccounts(db.work(), 'bvsen');
  app = await buildHttp(db.house, [security], { log: openLog('silent') });
});

afterAll(async () => {
  await app?.close();
  await db?.close();
});

const post = (payload: object, headers: Record<string, string> = {}, remoteAddress = '10.0.0.1') =>
  app.inject({ method: 'POST', url: '/api/session', payload, headers, remoteAddress });

const refusalOf = (attempt: Promise<unknown>) => attempt.then(() => undefined, (error: unknown) => (error instanceof Refusal ? error : Promise.reject(error)));

describe('The demo accounts', () => {
  it('are people of every role that signs in, with names, and stay as many when ensured again', async () => {
    await ensureDemoAccounts(db.work(), 'bvsen');
    const accounts = await listDemoAccounts(db.work());
    const machines: readonly string[] = ['device', 'integration', 'partner'];
    expect(accounts.flatMap((account) => account.roles).sort()).toEqual(roles.filter((role) => !machines.includes(role)).sort());
    expect(accounts.filter(({ patients }) => patients.length === 0).every(({ facility }) => facility === 'bvsen')).toBe(true);
  });

  it('are shown on the sign-in page without any secret but their common password', async () => {
    const answer = (await app.inject({ url: '/api/session/demo-accounts' })).json();
    expect(answer.password).toBe('sen-demo');
    expect(Object.keys(answer.accounts[0])).toEqual(['username', 'name', 'roles']);
  });

  it('are not shown, nor their password, where the demo hospital was not loaded', async () => {
    const empty = await testDatabase();
    const other = await buildHttp(empty.house, [security], { log: openLog('silent') });
    expect((await other.inject({ url: '/api/session/demo-accounts' })).json()).toEqual({ accounts: [] });
    await other.close();
    await empty.close();
  });
});

describe('Sign-in', () => {
  it('gives a browser a cookie and a script a token, and the session tells who it is', async () => {
    const answer = await post({ username: ' BacSi ', password: demoPassword });
    expect(answer.statusCode).toBe(200);
    const { token, session } = answer.json();
    const { account, expiresAt } = session;
    expect(account).toMatchObject({ username: 'bacsi', roles: ['doctor'], facility: 'bvsen' });
    expect(expiresAt).toBe('2026-03-02T13:00:00.000Z');
    expect(answer.headers['set-cookie']).toBe(`sen_session=${token}; Path=/; HttpOnly; SameSite=Lax; Max-Age=43200`);
    const byCookie = await app.inject({ url: '/api/session', headers: { cookie: `other=1; sen_session=${token}` } });
    const byToken = await app.inject({ url: '/api/session', headers: { authorization: `Bearer ${token}` } });
    expect(byCookie.json()).toEqual(session);
    expect(byToken.json()).toEqual(session);
    expect(session.ways).toEqual(['password']);
  });

  it('marks the cookie Secure where the page came by https', async () => {
    const answer = await post({ username: 'bacsi', password: demoPassword }, { host: 'sen.test', origin: 'https://sen.test' });
    expect(answer.headers['set-cookie']).toContain('; Secure');
  });

  it('stores neither password nor token', async () => {
    const { token } = (await post({ username: 'quantri', password: demoPassword })).json();
    const { rows } = await db.database.query<{ all: string }>({ text: 'SELECT (SELECT json_agg(a)::text FROM security.account a) || (SELECT json_agg(s)::text FROM security.session s) AS all' });
    expect(rows[0]?.all).not.toContain(token);
    expect(rows[0]?.all).not.toContain(demoPassword);
    expect(rows[0]?.all).toContain('$argon2id$v=19$m=19456,t=2,p=1$');
  });

  it('answers an unknown user and a wrong password alike, after the same work', async () => {
    const timed = async (username: string) => {
      const began = performance.now();
      const answer = await post({ username, password: 'sai' }, {}, '10.0.0.2');
      return { ms: performance.now() - began, status: answer.statusCode, body: { ...answer.json(), requestId: '' } };
    };
    await timed('tiepdon');
    const wrong = await timed('tiepdon');
    const unknown = await timed('khong-co');
    expect(wrong.status).toBe(401);
    expect(unknown.body).toEqual(wrong.body);
    expect(unknown.body).toMatchObject({ code: 'security.wrong-password', message: { vi: 'Tên đăng nhập hoặc mật khẩu không đúng.' } });
    // argon2id is by far the longest part; without it an unknown user would be answered in about 1 ms.
    expect(unknown.ms).toBeGreaterThan(15);
  });

  it('refuses what breaks the contract and another site\'s form', async () => {
    expect((await post({ username: 'bacsi' })).json()).toMatchObject({ code: 'http.fields', issues: [{ expression: 'body.password' }] });
    expect((await post({ username: 'bacsi', password: demoPassword }, { origin: 'https://evil.test' })).statusCode).toBe(403);
  });
});

describe('Guessing passwords', () => {
  const rules = { hours: 1, lockMinutes: 5, secondFactorRoles: new Set<string>(), secondFactorFrom: 0 };
  const attempt = (password: string, address: string) => signIn(db.work(), { username: 'dieuduong', password, address, kind: 'script' }, rules);

  it('is slowed after four failures, for that account from that address, and for half a minute at most', async () => {
    for (let guess = 0; guess < 4; guess++) expect((await refusalOf(attempt('sai', '10.9.9.9')))?.code).toBe('security.wrong-password');
    const refusal = await refusalOf(attempt(demoPassword, '10.9.9.9'));
    expect(refusal).toMatchObject({ category: 'busy', code: 'security.wait', retryAfterSeconds: 1 });
    // The nurse herself, at another desk, is not kept waiting.
    await expect(attempt(demoPassword, '10.1.1.1')).resolves.toBeDefined();
    for (let guess = 0; guess < 5; guess++) {
      db.clock.advance(30_000);
      await refusalOf(attempt('sai', '10.9.9.9'));
    }
    expect((await refusalOf(attempt(demoPassword, '10.9.9.9')))).toMatchObject({ retryAfterSeconds: 30 });
    db.clock.advance(30_000);
    await expect(attempt(demoPassword, '10.9.9.9')).resolves.toBeDefined();
  });

  it('tells a browser how long to wait', async () => {
    for (let guess = 0; guess < 4; guess++) await post({ username: 'khac', password: 'sai' }, {}, '10.0.0.3');
    const answer = await post({ username: 'khac', password: 'sai' }, {}, '10.0.0.3');
    expect([answer.statusCode, answer.headers['retry-after']]).toEqual([429, '1']);
  });
});

describe('A session', () => {
  it('ends at sign-out, at once', async () => {
    const { token } = (await post({ username: 'quantri', password: demoPassword })).json();
    const out = await app.inject({ method: 'DELETE', url: '/api/session', headers: { cookie: `sen_session=${token}`, 'sec-fetch-site': 'same-origin' } });
    expect([out.statusCode, out.body]).toEqual([204, '']);
    expect(out.headers['set-cookie']).toContain('sen_session=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0');
    const after = await app.inject({ url: '/api/session', headers: { authorization: `Bearer ${token}` } });
    expect([after.statusCode, after.json().code]).toEqual([401, 'security.not-signed-in']);
  });

  it('ends by itself, although it is remembered', async () => {
    const token = await issueToken(db.work(), 'quantri', 1);
    expect((await readSession(db.work(), token))?.account.username).toBe('quantri');
    db.clock.advance(3_600_000);
    expect(recallSession(token, db.work().now)).toBeUndefined();
    expect(await readSession(db.work(), token)).toBeUndefined();
    await security.start?.(db.house);
    const { rows } = await db.database.query({ text: 'SELECT 1 FROM security.session WHERE expires_at <= $1', values: [new Date(db.work().now)] });
    expect(rows).toEqual([]);
  });

  it('ends in other processes within 15 s, also when its account is disabled', async () => {
    const token = await issueToken(db.work(), 'tiepdon', 1);
    await db.database.query({ text: "UPDATE security.account SET disabled = true WHERE username = 'tiepdon'" });
    db.clock.advance(15_000);
    expect(await readSession(db.work(), token)).toBeUndefined();
    expect((await refusalOf(issueToken(db.work(), 'tiepdon', 1)))?.code).toBe('security.no-account');
    await db.database.query({ text: "UPDATE security.account SET disabled = false WHERE username = 'tiepdon'" });
  });

  it('notes its last use only every five minutes', async () => {
    const token = await issueToken(db.work(), 'quantri', 1);
    const lastUse = async () => (await db.database.query<{ at: Date }>({ text: 'SELECT max(last_used_at) AS at FROM security.session' })).rows[0]?.at.getTime();
    const first = await lastUse();
    db.clock.advance(60_000);
    await readSession(db.work(), token);
    expect(await lastUse()).toBe(first);
    db.clock.advance(300_000);
    await readSession(db.work(), token);
    expect(await lastUse()).toBe(db.work().now);
  });

  it('costs a request no query and less than 20 µs once it is remembered', async () => {
    const token = await issueToken(db.work(), 'quantri', 1);
    const { now } = db.work();
    const began = performance.now();
    for (let request = 0; request < 10_000; request++) recallSession(token, now);
    expect((performance.now() - began) / 10).toBeLessThan(20); // µs each
  });

  it('opened in a transaction that fails never was', async () => {
    let token = '';
    const failing = db.work().transact(async (work) => {
      token = await issueToken(work, 'quantri', 1);
      throw new Error('rolled back');
    });
    await expect(failing).rejects.toThrow('rolled back');
    expect(await readSession(db.work(), token)).toBeUndefined();
  });

  it('is ended by signing out twice without complaint', async () => {
    const token = await issueToken(db.work(), 'quantri', 1);
    await signOut(db.work(), token);
    await signOut(db.work(), token);
    expect(await readSession(db.work(), token)).toBeUndefined();
  });
});
