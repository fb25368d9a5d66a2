import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testServer, type TestServer } from '../support/server.ts';
import { clientOf, glucose, lan, numbered, type Answered, type Client, type Json } from './client.ts';

let server: TestServer;
let fhir: Client;
beforeAll(async () => {
  server = await testServer();
  fhir = clientOf(server);
});
afterAll(() => server.close());

const together = (n: number, act: (i: number) => Promise<Answered>) => Promise.all(Array.from({ length: n }, (_, i) => act(i)));
const count = (answers: Answered[], status: number) => answers.filter((one) => one.status === status).length;

describe('R4 http.html §3.1.0.8.1 conditional create, at once', () => {
  it('makes one resource of twenty equal requests', async () => {
    const answers = await together(20, () => fhir('POST', '/Patient', lan(numbered('once')), { 'if-none-exist': 'identifier=http://bvsen.vn/ma-benh-nhan|once' }));
    expect([count(answers, 201), count(answers, 200)]).toEqual([1, 19]);
    expect(new Set(answers.map((one) => one.body.id)).size).toBe(1);
    expect((await fhir('GET', '/Patient?identifier=once')).body.total).toBe(1);
  });

  it('makes one of equal conditional creates inside transactions and of conditional updates', async () => {
    const entry = { resource: lan(numbered('tx-once')), request: { method: 'POST', url: 'Patient', ifNoneExist: 'identifier=tx-once' } };
    const answers = await together(10, () => fhir('POST', '', { resourceType: 'Bundle', type: 'transaction', entry: [entry] }));
    expect(count(answers, 200)).toBe(10);
    expect((await fhir('GET', '/Patient?identifier=tx-once')).body.total).toBe(1);
    await together(10, () => fhir('PUT', '/Patient?identifier=up-once', lan(numbered('up-once'))));
    expect((await fhir('GET', '/Patient?identifier=up-once')).body.total).toBe(1);
  });
});

describe('R4 http.html §3.1.0.4 update, at once', () => {
  it('gives thirty updates of one resource a history without gap or fork', async () => {
    await fhir('PUT', '/Patient/busy', lan({ id: 'busy' }));
    const answers = await together(30, (i) => fhir('PUT', '/Patient/busy', lan({ id: 'busy', multipleBirthInteger: i + 1 })));
    expect(count(answers, 200)).toBe(30);
    const { body } = await fhir('GET', '/Patient/busy/_history?_count=100');
    expect(body.entry.map((entry: Json) => entry.resource.meta.versionId)).toEqual(Array.from({ length: 31 }, (_, i) => String(31 - i)));
    const births = body.entry.slice(0, 30).map((entry: Json) => entry.resource.multipleBirthInteger);
    expect(new Set(births).size).toBe(30);
    const instants = body.entry.map((entry: Json) => Date.parse(entry.resource.meta.lastUpdated));
    expect(instants.every((at: number, i: number) => i === 0 || at < instants[i - 1])).toBe(true);
  });

  it('lets one of many with the same If-Match through, and refuses the others with 412', async () => {
    await fhir('PUT', '/Patient/match', lan({ id: 'match' }));
    const answers = await together(20, (i) => fhir('PUT', '/Patient/match', lan({ id: 'match', multipleBirthInteger: i + 1 }), { 'if-match': 'W/"1"' }));
    expect([count(answers, 200), count(answers, 412)]).toEqual([1, 19]);
  });

  it('makes one of many first updates of one id', async () => {
    const answers = await together(20, () => fhir('PUT', '/Patient/first', lan({ id: 'first' })));
    expect([count(answers, 201), count(answers, 200)]).toEqual([1, 19]);
    expect((await fhir('GET', '/Patient/first/_history')).body.total).toBe(1);
  });

  it('keeps the history whole when writes and deletes of one resource cross', async () => {
    const put = (i: number) => ({ resource: lan({ id: 'cross', multipleBirthInteger: i }), request: { method: 'PUT', url: 'Patient/cross' } });
    const bundle = (type: string, i: number) => fhir('POST', '/', { resourceType: 'Bundle', type, entry: [put(i)] });
    await fhir('PUT', '/Patient/cross', lan({ id: 'cross' }));
    const ways = [() => fhir('DELETE', '/Patient/cross'), (i: number) => fhir('PUT', '/Patient/cross', put(i).resource), (i: number) => bundle('transaction', i), (i: number) => bundle('batch', i)];
    for (let round = 0; round < 5; round++) {
      const answers = await together(24, (i) => ways[(i + round) % 4]!(round * 24 + i));
      expect(answers.filter(({ status }) => status >= 500)).toEqual([]);
    }
    const { body } = await fhir('GET', '/Patient/cross/_history?_count=1000');
    const versions = body.entry.map((entry: Json) => Number(/\d+/.exec(entry.response.etag)![0]));
    expect(versions).toEqual(Array.from({ length: versions.length }, (_, i) => versions.length - i));
    expect(body.total).toBe(versions.length);
  });
});

describe('R4 http.html §3.1.0.11.2 transaction, at once', () => {
  it('neither deadlocks nor loses a write when transactions touch the same resources in opposite orders', async () => {
    const names = ['x1', 'x2', 'x3', 'x4'];
    for (const id of names) await fhir('PUT', `/Patient/${id}`, lan({ id }));
    const answers = await together(16, (i) => {
      const ordered = i % 2 === 0 ? names : [...names].reverse();
      const entry = ordered.map((id) => ({ resource: lan({ id, multipleBirthInteger: i + 1 }), request: { method: 'PUT', url: `Patient/${id}` } }));
      return fhir('POST', '', { resourceType: 'Bundle', type: 'transaction', entry });
    });
    expect(count(answers, 200)).toBe(16);
    const last = await Promise.all(names.map(async (id) => (await fhir('GET', `/Patient/${id}`)).body));
    expect(new Set(last.map((one) => one.multipleBirthInteger)).size).toBe(1);
    expect(last.map((one) => one.meta.versionId)).toEqual(['17', '17', '17', '17']);
  });

  it('creates in many transactions at once without mixing their links', async () => {
    const answers = await together(12, (i) => fhir('POST', '', { resourceType: 'Bundle', type: 'transaction', entry: [
      { fullUrl: 'urn:uuid:p', resource: lan(numbered(`mix-${i}`)), request: { method: 'POST', url: 'Patient' } },
      { resource: glucose('urn:uuid:p', i + 1, '2026-01-01'), request: { method: 'POST', url: 'Observation' } },
    ] }));
    for (const [i, { body }] of answers.entries()) {
      const [patient, observation] = await Promise.all(body.entry.map(async (entry: Json) => (await fhir('GET', `/${entry.response.location}`)).body));
      expect(observation.subject.reference).toBe(`Patient/${patient.id}`);
      expect([patient.identifier[0].value, observation.valueQuantity.value]).toEqual([`mix-${i}`, i + 1]);
    }
  });
});
