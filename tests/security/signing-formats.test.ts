import { execFileSync } from 'node:child_process';
import { createHmac, createPrivateKey, verify, X509Certificate } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PDFDocument } from '@cantoo/pdf-lib';
import { DOMParser } from '@xmldom/xmldom';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { SignedXml } from 'xml-crypto';
import { signJades } from '../../server/src/modules/security/signing/jades.ts';
import { signPades } from '../../server/src/modules/security/signing/pades.ts';
import type { Signer, Timestamper } from '../../server/src/modules/security/signing/signer.ts';
import { holdSigningSettings } from '../../server/src/modules/security/signing/signing-settings.ts';
import { softwareSigner } from '../../server/src/modules/security/signing/software-key.ts';
import { timestampAuthority } from '../../server/src/modules/security/signing/timestamp.ts';
import { verifyContent } from '../../server/src/modules/security/signing/verify-content.ts';
import { signXades } from '../../server/src/modules/security/signing/xades.ts';
import { issueBy, makeAuthority, type Authority, type Issued } from '../support/certificates.ts';
import { testTimestampAuthority, type TestTimestampAuthority } from '../support/timestamp-authority.ts';

const now = Date.parse('2026-03-02T08:00:00Z');
const stampedAt = '2026-03-02T08:00:05.000Z';
const openssl = process.env['SEN_TEST_OPENSSL'] ?? 'openssl';
let folder: string;
let trust: string;
let roots: { EC: Authority; RSA: Authority };
let an: Issued;
let tsa: TestTimestampAuthority;
let stamp: Timestamper;
let pdf: Uint8Array;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sen-signing-'));
  trust = mkdtempSync(join(folder, 'trust-'));
  roots = { EC: await makeAuthority('Sen gốc EC'), RSA: await makeAuthority('Sen gốc RSA', 'RSA') };
  writeFileSync(join(trust, 'ec.pem'), roots.EC.cert);
  writeFileSync(join(trust, 'rsa.crt'), Buffer.from(roots.RSA.certificate.rawData));
  an = await roots.EC.issue({ name: 'CN=Nguyễn Thị An, O=Bệnh viện Sen, C=VN' });
  tsa = await testTimestampAuthority(roots.EC, new Date(stampedAt));
  stamp = timestampAuthority(tsa.url);
  const document = await PDFDocument.create();
  document.addPage([200, 200]);
  pdf = await document.save();
});
beforeEach(() => {
  tsa.refuse(undefined);
  holdSigningSettings({ trustFolder: trust, fetchRevocation: false, tsaUrl: '', signerUrl: '', signerTokenFile: '' });
});
afterAll(async () => {
  await tsa.close();
  rmSync(folder, { recursive: true, force: true });
});

const signerOf = (issued: Issued): Signer => softwareSigner(createPrivateKey(issued.key), [new Uint8Array(issued.certificate.rawData)]);

const xml = '<?xml version="1.0"?><giay xmlns="urn:sen:giay"><ten>Trần Văn Bình</ten></giay>';
const text = Buffer.from('Giấy ra viện: Trần Văn Bình');

/** A signed thing of each format, and how to change its content. */
const formats = {
  PAdES: async (signer: Signer, timestamp: Timestamper) => ({ contentType: 'application/pdf', bytes: await signPades(pdf, signer, timestamp, { name: 'An', now }), detached: [] }),
  XAdES: async (signer: Signer, timestamp: Timestamper) => ({ contentType: 'application/xml', bytes: Buffer.from(await signXades(xml, signer, timestamp, now)), detached: [] }),
  JAdES: async (signer: Signer, timestamp: Timestamper) => ({ contentType: 'text/plain', bytes: text, detached: [await signJades({ name: 'DocumentReference/1', contentType: 'text/plain', bytes: text }, signer, timestamp, now)] }),
};
const changes = {
  PAdES: (bytes: Uint8Array) => Buffer.from(Buffer.from(bytes).toString('latin1').replace('200 200', '200 201'), 'latin1'),
  XAdES: (bytes: Uint8Array) => Buffer.from(Buffer.from(bytes).toString().replace('Bình', 'Bính')),
  JAdES: (bytes: Uint8Array) => Buffer.from(Buffer.from(bytes).toString().replace('Bình', 'Bính')),
};
type Format = keyof typeof formats;
const each = (Object.keys(formats) as Format[]).flatMap((format) => (['EC', 'RSA'] as const).map((kind) => [format, kind] as const));

describe.each(each)('%s with a key of kind %s', (format, kind) => {
  it('is valid with a timestamp of an authority we trust, and tells who and when', async () => {
    const issued = await roots[kind].issue({ name: 'CN=Nguyễn Thị An, O=Bệnh viện Sen, C=VN' });
    const signed = await formats[format](signerOf(issued), stamp);
    expect(await verifyContent(signed, now)).toEqual([
      { format, state: 'valid', signer: 'Nguyễn Thị An', organization: 'Bệnh viện Sen', serial: issued.certificate.serialNumber, signedAt: stampedAt, revocation: 'not-checked' },
    ]);
  });

  it('is valid without a timestamp, and says so', async () => {
    const signed = await formats[format](signerOf(await roots[kind].issue({ name: 'CN=An' })), undefined);
    expect(await verifyContent(signed, now)).toMatchObject([{ state: 'untimestamped', signedAt: '2026-03-02T08:00:00.000Z' }]);
  });

  it('is broken once a letter of the document was changed', async () => {
    const signed = await formats[format](signerOf(await roots[kind].issue({ name: 'CN=An' })), stamp);
    const bytes = changes[format](signed.bytes);
    expect(Buffer.from(bytes).equals(Buffer.from(signed.bytes))).toBe(false);
    expect(await verifyContent({ ...signed, bytes }, now)).toMatchObject([{ format, state: 'broken', reason: 'changed' }]);
  });

  it('is untrusted from somebody of whom no authority of ours knows, though of the same name', async () => {
    const stranger = await (await makeAuthority(`Sen gốc ${kind}`, kind)).issue({ name: 'CN=Nguyễn Thị An, C=VN' });
    expect(await verifyContent(await formats[format](signerOf(stranger), undefined), now)).toMatchObject([{ state: 'untrusted', reason: 'unknown-issuer' }]);
  });
});

describe.each(Object.keys(formats) as Format[])('The certificate behind %s', (format) => {
  it('has ended: untrusted, unless a timestamp shows that it was signed before', async () => {
    const ended = await roots.EC.issue({ name: 'CN=An', notAfter: new Date('2026-03-03T00:00:00Z') });
    const later = Date.parse('2026-04-01T00:00:00Z');
    expect(await verifyContent(await formats[format](signerOf(ended), undefined), later)).toMatchObject([{ state: 'untrusted', reason: 'expired' }]);
    expect(await verifyContent(await formats[format](signerOf(ended), stamp), later)).toMatchObject([{ state: 'valid' }]);
  });

  it('was withdrawn: untrusted from then on; a list that we have makes the others "good"', async () => {
    const withdrawn = await roots.EC.issue({ name: 'CN=An' });
    const place = mkdtempSync(join(folder, 'trust-'));
    writeFileSync(join(place, 'root.pem'), roots.EC.cert);
    writeFileSync(join(place, 'root.crl'), await roots.EC.withdraw([withdrawn.certificate]));
    holdSigningSettings({ trustFolder: place, fetchRevocation: false, tsaUrl: '', signerUrl: '', signerTokenFile: '' });
    expect(await verifyContent(await formats[format](signerOf(withdrawn), undefined), now)).toMatchObject([{ state: 'untrusted', reason: 'revoked', revocation: 'revoked' }]);
    expect(await verifyContent(await formats[format](signerOf(an), undefined), now)).toMatchObject([{ state: 'untimestamped', revocation: 'good' }]);
  });

  it('must be made for signing, and one that is no authority issues nothing', async () => {
    const other = await roots.EC.issue({ name: 'CN=An', usage: 'encrypting' });
    expect(await verifyContent(await formats[format](signerOf(other), undefined), now)).toMatchObject([{ state: 'untrusted', reason: 'not-for-signing' }]);
    const issuedByAn = await issueBy(an, 'EC', { name: 'CN=Giám đốc' });
    const signer = { ...signerOf(issuedByAn), certificates: [issuedByAn, an].map(({ certificate }) => new Uint8Array(certificate.rawData)) };
    expect(await verifyContent(await formats[format](signer, undefined), now)).toMatchObject([{ state: 'untrusted', reason: 'unknown-issuer' }]);
  });

  it('cannot be exchanged for another of the same key', async () => {
    const signer = signerOf(an);
    const lookalike = await roots.EC.issue({ name: 'CN=Giám đốc' });
    const signed = await formats[format]({ ...signer, certificates: [new Uint8Array(lookalike.certificate.rawData)] }, undefined);
    expect(await verifyContent(signed, now)).toMatchObject([{ state: 'broken' }]);
  });
});

describe('A timestamp (RFC 3161)', () => {
  it('is refused at signing when the authority declines, or stamps something else', async () => {
    for (const how of ['status', 'other-content'] as const) {
      tsa.refuse(how);
      await expect(formats.JAdES(signerOf(an), stamp)).rejects.toMatchObject({ code: 'security.timestamp' });
    }
  });

  it('from an authority that we do not trust proves nothing: the signature counts as untimestamped', async () => {
    const other = await testTimestampAuthority(await makeAuthority('Giờ lạ'), new Date(stampedAt));
    try {
      const signed = await formats.PAdES(signerOf(an), timestampAuthority(other.url));
      expect(await verifyContent(signed, now)).toMatchObject([{ state: 'untimestamped', reason: 'bad-timestamp', signedAt: '2026-03-02T08:00:00.000Z' }]);
    } finally {
      await other.close();
    }
  });
});

describe('A signed PDF (ISO 32000-1 §12.8)', () => {
  it('begins with the bytes that were signed over, and takes a second signature without breaking the first', async () => {
    const first = (await formats.PAdES(signerOf(an), stamp)).bytes;
    expect(Buffer.from(first).subarray(0, pdf.length).equals(Buffer.from(pdf))).toBe(true);
    const head = await roots.RSA.issue({ name: 'CN=Lê Quang Minh' });
    const both = await signPades(first, signerOf(head), stamp, { name: 'Minh', now });
    expect(await verifyContent({ contentType: 'application/pdf', bytes: both, detached: [] }, now)).toMatchObject([{ state: 'valid', signer: 'Nguyễn Thị An' }, { state: 'valid', signer: 'Lê Quang Minh' }]);
  });

  it('is broken when something was added behind the last signature, or when the signature leaves out more than itself', async () => {
    const { bytes } = await formats.PAdES(signerOf(an), undefined);
    const check = (changed: Uint8Array) => verifyContent({ contentType: 'application/pdf', bytes: changed, detached: [] }, now);
    expect(await check(Buffer.concat([bytes, Buffer.from('\n9 0 obj <</Type /Page>> endobj\n%%EOF')]))).toMatchObject([{ state: 'broken', reason: 'added-after' }]);
    const shifted = Buffer.from(Buffer.from(bytes).toString('latin1').replace(/\/ByteRange \[ 0 (\d+)/, (_, length) => `/ByteRange [ 0 ${Number(length) - 1}`), 'latin1');
    expect(await check(shifted)).toMatchObject([{ state: 'broken', reason: 'not-whole' }]);
  });

  it('is refused for signing when it is none', async () => {
    await expect(signPades(Buffer.from('không phải PDF'), signerOf(an), undefined, { name: 'An', now })).rejects.toMatchObject({ code: 'security.pdf' });
  });

  it.skipIf(!works(openssl))('holds for OpenSSL too, with its timestamp', async () => {
    const { bytes } = await formats.PAdES(signerOf(an), stamp);
    const [a = 0, b = 0, c = 0, d = 0] = /\/ByteRange \[ (\d+) (\d+) (\d+) (\d+)/.exec(Buffer.from(bytes).toString('latin1'))!.slice(1).map(Number);
    const der = Buffer.from(Buffer.from(bytes.subarray(b + 1, c - 1)).toString('latin1'), 'hex');
    writeFileSync(join(folder, 'cms.der'), der.subarray(0, der.readUInt16BE(2) + 4));
    writeFileSync(join(folder, 'content'), Buffer.concat([bytes.subarray(a, b), bytes.subarray(c, c + d)]));
    writeFileSync(join(folder, 'root.pem'), roots.EC.cert);
    const args = ['cms', '-verify', '-binary', '-inform', 'DER', '-in', join(folder, 'cms.der'), '-content', join(folder, 'content'), '-CAfile', join(folder, 'root.pem'), '-purpose', 'any', '-cades', '-out', join(folder, 'out')];
    expect(execFileSync(openssl, args, { stdio: 'pipe' }).length).toBe(0);
    writeFileSync(join(folder, 'content'), 'x');
    expect(() => execFileSync(openssl, args, { stdio: 'pipe' })).toThrow();
  });
});

describe('A signed XML', () => {
  const check = (changed: string) => verifyContent({ contentType: 'application/xml', bytes: Buffer.from(changed), detached: [] }, now);

  it.each(['EC', 'RSA'] as const)('holds for another library as well (xml-crypto, %s)', async (kind) => {
    const issued = await roots[kind].issue({ name: 'CN=An' });
    const signed = await signXades(xml, signerOf(issued), stamp, now);
    const element = new DOMParser().parseFromString(signed, 'text/xml').getElementsByTagName('ds:Signature')[0];
    const other = new SignedXml({ publicCert: new X509Certificate(issued.cert).toString() });
    const ecdsa = 'http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256';
    class Ecdsa {
      getAlgorithmName = () => ecdsa;
      getSignature = () => '';
      verifySignature = (content: string, key: string, value: string) => verify('sha256', Buffer.from(content), { key, dsaEncoding: 'ieee-p1363' }, Buffer.from(value, 'base64'));
    }
    other.SignatureAlgorithms[ecdsa] = Ecdsa as never;
    other.loadSignature(element as never);
    expect(other.checkSignature(signed)).toBe(true);
  });

  it('is broken when the signature covers something else than the whole (signature wrapping)', async () => {
    const signed = await signXades(xml, signerOf(an), undefined, now);
    const moved = signed.replace(/(<giay[^>]*>)([\s\S]*)(<ds:Signature [\s\S]*<\/ds:Signature>)<\/giay>/, '<giay xmlns="urn:sen:giay"><ten>Người khác</ten>$1$2</giay>$3</giay>');
    expect(moved).not.toBe(signed);
    expect(await check(moved)).toMatchObject([{ state: 'broken', reason: 'changed' }]);
    const part = signed.replace('<ds:Reference URI="">', '<ds:Reference URI="#x">');
    expect(await check(part)).toMatchObject([{ state: 'broken', reason: 'not-whole' }]);
    const nothing = signed.replace('<ds:Transform Algorithm="http://www.w3.org/2000/09/xmldsig#enveloped-signature"/>', '<ds:Transform Algorithm="http://www.w3.org/TR/1999/REC-xpath-19991116"><ds:XPath>false()</ds:XPath></ds:Transform>');
    expect(await check(nothing)).toMatchObject([{ state: 'broken', reason: 'not-whole' }]);
  });

  it('is refused for signing with a document type, or a second time', async () => {
    for (const bad of ['<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', 'không phải XML', await signXades(xml, signerOf(an), undefined, now)]) {
      await expect(signXades(bad, signerOf(an), undefined, now)).rejects.toMatchObject({ code: 'security.xml' });
    }
  });
});

describe('A detached JWS', () => {
  it.each([['alg', 'none'], ['alg', 'HS256']])('is broken with %s %s', async (name, value) => {
    const [signature = ''] = (await formats.JAdES(signerOf(an), undefined)).detached;
    const jws = JSON.parse(signature);
    const header = { ...JSON.parse(Buffer.from(jws.protected, 'base64url').toString()), [name]: value };
    const forged = JSON.stringify({ ...jws, protected: Buffer.from(JSON.stringify(header)).toString('base64url'), signature: '' });
    expect(await verifyContent({ contentType: 'text/plain', bytes: text, detached: [forged] }, now)).toMatchObject([{ state: 'broken', reason: 'weak-algorithm' }]);
  });

  it('that cannot be read is broken, not a fault', async () => {
    for (const bad of ['', '{}', '{"protected":"e30","signature":""}', '[]']) {
      expect(await verifyContent({ contentType: 'text/plain', bytes: text, detached: [bad] }, now)).toMatchObject([{ format: 'JAdES', state: 'broken', reason: 'unreadable' }]);
    }
  });
});

function works(program: string): boolean {
  try {
    execFileSync(program, ['version'], { stdio: 'pipe' });
    return true;
  } catch {
    return false;
  }
}

describe('what a forger adds to a signed thing', () => {
  const states = async (thing: Parameters<typeof verifyContent>[0]) => (await verifyContent(thing, now)).map(({ state, reason }) => [state, reason]);

  it('PAdES: nothing behind a signature passes because a further signature is there that is none, copied or of a stranger', async () => {
    const signed = Buffer.from((await formats.PAdES(signerOf(an), stamp)).bytes);
    const range = /\/ByteRange \[[^\]]*\]/.exec(signed.toString('latin1'))![0];
    const shadow = (tail: string) => ({ contentType: 'application/pdf', bytes: Buffer.concat([signed, Buffer.from(`\n4 0 obj << /Shown (other) >> endobj\n%${tail}\n`)]), detached: [] });
    for (const tail of ['', '/ByteRange [0 10 20 9999999]', '/ByteRange [0 10 20 5]', range]) {
      const found = await states(shadow(tail));
      expect(found.every(([state]) => state === 'broken'), `${tail} ${JSON.stringify(found)}`).toBe(true);
    }
    const stranger = await (await makeAuthority('Kẻ lạ')).issue({ name: 'CN=Nguyễn Thị An' });
    const twice = await signPades(signed, signerOf(stranger), undefined, { name: 'An', now });
    expect(await states({ contentType: 'application/pdf', bytes: twice, detached: [] })).toEqual([['broken', 'added-after'], ['untrusted', 'unknown-issuer']]);
  });

  it('XAdES: content does not hide in a second signature, nor the signed content in a wrapper', async () => {
    const signed = (await formats.XAdES(signerOf(an), undefined)).bytes.toString();
    const other = '<ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#"><ds:Object><ten>Kẻ khác</ten></ds:Object></ds:Signature>';
    const signature = /<(\w+:)?Signature [\s\S]*<\/(\w+:)?Signature>/.exec(signed)![0];
    const inner = signed.slice(signed.indexOf('<giay')).replace(signature, '');
    const forged = [
      signed.replace('</giay>', `${other}</giay>`), signed.replace('<ten>', `${other}<ten>`), signed.replace(signature, `${other}${signature}`), signed.replace(signature, `${signature}${signature}`),
      `<giay xmlns="urn:sen:giay"><ten>Kẻ khác</ten>${signature}</giay>`,
      `<giay xmlns="urn:sen:giay"><ten>Kẻ khác</ten>${signature.replace(/<\/(\w+:)?Signature>$/, (close) => `<Object xmlns="http://www.w3.org/2000/09/xmldsig#">${inner}</Object>${close}`)}</giay>`,
    ];
    for (const text of forged) {
      const found = await states({ contentType: 'application/xml', bytes: Buffer.from(text), detached: [] });
      expect(found.every(([state]) => state === 'broken'), text).toBe(true);
    }
  });

  it('JAdES (RFC 8725 §3.1): no "none", no HMAC with the public key, no unknown crit, no members of a wrong kind', async () => {
    const thing = await formats.JAdES(signerOf(an), stamp);
    const jws = JSON.parse(thing.detached[0]!) as { protected: string; signature: string; header: object };
    const head = JSON.parse(Buffer.from(jws.protected, 'base64url').toString()) as Record<string, unknown> & { x5c: string[] };
    const b64 = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
    const [signer, hs] = [signerOf(an), b64({ ...head, alg: 'HS256' })];
    const mac = createHmac('sha256', new X509Certificate(Buffer.from(head.x5c[0]!, 'base64')).publicKey.export({ type: 'spki', format: 'pem' })).update(`${hs}.`).digest('base64url');
    const signedAs = async (header: unknown) => ({ ...jws, protected: b64(header), signature: Buffer.from(await signer.sign(Buffer.from(`${b64(header)}.`))).toString('base64url') });
    const forged: unknown[] = [
      { ...jws, protected: b64({ ...head, alg: 'none' }), signature: '' }, { ...jws, protected: hs, signature: mac },
      await signedAs({ ...head, crit: ['sigT', 'sigD', 'b64', 'exp'], exp: 1 }), await signedAs({ ...head, sigD: { mId: 'http://uri.etsi.org/19182/ObjectIdByURIHash', hashM: 'S256' } }),
      await signedAs({ ...head, x5c: [head.x5c[0], 'AAAA'] }), await signedAs({ ...head, x5c: [5] }), await signedAs({ ...head, x5c: 'x' }),
      { ...jws, header: { etsiU: 5 } }, { ...jws, header: 5, protected: 5 }, null, [], 'x',
    ];
    for (const one of forged) {
      expect((await states({ ...thing, detached: [JSON.stringify(one)] })).map(([state]) => state), JSON.stringify(one)).toEqual(['broken']);
    }
  });
});
