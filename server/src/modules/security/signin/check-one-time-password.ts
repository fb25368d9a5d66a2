// A code of an authenticator app, good once.
import { openSecret } from '../../../platform/seal.ts';
import type { Work } from '../../../platform/work.ts';
import type { AccountId } from '../account.ts';
import { findTotp, useTotpStep } from './factor-store.ts';
import { matchingStep } from './one-time-password.ts';

/** Tells whether a code is right now, and uses it up. `unconfirmed`: also of an app that is being set up. */
export async function checkOneTimePassword(work: Work, account: AccountId, code: string, unconfirmed = false): Promise<boolean> {
  const totp = await findTotp(work.db, account);
  if (totp === undefined || totp.confirmed === unconfirmed) return false;
  const step = matchingStep(Buffer.from(openSecret(totp.sealed, `totp:${account}`), 'base64'), code, work.now, totp.lastStep);
  return step !== undefined && useTotpStep(work.db, account, step, work.now);
}
