import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testServer, type TestServer } from '../support/server.ts';
import { clientOf, type Client, type Json } from './client.ts';

let server: TestServer;
let fhir: Client;

const system = 'http://sen.vn/wide';
const codes = Array.from({ length: 300 }, (_, i) => `w${i}`);
const condition = (code: string): Json => ({ resourceType: 'Condition', id: `c-${code}`, subject: { reference: 'Patient/lan' }, code: { coding: [{ system, code, display: `Bệnh ${code}` }] } });

async function send(resources: readonly Json[]): Promise<void> {
  const entry = resources.map((resource) => ({ resource, request: { method: 'PUT', url: `${resource.resourceType}/${resource.id}` } }));
  expect((await fhir('POST', '', { resourceType: 'Bundle', type: 'transaction', entry })).status).toBe(200);
}

beforeAll(async () => {
  server = await testServer();
  fhir = clientOf(server);
  await send([
    { resourceType: 'CodeSystem', id: 'wide', url: system, status: 'active', content: 'complete', hierarchyMeaning: 'is-a', concept: [{ code: 'root', concept: codes.map((code) => ({ code })) }] },
    { resourceType: 'ValueSet', id: 'wide', url: 'http://sen.vn/ValueSet/wide', status: 'active', compose: { include: [{ system, concept: codes.map((code) => ({ code })) }] } },
    condition('w7'), condition('w8'), condition('strange'),
  ]);
});
afterAll(() => server.close());

async function found(query: string): Promise<string[]> {
  const { body, status, text } = await fhir('GET', `/${query}`);
  if (status !== 200) throw new Error(text);
  return (body.entry ?? []).map((entry: Json) => entry.resource.id).sort();
}

describe('R4 search §3.1.1.4.10 token :in, :below with hundreds of codes', () => {
  it('finds the few that occur', async () => {
    expect(await found('Condition?code:in=http://sen.vn/ValueSet/wide')).toEqual(['c-w7', 'c-w8']);
    expect(await found('Condition?code:not-in=http://sen.vn/ValueSet/wide')).toEqual(['c-strange']);
    expect(await found(`Condition?code:below=${system}|root`)).toEqual(['c-w7', 'c-w8']);
    expect(await found('Condition?code:in=http://sen.vn/ValueSet/wide&patient=lan&_sort=-_lastUpdated&_count=1')).toHaveLength(1);
    expect(await found('Patient?_has:Condition:patient:code:in=http://sen.vn/ValueSet/wide')).toEqual([]);
  });

  it('finds them all when most occur, also by their common ones', async () => {
    await send(codes.map(condition));
    await server.db.database.query({ text: 'analyze record.resource_condition' });
    const expected = codes.map((code) => `c-${code}`).sort();
    expect(await found('Condition?code:in=http://sen.vn/ValueSet/wide&_count=1000')).toEqual(expected);
    expect(await found('Condition?code:not-in=http://sen.vn/ValueSet/wide&_count=1000')).toEqual(['c-strange']);
    expect(await found('Condition?code:text=benh&_count=1000')).toEqual([...expected, 'c-strange'].sort());
    expect(await found('Condition?code:text=bệnh w29&_count=1000')).toEqual(codes.filter((code) => code.startsWith('w29')).map((code) => `c-${code}`).sort());
  });
});
