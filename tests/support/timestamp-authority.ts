// A timestamp authority (RFC 3161) for tests, on a free port; its clock is told.
import { createServer } from 'node:http';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import * as asn1 from 'asn1js';
import * as pkijs from 'pkijs';
import { derOf, exact } from '../../server/src/modules/security/signing/cms.ts';
import type { Authority, Issued } from './certificates.ts';

export interface TestTimestampAuthority {
  readonly url: string;
  readonly asked: () => number;
  /** What it answers from now on; undefined: a timestamp. */
  refuse(how: 'status' | 'other-content' | undefined): void;
  close(): Promise<void>;
}

const tstInfo = '1.2.840.113549.1.9.16.1.4';

/** Starts an authority whose certificate `authority` has issued. */
export async function testTimestampAuthority(authority: Authority, at: Date): Promise<TestTimestampAuthority> {
  const own = await authority.issue({ name: 'CN=Dấu thời gian Sen, C=VN', kind: 'EC', purposes: ['1.3.6.1.5.5.7.3.8'] });
  let asked = 0;
  let refusing: 'status' | 'other-content' | undefined;
  const server = createServer(async (request, response) => {
    asked += 1;
    const body = await buffer(request);
    const question = new pkijs.TimeStampReq({ schema: asn1.fromBER(exact(body)).result });
    response.setHeader('content-type', 'application/timestamp-reply');
    const status = new pkijs.PKIStatusInfo({ status: refusing === 'status' ? pkijs.PKIStatus.rejection : pkijs.PKIStatus.granted });
    const token = refusing === 'status' ? undefined : await tokenFor(question, own, at, refusing === 'other-content');
    response.end(Buffer.from(new pkijs.TimeStampResp({ status, ...(token ? { timeStampToken: token } : {}) }).toSchema().toBER()));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/tsa`,
    asked: () => asked,
    refuse: (how) => void (refusing = how),
    close: async () => void server.close(),
  };
}

async function tokenFor(question: pkijs.TimeStampReq, own: Issued, at: Date, forged: boolean): Promise<pkijs.ContentInfo> {
  const imprint = forged ? new pkijs.MessageImprint({ hashAlgorithm: question.messageImprint.hashAlgorithm, hashedMessage: new asn1.OctetString({ valueHex: exact(createHash('sha256').update('x').digest()) }) }) : question.messageImprint;
  const info = new pkijs.TSTInfo({ version: 1, policy: '1.3.6.1.4.1.99999.1', messageImprint: imprint, serialNumber: new asn1.Integer({ value: 7 }), genTime: at, ...(question.nonce ? { nonce: question.nonce } : {}) });
  const content = info.toSchema().toBER();
  const certificate = new pkijs.Certificate({ schema: asn1.fromBER(exact(new Uint8Array(own.certificate.rawData))).result });
  const digest = createHash('sha256').update(Buffer.from(content)).digest();
  const data = new pkijs.SignedData({
    version: 3,
    encapContentInfo: new pkijs.EncapsulatedContentInfo({ eContentType: tstInfo, eContent: new asn1.OctetString({ valueHex: content }) }),
    signerInfos: [new pkijs.SignerInfo({
      version: 1,
      sid: new pkijs.IssuerAndSerialNumber({ issuer: certificate.issuer, serialNumber: certificate.serialNumber }),
      signedAttrs: new pkijs.SignedAndUnsignedAttributes({ type: 0, attributes: [
        new pkijs.Attribute({ type: '1.2.840.113549.1.9.3', values: [new asn1.ObjectIdentifier({ value: tstInfo })] }),
        new pkijs.Attribute({ type: '1.2.840.113549.1.9.4', values: [new asn1.OctetString({ valueHex: exact(digest) })] }),
      ] }),
    })],
    certificates: [certificate],
  });
  await data.sign(own.keys.privateKey as never, 0, 'SHA-256', content);
  return new pkijs.ContentInfo({ schema: asn1.fromBER(exact(derOf(new pkijs.ContentInfo({ contentType: '1.2.840.113549.1.7.2', content: data.toSchema(true) }) as never))).result });
}
