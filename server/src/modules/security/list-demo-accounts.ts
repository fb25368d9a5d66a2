// The demo accounts, for the sign-in page.
import type { Work } from '../../platform/work.ts';
import type { Account } from './account.ts';
import { listAccounts } from './store.ts';

/** Lists the demo accounts, for the sign-in page; none where the demo hospital was not loaded. */
export async function listDemoAccounts(work: Work): Promise<Account[]> {
  return (await listAccounts(work.db, { demo: true })).filter(({ kind }) => kind === 'person');
}
