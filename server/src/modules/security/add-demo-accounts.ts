// The accounts of the demo hospital. They exist only where the demo hospital was loaded.
import { randomId } from '../../platform/ids.ts';
import type { Work } from '../../platform/work.ts';
import type { Account, Role } from './account.ts';
import { hashPassword } from './password.ts';
import { addAccount, listAccounts } from './store.ts';

export const demoPassword = 'sen-demo';

const people: readonly { username: string; name: string; role: Role }[] = [
  { username: 'bacsi', name: 'BS. Trần Minh Khôi', role: 'doctor' },
  { username: 'dieuduong', name: 'ĐD. Lê Thị Hồng Nhung', role: 'nurse' },
  { username: 'tiepdon', name: 'Phạm Thu Hà', role: 'reception' },
  { username: 'hosobenhan', name: 'Vũ Đức Thịnh', role: 'records' },
  { username: 'quantri', name: 'Nguyễn Quốc Bảo', role: 'administrator' },
];

/** Adds the demo accounts that are missing, for a facility when one is named. Safe to run at every start. */
export async function ensureDemoAccounts(work: Work, facility?: string): Promise<void> {
  const known = new Set((await listAccounts(work.db, { demo: true })).map((account) => account.username));
  const missing = people.filter(({ username }) => !known.has(username));
  if (missing.length === 0) return;
  const hashes = await Promise.all(missing.map(() => hashPassword(demoPassword)));
  await work.transact(async (inside) => {
    for (const [index, { username, name, role }] of missing.entries()) {
      const account: Account = { id: randomId(), username, name, roles: [role], ...(facility === undefined ? {} : { facility }) };
      await addAccount(inside.db, { ...account, passwordHash: hashes[index]!, demo: true }, inside.now);
    }
  });
}
