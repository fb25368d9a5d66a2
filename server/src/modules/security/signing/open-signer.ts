// The signer of whoever is at work, opened with the PIN.
import { X509Certificate } from 'node:crypto';
import { Refusal } from '../../../platform/refusal.ts';
import { openSecret } from '../../../platform/seal.ts';
import type { Work } from '../../../platform/work.ts';
import type { Signer } from './signer.ts';
import { remoteSigner, wrongPin } from './remote-signer.ts';
import { softwareSigner, unlockKey } from './software-key.ts';
import { findSigningKey, forgetGuesses, takeGuess, type SigningKey } from './store.ts';

const GUESSES = 5;
const BLOCK_MS = 15 * 60_000;

/** Opens the signer. Refuses those without a key (`security.no-signing-key`) or with one that has ended (`security.signing-key-expired`), a wrong PIN (`security.wrong-pin`), and more guesses for 15 minutes after 5 (`security.pin-blocked`). */
export async function openSigner(work: Work, pin: string): Promise<Signer> {
  const key = await findSigningKey(work.db, work.actor.id);
  if (key === undefined) throw noKey();
  if (Date.parse(new X509Certificate(key.certificates[0]!).validTo) < work.now) throw expired();
  if (!(await takeGuess(work.db, key.id, work.now, GUESSES, BLOCK_MS))) throw blocked();
  const signer = key.kind === 'remote' ? await remoteSigner(key.credential ?? '', pin) : await openSoftware(key, pin);
  await forgetGuesses(work.db, key.id);
  return signer;
}

async function openSoftware(key: SigningKey, pin: string): Promise<Signer> {
  const opened = await unlockKey(openSecret(key.keySealed ?? '', `signing-key:${key.id}`), pin);
  if (opened === undefined) throw wrongPin();
  return softwareSigner(opened, key.certificates);
}

function noKey(): Refusal {
  return new Refusal('rule', 'security.no-signing-key', { vi: 'Tài khoản này chưa có khóa ký số. Thêm khóa trong trang tài khoản.', en: 'This account has no key to sign with. Add one on the account page.' });
}

function expired(): Refusal {
  return new Refusal('rule', 'security.signing-key-expired', { vi: 'Chứng thư ký số đã hết hạn. Thêm khóa mới trong trang tài khoản.', en: 'The certificate for signing has expired. Add a new key on the account page.' });
}

function blocked(): Refusal {
  return new Refusal('busy', 'security.pin-blocked', { vi: 'Sai mã PIN quá nhiều lần. Thử lại sau 15 phút.', en: 'Too many wrong PINs. Try again in 15 minutes.' });
}
