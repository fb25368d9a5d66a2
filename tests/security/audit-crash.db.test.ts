import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { importResources } from '../../server/src/modules/record/index.ts';
import { followWrites } from '../../server/src/modules/record/follow-writes.ts';
import { auditEntries, settleAudit } from '../support/audit.ts';
import { testServer, type TestServer } from '../support/server.ts';

let server: TestServer;
beforeEach(async () => {
  server = await testServer();
});
afterEach(() => server.close());

const fhir = { 'content-type': 'application/fhir+json' };
const patient = (id: string) => ({ resourceType: 'Patient', id, name: [{ text: 'Nguyễn Văn Tám' }] });
const writes = async () => (await auditEntries(server.db)).filter(({ entry }) => entry.touches?.some((touch) => !touch.startsWith('R')) === true).map(({ entry }) => [entry.kind, entry.actor, entry.touches, entry.patients?.length]);

describe('A crash between the commit of a write and its entry', () => {
  it('loses nothing: the log of changes tells the write, with its actor, request and patient', async () => {
    // a write without a request: as if the process had ended before the answer
    await importResources(server.db.work(), [patient('mot'), patient('hai')]);
    await followWrites(server.db.work(), Number.MAX_SAFE_INTEGER);
    const told = await writes();
    expect(told.flatMap(([, , touches]) => touches)).toEqual(['C Patient/mot/1', 'C Patient/hai/1']);
    expect(told.every(([kind]) => kind === 'write')).toBe(true);
    await followWrites(server.db.work(), Number.MAX_SAFE_INTEGER);
    expect(await writes()).toEqual(told);
  });

  it('tells no write twice that its request has told', async () => {
    const put = await server.call('/fhir/R4/Patient/ba', { method: 'PUT', headers: fhir, body: JSON.stringify(patient('ba')) });
    expect(put.status).toBe(201);
    expect((await server.call('/fhir/R4/Patient/ba', { method: 'DELETE' })).status).toBe(204);
    await settleAudit(server.db);
    const before = await writes();
    expect(before.map(([kind, , touches, patients]) => [kind, touches, patients])).toEqual([['update', ['C Patient/ba/1'], 1], ['delete', ['D Patient/ba/2'], 1]]);
    await followWrites(server.db.work(), Number.MAX_SAFE_INTEGER);
    expect(await writes()).toEqual(before);
  });

  it('tells nothing of a write that was rolled back', async () => {
    const bundle = { resourceType: 'Bundle', type: 'transaction', entry: [
      { resource: patient('bon'), request: { method: 'PUT', url: 'Patient/bon' } },
      { resource: { resourceType: 'Observation', status: 'no-such-status' }, request: { method: 'POST', url: 'Observation' } },
    ] };
    const answer = await server.call('/fhir/R4/', { method: 'POST', headers: fhir, body: JSON.stringify(bundle) });
    expect(answer.status).toBeGreaterThanOrEqual(400);
    await settleAudit(server.db);
    await followWrites(server.db.work(), Number.MAX_SAFE_INTEGER);
    expect(await writes()).toEqual([]);
  });
});
