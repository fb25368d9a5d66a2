// Timestamps of an authority (RFC 3161): proof that something existed at a time, from somebody who is not the signer.
import { createHash, randomBytes } from 'node:crypto';
import * as asn1 from 'asn1js';
import * as pkijs from 'pkijs';
import { Refusal } from '../../../platform/refusal.ts';
import { derOf, digestHolds, exact, orderedCertificates, parseSignedData, signatureHolds } from './cms.ts';
import type { Timestamper } from './signer.ts';

const SHA256 = '2.16.840.1.101.3.4.2.1';
const TIMEOUT_MS = 15_000;

/** Asks an authority over HTTP; undefined without an address. Refuses (`security.timestamp`) an answer that is none. */
export function timestampAuthority(url: string): Timestamper {
  if (url === '') return undefined;
  return async (content) => {
    const nonce = randomBytes(8);
    nonce[0]! &= 0x7f; // an INTEGER that is not negative
    const request = new pkijs.TimeStampReq({ version: 1, messageImprint: imprintOf(content), certReq: true, nonce: new asn1.Integer({ valueHex: exact(nonce) }) });
    const response = await fetch(url, {
      method: 'POST', headers: { 'content-type': 'application/timestamp-query' }, body: request.toSchema().toBER(), signal: AbortSignal.timeout(TIMEOUT_MS), redirect: 'error',
    }).catch(() => undefined);
    if (response?.ok !== true) throw noTimestamp();
    const token = tokenOf(new Uint8Array(await response.arrayBuffer()));
    const read = token && readTimestamp(token, content);
    if (token === undefined || read === undefined) throw noTimestamp();
    return token;
  };
}

export interface ReadTimestamp {
  /** ms since 1970. */
  readonly at: number;
  /** DER, the authority's own first. */
  readonly certificates: readonly Uint8Array[];
}

const timeStamping = '1.3.6.1.5.5.7.3.8';

/** Reads a token and checks it: signature, that it is over this content, and that its signer may give timestamps. Undefined when anything is wrong. */
export function readTimestamp(token: Uint8Array, content: Uint8Array): ReadTimestamp | undefined {
  const data = parseSignedData(token);
  const info = data?.signerInfos[0];
  const inner = data?.encapContentInfo.eContent;
  if (data === undefined || info === undefined || inner === undefined) return undefined;
  try {
    const told = new Uint8Array(inner.getValue());
    const stamp = new pkijs.TSTInfo({ schema: asn1.fromBER(exact(told)).result });
    const certificates = orderedCertificates(data, info);
    const [own] = certificates;
    if (own === undefined || !maySign(own) || !covers(stamp, content)) return undefined;
    if (!digestHolds(info, told) || !signatureHolds(info, derOf(own))) return undefined;
    return { at: stamp.genTime.getTime(), certificates: certificates.map(derOf) };
  } catch {
    return undefined;
  }
}

function covers({ messageImprint }: pkijs.TSTInfo, content: Uint8Array): boolean {
  const algorithm = new Map([[SHA256, 'sha256'], ['2.16.840.1.101.3.4.2.2', 'sha384'], ['2.16.840.1.101.3.4.2.3', 'sha512']]).get(messageImprint.hashAlgorithm.algorithmId);
  return algorithm !== undefined && createHash(algorithm).update(content).digest().equals(Buffer.from(messageImprint.hashedMessage.valueBlock.valueHexView));
}

/** RFC 3161 §2.3: only a certificate made for timestamps. */
function maySign(certificate: pkijs.Certificate): boolean {
  const usage = certificate.extensions?.find(({ extnID }) => extnID === '2.5.29.37')?.parsedValue as pkijs.ExtKeyUsage | undefined;
  return usage?.keyPurposes.includes(timeStamping) === true;
}

function imprintOf(content: Uint8Array): pkijs.MessageImprint {
  const digest = createHash('sha256').update(content).digest();
  return new pkijs.MessageImprint({ hashAlgorithm: new pkijs.AlgorithmIdentifier({ algorithmId: SHA256, algorithmParams: new asn1.Null() }), hashedMessage: new asn1.OctetString({ valueHex: exact(digest) }) });
}

function tokenOf(answer: Uint8Array): Uint8Array | undefined {
  try {
    const response = new pkijs.TimeStampResp({ schema: asn1.fromBER(exact(answer)).result });
    const granted = response.status.status === pkijs.PKIStatus.granted || response.status.status === pkijs.PKIStatus.grantedWithMods;
    return granted && response.timeStampToken ? new Uint8Array(response.timeStampToken.toSchema().toBER()) : undefined;
  } catch {
    return undefined;
  }
}

function noTimestamp(): Refusal {
  return new Refusal('unavailable', 'security.timestamp', {
    vi: 'Không lấy được dấu thời gian từ tổ chức cấp dấu thời gian (SEN_TSA_URL).', en: 'No timestamp could be had from the timestamp authority (SEN_TSA_URL).',
  });
}
