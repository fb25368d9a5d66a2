// New recovery codes, in place of all old ones: shown once, kept only as argon2id.
import { randomBytes } from 'node:crypto';
import type { Work } from '../../../platform/work.ts';
import type { AccountId } from '../account.ts';
import { derive } from '../password.ts';
import { findRecoverySalt, replaceRecoveryCodes, useRecoveryCode } from './factor-store.ts';
import { newCode, typedCode } from './recovery-codes.ts';

const codesAtOnce = 10;

/** Makes ten codes for a person; each opens one sign-in in place of the second factor. */
export async function issueRecoveryCodes(work: Work, account: AccountId): Promise<string[]> {
  const codes = Array.from({ length: codesAtOnce }, () => newCode(3));
  // One salt for the ten of a person: a code that is typed is then derived once, not ten times. Each has 60 random bits.
  const salt = randomBytes(16);
  const hashes: Buffer[] = [];
  for (const code of codes) hashes.push(await derive(typedCode(code), salt));
  await work.transact(({ db }) => replaceRecoveryCodes(db, account, salt, hashes));
  return codes;
}

/** Tells whether a recovery code is right, and uses it up. */
export async function checkRecoveryCode(work: Work, account: AccountId, typed: string): Promise<boolean> {
  const salt = await findRecoverySalt(work.db, account);
  const code = typedCode(typed);
  if (salt === undefined || code.length !== 12) return false;
  return useRecoveryCode(work.db, account, await derive(code, salt), work.now);
}
