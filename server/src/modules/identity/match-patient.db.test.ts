import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testServer, type TestServer } from '../../../../tests/support/server.ts';

type Json = any; // eslint-disable-line -- wire tests look into any JSON
let server: TestServer;
beforeAll(async () => {
  server = await testServer();
  for (const patient of [
    { id: 'lan', identifier: [{ system: 'http://x/cccd', value: '001188000001' }], name: [{ text: 'Trần Thị Lan' }], birthDate: '1988-02-14', gender: 'female', telecom: [{ system: 'phone', value: '0912 345 678' }] },
    { id: 'namesake', name: [{ text: 'Trần Thị Lan' }], birthDate: '1988-07-01', gender: 'female' },
    { id: 'merged', active: false, name: [{ text: 'Trần Thị Lan' }], birthDate: '1988-02-14' },
    { id: 'hung', name: [{ text: 'Lê Văn Hùng' }], birthDate: '1970-01-01' },
  ]) await send('PUT', `/Patient/${patient.id}`, { resourceType: 'Patient', ...patient });
});
afterAll(() => server.close());

async function send(method: string, path: string, body: unknown): Promise<{ status: number; body: Json }> {
  const response = await server.call(`/fhir/R4${path}`, { method, headers: { 'content-type': 'application/fhir+json' }, body: JSON.stringify(body) });
  return { status: response.status, body: await response.json() };
}

async function match(resource: object, more: object[] = []): Promise<[string, string][]> {
  const { status, body } = await send('POST', '/Patient/$match', { resourceType: 'Parameters', parameter: [{ name: 'resource', resource: { resourceType: 'Patient', ...resource } }, ...more] });
  expect([status, body.type]).toEqual([200, 'searchset']);
  return (body.entry ?? []).map(({ resource: { id }, search }: Json) => [id, search.extension[0].valueCode]);
}

describe('R4 patient-operation-match.html: Patient/$match', () => {
  it('finds by identifier, surest first, and leaves out who was merged away', async () => {
    expect(await match({ identifier: [{ system: 'http://x/cccd', value: '001188000001' }], name: [{ family: 'Tran', given: ['Thi', 'Lan'] }], birthDate: '1988-02-14' })).toEqual([['lan', 'certain']]);
  });

  it('finds by name and birth date, and by phone in any spelling', async () => {
    expect(await match({ name: [{ text: 'trần thị lan' }], birthDate: '1988-02-14', gender: 'female' })).toEqual([['lan', 'probable']]);
    expect(await match({ birthDate: '1988-02-14', telecom: [{ system: 'phone', value: '+84912345678' }] })).toEqual([['lan', 'possible']]);
    expect(await match({ name: [{ text: 'Trần Thị Lan' }] })).toEqual([]);
  });

  it('obeys onlyCertainMatches and count', async () => {
    const onlyCertain = { name: 'onlyCertainMatches', valueBoolean: true };
    expect(await match({ name: [{ text: 'Trần Thị Lan' }], birthDate: '1988-02-14' }, [onlyCertain])).toEqual([]);
    expect(await match({ identifier: [{ system: 'http://x/cccd', value: '001188000001' }], birthDate: '1988-02-14' }, [onlyCertain])).toEqual([['lan', 'certain']]);
    expect(await match({ name: [{ text: 'trần thị lan' }], birthDate: '1988-02-14' }, [{ name: 'count', valueInteger: 1 }])).toEqual([['lan', 'probable']]);
  });

  it('finds the one born on the day among many who share name and year, and takes a description of any length', async () => {
    const many = Array.from({ length: 120 }, (_, i) => ({ resource: { resourceType: 'Patient', name: [{ text: 'Nguyễn Văn Anh' }], birthDate: `1990-01-${String((i % 28) + 1).padStart(2, '0')}` }, request: { method: 'POST', url: 'Patient' } }));
    await send('POST', '', { resourceType: 'Bundle', type: 'batch', entry: many });
    await send('PUT', '/Patient/anh', { resourceType: 'Patient', id: 'anh', name: [{ text: 'Nguyễn Văn Anh' }], birthDate: '1990-12-31' });
    expect((await match({ name: [{ text: 'Anh Nguyen Van' }], birthDate: '1990-12-31' }))[0]).toEqual(['anh', 'probable']);
    const long = { name: Array.from({ length: 2000 }, (_, i) => ({ text: `A${i} ${'b '.repeat(20)}` })), telecom: Array.from({ length: 2000 }, (_, i) => ({ system: 'phone', value: `09${i}` })), identifier: Array.from({ length: 2000 }, (_, i) => ({ system: 'http://x', value: String(i) })), birthDate: '1990' };
    expect(await match(long)).toEqual([]);
  });

  it('refuses what is no Patient', async () => {
    expect((await send('POST', '/Patient/$match', { resourceType: 'Parameters' })).status).toBe(400);
    expect((await send('POST', '/Patient/$match', { resourceType: 'Parameters', parameter: [{ name: 'resource', resource: { resourceType: 'Patient', birthDate: '1988-02-30' } }] })).status).toBe(400);
  });
});
