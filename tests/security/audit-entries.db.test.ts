import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { auditEntries, settleAudit, type AuditEntry } from '../support/audit.ts';
import { testServer, type TestServer } from '../support/server.ts';

let server: TestServer;
let last = 0;
beforeAll(async () => {
  server = await testServer();
  const put = (type: string, id: string, resource: object) =>
    server.call(`/fhir/R4/${type}/${id}`, { method: 'PUT', headers: { 'content-type': 'application/fhir+json' }, body: JSON.stringify({ resourceType: type, id, ...resource }) });
  await put('Patient', 'ba-lua', { name: [{ family: 'Nguyễn', given: ['Thị', 'Lụa'] }] });
  await put('Observation', 'duong-huyet', { status: 'final', code: { text: 'Đường huyết' }, subject: { reference: 'Patient/ba-lua' } });
});
afterAll(() => server.close());

/** What the audit has had since the last look. */
async function news(): Promise<AuditEntry[]> {
  await settleAudit(server.db);
  const entries = (await auditEntries(server.db)).filter(({ seq }) => seq > last);
  last = entries.at(-1)?.seq ?? last;
  return entries;
}

describe('ASVS 5.0 16.3, IHE BALP 1.1: one entry for every request, in the chain once its answer has left', () => {
  it('tells a write with what it wrote and whom it concerns', async () => {
    const writes = (await news()).filter(({ entry }) => entry.kind === 'update');
    expect(writes.map(({ entry }) => [entry.action, entry.outcome, entry.status, entry.touches, entry.patients?.length])).toEqual([
      ['C', 0, 201, ['C Patient/ba-lua/1'], 1],
      ['C', 0, 201, ['C Observation/duong-huyet/1'], 1],
    ]);
    expect(writes[0]!.entry).toMatchObject({ address: '127.0.0.1', door: 'PUT /fhir/R4/:type/:id' });
  });

  it('tells a search with its question, also one by a form', async () => {
    await server.call('/fhir/R4/Patient?name=lua');
    await server.call('/fhir/R4/Patient/_search', { method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: 'name=lua' });
    expect((await news()).map(({ entry }) => [entry.kind, entry.action, entry.query])).toEqual([
      ['search', 'E', '/fhir/R4/Patient?name=lua'],
      ['search', 'E', '/fhir/R4/Patient/_search?name=lua'],
    ]);
  });

  it('tells what was refused: without sign-in, and for what is not there', async () => {
    await server.call('/fhir/R4/Patient/ba-lua', { headers: { authorization: 'Bearer nothing-known-of-at-all' } });
    await server.call('/fhir/R4/Patient/khong-co');
    expect((await news()).map(({ entry }) => [entry.actor === 'anonymous', entry.outcome, entry.status, entry.code, entry.query])).toEqual([
      [true, 4, 401, 'security.not-signed-in', '/fhir/R4/Patient/ba-lua'],
      [false, 4, 404, 'record.resource-not-found', '/fhir/R4/Patient/khong-co'],
    ]);
  });

  it('tells nothing of looking at what is open to all', async () => {
    await server.call('/fhir/R4/metadata');
    await fetch(`${server.base}/healthz`);
    expect(await news()).toEqual([]);
  });
});

describe('the chain', () => {
  it('has no gaps, and each entry seals the one before', async () => {
    const entries = await auditEntries(server.db);
    expect(entries.map(({ seq }) => seq)).toEqual(entries.map((_, i) => i + 1));
  });

  it('is edited by nobody who speaks SQL as the application does', async () => {
    const refused = (text: string) => expect(server.db.database.query({ text })).rejects.toMatchObject({ code: '42501' });
    await refused("update security.audit_block set actors = '{x}' where first_seq = 1");
    await refused('delete from security.audit_block where first_seq = 1');
    await refused('truncate security.audit_block');
  });
});
