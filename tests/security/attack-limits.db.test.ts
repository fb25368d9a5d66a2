// Floods: more requests than a person makes. OWASP ASVS 5.0 V2.4; API4:2023.
import { Agent, get } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { buildHttp } from '../../server/src/edges/http/server.ts';
import { hospital } from '../../server/src/hospital.ts';
import { ensureDemoAccounts, issueToken } from '../../server/src/modules/security/index.ts';
import type { ModuleManifest } from '../../server/src/platform/module.ts';
import { testServer, type TestServer } from '../support/server.ts';

let server: TestServer | undefined;

afterEach(async () => {
  await server?.close();
  server = undefined;
});

async function withLimits(env: Record<string, string>): Promise<TestServer> {
  server = await testServer({ env });
  await ensureDemoAccounts(server.db.work());
  return server;
}

const statuses = async (count: number, ask: () => Promise<Response>) => {
  const answers = [];
  for (let one = 0; one < count; one++) answers.push(await ask());
  return answers;
};

describe('One stranger', () => {
  it('is told to wait (429, Retry-After) after so many requests a minute, wrong tokens and wrong addresses too; health is always told', async () => {
    const { base } = await withLimits({ SEN_RATE_OPEN_PER_MINUTE: '6' });
    const answers = await statuses(9, () => fetch(`${base}/api/session`));
    expect(answers.map(({ status }) => status)).toEqual([401, 401, 401, 401, 401, 401, 429, 429, 429]);
    expect(Number(answers[8]!.headers.get('retry-after'))).toBeOneOf([9, 10]);
    expect(await answers[8]!.json()).toMatchObject({ code: 'http.too-many', category: 'busy', message: { vi: expect.any(String), en: expect.any(String) } });
    expect((await fetch(`${base}/fhir/R4/Patient`, { headers: { authorization: `Bearer ${'a'.repeat(43)}` } })).status).toBe(429);
    expect((await fetch(`${base}/api/no-such`)).status).toBe(429);
    expect((await fetch(`${base}/healthz`)).status).toBe(200);
  });

  it('gets no new allowance by headers that anybody can write', async () => {
    const { base } = await withLimits({ SEN_RATE_OPEN_PER_MINUTE: '3' });
    let at = 0;
    const answers = await statuses(5, () => fetch(`${base}/api/session`, { headers: { 'x-forwarded-for': `10.0.0.${++at}`, 'x-real-ip': `10.0.0.${at}`, forwarded: `for=10.0.0.${at}` } }));
    expect(answers.map(({ status }) => status)).toEqual([401, 401, 401, 429, 429]);
  });

  it('keeps nobody out who has signed in at the same address', async () => {
    const { base, db } = await withLimits({ SEN_RATE_OPEN_PER_MINUTE: '1' });
    const token = await issueToken(db.work(), 'bacsi', 1);
    await statuses(3, () => fetch(`${base}/api/session`));
    expect((await fetch(`${base}/api/session`, { headers: { authorization: `Bearer ${token}` } })).status).toBe(200);
  });
});

describe('One account', () => {
  it('is told to wait after so many requests a minute, from all its sessions together, and no other account is', async () => {
    const { base, db } = await withLimits({ SEN_RATE_ACCOUNT_PER_MINUTE: '4' });
    const tokens = [await issueToken(db.work(), 'bacsi', 1), await issueToken(db.work(), 'bacsi', 1)];
    let at = 0;
    const answers = await statuses(6, () => fetch(`${base}/fhir/R4/metadata`, { headers: { authorization: `Bearer ${tokens[at++ % 2]}` } }));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 429, 429]);
    expect(await answers[5]!.json()).toMatchObject({ resourceType: 'OperationOutcome', issue: [{ code: 'throttled' }] });
    const other = await issueToken(db.work(), 'dieuduong', 1);
    expect((await fetch(`${base}/fhir/R4/metadata`, { headers: { authorization: `Bearer ${other}` } })).status).toBe(200);
  });

  it('has only so many requests running at once, so that it cannot hold every connection to the database', async () => {
    const { db } = await withLimits({ SEN_ACCOUNT_REQUESTS_MAX: '3' });
    const mayAnswer = Promise.withResolvers<void>();
    const slow: ModuleManifest = { name: 'probe', owns: 'a slow route', routes: (app) => void app.get('/api/slow', { config: { needs: 'session.own' } }, async () => ((await mayAnswer.promise), { done: true })) };
    const app = await buildHttp(db.house, [...hospital, slow]);
    const base = await app.listen({ host: '127.0.0.1', port: 0 });
    const token = await issueToken(db.work(), 'bacsi', 1);
    const agent = new Agent({ maxSockets: 10 });
    const ask = () => new Promise<number>((resolve, reject) => void get(`${base}/api/slow`, { agent, headers: { authorization: `Bearer ${token}` } }, (response) => resolve(response.resume().statusCode ?? 0)).on('error', reject));
    const refused: number[] = [];
    const both = Promise.withResolvers<void>();
    const all = Array.from({ length: 5 }, async () => {
      const status = await ask();
      if (status === 429 && refused.push(status) === 2) both.resolve();
      return status;
    });
    await both.promise; // the three others are not answered yet
    mayAnswer.resolve();
    expect((await Promise.all(all)).sort()).toEqual([200, 200, 200, 429, 429]);
    expect(await ask()).toBe(200); // those that ended are counted no more
    agent.destroy();
    await app.close();
  });

  it('is not counted any more for requests whose client went away before the answer', async () => {
    const { db } = await withLimits({ SEN_ACCOUNT_REQUESTS_MAX: '3' });
    const begun: (() => void)[] = [];
    const never: ModuleManifest = { name: 'probe', owns: 'a route that never answers', routes: (app) => void app.get('/api/never', { config: { needs: 'session.own' } }, () => new Promise(() => begun.pop()?.())) };
    const app = await buildHttp(db.house, [...hospital, never]);
    const base = await app.listen({ host: '127.0.0.1', port: 0 });
    const headers = { authorization: `Bearer ${await issueToken(db.work(), 'bacsi', 1)}` };
    for (let round = 0; round < 9; round++) {
      const leaving = new AbortController();
      const started = new Promise<void>((resolve) => begun.push(resolve));
      const asked = fetch(`${base}/api/never`, { headers, signal: leaving.signal }).catch(() => undefined);
      expect(await Promise.race([asked.then((answer) => answer?.status), started.then(() => 'begun')])).toBe('begun');
      leaving.abort();
      await asked;
      await expect.poll(async () => (await fetch(`${base}/api/session`, { headers })).status).toBe(200);
    }
    await app.close();
  });
});
