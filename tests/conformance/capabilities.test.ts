import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testServer, type TestServer } from '../support/server.ts';
import { clientOf, lan, type Client, type Json } from './client.ts';

let server: TestServer;
let fhir: Client;
let resources: Json[];
beforeAll(async () => {
  server = await testServer();
  fhir = clientOf(server);
  await fhir('PUT', '/Patient/lan', lan({ id: 'lan' }));
  const { body } = await fhir('GET', '/metadata');
  resources = body.rest[0].resource;
});
afterAll(() => server.close());

const values: Record<string, string> = { token: 's|c', string: 'a', reference: 'Patient/lan', date: 'ge2026-01-01', number: '1.5', quantity: '1.5|s|c', uri: 'http://x', special: '21|105|1|km' };

const valueOf = (name: string, kind: string): string => (name === '_filter' ? '_id eq lan' : values[kind]!);

/** Parts of the kinds that R4's composites have; one of these forms must be taken. */
async function statusOfComposite(type: string, name: string): Promise<number> {
  let last = 400;
  for (const value of ['c$1', 'c$2026', 'c$1$2', 'c$c$1']) if ((last = (await fhir('GET', `/${type}?${name}=${value}&_count=1`)).status) === 200) return 200;
  return last;
}

describe('R4 capabilitystatement.html §5.2: /metadata tells the truth', () => {
  it('lists no search parameter that does not work', { timeout: 60_000 }, async () => {
    const failed: string[] = [];
    let asked = 0;
    for (const { type, searchParam } of resources) {
      for (const { name, type: kind } of searchParam) {
        asked++;
        const status = kind === 'composite' ? await statusOfComposite(type, name) : (await fhir('GET', `/${type}?${name}=${encodeURIComponent(valueOf(name, kind))}&_count=1`)).status;
        if (status !== 200) failed.push(`${status} ${type}?${name} (${kind})`);
      }
    }
    expect(failed).toEqual([]);
    expect(asked).toBeGreaterThan(2000);
  });

  it('lists no include that does not work, and refuses those it does not list', { timeout: 60_000 }, async () => {
    for (const { type, searchInclude = [], searchRevInclude = [] } of resources) {
      const includes = [...searchInclude.map((one: string) => `_include=${one}`), ...searchRevInclude.slice(-1).map((one: string) => `_revinclude=${one}`)].join('&');
      expect([type, (await fhir('GET', `/${type}?_id=lan&${includes}`)).status]).toEqual([type, 200]);
    }
    const patient = resources.find(({ type }) => type === 'Patient');
    for (const one of patient.searchRevInclude) expect([one, (await fhir('GET', `/Patient?_id=lan&_revinclude=${one}`)).status]).toEqual([one, 200]);
    expect((await fhir('GET', '/Patient?_include=Patient:name')).status).toBe(400);
  });

  it('lists every interaction that works, for every type', { timeout: 60_000 }, async () => {
    for (const { type, interaction } of resources) {
      expect(interaction.map(({ code }: Json) => code).sort()).toEqual(['create', 'delete', 'history-instance', 'history-type', 'patch', 'read', 'search-type', 'update', 'vread']);
      expect([type, (await fhir('GET', `/${type}/nobody`)).status, (await fhir('GET', `/${type}/_history`)).status, (await fhir('DELETE', `/${type}/nobody`)).status]).toEqual([type, 404, 200, 204]);
    }
  });

  it('lists no operation that is not there, and no other is', { timeout: 60_000 }, async () => {
    const parameters = { resourceType: 'Parameters' };
    const refusedAs = async (path: string) => (await fhir('POST', path, parameters)).body?.issue?.[0]?.details?.coding?.[0]?.code;
    for (const { type, operation = [] } of resources.filter((one) => ['Patient', 'Observation', 'ValueSet', 'CodeSystem', 'ConceptMap', 'Composition', 'Group', 'Subscription', 'Basic'].includes(one.type))) {
      for (const { name } of operation) {
        const found = [await refusedAs(`/${type}/$${name}`), await refusedAs(`/${type}/lan/$${name}`)];
        expect([type, name, found.every((code) => code === 'record.unknown-operation')]).toEqual([type, name, false]);
      }
    }
    for (const operation of ['$expand', '$document', '$nothing']) expect([operation, await refusedAs(`/Patient/${operation}`)]).toEqual([operation, 'record.unknown-operation']);
  });
});
