// Ends sessions of a person: one, all others, or all.
import type { Work } from '../../platform/work.ts';
import type { AccountId } from './account.ts';
import { removeGrantsOf } from './oidc/store.ts';
import { removeSessionsOf } from './signin/session-store.ts';
import { tellSessionsChanged } from './tell-sessions-changed.ts';

/**
 * Ends the sessions of an account, in every process at once, and gives how many; `id`: only this one; `except`: all others.
 * With all, or all others, ends what was allowed apps in them, offline too: a thief may have let in an app of their own.
 */
export async function endSessions(work: Work, account: AccountId, which: { readonly id?: string; readonly except?: string } = {}): Promise<number> {
  const ended = await removeSessionsOf(work.db, account, which);
  if (which.id === undefined) await removeGrantsOf(work.db, account, which.except);
  await tellSessionsChanged(work.db, account);
  return ended;
}
