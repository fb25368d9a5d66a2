// Every query of security.
import type { Queryable } from '../../platform/database.ts';
import type { Account, AccountId } from './account.ts';

export interface AccountRow {
  id: AccountId;
  username: string;
  name: string;
  roles: string[];
  facility: string | null;
  account_kind: Account['kind'];
  practitioner: string | null;
  places: string[];
  patients: string[];
}

export const accountColumns = 'a.id, a.username, a.name, a.roles, a.facility, a.kind AS account_kind, a.practitioner, a.places, a.patients';

/** Finds an account that may sign in. */
export async function findAccount(db: Queryable, username: string): Promise<{ account: Account } | undefined> {
  const { rows } = await db.query<AccountRow>({
    name: 'security.find-account',
    text: `SELECT ${accountColumns} FROM security.account a WHERE a.username = $1 AND NOT a.disabled`,
    values: [username],
  });
  const [row] = rows;
  return row && { account: accountOf(row) };
}

export async function listAccounts(db: Queryable, only: { demo: boolean }): Promise<Account[]> {
  const { rows } = await db.query<AccountRow>({
    name: 'security.list-accounts',
    text: `SELECT ${accountColumns} FROM security.account a WHERE a.demo = $1 AND NOT a.disabled ORDER BY a.username`,
    values: [only.demo],
  });
  return rows.map(accountOf);
}

export async function findAccountNames(db: Queryable, ids: readonly string[]): Promise<Map<string, string>> {
  const { rows } = await db.query<{ id: string; name: string }>({ text: 'SELECT id, name FROM security.account WHERE id = any($1::text[])', values: [[...new Set(ids)]] });
  return new Map(rows.map(({ id, name }) => [id, name]));
}

export interface NewAccount extends Account {
  /** Absent where nobody signs in with a password. */
  readonly passwordHash?: string;
  readonly demo: boolean;
}

/** Adds an account; keeps the one that already has the username. */
export async function addAccount(db: Queryable, account: NewAccount, now: number): Promise<void> {
  const { id, username, name, roles, facility, kind, practitioner, places, patients, passwordHash, demo } = account;
  await db.query({
    name: 'security.add-account',
    text: `INSERT INTO security.account (id, username, name, roles, facility, kind, practitioner, places, patients, password_hash, demo, created_at)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) ON CONFLICT (username) DO NOTHING`,
    values: [id, username, name, roles, facility ?? null, kind, practitioner ?? null, places, patients, passwordHash ?? null, demo, new Date(now)],
  });
}

export function accountOf({ id, username, name, roles, facility, account_kind, practitioner, places, patients }: AccountRow): Account {
  return {
    id, username, name, roles, kind: account_kind, places, patients,
    ...(facility === null ? {} : { facility }), ...(practitioner === null ? {} : { practitioner }),
  };
}
