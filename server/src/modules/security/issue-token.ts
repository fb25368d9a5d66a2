// A token for scripts and benches, made by someone who already has the machine (the command line).
import { Refusal } from '../../platform/refusal.ts';
import type { Work } from '../../platform/work.ts';
import { usernameOf } from './account.ts';
import { openSession } from './open-session.ts';
import { findAccount } from './store.ts';

/** Opens a session without a password. Refuses an unknown account (`security.no-account`) and more than 8,760 hours. */
export async function issueToken(work: Work, username: string, hours: number): Promise<string> {
  if (!(hours > 0 && hours <= 8760)) {
    throw new Refusal('incorrect', 'security.token-hours', { vi: 'Số giờ phải lớn hơn 0 và không quá 8760.', en: 'Hours must be more than 0 and at most 8760.' });
  }
  const found = await findAccount(work.db, usernameOf(username));
  if (!found) throw new Refusal('not-found', 'security.no-account', { vi: 'Không có tài khoản này.', en: 'There is no such account.' });
  return (await openSession(work, found.account, hours)).token;
}
