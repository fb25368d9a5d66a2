import { constants, createHash, privateEncrypt } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { json } from 'node:stream/consumers';
import { PDFDocument } from '@cantoo/pdf-lib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { keyFileOf, makeAuthority, type Authority, type Issued } from '../support/certificates.ts';
import { testServer, type TestCaller, type TestServer } from '../support/server.ts';
import { testTimestampAuthority, type TestTimestampAuthority } from '../support/timestamp-authority.ts';

const fhir = { 'content-type': 'application/fhir+json' };
const form = { 'content-type': 'application/json' };
let folder: string;
let authority: Authority;
let quang: Issued;
let tsa: TestTimestampAuthority;
let provider: Server;
let server: TestServer;
let doctor: TestCaller;
let pdf: string;
const providerPin = '246810';

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sen-sign-'));
  authority = await makeAuthority('Chứng thực Sen');
  writeFileSync(join(folder, 'root.pem'), authority.cert);
  quang = await authority.issue({ name: 'CN=Lê Minh Quang, O=Bệnh viện Sen Hồng, C=VN' });
  tsa = await testTimestampAuthority(authority, new Date('2026-06-01T02:00:00Z'));
  const remote = await authority.issue({ name: 'CN=Lê Minh Quang, O=Bệnh viện Sen Hồng, C=VN', kind: 'RSA' });
  provider = await remoteProvider(remote);
  const providerUrl = `http://127.0.0.1:${(provider.address() as AddressInfo).port}`;
  server = await testServer({ env: { SEN_SIGNING_TRUST: folder, SEN_SIGNING_FETCH_CRL: 'false', SEN_TSA_URL: tsa.url, SEN_SIGNER_URL: providerUrl } });
  doctor = await server.as('bacsi');
  const document = await PDFDocument.create();
  document.addPage([200, 200]);
  pdf = Buffer.from(await document.save()).toString('base64');
  await put('Patient', { id: 'binh', name: [{ text: 'Trần Văn Bình' }] });
  await put('Encounter', { id: 'kham', status: 'in-progress', class: { code: 'AMB' }, subject: { reference: 'Patient/binh' }, participant: [{ individual: { reference: 'Practitioner/le-minh-quang' } }] });
  await putDocument('text', { contentType: 'text/plain; charset=utf-8', data: Buffer.from('Ra viện ngày 1/6').toString('base64') });
  await put('Binary', { id: 'tep', contentType: 'application/pdf', data: pdf, securityContext: { reference: 'Patient/binh' } });
  await putDocument('pdf', { contentType: 'application/pdf', url: 'Binary/tep' });
  await putDocument('inline', { contentType: 'application/pdf', data: pdf });
  await putDocument('xml', { contentType: 'application/xml', data: Buffer.from('<giay>Trần Văn Bình</giay>').toString('base64') });
  await putDocument('empty', { contentType: 'text/plain', url: 'https://noikhac.example/1' });
});
afterAll(async () => {
  await server?.close();
  await tsa?.close();
  provider?.close();
  rmSync(folder, { recursive: true, force: true });
});

async function put(type: string, resource: { id: string } & Record<string, unknown>): Promise<void> {
  const response = await server.call(`/fhir/R4/${type}/${resource.id}`, { method: 'PUT', headers: fhir, body: JSON.stringify({ resourceType: type, ...resource }) });
  if (!response.ok) throw new Error(await response.text());
}
const putDocument = (id: string, attachment: object) => put('DocumentReference', { id, status: 'current', subject: { reference: 'Patient/binh' }, content: [{ attachment }] });
const read = async (path: string) => (await server.call(`/fhir/R4/${path}`)).json();
const at = (document: string) => `/api/patients/binh/documents/DocumentReference.${document}/signatures`;
const sign = (document: string, pin: string, who = doctor) => who.call(at(document), { method: 'POST', headers: form, body: JSON.stringify({ pin }) });
const verify = async (document: string) => (await (await doctor.call(at(document))).json()).signatures;
const importKey = async (body: object) => doctor.call('/api/my/signing-key', { method: 'PUT', headers: form, body: JSON.stringify(body) });
const valid = { state: 'valid', signer: 'Lê Minh Quang', organization: 'Bệnh viện Sen Hồng', signedAt: '2026-06-01T02:00:00.000Z', revocation: 'not-checked' };

describe('A key to sign with', () => {
  it('is needed to sign', async () => {
    const refused = await sign('text', '135790');
    expect([refused.status, (await refused.json()).code]).toEqual([422, 'security.no-signing-key']);
  });

  it('comes from the PKCS #12 file of an authority, and lies under PIN and master key', async () => {
    const file = (await keyFileOf(quang, 'mở ra')).toString('base64');
    const wrong = await importKey({ file, password: 'khác', pin: '135790' });
    expect([wrong.status, (await wrong.json()).code]).toEqual([422, 'security.key-file']);
    expect((await importKey({ file, password: 'mở ra', pin: '135790' })).status).toBe(204);
    expect(await (await doctor.call('/api/my/signing-key')).json()).toEqual({ key: { kind: 'software', holder: 'Lê Minh Quang', issuer: 'Chứng thực Sen', notAfter: '2036-01-01T00:00:00.000Z' } });
    const { rows } = await server.db.database.query<{ key_sealed: string }>({ text: 'SELECT key_sealed FROM security.signing_key' });
    expect(rows).toEqual([{ key_sealed: expect.stringMatching(/^s1\.[0-9a-f]{16}\./) }]);
  });

  it('opens with the PIN alone, and after 5 wrong ones with none for 15 minutes', async () => {
    for (let guess = 0; guess < 5; guess++) expect((await (await sign('text', '000000')).json()).code).toBe('security.wrong-pin');
    for (const pin of ['000000', '135790']) expect((await (await sign('text', pin)).json()).code).toBe('security.pin-blocked');
    await server.db.database.query({ text: "UPDATE security.signing_key SET blocked_until = blocked_until - interval '15 minutes'" });
    expect((await sign('text', '135790')).status).toBe(200);
  });
});

describe('A document in the chart', () => {
  it.each([['text', 'JAdES'], ['pdf', 'PAdES'], ['inline', 'PAdES'], ['xml', 'XAdES']])('of kind %s is signed as %s, and verified on every view', async (document, format) => {
    if (document !== 'text') await sign(document, '135790'); // the text was signed above
    expect(await verify(document)).toMatchObject([{ ...valid, format }]);
    const told = await read(`Provenance?target=DocumentReference/${document}`);
    expect(told.entry.map(({ resource }: { resource: { agent: { who: unknown }[]; signature: { sigFormat: string; data?: string }[] } }) => [resource.agent[0]?.who, resource.signature[0]?.data === undefined])).toEqual([
      [{ reference: 'Practitioner/le-minh-quang', display: 'BS. Lê Minh Quang' }, format !== 'JAdES'],
    ]);
  });

  it('keeps the unsigned version in its history', async () => {
    const history = await read('Binary/tep/_history');
    expect(history.entry.map(({ resource }: { resource: { data: string } }) => resource.data === pdf)).toEqual([false, true]);
  });

  it('that was changed shows as broken', async () => {
    await putDocument('text', { contentType: 'text/plain', data: Buffer.from('Ra viện ngày 2/6').toString('base64') });
    expect(await verify('text')).toMatchObject([{ state: 'broken', reason: 'changed', format: 'JAdES' }]);
    const { data } = (await read('DocumentReference/xml')).content[0].attachment;
    await putDocument('xml', { contentType: 'application/xml', data: Buffer.from(Buffer.from(data, 'base64').toString().replace('Bình', 'Bính')).toString('base64') });
    expect(await verify('xml')).toMatchObject([{ state: 'broken', reason: 'changed', format: 'XAdES' }]);
  });

  it('whose signature was taken out shows as broken, not as unsigned', async () => {
    await putDocument('inline', { contentType: 'application/pdf', data: pdf });
    expect(await verify('inline')).toEqual([{ format: 'PAdES', state: 'broken', reason: 'removed', revocation: 'not-checked' }]);
  });

  it('is not signed by those who may not, nor where there is nothing, nor of another patient', async () => {
    const reception = await server.as('reception');
    expect((await sign('pdf', '135790', reception)).status).toBe(403);
    expect((await (await sign('empty', '135790')).json()).code).toBe('encounters.nothing-to-sign');
    await put('Patient', { id: 'khac', name: [{ text: 'Người khác' }] });
    expect((await doctor.call('/api/patients/khac/documents/DocumentReference.pdf/signatures')).status).toBe(404);
    expect((await reception.call(at('pdf'))).status).toBe(404);
  });
});

describe('$sign and $verify-signature (FHIR)', () => {
  const call = (operation: string, init: RequestInit) => doctor.call(`/fhir/R4/DocumentReference/pdf/$${operation}`, init);

  it('answer Parameters; the PIN never stands in an address', async () => {
    const inAddress = await call('sign?pin=135790', { method: 'POST', headers: fhir, body: JSON.stringify({ resourceType: 'Parameters' }) });
    expect(inAddress.status).toBe(400);
    const signed = await call('sign', { method: 'POST', headers: fhir, body: JSON.stringify({ resourceType: 'Parameters', parameter: [{ name: 'pin', valueString: '135790' }] }) });
    expect(signed.status).toBe(200);
    const { parameter } = await (await call('verify-signature', { method: 'GET' })).json();
    expect(parameter).toHaveLength(2);
    expect(parameter[1].part).toContainEqual({ name: 'state', valueCode: 'valid' });
  });
});

describe('A key at a provider of remote signing (CSC API 2.0)', () => {
  it('signs without ever leaving the provider, after its own PIN', async () => {
    expect((await importKey({ credential: 'khong-co' })).status).toBe(503);
    expect((await importKey({ credential: 'quang' })).status).toBe(204);
    await putDocument('remote', { contentType: 'text/plain', data: Buffer.from('Đơn thuốc').toString('base64') });
    expect((await (await sign('remote', '111111')).json()).code).toBe('security.wrong-pin');
    expect((await sign('remote', providerPin)).status).toBe(200);
    expect(await verify('remote')).toMatchObject([{ ...valid, format: 'JAdES' }]);
    await putDocument('remote-pdf', { contentType: 'application/pdf', data: pdf });
    expect((await sign('remote-pdf', providerPin)).status).toBe(200);
    expect(await verify('remote-pdf')).toMatchObject([{ ...valid, format: 'PAdES' }]);
  });

  it('stops with the key withdrawn; what it has signed stays signed', async () => {
    expect((await doctor.call('/api/my/signing-key', { method: 'DELETE' })).status).toBe(204);
    expect((await (await sign('remote', providerPin)).json()).code).toBe('security.no-signing-key');
    expect(await verify('remote')).toMatchObject([{ state: 'valid' }]);
  });
});

describe('GET /api/encryption', () => {
  it('tells ids of master keys, never keys, to who may know', async () => {
    const administrator = await server.as('administrator');
    expect(await (await administrator.call('/api/encryption')).json()).toEqual({ keys: [{ id: expect.stringMatching(/^[0-9a-f]{16}$/), inUse: true }] });
    expect((await doctor.call('/api/encryption')).status).toBe(403);
  });
});

/** A provider as the CSC API describes it: gives certificates, asks for a PIN, signs hashes. */
async function remoteProvider(holder: Issued): Promise<Server> {
  const granted = new Map<string, string>();
  const fake = createServer(async (request, response) => {
    const body = (await json(request)) as { credentialID: string; hashes?: string[]; SAD?: string; authData?: { value: string }[] };
    const answer = (status: number, content: object) => response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(content));
    if (body.credentialID !== 'quang') return answer(400, { error: 'invalid_request' });
    if (request.url === '/csc/v2/credentials/info') return answer(200, { cert: { certificates: [Buffer.from(holder.certificate.rawData).toString('base64')] } });
    const [hash = ''] = body.hashes ?? [];
    if (request.url === '/csc/v2/credentials/authorize') {
      if (body.authData?.[0]?.value !== providerPin) return answer(400, { error: 'invalid_pin' });
      const SAD = createHash('sha256').update(hash).digest('hex');
      granted.set(SAD, hash);
      return answer(200, { SAD });
    }
    if (granted.get(body.SAD ?? '') !== hash) return answer(400, { error: 'invalid_request' });
    granted.delete(body.SAD ?? '');
    return answer(200, { signatures: [signHash(holder, hash)] });
  });
  fake.listen(0, '127.0.0.1');
  await once(fake, 'listening');
  return fake;
}

/** Signs a hash, as a token does that never sees the content: RSA over the DigestInfo of SHA-256 (RFC 8017 §9.2). */
function signHash(issued: Issued, hash: string): string {
  const digestInfo = Buffer.concat([Buffer.from('3031300d060960864801650304020105000420', 'hex'), Buffer.from(hash, 'base64')]);
  return privateEncrypt({ key: issued.key, padding: constants.RSA_PKCS1_PADDING }, digestInfo).toString('base64');
}
