import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { download, asynchronous, bulkServer, linesOf, outcomeOf, resourcesOf, type BulkServer } from './bulk-server.ts';
import { clientOf, glucose, issueOf, lan, type Client, type Json } from './client.ts';

const files = new Map<string, { status?: number; headers?: Record<string, string>; body?: Buffer | string }>();
let source: Server;
let origin: string;
let server: BulkServer;
let fhir: Client;
beforeAll(async () => {
  source = createServer((request, response) => {
    const { status = 200, headers = {}, body = '' } = files.get(request.url ?? '') ?? { status: 404 };
    response.writeHead(status, headers).end(body);
  });
  await new Promise<void>((resolve) => source.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(source.address() as AddressInfo).port}`;
  server = await bulkServer({ SEN_IMPORT_HOSTS: 'files.example.vn, 127.0.0.1', SEN_IMPORT_SOURCE_MAX_MB: '8' });
  fhir = clientOf(server);
});
afterAll(async () => {
  await server.close();
  source.close();
});

const ndjson = (...resources: (object | string)[]): string => resources.map((one) => (typeof one === 'string' ? one : JSON.stringify(one))).join('\n');

function parameters(...inputs: { type?: string; path: string }[]): Json {
  return { resourceType: 'Parameters', parameter: [
    { name: 'inputFormat', valueCode: 'application/fhir+ndjson' },
    { name: 'inputSource', valueUri: 'https://benhvien.example.vn' },
    { name: 'storageDetail', part: [{ name: 'type', valueCode: 'https' }] },
    ...inputs.map(({ type, path }) => ({ name: 'input', part: [...(type === undefined ? [] : [{ name: 'type', valueCode: type }]), { name: 'url', valueUrl: `${origin}${path}` }] })),
  ] };
}

async function finished(kicked: { status: number; headers: Headers; text?: string }): Promise<{ status: number; body: Json }> {
  if (kicked.status !== 202) throw new Error(`${kicked.status} ${kicked.text}`);
  return outcomeOf(server, kicked.headers.get('content-location')!);
}

async function upload(body: Buffer | string, type = 'application/fhir+ndjson'): Promise<{ status: number; body: Json }> {
  const answer = await server.call('/fhir/R4/_bulk', { method: 'POST', headers: { 'content-type': type }, body: new Uint8Array(Buffer.from(body)) });
  return finished({ status: answer.status, headers: answer.headers, text: answer.status === 202 ? '' : await answer.text() });
}

describe('$import of files by reference', () => {
  it('stores every line under its own id, gzip or not, and counts by file and type; a second run changes nothing', async () => {
    files.set('/Patient.ndjson', { body: ndjson(lan({ id: 'p1' }), '', lan({ id: 'p2' }), '') });
    files.set('/rest.ndjson.gz', { body: gzipSync(ndjson({ ...glucose('Patient/p1', 5.1, '2026-01-01'), id: 'o1' }, { resourceType: 'Organization', id: 'x', name: 'Sen' })) });
    const body = parameters({ type: 'Patient', path: '/Patient.ndjson' }, { path: '/rest.ndjson.gz' });
    const first = await finished(await fhir('POST', '/$import', body, asynchronous));
    expect([first.status, first.body.error, first.body.request]).toEqual([200, [], `${server.base}/fhir/R4/$import`]);
    expect(first.body.output).toEqual([
      { type: 'Patient', inputUrl: `${origin}/Patient.ndjson`, count: 2, extension: { created: 2, updated: 0, unchanged: 0, refused: 0 } },
      { type: 'Observation', inputUrl: `${origin}/rest.ndjson.gz`, count: 1, extension: { created: 1, updated: 0, unchanged: 0, refused: 0 } },
      { type: 'Organization', inputUrl: `${origin}/rest.ndjson.gz`, count: 1, extension: { created: 1, updated: 0, unchanged: 0, refused: 0 } },
    ]);
    expect((await fhir('GET', '/Observation/o1')).body.subject.reference).toBe('Patient/p1');
    const second = await finished(await fhir('POST', '/$import', body, asynchronous));
    expect(second.body.output[0].extension).toEqual({ created: 0, updated: 0, unchanged: 2, refused: 0 });
    expect((await fhir('GET', '/Patient/p1')).body.meta.versionId).toBe('1');
  });

  it.each([
    ['a host that the setting does not name', (body: Json) => (body.parameter[3].part[0].valueUrl = 'http://169.254.169.254/latest/meta-data'), 403, 'bulk.host-not-allowed'],
    ['an address that is no http', (body: Json) => (body.parameter[3].part[0].valueUrl = 'file:///etc/passwd'), 400, 'bulk.bad-parameter'],
    ['an address with a password', (body: Json) => (body.parameter[3].part[0].valueUrl = 'http://a:b@127.0.0.1/x'), 400, 'bulk.bad-parameter'],
    ['another format', (body: Json) => (body.parameter[0].valueCode = 'text/csv'), 400, 'bulk.bad-parameter'],
    ['another storage', (body: Json) => (body.parameter[2].part[0].valueCode = 'aws-s3'), 400, 'bulk.bad-parameter'],
    ['no file', (body: Json) => body.parameter.pop(), 400, 'bulk.bad-parameter'],
  ])('refuses %s at once', async (_what, change, status, code) => {
    const body = parameters({ path: '/Patient.ndjson' });
    change(body);
    const refused = await fhir('POST', '/$import', body, asynchronous);
    expect([refused.status, issueOf(refused).details.coding[0]!.code]).toEqual([status, code]);
  });

  it('needs Prefer: respond-async, and POST', async () => {
    expect((await fhir('POST', '/$import', parameters({ path: '/Patient.ndjson' }))).status).toBe(400);
    expect((await fhir('GET', '/$import', undefined, asynchronous)).status).toBe(405);
  });

  it('follows no redirect: the job fails and says why', async () => {
    files.set('/moved', { status: 302, headers: { location: 'http://169.254.169.254/' } });
    const failed = await finished(await fhir('POST', '/$import', parameters({ path: '/moved' }), asynchronous));
    expect([failed.status, failed.body.issue[0].details.coding[0].code, failed.body.issue[0].diagnostics]).toEqual([500, 'bulk.source-unreadable', `${origin}/moved: the host redirects elsewhere, which is not followed.`]);
    const lost = await finished(await fhir('POST', '/$import', parameters({ path: '/lost' }), asynchronous));
    expect(lost.body.issue[0].diagnostics).toBe(`${origin}/lost: the host answers 404.`);
  });

  it('refuses a file that is larger than the setting, counted unpacked', async () => {
    files.set('/bomb', { body: gzipSync(Buffer.alloc(9 * 2 ** 20, 32)) });
    const failed = await finished(await fhir('POST', '/$import', parameters({ path: '/bomb' }), asynchronous));
    expect([failed.status, failed.body.issue[0].details.coding[0].code]).toEqual([500, 'bulk.source-too-large']);
  });
});

describe('import of an uploaded NDJSON', () => {
  it('stores what is right and tells line by line what is wrong', async () => {
    const done = await upload(ndjson(
      lan({ id: 'u1' }), '{"resourceType":"Patient","id":"u2"', lan({ id: 'u3', colour: 'red' }), { resourceType: 'Patient' }, { resourceType: 'Colour', id: 'x' }, '', lan({ id: 'u4' }),
    ));
    expect([done.status, done.body.output.find(({ type }: Json) => type === 'Patient').extension]).toEqual([200, { created: 2, updated: 0, unchanged: 0, refused: 2 }]);
    const errors = await linesOf(done.body.error[0].url);
    expect(errors.map(({ resourceType, issue }) => `${resourceType} ${issue[0].diagnostics.slice(0, 7)} ${issue[0].expression?.[0] ?? ''}`)).toEqual([
      'OperationOutcome line 2: ', 'OperationOutcome line 3: Patient.colour', 'OperationOutcome line 4: Patient.id', 'OperationOutcome line 5: ',
    ]);
    expect(done.body.error[0].count).toBe(4);
    expect([(await fhir('GET', '/Patient/u4')).status, (await fhir('GET', '/Patient/u3')).status]).toEqual([200, 404]);
  });

  it('takes gzip; of two lines with one resource the later counts, however far apart', async () => {
    const lines = Array.from({ length: 700 }, (_, i) => lan({ id: i % 350 === 0 ? 'twice' : `many-${i}`, birthDate: `19${50 + (i % 50)}-01-01`, active: i > 0 }));
    const done = await upload(gzipSync(ndjson(...lines)), 'application/gzip');
    expect(done.body.output[0].count).toBe(700);
    expect((await fhir('GET', '/Patient/twice')).body.active).toBe(true);
  });

  it('gives back what an export wrote, unchanged', async () => {
    await fhir('PUT', '/Observation/back', { ...glucose('Patient/u1', 6, '2026-01-01'), id: 'back' });
    const { body: manifest } = await finished(await fhir('GET', '/$export?_type=Observation', undefined, asynchronous));
    const text = await (await download(manifest.output[0].url)).text();
    const done = await upload(text);
    expect([done.body.error, done.body.output[0].extension.unchanged]).toEqual([[], (await resourcesOf(manifest.output)).length]);
  });

  it('leaves no file of the lines behind, and refuses broken gzip, other media types and who has not signed in', async () => {
    await upload(ndjson(lan({ id: 'last' })));
    expect(readdirSync(join(server.folder, 'bulk'), { recursive: true }).filter((name) => String(name).includes('source'))).toEqual([]);
    const post = (body: Buffer | string, type: string, token = `Bearer ${server.token}`) => server.call('/fhir/R4/_bulk', { method: 'POST', headers: { 'content-type': type, authorization: token }, body: new Uint8Array(Buffer.from(body)) });
    expect((await post(gzipSync('x'.repeat(1000)).subarray(0, 20), 'application/gzip')).status).toBe(400);
    expect((await post('a,b', 'text/csv')).status).toBe(415);
    expect((await fetch(`${server.base}/fhir/R4/_bulk`, { method: 'POST', headers: { 'content-type': 'application/fhir+ndjson' }, body: '{}' })).status).toBe(401);
  });
});
