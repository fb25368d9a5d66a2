import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { importResources } from '../../server/src/modules/record/index.ts';
import { testServer, type TestServer } from '../support/server.ts';
import { clientOf, issueOf, lan, type Client, type Json } from './client.ts';

const url = 'http://bvsen.vn/StructureDefinition/with-phone';
const withPhone = (min: number, more: object = {}): Json => ({
  resourceType: 'StructureDefinition', id: 'with-phone', url, name: 'WithPhone', status: 'active', kind: 'resource', abstract: false, type: 'Patient',
  baseDefinition: 'http://hl7.org/fhir/StructureDefinition/Patient', derivation: 'constraint', differential: { element: [{ id: 'Patient', path: 'Patient' }, { id: 'Patient.telecom', path: 'Patient.telecom', min }] }, ...more,
});
const claiming = (more: object = {}): Json => lan({ meta: { profile: [url] }, ...more });
const phone = { telecom: [{ system: 'phone', value: '0900000000' }] };
const refused = { status: 422, code: 'record.profile-not-satisfied' };

function outcome({ status, body }: { status: number; body: Json }): object {
  return { status, code: body.issue?.[0].details.coding[0].code };
}

describe('R4 profiling.html §5.1.0.1: a resource that claims a profile known here must satisfy it (SEN_PROFILES=known)', () => {
  let server: TestServer;
  let fhir: Client;
  beforeAll(async () => {
    server = await testServer();
    fhir = clientOf(server);
    await fhir('PUT', '/StructureDefinition/with-phone', withPhone(1));
  });
  afterAll(() => server.close());

  it('on create, and says where', async () => {
    const answered = await fhir('POST', '/Patient', claiming());
    expect(outcome(answered)).toEqual(refused);
    expect(issueOf(answered)).toMatchObject({ severity: 'error', code: 'required', expression: ['Patient.telecom'], diagnostics: `needs at least 1, found 0 (${url})` });
    expect((await fhir('POST', '/Patient', claiming(phone))).status).toBe(201);
  });

  it('on update, patch and conditional create', async () => {
    await fhir('PUT', '/Patient/enforced', claiming({ id: 'enforced', ...phone }));
    expect(outcome(await fhir('PUT', '/Patient/enforced', claiming({ id: 'enforced' })))).toEqual(refused);
    expect(outcome(await fhir('PATCH', '/Patient/enforced', '[{"op":"remove","path":"/telecom"}]', { 'content-type': 'application/json-patch+json' }))).toEqual(refused);
    expect(outcome(await fhir('POST', '/Patient', claiming(), { 'if-none-exist': 'identifier=http://x|1' }))).toEqual(refused);
    expect((await fhir('GET', '/Patient/enforced')).body.meta.versionId).toBe('1');
  });

  it('in a transaction, all or nothing, and points to the entry', async () => {
    const entry = (resource: Json) => ({ resource, request: { method: 'POST', url: 'Patient' } });
    const before = (await fhir('GET', '/Patient?_summary=count')).body.total;
    const answered = await fhir('POST', '', { resourceType: 'Bundle', type: 'transaction', entry: [entry(lan()), entry(claiming())] });
    expect(outcome(answered)).toEqual(refused);
    expect(issueOf(answered).expression).toEqual(['Bundle.entry[1].resource.telecom']);
    expect((await fhir('GET', '/Patient?_summary=count')).body.total).toBe(before);
  });

  it('in a batch, each entry alone', async () => {
    const entry = (resource: Json) => ({ resource, request: { method: 'POST', url: 'Patient' } });
    const { body } = await fhir('POST', '', { resourceType: 'Bundle', type: 'batch', entry: [entry(claiming()), entry(claiming(phone)), entry(lan())] });
    expect(body.entry.map((one: Json) => one.response.status.slice(0, 3))).toEqual(['422', '201', '201']);
  });

  it('in an import, each resource alone', async () => {
    const results = await importResources(server.db.work(), [claiming({ id: 'import-1' }), claiming({ id: 'import-2', ...phone }), lan({ id: 'import-3' })]);
    expect(results.map(({ outcome: result }) => result)).toEqual(['refused', 'created', 'created']);
    expect(results[0]!.issues![0]).toMatchObject({ expression: 'Patient.telecom' });
  });

  it('leaves alone who claims nothing, or a profile that is not known', async () => {
    expect((await fhir('POST', '/Patient', lan())).status).toBe(201);
    expect((await fhir('POST', '/Patient', lan({ meta: { profile: ['http://nobody/knows'] } }))).status).toBe(201);
  });

  it('follows the definition when it changes, is retired or deleted', async () => {
    await fhir('PUT', '/StructureDefinition/with-phone', withPhone(0));
    expect((await fhir('POST', '/Patient', claiming())).status).toBe(201);
    await fhir('PUT', '/StructureDefinition/with-phone', withPhone(1));
    expect(outcome(await fhir('POST', '/Patient', claiming()))).toEqual(refused);
    await fhir('PUT', '/StructureDefinition/with-phone', withPhone(1, { status: 'retired' }));
    expect((await fhir('POST', '/Patient', claiming())).status).toBe(201);
    await fhir('PUT', '/StructureDefinition/with-phone', withPhone(1));
    await fhir('DELETE', '/StructureDefinition/with-phone');
    expect((await fhir('POST', '/Patient', claiming())).status).toBe(201);
    expect((await server.db.database.query({ text: "select id from record.profile where id = 'with-phone'" })).rows).toEqual([]);
  });

  it('learns of profiles that another process stores', async () => {
    const claims = lan({ meta: { profile: ['http://bvsen.vn/StructureDefinition/elsewhere'] } });
    expect((await fhir('POST', '/Patient', claims)).status).toBe(201);
    const definition = withPhone(1, { id: 'elsewhere', url: claims.meta.profile[0] });
    await server.db.database.query({
      text: "with kept as (insert into record.profile (id, url, definition) values ('elsewhere', $1, $2)) select pg_notify('sen_definitions', 'StructureDefinition')",
      values: [definition.url, JSON.stringify(definition)],
    });
    await vi.waitFor(async () => expect(outcome(await fhir('POST', '/Patient', claims))).toEqual(refused), { timeout: 10_000 });
  });

  it('knows our Vietnamese profiles, and R4 vital signs', async () => {
    const claims = (name: string) => ({ meta: { profile: [`https://sen.vn/fhir/StructureDefinition/${name}`] } });
    const card = { identifier: [{ system: 'http://fhir.hl7.org.vn/core/sid/cccd', value: '12' }] };
    expect(issueOf(await fhir('POST', '/Patient', lan({ ...claims('vn-patient'), ...card }))).expression).toEqual(['Patient.identifier[0].value']);
    expect((await fhir('POST', '/Patient', lan(claims('vn-patient')))).status).toBe(201);
    const vitals = { resourceType: 'Observation', status: 'final', meta: { profile: ['http://hl7.org/fhir/StructureDefinition/vitalsigns'] }, code: { text: 'mạch' } };
    expect(outcome(await fhir('POST', '/Observation', vitals))).toEqual(refused);
  });
});

describe('SEN_PROFILES', () => {
  async function statusWith(setting: string, body: Json): Promise<number> {
    const server = await testServer({ env: { SEN_PROFILES: setting } });
    try {
      return (await clientOf(server)('POST', '/Patient', body)).status;
    } finally {
      await server.close();
    }
  }
  const bad = lan({ meta: { profile: ['https://sen.vn/fhir/StructureDefinition/vn-patient'] }, gender: undefined });

  it('off: claims are stored as they come', async () => expect(await statusWith('off', bad)).toBe(201));

  it('all: claims of unknown profiles are refused too', async () => {
    expect(await statusWith('all', bad)).toBe(422);
    expect(await statusWith('all', lan({ meta: { profile: ['http://nobody/knows'] } }))).toBe(422);
  });
});
