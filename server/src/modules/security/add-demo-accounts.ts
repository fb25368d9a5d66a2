// The accounts of the demo hospital. They exist only where the demo hospital was loaded.
import { randomId } from '../../platform/ids.ts';
import type { Work } from '../../platform/work.ts';
import type { Account } from './account.ts';
import { demoPeople } from './demo-people.ts';
import { hashPassword } from './password.ts';
import { addAccount, listAccounts } from './store.ts';

export const demoPassword = 'sen-demo';

/** Adds the demo accounts that are missing, for a facility when one is named. Safe to run at every start. */
export async function ensureDemoAccounts(work: Work, facility?: string): Promise<void> {
  const known = new Set((await listAccounts(work.db, { demo: true })).map((account) => account.username));
  const missing = demoPeople.filter(({ username }) => !known.has(username));
  if (missing.length === 0) return;
  const passwordHash = await hashOnce();
  await work.transact(async (inside) => {
    for (const { role, ...person } of missing) {
      const account: Account = { ...person, id: randomId(), roles: [role], ...(facility === undefined || person.patients.length > 0 ? {} : { facility }) };
      await addAccount(inside.db, { ...account, ...(person.kind === 'person' ? { passwordHash } : {}), demo: true }, inside.now);
    }
  });
}

/** One hash for all of them: the password is on the sign-in page, so that salts would protect nothing and cost a second. */
async function hashOnce(): Promise<string> {
  hashed ??= hashPassword(demoPassword);
  return hashed;
}

let hashed: Promise<string> | undefined;
