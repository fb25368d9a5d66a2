// XAdES (ETSI EN 319 132-1): an enveloped signature in an XML document.
import { createHash, webcrypto, X509Certificate } from 'node:crypto';
import { Parse, SignedXml } from 'xadesjs';
import { Stringify } from 'xml-core';
import { XmlDsigExcC14NTransform } from 'xmldsigjs';
import { Refusal } from '../../../platform/refusal.ts';
import type { ReadSignature, Signer, Timestamper } from './signer.ts';
import { keyOf } from './xml-engine.ts';

const ds = 'http://www.w3.org/2000/09/xmldsig#';
const xades = 'http://uri.etsi.org/01903/v1.3.2#';
const exclusive = 'http://www.w3.org/2001/10/xml-exc-c14n#';
const enveloped = `${ds}enveloped-signature`;

/** Signs a document (B-B; with a timestamper B-T) and gives it with the signature as the last child of its root. Refuses (`security.xml`) what is no plain XML or signed already. */
export async function signXades(xml: string, signer: Signer, timestamp: Timestamper, now: number): Promise<string> {
  const document = parse(xml);
  if (document === undefined || signatureOf(document) !== undefined) throw badXml();
  const x509 = signer.certificates.map((der) => Buffer.from(der).toString('base64'));
  const signed = new SignedXml(document);
  const { algorithm, key } = keyOf(signer);
  await signed.Sign(algorithm, key, document, {
    x509, signingCertificateV2: x509[0]!, signingTime: { value: new Date(now) },
    references: [{ hash: 'SHA-256', uri: '', transforms: ['enveloped', 'exc-c14n'] }],
  });
  const text = signed.toString();
  return timestamp === undefined ? text : addTimestamp(text, timestamp);
}

/** Checks the signature of a document; undefined when it has none. */
export async function readXades(xml: string): Promise<ReadSignature | undefined> {
  const document = parse(xml);
  if (document === undefined) return xml.includes(ds) ? { format: 'XAdES', certificates: [], broken: 'unreadable' } : undefined;
  const element = signatureOf(document);
  if (element === undefined) return undefined;
  try {
    return await readSignature(document, element);
  } catch {
    return { format: 'XAdES', certificates: [], broken: 'unreadable' };
  }
}

async function readSignature(document: Document, element: Element): Promise<ReadSignature> {
  const certificates = all(element, ds, 'X509Certificate').map((one) => new Uint8Array(Buffer.from(one.textContent ?? '', 'base64')));
  const claimedAt = Date.parse(all(element, xades, 'SigningTime')[0]?.textContent ?? '');
  const token = all(element, xades, 'EncapsulatedTimeStamp')[0]?.textContent;
  const own = certificates[0];
  const found = {
    format: 'XAdES' as const, certificates, ...(Number.isNaN(claimedAt) ? {} : { claimedAt }),
    ...(token ? { timestamp: { token: new Uint8Array(Buffer.from(token, 'base64')), content: signatureContent(element) } } : {}),
  };
  if (own === undefined) return { ...found, broken: 'unreadable' };
  if (weak(element)) return { ...found, broken: 'weak-algorithm' };
  if (document.getElementsByTagNameNS(ds, 'Signature').length > 1 || !coversWhole(element)) return { ...found, broken: 'not-whole' };
  if (!namesCertificate(element, own)) return { ...found, broken: 'not-signed-by-certificate' };
  const signed = new SignedXml(document);
  signed.LoadXml(element);
  const key = await publicKeyOf(own, element);
  signed.Algorithm = key.algorithm; // of the library’s own, an elliptic curve lacks its name
  const holds = await signed.Verify({ key }).catch((error: Error) => (/digest|reference/i.test(error.message) ? false : Promise.reject(error)));
  return holds ? found : { ...found, broken: 'changed' };
}

/** Entities and document types are a way to attack parsers, and no document of ours has them. */
function parse(xml: string): Document | undefined {
  if (/<!(?:DOCTYPE|ENTITY)/i.test(xml)) return undefined;
  try {
    const document = Parse(xml);
    return document.documentElement === null ? undefined : document;
  } catch {
    return undefined;
  }
}

/** A signature counts only where we put it: as a child of the root. One hidden deeper may cover something else than what is read. */
function signatureOf(document: Document): Element | undefined {
  const found = Array.from(document.documentElement.childNodes).filter((node) => (node as Element).namespaceURI === ds && (node as Element).localName === 'Signature');
  return found.length === 0 ? undefined : (found[0] as Element);
}

/** The whole document and the signed properties, and nothing else: a signature over a part of what is read proves nothing. */
function coversWhole(element: Element): boolean {
  const info = all(element, ds, 'SignedInfo');
  const references = all(element, ds, 'Reference').filter((one) => one.parentNode === info[0]);
  const whole = references.filter((one) => (one.getAttribute('URI') ?? '') === '');
  const properties = all(element, xades, 'SignedProperties');
  const named = references.filter((one) => one.getAttribute('URI') === `#${properties[0]?.getAttribute('Id')}`);
  const transforms = whole.flatMap((one) => all(one, ds, 'Transform').map((each) => each.getAttribute('Algorithm') ?? ''));
  const plain = transforms.includes(enveloped) && transforms.every((one) => one === enveloped || one.includes('c14n'));
  return info.length === 1 && references.length === 2 && whole.length === 1 && named.length === 1 && properties.length === 1 && plain;
}

function weak(element: Element): boolean {
  const algorithms = [...all(element, ds, 'SignatureMethod'), ...all(element, ds, 'DigestMethod')].map((one) => one.getAttribute('Algorithm') ?? '');
  return !algorithms.every((one) => /(?:sha256|sha384|sha512)$/.test(one));
}

function namesCertificate(element: Element, own: Uint8Array): boolean {
  const properties = all(element, xades, 'SignedProperties')[0]!; // the signed ones: beside them anybody may write
  const named = [...all(properties, xades, 'SigningCertificateV2'), ...all(properties, xades, 'SigningCertificate')][0];
  const digests = named ? all(named, ds, 'DigestValue').map((one) => one.textContent?.trim()) : [];
  return digests.some((value) => ['sha256', 'sha384', 'sha512'].some((name) => createHash(name).update(own).digest('base64') === value));
}

async function publicKeyOf(certificate: Uint8Array, element: Element): Promise<CryptoKey> {
  const method = all(element, ds, 'SignatureMethod')[0]?.getAttribute('Algorithm') ?? '';
  const { publicKey } = new X509Certificate(certificate);
  const hash = `SHA-${/sha(\d+)$/.exec(method)?.[1] ?? '256'}`;
  const curve = ({ prime256v1: 'P-256', secp384r1: 'P-384', secp521r1: 'P-521' } as Record<string, string>)[publicKey.asymmetricKeyDetails?.namedCurve ?? ''] ?? 'P-256';
  const algorithm = method.includes('ecdsa') ? { name: 'ECDSA', namedCurve: curve, hash } : { name: 'RSASSA-PKCS1-v1_5', hash };
  return (await webcrypto.subtle.importKey('spki', publicKey.export({ type: 'spki', format: 'der' }), algorithm, true, ['verify'])) as unknown as CryptoKey;
}

async function addTimestamp(xml: string, timestamp: NonNullable<Timestamper>): Promise<string> {
  const document = Parse(xml);
  const element = signatureOf(document)!;
  const token = await timestamp(signatureContent(element));
  const properties = all(element, xades, 'QualifyingProperties')[0]!;
  const add = (parent: Element, namespace: string, name: string) => parent.appendChild(document.createElementNS(namespace, name)) as Element;
  const stamp = add(add(add(properties, xades, 'xades:UnsignedProperties'), xades, 'xades:UnsignedSignatureProperties'), xades, 'xades:SignatureTimeStamp');
  add(stamp, ds, 'ds:CanonicalizationMethod').setAttribute('Algorithm', exclusive);
  add(stamp, xades, 'xades:EncapsulatedTimeStamp').appendChild(document.createTextNode(Buffer.from(token).toString('base64')));
  return Stringify(document);
}

/** EN 319 132-1 §5.3: the timestamp is over the canonical SignatureValue. */
function signatureContent(element: Element): Uint8Array {
  const transform = new XmlDsigExcC14NTransform();
  transform.LoadInnerXml(all(element, ds, 'SignatureValue')[0]! as never);
  return Buffer.from(transform.GetOutput() as string, 'utf8');
}

function all(element: Element, namespace: string, name: string): Element[] {
  return Array.from(element.getElementsByTagNameNS(namespace, name) as unknown as ArrayLike<Element>);
}

function badXml(): Refusal {
  return new Refusal('rule', 'security.xml', {
    vi: 'Không ký được XML này: không đọc được, có khai báo DOCTYPE, hoặc đã có chữ ký.', en: 'This XML cannot be signed: it cannot be read, declares a DOCTYPE, or is signed already.',
  });
}
