import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verifyAudit } from '../../server/src/modules/security/index.ts';
import { auditEntries, settleAudit } from '../support/audit.ts';
import { testServer, type TestCaller, type TestServer } from '../support/server.ts';

let server: TestServer;
let auditor: TestCaller;
beforeAll(async () => {
  server = await testServer();
  auditor = await server.as('auditor');
});
afterAll(() => server.close());

const form = { 'content-type': 'application/x-www-form-urlencoded' };
const hostile = [
  'name=\u0000', 'name=%00', 'name=a\\u0000b', 'name=\ud800', `name=${'x'.repeat(20_000)}`, `name=${'x'.repeat(3_996)}🪷🪷🪷`, "name='; drop table security.audit; --", 'name="address":"10.9.9.9"', 'name=","address":"10.9.9.9","a":"',
];
const searches = ['door=Patient', 'address=127.0.0.1', 'address=10.9.9.9', "address=' or 1=1 --", 'request=hostile-request-1', 'request=%25', `door=${encodeURIComponent('"\\%_')}`, 'address=%00', 'door=%00', 'who=%00', 'page=1.1', 'page=a.b', 'page=99999999999999999999.1'];

/** As another system has told it. */
const event = {
  resourceType: 'AuditEvent', type: { system: 'http://dicom.nema.org/resources/ontology/DCM', code: '110103' }, action: 'R', recorded: '2026-01-01T00:00:00Z', outcome: '0',
  agent: [{ requestor: true, who: { display: 'Máy siêu âm 2' } }], source: { observer: { display: 'PACS' } },
};

describe('ASVS 5.0 16.4.1: what is told cannot break the log, nor hide in it', () => {
  it('keeps hostile texts, and every search of the audit still answers', async () => {
    for (const [n, body] of hostile.entries()) await (await server.call('/fhir/R4/Patient/_search', { method: 'POST', headers: { ...form, 'x-request-id': `hostile-request-${n}` }, body })).text();
    await (await fetch(`${server.base}/api/session`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ username: 'a\u0000\ud800b', password: 'x\u0000' }) })).text();
    await settleAudit(server.db);
    const told = (await auditEntries(server.db)).filter(({ entry }) => entry.request?.startsWith('hostile-request-') === true);
    expect(told).toHaveLength(hostile.length);
    for (const search of searches) {
      const answer = await auditor.call(`/api/audit?${search}&count=500`);
      expect([200, 400, 422], `${search} ${await answer.clone().text()}`).toContain(answer.status);
    }
    const of = async (search: string) => ((await (await auditor.call(`/api/audit?${search}&count=500`)).json()) as { entries: { request?: string; address?: string }[] }).entries;
    expect((await of('address=10.9.9.9')).length).toBe(0);
    expect((await of('request=hostile-request-1')).map(({ request }) => request)).toEqual(['hostile-request-1']);
    expect((await of('door=POST%20/FHIR')).length).toBeGreaterThanOrEqual(hostile.length);
    for (const search of ['address=127.0.0.1', 'entity=Patient/x', 'address=%00', 'entity=%00', 'patient=%00', 'agent=%00', '_id=audit-99999999999999999999', '_page=a']) {
      expect((await auditor.call(`/fhir/R4/AuditEvent?${search}`)).status, search).toBeLessThan(500);
    }
    expect((await verifyAudit(server.db.house)).broken).toBeUndefined();
  });

  it('is not changed by anybody over FHIR', async () => {
    const fhir = { 'content-type': 'application/fhir+json' };
    const body = JSON.stringify({ ...event, id: 'audit-1' });
    for (const [method, more] of [['DELETE', {}], ['PUT', { body }], ['PATCH', { body: '[]' }]] as const) {
      const headers = method === 'PATCH' ? { 'content-type': 'application/json-patch+json' } : fhir;
      const statuses = [];
      for (const by of [server, auditor]) statuses.push((await by.call('/fhir/R4/AuditEvent/audit-1', { method, headers, ...more })).status);
      expect(statuses, method).toEqual(statuses.map(() => expect.toSatisfy((status: number) => [403, 404, 405].includes(status)) as number));
    }
    expect((await auditor.call('/fhir/R4/AuditEvent/audit-1')).status).toBe(200);
  });

  it('takes what a device has audited (IHE ITI-20) as an addition that names the device, and from no person', async () => {
    const post = async (by: TestCaller) => (await by.call('/fhir/R4/AuditEvent', { method: 'POST', headers: { 'content-type': 'application/fhir+json' }, body: JSON.stringify(event) })).status;
    expect([await post(await server.as('device')), await post(await server.as('partner')), await post(await server.as('bacsi')), await post(auditor)]).toEqual([201, 201, 403, 403]);
    await settleAudit(server.db);
    const told = (await auditEntries(server.db)).filter(({ entry }) => entry.kind === 'foreign');
    expect(told.map(({ entry }) => typeof entry.resource)).toEqual(['string', 'string']);
  });
});
