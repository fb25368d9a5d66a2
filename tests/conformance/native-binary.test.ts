import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testServer, type TestServer } from '../support/server.ts';

let server: TestServer;
beforeAll(async () => {
  server = await testServer();
});
afterAll(() => server.close());

const pdf = Buffer.from('%PDF-1.7\u0000\u00ff rest', 'latin1');
const asJson = { accept: 'application/fhir+json' };
const call = (method: string, path: string, body?: string | Buffer, headers: Record<string, string> = {}) =>
  server.call(`/fhir/R4${path}`, { method, headers, ...(body === undefined ? {} : { body: new Uint8Array(Buffer.from(body)) }) });

async function made(body: string | Buffer, headers: Record<string, string>): Promise<{ status: number; resource: Record<string, unknown> }> {
  const answer = await call('POST', '/Binary', body, headers);
  return { status: answer.status, resource: (await answer.json()) as Record<string, unknown> };
}

describe('R4 binary.html §2.43.1: content is written as it is', () => {
  it('keeps bytes, content type and security context', async () => {
    const { status, resource } = await made(pdf, { 'content-type': 'application/pdf', 'x-security-context': 'Patient/lan' });
    expect(status).toBe(201);
    expect(resource).toMatchObject({ resourceType: 'Binary', contentType: 'application/pdf', securityContext: { reference: 'Patient/lan' }, data: pdf.toString('base64') });
    const updated = await call('PUT', `/Binary/${String(resource['id'])}`, 'xin chào', { 'content-type': 'text/plain;  charset=utf-8' });
    expect(await updated.json()).toMatchObject({ id: resource['id'], contentType: 'text/plain; charset=utf-8', meta: { versionId: '2' } });
  });

  it('takes other JSON and XML for content, and a Binary for a Binary', async () => {
    const json = '{"resourceType":"Patient","active":true}';
    expect((await made(json, { 'content-type': 'application/fhir+json' })).resource).toMatchObject({ contentType: 'application/fhir+json', data: Buffer.from(json).toString('base64') });
    expect((await made('[1,', { 'content-type': 'application/json' })).resource['contentType']).toBe('application/json');
    expect((await made('<html/>', { 'content-type': 'text/xml', ...asJson })).resource['contentType']).toBe('text/xml');
    expect((await made('{"resourceType":"Binary","contentType":"a/b"}', { 'content-type': 'application/fhir+json' })).resource['contentType']).toBe('a/b');
    expect((await made('<Binary xmlns="http://hl7.org/fhir"><contentType value="a/b"/></Binary>', { 'content-type': 'application/fhir+xml', ...asJson })).resource['contentType']).toBe('a/b');
    expect((await made('{"resourceType":"Bin', { 'content-type': 'application/fhir+json' })).status).toBe(400);
    expect((await made(pdf, {})).status).toBe(415);
  });

  it('leaves other types to FHIR', async () => {
    expect((await call('POST', '/Patient', pdf, { 'content-type': 'application/pdf' })).status).toBe(415);
    expect((await call('POST', '/', pdf, { 'content-type': 'application/pdf' })).status).toBe(415);
  });
});

describe('R4 binary.html §2.43.1: content is read as it is, unless FHIR is asked for by name', () => {
  it('gives bytes under their own type, of any version, with what a read gives', async () => {
    const { resource } = await made(pdf, { 'content-type': 'application/pdf', 'x-security-context': 'Patient/lan' });
    const path = `/Binary/${String(resource['id'])}`;
    for (const [at, accept] of [[path, '*/*'], [path, 'application/pdf'], [path, 'text/html,application/xml;q=0.9,*/*;q=0.8'], [path, 'application/json'], [`${path}/_history/1`, '*/*']] as const) {
      const read = await call('GET', at, undefined, { accept });
      expect([at, accept, read.status, read.headers.get('content-type'), read.headers.get('x-security-context'), read.headers.get('etag'), Buffer.from(await read.arrayBuffer()).equals(pdf)]).toEqual([at, accept, 200, 'application/pdf', 'Patient/lan', 'W/"1"', true]);
    }
    expect((await call('GET', path, undefined, { 'if-none-match': 'W/"1"' })).status).toBe(304);
    expect((await call('HEAD', path)).headers.get('content-length')).toBe(String(pdf.length));
    for (const [at, accept] of [[path, 'application/fhir+json'], [path, 'application/fhir+json, */*;q=0.1'], [`${path}?_format=json`, '*/*']] as const) {
      const read = await call('GET', at, undefined, { accept });
      expect([read.headers.get('content-type'), await read.json()]).toEqual(['application/fhir+json; charset=utf-8', expect.objectContaining({ contentType: 'application/pdf' })]);
    }
    expect((await call('GET', path, undefined, { accept: 'application/fhir+xml' })).headers.get('content-type')).toContain('application/fhir+xml');
    expect((await call('GET', '/Binary/nobody')).status).toBe(404);
  });

  it('lets no content act in a browser', async () => {
    const page = await made('<script>alert(1)</script>', { 'content-type': 'text/html' });
    const read = await call('GET', `/Binary/${String(page.resource['id'])}`);
    expect([read.headers.get('content-type'), read.headers.get('x-content-type-options'), read.headers.get('content-security-policy')]).toEqual(['text/html', 'nosniff', expect.stringContaining('sandbox')]);
  });
});
