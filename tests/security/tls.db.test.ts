import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { get } from 'node:http';
import { request } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect, type ConnectionOptions, type TLSSocket } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { redirectToHttps } from '../../server/src/edges/http/redirect.ts';
import { buildHttp } from '../../server/src/edges/http/server.ts';
import { openTls } from '../../server/src/edges/http/tls.ts';
import { openLog } from '../../server/src/platform/log.ts';
import type { ModuleManifest } from '../../server/src/platform/module.ts';
import { makeAuthority, type Authority, type Issued } from '../support/certificates.ts';
import { testDatabase, type TestDatabase } from '../support/database.ts';

const echo: ModuleManifest = {
  name: 'echo',
  owns: 'What the edge understood of a request.',
  routes: (app) => void app.get('/echo', { config: { needs: 'open' } }, async (asked) => ({ protocol: asked.protocol, host: asked.host, ip: asked.ip, certificate: asked.clientCertificate ?? null })),
};

let folder: string;
let authority: Authority;
let server: Issued;
const file = (name: string) => join(folder, name);
const open: { close(): Promise<unknown> }[] = [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sen-tls-'));
  authority = await makeAuthority('Sen thử nghiệm');
  server = await authority.issue({ name: 'CN=sen.test', hosts: ['localhost', '127.0.0.1'] });
  writeFileSync(file('cert.pem'), server.cert);
  writeFileSync(file('key.pem'), server.key);
  writeFileSync(file('partners.pem'), authority.cert);
});
afterAll(async () => {
  for (const one of open.reverse()) await one.close();
  rmSync(folder, { recursive: true, force: true });
});

async function serve(env: Record<string, string>): Promise<number> {
  const db: TestDatabase = await testDatabase({ startMs: Date.now(), env });
  const app = await buildHttp(db.house, [echo]);
  await app.listen({ host: '127.0.0.1', port: 0 });
  open.push(db, app);
  return (app.server.address() as AddressInfo).port;
}

const own = () => ({ SEN_TLS_CERT: file('cert.pem'), SEN_TLS_KEY: file('key.pem') });

interface Answer {
  readonly body: { protocol: string; host: string; ip: string; certificate: unknown };
  readonly headers: Record<string, unknown>;
  readonly protocol: string;
}

function ask(port: number, options: ConnectionOptions = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    request({ host: '127.0.0.1', port, path: '/echo', ca: authority.cert, agent: false, ...options }, (response) => {
      const protocol = (response.socket as TLSSocket).getProtocol() ?? '';
      let text = '';
      response.on('data', (chunk) => (text += chunk)).on('end', () => resolve({ body: JSON.parse(text), headers: response.headers, protocol }));
    }).on('error', reject).end();
  });
}

describe('TLS with a certificate of our own (ASVS 5.0 12.1, 12.2)', () => {
  it('speaks TLS 1.3 and 1.2, and tells browsers to stay with https', async () => {
    const port = await serve(own());
    const answer = await ask(port);
    expect(answer.protocol).toBe('TLSv1.3');
    expect(answer.body).toMatchObject({ protocol: 'https', certificate: null });
    expect(answer.headers['strict-transport-security']).toMatch(/^max-age=31536000/);
    expect((await ask(port, { maxVersion: 'TLSv1.2' })).protocol).toBe('TLSv1.2');
  });

  it.each([
    ['TLS 1.1', { maxVersion: 'TLSv1.1', minVersion: 'TLSv1.1', ciphers: 'DEFAULT@SECLEVEL=0' }],
    ['a suite without forward secrecy', { maxVersion: 'TLSv1.2', ciphers: 'AES128-GCM-SHA256' }],
    ['a suite without authenticated encryption', { maxVersion: 'TLSv1.2', ciphers: 'ECDHE-ECDSA-AES128-SHA256' }],
  ] as const)('refuses %s', async (_, options) => {
    const port = await serve(own());
    await expect(ask(port, options)).rejects.toMatchObject({ code: expect.stringMatching(/^ERR_SSL|ECONNRESET|EPROTO/) });
  });

  it('serves a renewed certificate from the next connection on, and keeps the old while key and certificate do not fit', async () => {
    writeFileSync(file('renewed.pem'), server.cert);
    writeFileSync(file('renewed-key.pem'), server.key);
    const times = { keepAliveTimeout: 1000, headersTimeout: 1000, requestTimeout: 1000, connectionsCheckingInterval: 1000, maxHeaderSize: 16_384 };
    const tls = openTls({ tlsCertificate: file('renewed.pem'), tlsKey: file('renewed-key.pem'), tlsClientCa: '' }, times, openLog('silent'))!;
    const listening = tls.serverFactory((_asked, answer) => void answer.end(), {});
    await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve));
    open.push({ close: async () => listening.close() });
    const { port } = listening.address() as AddressInfo;
    const renewed = await authority.issue({ name: 'CN=renewed.sen.test', hosts: ['127.0.0.1'] });
    writeFileSync(file('renewed.pem'), `${renewed.cert}\n`);
    tls.refresh();
    expect(await subjectAt(port)).toBe('sen.test');
    writeFileSync(file('renewed-key.pem'), `${renewed.key}\n`);
    tls.refresh();
    expect(await subjectAt(port)).toBe('renewed.sen.test');
  });

  it('does not start with files that cannot be used', async () => {
    await expect(serve({ ...own(), SEN_TLS_KEY: file('partners.pem') })).rejects.toMatchObject({ code: 'http.tls-files' });
    await expect(serve({ ...own(), SEN_TLS_CERT: file('none.pem') })).rejects.toMatchObject({ code: 'http.tls-files' });
  });
});

function subjectAt(port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect({ host: '127.0.0.1', port, ca: authority.cert }, () => {
      resolve(String(socket.getPeerCertificate().subject.CN));
      socket.destroy();
    }).on('error', reject);
  });
}

describe('Mutual TLS for partners (RFC 8705)', () => {
  it('knows a partner by the thumbprint of a certificate that our authority issued, and nobody by another', async () => {
    const port = await serve({ ...own(), SEN_TLS_CLIENT_CA: file('partners.pem') });
    const partner = await authority.issue({ name: 'CN=gateway, O=Bệnh viện B' });
    const stranger = await (await makeAuthority('Người lạ')).issue({ name: 'CN=gateway, O=Bệnh viện B' });
    const thumbprint = createHash('sha256').update(new Uint8Array(partner.certificate.rawData)).digest('base64url');
    expect((await ask(port, partner)).body.certificate).toEqual({ thumbprint, subject: expect.stringContaining('CN=gateway') });
    expect((await ask(port, stranger)).body.certificate).toBeNull();
    expect((await ask(port)).body.certificate).toBeNull();
  });
});

describe('X-Forwarded-* (SEN_TRUST_PROXY)', () => {
  const forged = { 'x-forwarded-for': '203.0.113.9', 'x-forwarded-host': 'hospital.test', 'x-forwarded-proto': 'https' };
  const askPlain = async (port: number) => (await fetch(`http://127.0.0.1:${port}/echo`, { headers: forged })).json();

  it('is not believed from anybody', async () => {
    const port = await serve({});
    expect(await askPlain(port)).toMatchObject({ protocol: 'http', host: `127.0.0.1:${port}`, ip: '127.0.0.1' });
  });

  it('is believed from a proxy we know, up to the first sender we do not', async () => {
    expect(await askPlain(await serve({ SEN_TRUST_PROXY: '127.0.0.0/8' }))).toMatchObject({ protocol: 'https', host: 'hospital.test', ip: '203.0.113.9' });
    expect(await askPlain(await serve({ SEN_TRUST_PROXY: '10.0.0.1' }))).toMatchObject({ protocol: 'http', ip: '127.0.0.1' });
  });
});

describe('The plain port', () => {
  it('leads to the same page over https, and to no name that is not ours', async () => {
    const redirecting = await redirectToHttps({ host: '127.0.0.1', redirectPort: 0, publicUrl: 'https://sen.example.vn', hosts: '' }, 8443);
    open.push({ close: async () => redirecting.close() });
    const { port } = redirecting.address() as AddressInfo;
    const at = (host: string, path: string) => new Promise<[number | undefined, string | undefined]>((resolve) => {
      get({ host: '127.0.0.1', port, path, headers: { host } }, (response) => {
        response.resume();
        resolve([response.statusCode, response.headers.location]);
      });
    });
    expect(await at('sen.example.vn', '/patients?x=1')).toEqual([308, 'https://sen.example.vn:8443/patients?x=1']);
    expect(await at('sen.example.vn:8080', '/')).toEqual([308, 'https://sen.example.vn:8443/']);
    expect(await at('evil.example', '/')).toEqual([421, undefined]);
  });
});
