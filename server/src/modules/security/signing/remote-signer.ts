// Keys at a provider of remote signing, spoken to in the manner of the CSC API 2.0 (Cloud Signature Consortium): credentials/info, authorize, signatures/signHash.
import { createHash, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { Refusal } from '../../../platform/refusal.ts';
import type { Signer } from './signer.ts';
import { signingSettings } from './signing-settings.ts';

const TIMEOUT_MS = 60_000; // the person may have to confirm on a telephone
const SHA256 = '2.16.840.1.101.3.4.2.1';
const algorithms = { RS256: '1.2.840.113549.1.1.11', ES256: '1.2.840.10045.4.3.2' } as const;

/** What the provider knows of a credential (§11.5). Refuses (`security.signer`) one that it does not know or that is of no kind that we use. */
export async function askProvider(credential: string): Promise<{ certificates: Uint8Array[]; algorithm: Signer['algorithm'] }> {
  const info = await post('credentials/info', { credentialID: credential, certificates: 'chain' });
  const certificates = textsOf((info['cert'] as Record<string, unknown> | undefined)?.['certificates']).map((text) => new Uint8Array(Buffer.from(text, 'base64')));
  const own = certificates[0];
  const kind = own && new X509Certificate(own).publicKey.asymmetricKeyType;
  if (kind !== 'rsa' && kind !== 'ec') throw unusable();
  return { certificates, algorithm: kind === 'rsa' ? 'RS256' : 'ES256' };
}

/** A signer whose key stays at the provider: only the hash goes there. The PIN authorizes one signature (§11.6, explicit PIN). */
export async function remoteSigner(credential: string, pin: string): Promise<Signer> {
  const { certificates, algorithm } = await askProvider(credential);
  return {
    algorithm, certificates,
    sign: async (content) => {
      const hashes = [createHash('sha256').update(content).digest('base64')];
      const { SAD } = await post('credentials/authorize', { credentialID: credential, numSignatures: 1, hashes, hashAlgorithmOID: SHA256, authData: [{ id: 'PIN', value: pin }] });
      const { signatures } = await post('signatures/signHash', { credentialID: credential, SAD, hashes, hashAlgorithmOID: SHA256, signAlgo: algorithms[algorithm] });
      const [signature] = textsOf(signatures).map((text) => Buffer.from(text, 'base64'));
      if (signature === undefined) throw unusable();
      return algorithm === 'ES256' ? plainEcdsa(signature) : signature;
    },
  };
}

async function post(path: string, body: object): Promise<Record<string, unknown>> {
  const { signerUrl, signerTokenFile } = signingSettings();
  if (signerUrl === '') throw unusable();
  const authorization = signerTokenFile === '' ? {} : { authorization: `Bearer ${readFileSync(signerTokenFile, 'utf8').trim()}` };
  const response = await fetch(`${signerUrl.replace(/\/+$/, '')}/csc/v2/${path}`, {
    method: 'POST', headers: { 'content-type': 'application/json', ...authorization }, body: JSON.stringify(body), signal: AbortSignal.timeout(TIMEOUT_MS), redirect: 'error',
  }).catch(() => undefined);
  const answer: unknown = await response?.json().catch(() => undefined);
  if (response?.ok === true && typeof answer === 'object' && answer !== null) return answer as Record<string, unknown>;
  throw response?.status === 400 && (answer as { error?: string } | undefined)?.error === 'invalid_pin' ? wrongPin() : unusable();
}

function textsOf(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : [];
}

/** Providers give ECDSA as DER; the port speaks r and s side by side. One that is 64 bytes long already is taken as it is. */
function plainEcdsa(signature: Buffer): Uint8Array {
  if (signature.length === 64 && signature[0] !== 0x30) return signature;
  const rAt = 4;
  const rLength = signature[3] ?? 0;
  const sAt = rAt + rLength + 2;
  const part = (from: number, length: number) => Buffer.concat([Buffer.alloc(32), signature.subarray(from, from + length)]).subarray(-32);
  return Buffer.concat([part(rAt, rLength), part(sAt, signature[sAt - 1] ?? 0)]);
}

/** Another PIN than the person's. */
export function wrongPin(): Refusal {
  return new Refusal('rule', 'security.wrong-pin', { vi: 'Mã PIN ký số không đúng.', en: 'The PIN for signing is not right.' });
}

function unusable(): Refusal {
  return new Refusal('unavailable', 'security.signer', { vi: 'Nhà cung cấp ký số từ xa không trả lời hoặc không nhận yêu cầu.', en: 'The provider of remote signing does not answer, or does not take the request.' });
}
