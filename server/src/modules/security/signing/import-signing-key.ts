// A person brings the key with which to sign documents.
import { createPrivateKey, X509Certificate } from 'node:crypto';
import { randomId } from '../../../platform/ids.ts';
import { Refusal } from '../../../platform/refusal.ts';
import { sealSecret } from '../../../platform/seal.ts';
import type { Work } from '../../../platform/work.ts';
import { tellAudit } from '../audit/tell-audit.ts';
import { askProvider } from './remote-signer.ts';
import { algorithmOf, lockKey } from './software-key.ts';
import { putSigningKey } from './store.ts';

export interface KeyImport {
  /** The bytes of a PKCS #12 file. */
  readonly file: Uint8Array;
  readonly password: string;
  /** What the person will type to sign. */
  readonly pin: string;
}

/** Takes the key of a PKCS #12 file into use, under a PIN. Refuses (`security.key-file`) a file that cannot be opened, or a key that is too weak. */
export async function importSigningKey(work: Work, { file, password, pin }: KeyImport): Promise<void> {
  const { openKeyFile } = await import('./pkcs12.ts'); // loaded when needed: see verify-content.ts
  const opened = await openKeyFile(file, password);
  if (opened === undefined) throw badKeyFile();
  const key = createPrivateKey({ key: Buffer.from(opened.key), format: 'der', type: 'pkcs8' });
  const certificates = opened.certificates.map((der) => Buffer.from(der));
  const own = certificates.find((der) => new X509Certificate(der).checkPrivateKey(key));
  if (own === undefined || algorithmOf(key) === undefined) throw badKeyFile();
  const id = randomId<'SigningKey'>();
  const keySealed = sealSecret(await lockKey(opened.key, pin), `signing-key:${id}`);
  await keep(work, { id, accountId: work.actor.id, kind: 'software', certificates: [own, ...certificates.filter((der) => der !== own)], keySealed, credential: null });
}

/** Takes a key into use that a provider keeps (SEN_SIGNER_URL). Refuses (`security.signer`) a credential that the provider does not know. */
export async function useRemoteKey(work: Work, credential: string): Promise<void> {
  const { certificates } = await askProvider(credential);
  await keep(work, { id: randomId<'SigningKey'>(), accountId: work.actor.id, kind: 'remote', certificates: certificates.map((der) => Buffer.from(der)), keySealed: null, credential });
}

async function keep(work: Work, key: Parameters<typeof putSigningKey>[1]): Promise<void> {
  await work.transact((inner) => putSigningKey(inner.db, key, inner.now));
  tellAudit(work, { kind: 'key', detail: { key: key.id, what: `signing-key-${key.kind}` } });
}

function badKeyFile(): Refusal {
  return new Refusal('rule', 'security.key-file', {
    vi: 'Không mở được tệp khóa PKCS #12: sai mật khẩu, tệp hỏng, mã hóa quá cũ, hoặc khóa không phải RSA từ 2048 bit hay ECDSA P-256.',
    en: 'The PKCS #12 file cannot be opened: another password, a damaged file, an outdated encryption, or a key that is neither RSA of 2048 bits or more nor ECDSA P-256.',
  });
}
