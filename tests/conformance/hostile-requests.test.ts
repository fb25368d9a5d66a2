import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testServer, type TestServer } from '../support/server.ts';
import { clientOf, issueOf, lan, numbered, type Client, type Json } from './client.ts';

let server: TestServer;
let fhir: Client;
beforeAll(async () => {
  server = await testServer();
  fhir = clientOf(server);
  await fhir('PUT', '/Patient/lan', lan({ id: 'lan', ...numbered('A1') }));
  await fhir('PUT', '/Patient/hai', lan({ id: 'hai' }));
});
afterAll(() => server.close());

const page = (values: string[]): string => Buffer.from(JSON.stringify(values)).toString('base64url');
const refusal = (answer: Awaited<ReturnType<Client>>): [number, string] => [answer.status, issueOf(answer).details.coding[0]!.code];

describe('R4 json.html §2.6.2: UTF-8, and every name once', () => {
  it('refuses bytes that are no UTF-8, and another charset, instead of losing letters', async () => {
    const body = Buffer.from('{"resourceType":"Patient","name":[{"family":"Lê"}]}', 'latin1');
    const send = (type: string) => server.call('/fhir/R4/Patient', { method: 'POST', headers: { 'content-type': type }, body });
    expect((await send('application/fhir+json')).status).toBe(400);
    expect((await send('application/fhir+json; charset=iso-8859-1')).status).toBe(415);
    expect((await fhir('POST', '/Patient', '\uFEFF{"resourceType":"Patient"}', { 'content-type': 'application/fhir+json; charset=UTF-8' })).status).toBe(201);
  });

  it('refuses a name that stands twice, in a resource, in a Bundle and in a patch', async () => {
    const twice = '{"resourceType":"Patient","name":[{"family":"Lê","family":"Trần"}]}';
    expect(refusal(await fhir('POST', '/Patient', twice))).toEqual([400, 'http.json']);
    expect((await fhir('POST', '/', `{"resourceType":"Bundle","type":"batch","entry":[{"resource":${twice},"request":{"method":"POST","url":"Patient"}}]}`)).status).toBe(400);
    expect((await fhir('PATCH', '/Patient/lan', '[{"op":"remove","op":"test","path":"/name"}]', { 'content-type': 'application/json-patch+json' })).status).toBe(400);
  });

  it('takes __proto__, constructor and the like for what they are: unknown names', async () => {
    for (const name of ['__proto__', 'constructor', 'toString', 'hasOwnProperty']) {
      expect((await fhir('POST', '/Patient', `{"resourceType":"Patient","${name}":{"a":1}}`)).status).toBe(400);
      expect((await fhir('GET', `/${name}`)).status).toBe(404);
      expect((await fhir('GET', `/Patient?${name}=1`)).status).toBe(400);
    }
  });
});

describe('R4 http.html §3.1.0.1.13: the version of FHIR in Content-Type and Accept', () => {
  it('refuses what is not 4.0', async () => {
    const body = JSON.stringify(lan());
    expect((await fhir('POST', '/Patient', body, { 'content-type': 'application/fhir+json; fhirVersion=4.0' })).status).toBe(201);
    expect((await fhir('POST', '/Patient', body, { 'content-type': 'application/fhir+json; fhirVersion=5.0' })).status).toBe(415);
    expect((await fhir('GET', '/Patient/lan', undefined, { accept: 'application/fhir+json; fhirVersion=3.0' })).status).toBe(406);
  });
});

describe('R4 http.html §3.1.0.1.6: what cannot be read is refused with 400, never a fault', () => {
  it('refuses U+0000 in searches and in criteria', async () => {
    for (const query of ['name=%00', '_id=%00', 'identifier=a|%00', 'name:exact=a%00', 'organization.name=%00', '_has:Observation:patient:code=%00']) {
      expect([query, ...refusal(await fhir('GET', `/Patient?${query}`))]).toEqual([query, 400, 'record.bad-value']);
    }
    expect((await fhir('POST', '/Patient', lan(), { 'if-none-exist': 'identifier=%00' })).status).toBe(400);
  });

  it('refuses page links that it did not make', async () => {
    const [big, small] = ['99999999999999999999999', '1'];
    const bad = [['Observation', [small, big]], ['Observation', ['1.5', small]], ['Observation', ['Infinity', small]], ['Observation', ['1-1', small]],
      ['Patient?_sort=family', ['a\0', small]], ['Patient?_sort=family', ['\ud800', small]], ['Observation?_sort=value-quantity', ['1e999', small]], ['Observation?_sort=value-quantity', ['1.2.3', small]]] as const;
    for (const [path, values] of bad) expect([path, values, (await fhir('GET', `/${path}${path.includes('?') ? '&' : '?'}_page=${page([...values])}`)).status]).toEqual([path, values, 400]);
    for (const token of ['abc', '0', '-1', '1.5', '99999999999999999999', '1.2.3']) {
      expect([token, (await fhir('GET', `/Patient/lan/_history?_page=${token}`)).status]).toEqual([token, 400]);
    }
    for (const token of ['abc', '5', '99999999999999999999.1', '1.2.3']) expect([token, (await fhir('GET', `/Patient/_history?_page=${token}`)).status]).toEqual([token, 400]);
    for (const token of ['abc', '1.2', '99999999999999999999.1.1', '1.99999.1', '1.2.99999999999999999999']) {
      expect([token, (await fhir('GET', `/Patient/lan/$everything?_page=${token}`)).status]).toEqual([token, 400]);
      expect([token, (await fhir('GET', `/Patient/$everything?_page=${token}`)).status]).toEqual([token, 400]);
    }
  });

  it('finds nothing by quotes, percents and statements in values', async () => {
    for (const value of ["' or 1=1--", '%', '_', '\\', "'; drop table record.resource; --"]) {
      for (const name of ['name', 'identifier', '_id', 'name:exact', 'organization.name']) {
        const { status, body } = await fhir('GET', `/Patient?${name}=${encodeURIComponent(value)}`);
        expect([name, value, status, body.total]).toEqual([name, value, 200, 0]);
      }
    }
    for (const query of ["_sort=name'--", "_elements=a'b", "organization='", "birthdate='"]) expect([200, 400]).toContain((await fhir('GET', `/Patient?${query}`)).status);
  });

  it('takes values of any length and numbers of any size', async () => {
    expect((await fhir('POST', '/Patient/_search', `identifier=${'a'.repeat(200_000)}`, { 'content-type': 'application/x-www-form-urlencoded' })).body.total).toBe(0);
    expect((await fhir('GET', '/Observation?value-quantity=1e400')).status).toBe(400);
    expect((await fhir('GET', '/Observation?value-quantity=1e-400')).status).toBe(200);
    const huge = '{"resourceType":"Observation","id":"huge","status":"final","code":{"text":"x"},"valueQuantity":{"value":1e400}}';
    expect((await fhir('PUT', '/Observation/huge', huge)).status).toBe(201);
    expect((await fhir('GET', '/Observation/huge')).text).toContain('"value":1e400');
  });
});

describe('R4 http.html §3.1.0.8.1, §3.1.0.7.1: criteria must select something', () => {
  it('refuses (412) criteria of which nothing remains that selects, so that no delete takes all', async () => {
    await fhir('PUT', '/Basic/only', { resourceType: 'Basic', id: 'only', code: { text: 'x' } });
    for (const query of ['_include=Basic:subject', '_revinclude=Provenance:target', '_type=Basic', '_contained=false', '_explain=1', '_page=x', '_sort=code', 'code=', 'code=,', 'code=%20,']) {
      expect([query, (await fhir('DELETE', `/Basic?${query}`)).status]).toEqual([query, 412]);
    }
    expect((await fhir('GET', '/Basic/only')).status).toBe(200);
  });

  it('refuses (400) If-None-Exist with the criteria of another type', async () => {
    expect(refusal(await fhir('POST', '/Patient', lan(), { 'if-none-exist': 'Observation?identifier=1' }))).toEqual([400, 'record.criteria-of-other-type']);
    for (const criteria of ['identifier=http://bvsen.vn/ma-benh-nhan|A1', '?identifier=http://bvsen.vn/ma-benh-nhan|A1', 'Patient?identifier=http://bvsen.vn/ma-benh-nhan|A1']) {
      expect((await fhir('POST', '/Patient', lan(), { 'if-none-exist': criteria })).body.id).toBe('lan');
    }
  });

  it('tells apart criteria that only look alike', async () => {
    const entry = (ifNoneExist: string) => ({ resource: lan(), request: { method: 'POST', url: 'Patient', ifNoneExist } });
    const { body } = await fhir('POST', '/', { resourceType: 'Bundle', type: 'transaction', entry: [entry('identifier=x%26name%3Dy'), entry('identifier=x&name=y')] });
    expect(new Set(body.entry.map((one: Json) => one.response.location)).size).toBe(2);
  });

  it('creates by PUT only where nothing is, when asked with If-None-Match: * (RFC 9110 §13.1.2)', async () => {
    expect((await fhir('PUT', '/Patient/hai', lan({ id: 'hai', gender: 'male' }), { 'if-none-match': '*' })).status).toBe(412);
    expect((await fhir('PUT', '/Patient/fresh', lan({ id: 'fresh' }), { 'if-none-match': '*' })).status).toBe(201);
    const entry = { resource: lan({ id: 'hai', gender: 'male' }), request: { method: 'PUT', url: 'Patient/hai', ifNoneMatch: '*' } };
    expect((await fhir('POST', '/', { resourceType: 'Bundle', type: 'transaction', entry: [entry] })).status).toBe(412);
    expect((await fhir('POST', '/', { resourceType: 'Bundle', type: 'batch', entry: [entry] })).body.entry[0].response.status).toBe('412 Precondition Failed');
  });
});

describe('no patient data in what an error says', () => {
  it('repeats no value of a resource, a search or a criterion', async () => {
    const secret = 'Nguyễn Bí Mật';
    const criteria = `identifier=${encodeURIComponent(secret)}`;
    const observation = { resourceType: 'Observation', status: 'final', code: { text: 'x' }, subject: { reference: `Patient?${criteria}` } };
    const entry = [{ resource: observation, request: { method: 'POST', url: 'Observation' } }];
    for (const [method, path, body, headers] of [
      ['POST', '/Patient', { resourceType: 'Patient', gender: secret }], ['POST', '/Patient', { resourceType: secret }], ['POST', '/Patient', { resourceType: 'Patient', birthDate: secret, telecom: [{ system: secret }] }],
      ['POST', '/Patient', `{"resourceType":"Patient","name":[{"family":"${secret}"`], ['POST', '/Patient', { resourceType: 'Patient', managingOrganization: { reference: secret } }],
      ['GET', `/Patient?birthdate=${encodeURIComponent(secret)}`], ['GET', `/Observation?value-quantity=${encodeURIComponent(secret)}`], ['GET', `/Patient?organization=${encodeURIComponent(secret)}`],
      ['PATCH', `/Patient?${criteria}`, [], { 'content-type': 'application/json-patch+json' }], ['PATCH', '/Patient/lan', [{ op: 'test', path: '/gender', value: secret }], { 'content-type': 'application/json-patch+json' }],
      ['POST', '/', { resourceType: 'Bundle', type: 'transaction', entry }], ['POST', '/', { resourceType: 'Bundle', type: secret }],
      ['POST', '/', { resourceType: 'Bundle', type: 'transaction', entry: [{ request: { method: secret, url: 'Patient' } }] }],
    ] as [string, string, unknown, Record<string, string>?][]) {
      const answer = await fhir(method, path, body, headers);
      expect([path, answer.status]).toEqual([path, expect.toSatisfy((status: number) => status >= 400 && status < 500)]);
      expect(decodeURIComponent(answer.text)).not.toContain('Bí');
    }
  });
});
