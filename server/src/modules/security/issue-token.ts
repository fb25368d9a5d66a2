// A token for scripts and benches, made by someone who already has the machine (the command line).
import { randomId } from '../../platform/ids.ts';
import { Refusal } from '../../platform/refusal.ts';
import type { Work } from '../../platform/work.ts';
import { usernameOf, type Account } from './account.ts';
import { openSession } from './open-session.ts';
import { addAccount, findAccount } from './store.ts';

/** The account in whose name scripts of the house itself work. Nobody signs in to it. */
const inHouse = { username: 'he-thong', name: 'Hệ thống nội bộ', roles: ['integration'], kind: 'service', places: [], patients: [] } as const;

/**
 * Opens a session without a password: of the in-house system, with the role `integration`, or of the account that is named. Refuses an unknown account
 * (`security.no-account`) and more than 8,760 hours.
 */
export async function issueToken(work: Work, username: string | undefined, hours: number): Promise<string> {
  if (!(hours > 0 && hours <= 8760)) {
    throw new Refusal('incorrect', 'security.token-hours', { vi: 'Số giờ phải lớn hơn 0 và không quá 8760.', en: 'Hours must be more than 0 and at most 8760.' });
  }
  const account = username === undefined ? await inHouseAccount(work) : (await findAccount(work.db, usernameOf(username)))?.account;
  if (account === undefined) throw new Refusal('not-found', 'security.no-account', { vi: 'Không có tài khoản này.', en: 'There is no such account.' });
  return (await openSession(work, account, hours)).token;
}

async function inHouseAccount(work: Work): Promise<Account | undefined> {
  const found = await findAccount(work.db, inHouse.username);
  if (found !== undefined) return found.account.kind === 'service' ? found.account : undefined;
  await addAccount(work.db, { ...inHouse, id: randomId(), demo: false }, work.now);
  return (await findAccount(work.db, inHouse.username))?.account;
}
