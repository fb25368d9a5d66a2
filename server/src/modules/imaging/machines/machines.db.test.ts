import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testServer, type TestServer } from '../../../../../tests/support/server.ts';
import { upsertRefused } from './machine-store.ts';

let server: TestServer;
const ours = { name: 'CT phòng 1', modality: 'CT', addresses: ['10.20.0.0/16'], certificate: 'AB:'.repeat(31) + 'AB', host: '127.0.0.1', port: 1, secure: false, mayStore: true, mayQuery: false, active: true };

beforeAll(async () => {
  server = await testServer();
  await server.db.database.query({ text: `INSERT INTO encounters.room (id, facility, name, short, kind, active) VALUES ('ct1', 'sen-hong', 'CT 1', 'CT1', 'imaging', true)` });
});
afterAll(() => server.close());

const put = async (aeTitle: string, body: object, role = 'administrator') => (await server.as(role)).call(`/api/imaging/machines/${aeTitle}`, { method: 'PUT', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });

describe('the list of machines', () => {
  it('is kept by who manages machines, and shows who called and is not in it', async () => {
    const saved = await put('CT1', ours);
    expect([saved.status, await saved.json()]).toEqual([200, { ...ours, aeTitle: 'CT1', certificate: 'ab'.repeat(32) }]);
    await upsertRefused(server.db.database, [{ aeTitle: 'STRANGER', address: '10.9.9.9', because: 'calling-ae-unknown', times: 3, at: 0 }, { aeTitle: 'CT1', address: '10.9.9.9', because: 'address-unknown', times: 1, at: 0 }]);
    const list = await (await (await server.as('administrator')).call('/api/imaging/machines')).json();
    expect(list).toEqual({
      machines: [{ ...ours, aeTitle: 'CT1', certificate: 'ab'.repeat(32), refusedAt: '1970-01-01T00:00:00.000Z', refusedBecause: 'address-unknown' }],
      strangers: [{ aeTitle: 'STRANGER', address: '10.9.9.9', because: 'calling-ae-unknown', times: 3, lastAt: '1970-01-01T00:00:00.000Z' }],
    });
    const removed = await (await server.as('administrator')).call('/api/imaging/machines/CT1', { method: 'DELETE' });
    expect([removed.status, (await (await server.as('administrator')).call('/api/imaging/machines/CT1', { method: 'DELETE' })).status]).toEqual([200, 404]);
  });

  it('refuses what is no address, no fingerprint, half a place, and who may not', async () => {
    const { port: _port, ...half } = ours;
    const asked = [await put('CT2', { ...ours, addresses: ['10.20.0.0/33'] }), await put('CT2', { ...ours, certificate: 'ab' }), await put('CT2', half), await put('CT2', ours, 'doctor')];
    expect(asked.map(({ status }) => status)).toEqual([400, 400, 400, 403]);
  });

  it('says that a machine cannot be asked while DICOM is off', async () => {
    await put('CT3', ours);
    const { status } = await (await server.as('administrator')).call('/api/imaging/machines/CT3/echo', { method: 'POST' });
    expect(status).toBe(503);
  });
});
