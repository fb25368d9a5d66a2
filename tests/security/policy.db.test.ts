// The policy over the wire: read by staff, changed by one who may, followed at once, kept for ever.
import type { PolicyPage } from '@sen/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { policyInForce } from '../../server/src/modules/security/policy/policy-in-force.ts';
import { starterPolicy } from '../../server/src/modules/security/policy/starter-policy.ts';
import { addPolicy } from '../../server/src/modules/security/policy/store.ts';
import { waitUntil } from '../../server/src/platform/processes.ts';
import { testServer, type TestCaller, type TestServer } from '../support/server.ts';

let server: TestServer;
let privacy: TestCaller;
beforeAll(async () => {
  server = await testServer();
  privacy = await server.as('privacy');
});
afterAll(() => server.close());

const page = async (who: TestCaller) => (await (await who.call('/api/policy')).json()) as PolicyPage;
const send = (who: TestCaller, body: object) => who.call('/api/policy', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
const refusal = async (answer: Response) => ({ status: answer.status, ...((await answer.json()) as { code: string; issues?: { diagnostics: string }[] }) });
const without = (role: 'cashier', permission: string) => {
  const document = structuredClone(starterPolicy);
  document.roles[role].permissions = document.roles[role].permissions.filter((each) => each !== permission);
  return document;
};

describe('The access policy', () => {
  it('is read by whoever works here, and not by patients, partners or machines', async () => {
    const read = await page(await server.as('doctor'));
    expect([read.version.version, read.version.state, read.roles.length, read.roles[0]?.name.vi]).toEqual([1, 'in-force', 22, 'Tiếp đón']);
    expect(read.document).toEqual(starterPolicy);
    for (const role of ['patient', 'relative', 'partner', 'device']) expect((await (await server.as(role)).call('/api/policy')).status).toBe(403);
  });

  it('is changed by nobody but who may change it, not by an administrator or a system of the house', async () => {
    const change = { document: starterPolicy, basedOn: 1, reason: 'Một lý do đủ dài' };
    for (const role of ['administrator', 'doctor', 'director', 'auditor']) expect((await refusal(await send(await server.as(role), change))).code).toBe('security.not-permitted');
    expect((await refusal(await send(server, change))).code).toBe('security.not-permitted');
  });

  it('refuses a change without a reason, one that breaks the rules, and one that does not know the newest version', async () => {
    expect((await send(privacy, { document: starterPolicy, basedOn: 1, reason: 'vì' })).status).toBe(400);
    const unsound = await refusal(await send(privacy, { document: { ...starterPolicy, roles: { ...starterPolicy.roles, privacy: { ...starterPolicy.roles.privacy, permissions: [] } } }, basedOn: 1, reason: 'Bỏ hết quyền của cán bộ' }));
    expect([unsound.status, unsound.code]).toEqual([422, 'security.policy-unsound']);
    expect(unsound.issues?.map(({ diagnostics }) => diagnostics)).toContain('nobody has the permission policy.change');
    expect(await refusal(await send(privacy, { document: starterPolicy, basedOn: 7, reason: 'Một lý do đủ dài' }))).toMatchObject({ status: 409, code: 'security.policy-moved' });
    expect((await page(privacy)).versions).toHaveLength(1);
  });

  it('holds from the next request on, is a new version with who and why, and waits when it is for later', async () => {
    const cashier = await server.as('cashier');
    const finds = async () => (await cashier.call('/api/patients?q=lan')).status;
    expect(await finds()).not.toBe(403);
    const stored = await send(privacy, { document: without('cashier', 'patient.find'), basedOn: 1, reason: 'Thu ngân không tìm người bệnh' });
    expect([stored.status, await finds()]).toEqual([200, 403]);
    const later = new Date(server.db.work().now + 86_400_000).toISOString();
    expect((await send(privacy, { document: starterPolicy, basedOn: 2, reason: 'Từ ngày mai trở lại như cũ', effectiveFrom: later })).status).toBe(200);
    expect((await page(privacy)).versions).toEqual([
      { version: 3, effectiveFrom: later, changedBy: 'Đào Minh Tuệ', reason: 'Từ ngày mai trở lại như cũ', state: 'waiting' },
      { version: 2, effectiveFrom: expect.any(String), changedBy: 'Đào Minh Tuệ', reason: 'Thu ngân không tìm người bệnh', state: 'in-force' },
      { version: 1, effectiveFrom: expect.any(String), changedBy: 'Sen', reason: 'Chính sách khởi đầu của Sen', state: 'past' },
    ]);
    expect(await finds()).toBe(403);
  });

  it('is followed by every process: what another one stored comes into force here by itself', async () => {
    const now = server.db.work().now;
    await addPolicy(server.db.database, { version: 4, effectiveFrom: now, document: without('cashier', 'session.own'), changedBy: 'sen', reason: 'Từ một máy chủ khác', createdAt: now });
    await waitUntil(() => policyInForce()?.version === 4, 10_000);
    expect((await (await server.as('cashier')).call('/api/session')).status).toBe(403);
  });

  it('can be overwritten or removed by nobody, not even in the database', async () => {
    for (const text of ['UPDATE security.policy SET reason = reason', 'DELETE FROM security.policy', 'TRUNCATE security.policy']) {
      await expect(server.db.database.query({ text })).rejects.toMatchObject({ code: '23001' });
    }
  });
});
