// Guessing what is there: by ids, by differences of an answer, by time. OWASP API1:2023, ASVS 5.0 V8.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testServer, type TestServer } from '../support/server.ts';

let server: TestServer;

beforeAll(async () => {
  server = await testServer();
});

afterAll(() => server?.close());

/** All that could tell one refusal from another; what names the request itself is taken out. */
async function shape(path: string, init: RequestInit = {}): Promise<object> {
  const answer = await server.call(path, init);
  const headers = Object.fromEntries([...answer.headers].filter(([name]) => !['date', 'x-request-id'].includes(name)));
  return { status: answer.status, headers, body: (await answer.text()).replace(answer.headers.get('x-request-id') ?? ' ', '') };
}

describe('Ids', () => {
  it('of one type say nothing of another: the same id elsewhere is simply not there', async () => {
    const { id } = (await (await server.call('/fhir/R4/Patient', { method: 'POST', headers: { 'content-type': 'application/fhir+json' }, body: '{"resourceType":"Patient"}' })).json()) as { id: string };
    const known = JSON.stringify(await shape(`/fhir/R4/Observation/${id}`)).replaceAll(id, 'ID');
    const unknown = JSON.stringify(await shape('/fhir/R4/Observation/0000000000000')).replaceAll('0000000000000', 'ID');
    expect(known).toBe(unknown);
  });
});

describe('What one may not see', () => {
  it('answers by every address just as what is not there: status, headers and length of the answer, for reads, versions, histories, changes and operations', async () => {
    const stored = await server.call('/fhir/R4/Observation', { method: 'POST', headers: { 'content-type': 'application/fhir+json' }, body: JSON.stringify({ resourceType: 'Observation', status: 'final', code: { text: 'x' }, subject: { reference: 'Patient/stranger' } }) });
    const { id } = (await stored.json()) as { id: string };
    const none = [...id].reverse().join('') === id ? `${id.slice(1)}0` : [...id].reverse().join('');
    const ways: [string, RequestInit?][] = [
      ['/fhir/R4/Observation/ID'], ['/fhir/R4/Observation/ID/_history/1'], ['/fhir/R4/Observation/ID/_history'], ['/fhir/R4/Observation/ID/$meta'], ['/fhir/R4/Observation?_id=ID'],
      ['/fhir/R4/Observation/ID', { method: 'HEAD' }], ['/fhir/R4/Observation/ID', { method: 'DELETE' }], ['/fhir/R4/Observation/ID', { headers: { 'if-none-match': 'W/"1"' } }],
      ['/fhir/R4/Observation/ID', { method: 'PATCH', headers: { 'content-type': 'application/json-patch+json' }, body: '[{"op":"replace","path":"/status","value":"amended"}]' }],
    ];
    for (const role of ['doctor', 'cashier', 'patient', 'partner', 'administrator'] as const) {
      const { token } = await server.as(role);
      for (const [path, init = {}] of ways) {
        const told = async (one: string) => JSON.stringify(await shape(path.replace('ID', one), { ...init, headers: { ...(init.headers as Record<string, string>), authorization: `Bearer ${token}` } })).replaceAll(one, 'ID');
        expect([role, init.method ?? 'GET', path, await told(id)]).toEqual([role, init.method ?? 'GET', path, await told(none)]);
      }
    }
  });
});

describe('Bulk files', () => {
  it('open by their signature alone: a guessed, changed or borrowed one finds what an unknown job finds', async () => {
    const paths = ['none/a.ndjson', 'none/a.ndjson?expires=99999999999999&signature=AAAA', 'none/a.ndjson?expires=1&signature=', '0000000000000/Patient-1.ndjson?expires=99999999999999&signature=x'];
    const found = await Promise.all(paths.map(async (path) => {
      const answer = await fetch(`${server.base}/fhir/R4/_bulk/${path}`);
      return answer.status;
    }));
    expect(new Set(found).size).toBe(1);
    expect(found[0]).toBeOneOf([401, 403, 404]);
  });
});
