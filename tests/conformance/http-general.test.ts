import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { resourceTypes, validateResource } from '@sen/fhir';
import { testServer, type TestServer } from '../support/server.ts';
import { clientOf, issueOf, lan, type Client } from './client.ts';

let server: TestServer;
let fhir: Client;
beforeAll(async () => {
  server = await testServer({ env: { SEN_JSON_DEPTH_LIMIT: '30', SEN_BODY_LIMIT_BYTES: '20000' } });
  fhir = clientOf(server);
  await fhir('PUT', '/Patient/lan', lan({ id: 'lan' }));
});
afterAll(() => server.close());

describe('R4 http.html §3.1.0.1.9 content types', () => {
  it('answers application/fhir+json to all who take JSON', async () => {
    for (const accept of ['application/fhir+json', 'application/json', '*/*', 'application/fhir+json; fhirVersion=4.0', 'text/html, application/xml;q=0.9, */*;q=0.8']) {
      const { status, headers } = await fhir('GET', '/Patient/lan', undefined, { accept });
      expect([status, headers.get('content-type')]).toEqual([200, 'application/fhir+json; charset=utf-8']);
    }
    expect((await fhir('GET', '/Patient/lan?_format=json')).status).toBe(200);
    expect((await fhir('GET', '/Patient/lan?_format=application/fhir%2Bjson', undefined, { accept: 'application/fhir+xml' })).status).toBe(200);
  });

  it('refuses with 406 those who take none, in JSON that says what to ask for', async () => {
    for (const [path, accept] of [['/Patient/lan', 'text/plain'], ['/Patient/lan?_format=ttl', '*/*'], ['/Patient', 'text/turtle'], ['/Patient/lan', 'application/fhir+json; fhirVersion=3.0']] as const) {
      const answered = await fhir('GET', path, undefined, { accept });
      expect([answered.status, issueOf(answered).code]).toEqual([406, 'not-supported']);
      expect(issueOf(answered).diagnostics).toContain('application/fhir+json');
    }
  });

  it('refuses another body with 415', async () => {
    for (const type of ['text/turtle', 'text/plain', 'application/json-patch+json']) {
      const answered = await fhir('POST', '/Patient', '<Patient xmlns="http://hl7.org/fhir"/>', { 'content-type': type });
      expect([answered.status, issueOf(answered).code]).toEqual([415, 'not-supported']);
    }
  });

  it('indents for people with _pretty, every digit kept', async () => {
    await fhir('PUT', '/Observation/digits', '{"resourceType":"Observation","id":"digits","status":"final","code":{"text":"x"},"valueQuantity":{"value":1.0}}');
    expect((await fhir('GET', '/Observation/digits?_pretty=true')).text).toContain('{\n    "value": 1.0\n  }');
  });
});

describe('R4 http.html §3.1.0.1.8 Prefer', () => {
  it('returns nothing, the resource or an OperationOutcome', async () => {
    const minimal = await fhir('POST', '/Patient', lan(), { prefer: 'return=minimal' });
    expect([minimal.status, minimal.text, minimal.headers.get('etag')]).toEqual([201, '', 'W/"1"']);
    expect((await fhir('POST', '/Patient', lan(), { prefer: 'return=representation' })).body.resourceType).toBe('Patient');
    const told = await fhir('PUT', '/Patient/lan', lan({ id: 'lan' }), { prefer: 'return=OperationOutcome' });
    expect([told.status, told.body.resourceType, issueOf(told).severity]).toEqual([200, 'OperationOutcome', 'information']);
  });
});

describe('R4 http.html §3.1.0.1.6 errors are OperationOutcomes that help', () => {
  it('says where JSON is wrong, without repeating what was sent', async () => {
    const answered = await fhir('POST', '/Patient', '{"resourceType":"Patient",\n "name": Nguyễn}');
    expect(answered.status).toBe(400);
    expect(issueOf(answered).diagnostics).toBe("Unexpected token 'N' at line 2, column 10 (position 36).");
    expect(issueOf(await fhir('POST', '/Patient', '{"resourceType":"Patient"')).diagnostics).toContain('line 1');
    expect((await fhir('POST', '/Patient', '')).status).toBe(400);
    expect((await fhir('POST', '/Patient', '[]')).status).toBe(400);
    expect((await fhir('POST', '/Patient', '"text"')).status).toBe(400);
    expect((await fhir('POST', '/Patient', 'null')).status).toBe(400);
  });

  it('refuses bodies that nest too deeply with 400, and too large ones with 413', async () => {
    const deep = await fhir('POST', '/Patient', `{"resourceType":"Patient","extension":${'['.repeat(40)}${']'.repeat(40)}}`);
    expect([deep.status, issueOf(deep).code]).toEqual([400, 'too-costly']);
    const large = await fhir('POST', '/Patient', lan({ language: 'x'.repeat(30_000) }));
    expect([large.status, large.body.resourceType]).toEqual([413, 'OperationOutcome']);
  });

  it('answers 405 with Allow where a method is not known', async () => {
    for (const [method, path, allow] of [
      ['POST', '/Patient/lan', 'GET, HEAD, PUT, PATCH, DELETE'], ['PUT', '/metadata', 'GET, HEAD'], ['DELETE', '/Patient/lan/_history/1', 'GET, HEAD'],
      ['PUT', '', 'GET, HEAD, POST'], ['GET', '/Patient/_search', 'POST'], ['DELETE', '', 'GET, HEAD, POST'],
    ] as const) {
      const answered = await fhir(method, path, method === 'GET' ? undefined : lan());
      expect([path, answered.status, answered.headers.get('allow')]).toEqual([path, 405, allow]);
      expect(answered.body.resourceType).toBe('OperationOutcome');
    }
  });

  it('answers 404 for unknown operations and addresses', async () => {
    for (const path of ['/$frobnicate', '/Patient/$frobnicate', '/Patient/lan/$frobnicate', '/Patient/lan/_history/1/more', '/nothing', '/Patient//lan']) {
      const answered = await fhir('GET', path);
      expect([path, answered.status, answered.body.resourceType]).toEqual([path, 404, 'OperationOutcome']);
    }
    expect((await fhir('POST', '/Patient/$frobnicate', { resourceType: 'Parameters' })).status).toBe(404);
  });

  it('asks those who have not signed in to do so with 401', async () => {
    const answered = await fhir('GET', '/Patient/lan', undefined, { authorization: 'none' });
    expect([answered.status, issueOf(answered).code]).toEqual([401, 'login']);
  });
});

describe('R4 http.html §3.1.0.10 capabilities', () => {
  it('says what the server does, to anybody, as a valid CapabilityStatement', async () => {
    const response = await fetch(`${server.base}/fhir/R4/metadata`);
    const statement = (await response.json()) as { fhirVersion: string; rest: { resource: { type: string; searchParam: { name: string }[] }[] }[] };
    expect([response.status, statement.fhirVersion]).toEqual([200, '4.0.1']);
    expect(validateResource(statement)).toEqual([]);
    expect(statement.rest[0]!.resource.map(({ type }) => type)).toEqual([...resourceTypes]);
    const patient = statement.rest[0]!.resource.find(({ type }) => type === 'Patient')!;
    expect(patient.searchParam.map(({ name }) => name)).toEqual(expect.arrayContaining(['name', 'identifier', 'birthdate', '_id', '_lastUpdated', 'find']));
  });

  it('takes every type that it lists, and searches by every parameter that it lists for Patient', async () => {
    const { body } = await fhir('GET', '/metadata');
    for (const type of resourceTypes) expect([type, (await fhir('GET', `/${type}?_summary=count`)).status]).toEqual([type, 200]);
    const patient = body.rest[0].resource.find(({ type }: { type: string }) => type === 'Patient');
    const sample: Record<string, string> = { special: '_id eq lan', date: '2020', token: 'x', string: 'x', reference: 'Patient/x', number: '1', quantity: '1', uri: 'http://x' };
    for (const { name, type } of patient.searchParam) expect([name, (await fhir('GET', `/Patient?${name}=${sample[type] ?? 'x'}`)).status]).toEqual([name, 200]);
  });

  it('tells what it knows of terminology, and refuses a mode that R4 does not know', async () => {
    const { status, body } = await fhir('GET', '/metadata?mode=terminology');
    expect([status, body.resourceType, validateResource(body)]).toEqual([200, 'TerminologyCapabilities', []]);
    const answered = await fhir('GET', '/metadata?mode=everything');
    expect([answered.status, issueOf(answered).code]).toEqual([400, 'not-supported']);
  });
});
