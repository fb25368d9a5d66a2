import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseLossless, readXml, writeXml } from '@sen/fhir';
import { testServer, type TestServer } from '../support/server.ts';
import { clientOf, lan, type Client } from './client.ts';
import { readExamples } from './read-examples.ts';

let server: TestServer;
let fhir: Client;
beforeAll(async () => {
  server = await testServer();
  fhir = clientOf(server);
  await fhir('PUT', '/Patient/lan', lan({ id: 'lan' }));
});
afterAll(() => server.close());

const xmlType = 'application/fhir+xml';
const read = (xml: string) => readXml(xml, { depth: 64 });

async function xml(method: string, path: string, body?: string, headers: Record<string, string> = {}) {
  const response = await server.call(`/fhir/R4${path}`, { method, headers: { accept: xmlType, ...(body === undefined ? {} : { 'content-type': xmlType }), ...headers }, ...(body === undefined ? {} : { body }) });
  return { status: response.status, type: response.headers.get('content-type'), location: response.headers.get('location'), text: await response.text() };
}

describe('R4 xml.html §2.6.1 and http.html §3.1.0.1.11: XML for reads and writes', () => {
  it('creates, reads, updates and searches in XML; JSON shows the same content', async () => {
    const made = await xml('POST', '/Observation', '<Observation xmlns="http://hl7.org/fhir"><status value="final"/><code><text value="Kali"/></code><subject><reference value="Patient/lan"/></subject><valueQuantity><value value="4.10"/><unit value="mmol/L"/></valueQuantity></Observation>');
    expect([made.status, made.type]).toEqual([201, 'application/fhir+xml; charset=utf-8']);
    const id = String(read(made.text)['id']);
    const asJson = await fhir('GET', `/Observation/${id}`);
    expect(asJson.text).toContain('"value":4.10');
    expect(read((await xml('GET', `/Observation/${id}`)).text)).toEqual(parseLossless(asJson.text));
    const updated = await xml('PUT', `/Observation/${id}`, writeXml({ ...asJson.body, status: 'amended' }), { 'if-match': 'W/"1"' });
    expect([updated.status, read(updated.text)['status']]).toEqual([200, 'amended']);
    const found = read((await xml('GET', '/Observation?subject=Patient/lan')).text) as { resourceType: string; entry: { resource: { id: string } }[] };
    expect([found.resourceType, found.entry.map(({ resource }) => resource.id)]).toEqual(['Bundle', [id]]);
  });

  it('runs a transaction and a FHIRPath Patch that are written in XML', async () => {
    const bundle = writeXml({ resourceType: 'Bundle', type: 'transaction', entry: [{ resource: { resourceType: 'Basic', code: { text: 'a' } }, request: { method: 'POST', url: 'Basic' } }] });
    const answered = read((await xml('POST', '/', bundle)).text) as { type: string; entry: { response: { status: string } }[] };
    expect([answered.type, answered.entry[0]!.response.status]).toEqual(['transaction-response', '201 Created']);
    const patch = writeXml({ resourceType: 'Parameters', parameter: [{ name: 'operation', part: [{ name: 'type', valueCode: 'replace' }, { name: 'path', valueString: 'Patient.gender' }, { name: 'value', valueCode: 'other' }] }] });
    expect(read((await xml('PATCH', '/Patient/lan', patch)).text)['gender']).toBe('other');
  });

  it('takes _format before Accept, and the better quality of Accept', async () => {
    const typeOf = async (path: string, accept: string) => (await xml('GET', path, undefined, { accept })).type?.split(';')[0];
    expect(await typeOf('/Patient/lan?_format=xml', 'application/fhir+json')).toBe('application/fhir+xml');
    expect(await typeOf('/Patient/lan?_format=json', xmlType)).toBe('application/fhir+json');
    expect(await typeOf('/Patient/lan?_format=application/fhir%2Bxml', '*/*')).toBe('application/fhir+xml');
    expect(await typeOf('/Patient/lan', 'application/fhir+xml;q=0.5, application/fhir+json')).toBe('application/fhir+json');
    expect(await typeOf('/Patient/lan', 'application/fhir+json;q=0.5, text/xml')).toBe('application/fhir+xml');
    expect(await typeOf('/Patient/lan', 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8')).toBe('application/fhir+json');
    expect((await xml('GET', '/Patient/lan', undefined, { accept: 'text/turtle' })).status).toBe(406);
    expect(read((await xml('GET', '/metadata')).text)['resourceType']).toBe('CapabilityStatement');
  });

  it('answers errors in XML to who asks for XML, and refuses XML that is dangerous or broken', async () => {
    const gone = await xml('GET', '/Patient/nobody');
    expect([gone.status, gone.type, read(gone.text)['resourceType']]).toEqual([404, 'application/fhir+xml; charset=utf-8', 'OperationOutcome']);
    const codeOf = async (body: string) => {
      const { status, text } = await xml('POST', '/Patient', body);
      const { issue } = read(text) as unknown as { issue: { details: { coding: { code: string }[] } }[] };
      return [status, issue[0]!.details.coding[0]!.code];
    };
    expect(await codeOf('<!DOCTYPE lolz [<!ENTITY a SYSTEM "file:///etc/passwd">]><Patient xmlns="http://hl7.org/fhir"><id value="&a;"/></Patient>')).toEqual([400, 'http.xml']);
    expect(await codeOf('<Patient xmlns="http://hl7.org/fhir"><gender')).toEqual([400, 'http.xml']);
    expect(await codeOf('<Patient xmlns="http://hl7.org/fhir"><genders value="male"/></Patient>')).toEqual([400, 'record.invalid-resource']);
    expect(await codeOf(`<Patient xmlns="http://hl7.org/fhir">${'<extension url="a">'.repeat(500)}`)).toEqual([400, 'http.xml']);
  });

  it('answers in XML whatever there is to answer', async () => {
    const form = { 'content-type': 'application/x-www-form-urlencoded', accept: '*/*' };
    await fhir('PUT', '/Basic/gone', { resourceType: 'Basic', id: 'gone', code: { text: 'x' } });
    await fhir('DELETE', '/Basic/gone');
    const anonymous = { authorization: 'Bearer none' };
    const asked: [string, string, string | undefined, Record<string, string>, number, string][] = [
      ['GET', '/Patient/lan/_history', undefined, {}, 200, 'Bundle'],
      ['GET', '/_history', undefined, {}, 200, 'Bundle'],
      ['GET', '/Patient/lan/_history/1', undefined, {}, 200, 'Patient'],
      ['GET', '/Patient?_summary=true&_id=lan', undefined, {}, 200, 'Bundle'],
      ['GET', '/Patient?_summary=count', undefined, {}, 200, 'Bundle'],
      ['GET', '/Patient/lan?_elements=gender', undefined, {}, 200, 'Patient'],
      ['GET', '/Patient/lan?_summary=text', undefined, {}, 200, 'Patient'],
      ['POST', '/Patient/_search', '_id=lan&_format=xml', form, 200, 'Bundle'],
      ['POST', '/Patient/_search', 'colour=red&_format=xml', form, 400, 'OperationOutcome'],
      ['GET', '/Patient/lan/$everything', undefined, {}, 200, 'Bundle'],
      ['GET', '/Observation/$lastn?patient=lan&code=x', undefined, {}, 200, 'Bundle'],
      ['GET', '/Patient/lan', undefined, anonymous, 401, 'OperationOutcome'],
      ['GET', '/Nonsense', undefined, {}, 404, 'OperationOutcome'],
      ['GET', '/Basic/gone', undefined, {}, 410, 'OperationOutcome'],
      ['DELETE', '/metadata', undefined, {}, 405, 'OperationOutcome'],
      ['GET', '/$reindex', undefined, {}, 405, 'OperationOutcome'],
      ['PUT', '/Patient/lan', '<Patient xmlns="http://hl7.org/fhir"><id value="lan"/></Patient>', { 'if-match': 'W/"99"' }, 412, 'OperationOutcome'],
      ['POST', '/Patient', 'x', { 'content-type': 'text/turtle' }, 415, 'OperationOutcome'],
      ['POST', '/Patient', '<Patient xmlns="http://hl7.org/fhir"/>', { prefer: 'return=OperationOutcome' }, 201, 'OperationOutcome'],
      ['GET', '/%01?_format=xml', undefined, {}, 404, 'OperationOutcome'],
    ];
    for (const [method, path, body, headers, status, type] of asked) {
      const answer = await xml(method, path, body, headers);
      expect([method, path, answer.status, answer.type, read(answer.text)['resourceType']]).toEqual([method, path, status, 'application/fhir+xml; charset=utf-8', type]);
    }
    expect(await xml('POST', '/Patient', '<Patient xmlns="http://hl7.org/fhir"/>', { prefer: 'return=minimal' })).toMatchObject({ status: 201, text: '' });
    expect(await xml('DELETE', '/Basic/gone')).toMatchObject({ status: 204, text: '', type: null });
    expect(await xml('GET', '/Patient/lan', undefined, { 'if-none-match': '*' })).toMatchObject({ status: 304, text: '' });
  });

  it('answers in the form of the body to who takes either, and obeys a quality of zero', async () => {
    const patient = '<Patient xmlns="http://hl7.org/fhir"/>';
    expect((await xml('POST', '/Patient', patient, { accept: '*/*' })).type).toContain('fhir+xml');
    expect((await xml('POST', '/Patient', patient, { accept: 'application/fhir+json' })).type).toContain('fhir+json');
    expect((await xml('POST', '/Patient', '<Patient', { accept: '*/*' })).type).toContain('fhir+xml');
    expect((await xml('GET', '/Patient/lan', undefined, { accept: 'application/fhir+json;q=0, */*' })).type).toContain('fhir+xml');
    expect((await xml('GET', '/Patient/lan', undefined, { accept: 'application/fhir+json;q=0' })).status).toBe(406);
  });

  it('gives every example of the specification back with the same content', () => {
    const canonical = (value: unknown): unknown => (Array.isArray(value) ? value.map(canonical) : typeof value === 'object' && value !== null && !(JSON as unknown as { isRawJSON(v: unknown): boolean }).isRawJSON(value) ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)).map(([k, v]) => [k, canonical(v)])) : value);
    const examples = readExamples();
    expect(examples.length).toBeGreaterThan(1000);
    for (const example of examples) expect(JSON.stringify(canonical(read(writeXml(example))))).toBe(JSON.stringify(canonical(example)));
  });
});
