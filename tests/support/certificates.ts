// Certificates for tests, made when they are needed: an authority and what it issues.
import 'reflect-metadata'; // asked for by @peculiar/x509
import { webcrypto } from 'node:crypto';
import * as pkijs from 'pkijs';
import {
  AuthorityKeyIdentifierExtension, BasicConstraintsExtension, cryptoProvider, type Extension, ExtendedKeyUsageExtension, KeyUsageFlags, KeyUsagesExtension, PemConverter,
  SubjectAlternativeNameExtension, SubjectKeyIdentifierExtension, X509CertificateGenerator, X509CrlGenerator, type X509Certificate, X509CrlReason,
} from '@peculiar/x509';

cryptoProvider.set(webcrypto as never);

export type KeyKind = 'EC' | 'RSA';

const algorithms = {
  EC: { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' },
  RSA: { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256', modulusLength: 2048, publicExponent: new Uint8Array([1, 0, 1]) },
} as const;

export interface Issued {
  readonly certificate: X509Certificate;
  readonly keys: webcrypto.CryptoKeyPair;
  /** PEM. */
  readonly cert: string;
  readonly key: string;
}

export interface Authority extends Issued {
  issue(options: IssueOptions): Promise<Issued>;
  /** A list of withdrawn certificates (RFC 5280 §5), DER. */
  withdraw(certificates: readonly X509Certificate[], at?: Date): Promise<Uint8Array>;
}

export interface IssueOptions {
  /** `CN=Nguyễn Thị An, C=VN` */
  readonly name: string;
  readonly kind?: KeyKind;
  readonly hosts?: readonly string[];
  readonly notBefore?: Date;
  readonly notAfter?: Date;
  readonly extensions?: readonly Extension[];
  /** OIDs; default: server and client. */
  readonly purposes?: readonly string[];
  /** Default: to sign. */
  readonly usage?: 'signing' | 'encrypting';
}

let serial = 0;

/** Makes an authority that trusts nobody and is trusted by those who are told. */
export async function makeAuthority(name: string, kind: KeyKind = 'EC'): Promise<Authority> {
  const keys = await makeKeys(kind);
  const certificate = await X509CertificateGenerator.createSelfSigned({
    serialNumber: nextSerial(), name: `CN=${name}, C=VN`, ...during({}), keys: keys as never, signingAlgorithm: algorithms[kind],
    extensions: [new BasicConstraintsExtension(true, 1, true), new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true), await SubjectKeyIdentifierExtension.create(keys.publicKey as never)],
  });
  const own = await issued(certificate, keys);
  return {
    ...own,
    issue: (options) => issueBy(own, kind, options),
    withdraw: async (certificates, at = new Date('2026-01-10T00:00:00Z')) => {
      const crl = await X509CrlGenerator.create({
        issuer: certificate.subject, thisUpdate: new Date('2026-01-11T00:00:00Z'), nextUpdate: new Date('2036-01-01T00:00:00Z'), signingKey: keys.privateKey as never, signingAlgorithm: algorithms[kind],
        entries: certificates.map(({ serialNumber }) => ({ serialNumber, revocationDate: at, reason: X509CrlReason.keyCompromise })),
      });
      return new Uint8Array(crl.rawData);
    },
  };
}

/** A certificate signed with any key, whether its holder may issue or not. */
export async function issueBy(authority: Issued, kind: KeyKind, options: IssueOptions): Promise<Issued> {
  const keys = await makeKeys(options.kind ?? kind);
  const certificate = await X509CertificateGenerator.create({
    serialNumber: nextSerial(), subject: options.name, issuer: authority.certificate.subject, ...during(options),
    publicKey: keys.publicKey as never, signingKey: authority.keys.privateKey as never, signingAlgorithm: algorithms[kind],
    extensions: [
      new BasicConstraintsExtension(false, undefined, true),
      new KeyUsagesExtension(options.usage === 'encrypting' ? KeyUsageFlags.keyEncipherment : KeyUsageFlags.digitalSignature | KeyUsageFlags.nonRepudiation, true),
      new ExtendedKeyUsageExtension([...(options.purposes ?? ['1.3.6.1.5.5.7.3.1', '1.3.6.1.5.5.7.3.2'])], options.purposes !== undefined),
      await SubjectKeyIdentifierExtension.create(keys.publicKey as never),
      await AuthorityKeyIdentifierExtension.create(authority.keys.publicKey as never),
      ...(options.hosts ? [new SubjectAlternativeNameExtension(options.hosts.map((value) => ({ type: /^[\d.]+$/.test(value) ? ('ip' as const) : ('dns' as const), value })))] : []),
      ...(options.extensions ?? []),
    ],
  });
  return issued(certificate, keys);
}

async function issued(certificate: X509Certificate, keys: webcrypto.CryptoKeyPair): Promise<Issued> {
  const key = PemConverter.encode(await webcrypto.subtle.exportKey('pkcs8', keys.privateKey), 'PRIVATE KEY');
  return { certificate, keys, cert: certificate.toString('pem'), key };
}

async function makeKeys(kind: KeyKind): Promise<webcrypto.CryptoKeyPair> {
  return (await webcrypto.subtle.generateKey(algorithms[kind], true, ['sign', 'verify'])) as webcrypto.CryptoKeyPair;
}

function during({ notBefore, notAfter }: Pick<IssueOptions, 'notBefore' | 'notAfter'>) {
  return { notBefore: notBefore ?? new Date('2026-01-01T00:00:00Z'), notAfter: notAfter ?? new Date('2036-01-01T00:00:00Z') };
}

function nextSerial(): string {
  return `5e${(serial += 1).toString(16).padStart(8, '0')}`;
}

/** A PKCS #12 file as authorities hand them out: AES-256, SHA-256. */
export async function keyFileOf(issued: Issued, passwordText: string): Promise<Buffer> {
  const password = new TextEncoder().encode(passwordText).buffer as ArrayBuffer;
  const key = new pkijs.PKCS8ShroudedKeyBag({ parsedValue: pkijs.PrivateKeyInfo.fromBER(await webcrypto.subtle.exportKey('pkcs8', issued.keys.privateKey)) });
  await key.makeInternalValues({ password, contentEncryptionAlgorithm: { name: 'AES-CBC', length: 256 } as never, hmacHashAlgorithm: 'SHA-256', iterationCount: 2048 });
  const certificate = new pkijs.CertBag({ parsedValue: pkijs.Certificate.fromBER(issued.certificate.rawData) });
  const safeBags = [new pkijs.SafeBag({ bagId: '1.2.840.113549.1.12.10.1.2', bagValue: key }), new pkijs.SafeBag({ bagId: '1.2.840.113549.1.12.10.1.3', bagValue: certificate })];
  const pfx = new pkijs.PFX({
    parsedValue: { integrityMode: 0, authenticatedSafe: new pkijs.AuthenticatedSafe({ parsedValue: { safeContents: [{ privacyMode: 0, value: new pkijs.SafeContents({ safeBags }) }] } }) },
  });
  await pfx.parsedValue!.authenticatedSafe!.makeInternalValues({ safeContents: [{}] });
  await pfx.makeInternalValues({ password, iterations: 2048, pbkdf2HashAlgorithm: 'SHA-256', hmacHashAlgorithm: 'SHA-256' });
  return Buffer.from(pfx.toSchema().toBER());
}
