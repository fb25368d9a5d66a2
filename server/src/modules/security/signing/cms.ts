// CMS signatures (RFC 5652) as PAdES uses them: detached, with the certificate bound into what is signed (RFC 5035).
import { createHash, verify, X509Certificate } from 'node:crypto';
import * as asn1 from 'asn1js';
import * as pkijs from 'pkijs';
import type { Signer, Timestamper } from './signer.ts';

const oid = {
  data: '1.2.840.113549.1.7.1',
  signedData: '1.2.840.113549.1.7.2',
  contentType: '1.2.840.113549.1.9.3',
  messageDigest: '1.2.840.113549.1.9.4',
  signingCertificateV2: '1.2.840.113549.1.9.16.2.47',
  timestampToken: '1.2.840.113549.1.9.16.2.14',
  sha256: '2.16.840.1.101.3.4.2.1',
  ecdsaSha256: '1.2.840.10045.4.3.2',
  rsa: '1.2.840.113549.1.1.1',
} as const;

/** Signs content that stays outside (ETSI EN 319 122-1, CAdES-B-B without signing-time; with a timestamper B-T). DER. */
export async function signCms(content: Uint8Array, signer: Signer, timestamp: Timestamper): Promise<Uint8Array> {
  const certificates = signer.certificates.map(certificateOf);
  const own = certificates[0];
  if (own === undefined) throw new Error('a signer without certificate');
  const signed = signedAttributes(content, signer.certificates[0]!);
  const bare = await signer.sign(setOf(signed));
  const info = new pkijs.SignerInfo({
    version: 1,
    sid: new pkijs.IssuerAndSerialNumber({ issuer: own.issuer, serialNumber: own.serialNumber }),
    digestAlgorithm: sha256(),
    signatureAlgorithm: new pkijs.AlgorithmIdentifier(signer.algorithm === 'ES256' ? { algorithmId: oid.ecdsaSha256 } : { algorithmId: oid.rsa, algorithmParams: new asn1.Null() }),
    signature: new asn1.OctetString({ valueHex: signer.algorithm === 'ES256' ? pkijs.createCMSECDSASignature(exact(bare)) : exact(bare) }),
    signedAttrs: new pkijs.SignedAndUnsignedAttributes({ type: 0, attributes: signed }),
  });
  if (timestamp) info.unsignedAttrs = await timestampAttribute(new Uint8Array(info.signature.valueBlock.valueHexView), timestamp);
  const data = new pkijs.SignedData({
    version: 1, digestAlgorithms: [sha256()], encapContentInfo: new pkijs.EncapsulatedContentInfo({ eContentType: oid.data }), certificates, signerInfos: [info],
  });
  return new Uint8Array(new pkijs.ContentInfo({ contentType: oid.signedData, content: data.toSchema(true) }).toSchema().toBER());
}

export interface ReadCms {
  readonly certificates: readonly Uint8Array[];
  readonly timestamp?: { readonly token: Uint8Array; readonly content: Uint8Array };
  readonly broken?: 'changed' | 'not-signed-by-certificate' | 'unreadable' | 'weak-algorithm';
}

/** Checks a detached CMS signature over content: digest, signature, and that the certificate it names is the one that signed. */
export function readCms(der: Uint8Array, content: Uint8Array): ReadCms {
  const data = parseSignedData(der);
  const info = data?.signerInfos[0];
  if (data === undefined || info === undefined || data.signerInfos.length !== 1) return { certificates: [], broken: 'unreadable' };
  const certificates = orderedCertificates(data, info);
  const timestamp = timestampOf(info);
  const found = { certificates: certificates.map(derOf), ...(timestamp ? { timestamp: { token: timestamp, content: new Uint8Array(info.signature.valueBlock.valueHexView) } } : {}) };
  const own = certificates[0];
  if (own === undefined || info.signedAttrs === undefined) return { ...found, broken: 'unreadable' };
  if (!hashNames.has(info.digestAlgorithm.algorithmId)) return { ...found, broken: 'weak-algorithm' };
  if (!namesCertificate(info, derOf(own))) return { ...found, broken: 'not-signed-by-certificate' };
  if (!digestHolds(info, content)) return { ...found, broken: 'changed' };
  return signatureHolds(info, derOf(own)) ? found : { ...found, broken: 'not-signed-by-certificate' };
}

/** Certificates of a signed message, the signer's first. */
export function orderedCertificates(data: pkijs.SignedData, info: pkijs.SignerInfo): pkijs.Certificate[] {
  const all = (data.certificates ?? []).filter((one): one is pkijs.Certificate => one instanceof pkijs.Certificate);
  const { sid } = info;
  const own = all.find((one) => (sid instanceof pkijs.IssuerAndSerialNumber ? one.issuer.isEqual(sid.issuer) && one.serialNumber.isEqual(sid.serialNumber) : false));
  return own === undefined ? [] : [own, ...all.filter((one) => one !== own)];
}

export function parseSignedData(der: Uint8Array): pkijs.SignedData | undefined {
  try {
    const outer = new pkijs.ContentInfo({ schema: parsed(der) });
    return outer.contentType === oid.signedData ? new pkijs.SignedData({ schema: outer.content }) : undefined;
  } catch {
    return undefined;
  }
}

export function certificateOf(der: Uint8Array): pkijs.Certificate {
  return new pkijs.Certificate({ schema: parsed(der) });
}

export function derOf(one: { toSchema(encode?: boolean): asn1.BaseBlock }): Uint8Array {
  return new Uint8Array(one.toSchema(!(one instanceof pkijs.Certificate)).toBER());
}

/** Of a view of a larger buffer, only what is seen. */
export function exact(bytes: Uint8Array): ArrayBuffer {
  return bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) as ArrayBuffer;
}

const hashNames: ReadonlyMap<string, string> = new Map([[oid.sha256, 'sha256'], ['2.16.840.1.101.3.4.2.2', 'sha384'], ['2.16.840.1.101.3.4.2.3', 'sha512']]);
/** RSA (PKCS #1 v1.5) and ECDSA, each bare or together with a hash of the SHA-2 family. */
const signatureOids: ReadonlySet<string> = new Set([oid.rsa, '1.2.840.113549.1.1.11', '1.2.840.113549.1.1.12', '1.2.840.113549.1.1.13', oid.ecdsaSha256, '1.2.840.10045.4.3.3', '1.2.840.10045.4.3.4']);

function parsed(der: Uint8Array): asn1.AsnType {
  const { offset, result } = asn1.fromBER(exact(der));
  if (offset === -1) throw new Error('no DER');
  return result;
}

function signedAttributes(content: Uint8Array, certificate: Uint8Array): pkijs.Attribute[] {
  const essCertId = new asn1.Sequence({ value: [new asn1.OctetString({ valueHex: exact(hash(certificate)) })] }); // ESSCertIDv2; SHA-256 is its default
  const attributes = [
    new pkijs.Attribute({ type: oid.contentType, values: [new asn1.ObjectIdentifier({ value: oid.data })] }),
    new pkijs.Attribute({ type: oid.messageDigest, values: [new asn1.OctetString({ valueHex: exact(hash(content)) })] }),
    new pkijs.Attribute({ type: oid.signingCertificateV2, values: [new asn1.Sequence({ value: [new asn1.Sequence({ value: [essCertId] })] })] }),
  ];
  // DER (X.690 §11.6): the members of a SET OF stand in the order of their encodings.
  return attributes.sort((one, other) => Buffer.compare(Buffer.from(one.toSchema().toBER()), Buffer.from(other.toSchema().toBER())));
}

/** What is signed: the attributes as a SET OF, not with the implicit tag under which they travel (RFC 5652 §5.4). */
function setOf(attributes: readonly pkijs.Attribute[]): Uint8Array {
  return new Uint8Array(new asn1.Set({ value: attributes.map((one) => one.toSchema()) }).toBER());
}

async function timestampAttribute(signature: Uint8Array, timestamp: NonNullable<Timestamper>): Promise<pkijs.SignedAndUnsignedAttributes> {
  const token = await timestamp(signature);
  return new pkijs.SignedAndUnsignedAttributes({ type: 1, attributes: [new pkijs.Attribute({ type: oid.timestampToken, values: [parsed(token)] })] });
}

function timestampOf(info: pkijs.SignerInfo): Uint8Array | undefined {
  const attribute = info.unsignedAttrs?.attributes.find(({ type }) => type === oid.timestampToken);
  const value = attribute?.values[0] as asn1.BaseBlock | undefined;
  return value && new Uint8Array(value.toBER());
}

/** The signing-certificate-v2 attribute must name the signer's certificate, or another one with the same key could be put in its place. */
function namesCertificate(info: pkijs.SignerInfo, certificate: Uint8Array): boolean {
  const attribute = info.signedAttrs?.attributes.find(({ type }) => type === oid.signingCertificateV2);
  if (attribute === undefined) return true; // CMS without CAdES attributes: still a signature
  const text = Buffer.from((attribute.values[0] as asn1.BaseBlock).toBER());
  return text.includes(hash(certificate)) || ['sha384', 'sha512'].some((name) => text.includes(createHash(name).update(certificate).digest()));
}

/** The signed digest is that of the content (RFC 5652 §5.4). */
export function digestHolds(info: pkijs.SignerInfo, content: Uint8Array): boolean {
  const algorithm = hashNames.get(info.digestAlgorithm.algorithmId);
  const attribute = info.signedAttrs?.attributes.find(({ type }) => type === oid.messageDigest);
  const value = attribute?.values[0] as asn1.OctetString | undefined;
  return algorithm !== undefined && value !== undefined && Buffer.from(value.valueBlock.valueHexView).equals(createHash(algorithm).update(content).digest());
}

/** The signature over the signed attributes is by the key of the certificate. */
export function signatureHolds(info: pkijs.SignerInfo, certificate: Uint8Array): boolean {
  const algorithm = hashNames.get(info.digestAlgorithm.algorithmId);
  const signed = info.signedAttrs?.encodedValue;
  if (algorithm === undefined || signed === undefined || signed.byteLength === 0) return false;
  const { publicKey } = new X509Certificate(certificate);
  const named = info.signatureAlgorithm.algorithmId;
  if (!signatureOids.has(named) || (publicKey.asymmetricKeyType === 'ec') !== named.startsWith('1.2.840.10045.')) return false;
  return verify(algorithm, Buffer.from(signed), publicKey, info.signature.valueBlock.valueHexView);
}

function hash(content: Uint8Array): Buffer {
  return createHash('sha256').update(content).digest();
}

function sha256(): pkijs.AlgorithmIdentifier {
  return new pkijs.AlgorithmIdentifier({ algorithmId: oid.sha256, algorithmParams: new asn1.Null() });
}
