// Every query of security.
import type { Queryable } from '../../platform/database.ts';
import type { Account, AccountId } from './account.ts';

interface AccountRow {
  id: AccountId;
  username: string;
  name: string;
  roles: string[];
  facility: string | null;
}

export interface StoredSession {
  readonly account: Account;
  readonly expiresAt: number;
  readonly lastUsedAt: number;
}

const accountColumns = 'a.id, a.username, a.name, a.roles, a.facility';

/** Finds an account that may sign in, with its password hash. */
export async function findAccount(db: Queryable, username: string): Promise<{ account: Account; passwordHash: string } | undefined> {
  const { rows } = await db.query<AccountRow & { password_hash: string }>({
    name: 'security.find-account',
    text: `SELECT ${accountColumns}, a.password_hash FROM security.account a WHERE a.username = $1 AND NOT a.disabled`,
    values: [username],
  });
  const [row] = rows;
  return row && { account: accountOf(row), passwordHash: row.password_hash };
}

export async function listAccounts(db: Queryable, only: { demo: boolean }): Promise<Account[]> {
  const { rows } = await db.query<AccountRow>({
    name: 'security.list-accounts',
    text: `SELECT ${accountColumns} FROM security.account a WHERE a.demo = $1 AND NOT a.disabled ORDER BY a.username`,
    values: [only.demo],
  });
  return rows.map(accountOf);
}

export interface NewAccount extends Account {
  readonly passwordHash: string;
  readonly demo: boolean;
}

/** Adds an account; keeps the one that already has the username. */
export async function addAccount(db: Queryable, account: NewAccount, now: number): Promise<void> {
  const { id, username, name, roles, facility, passwordHash, demo } = account;
  await db.query({
    name: 'security.add-account',
    text: `INSERT INTO security.account (id, username, name, roles, facility, password_hash, demo, created_at)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (username) DO NOTHING`,
    values: [id, username, name, roles, facility ?? null, passwordHash, demo, new Date(now)],
  });
}

export async function addSession(db: Queryable, tokenHash: Buffer, account: AccountId, now: number, expiresAt: number): Promise<void> {
  await db.query({
    name: 'security.add-session',
    text: 'INSERT INTO security.session (token_hash, account_id, created_at, expires_at, last_used_at) VALUES ($1, $2, $3, $4, $3)',
    values: [tokenHash, account, new Date(now), new Date(expiresAt)],
  });
}

export async function findSession(db: Queryable, tokenHash: Buffer, now: number): Promise<StoredSession | undefined> {
  const { rows } = await db.query<AccountRow & { expires_at: Date; last_used_at: Date }>({
    name: 'security.find-session',
    text: `SELECT ${accountColumns}, s.expires_at, s.last_used_at FROM security.session s JOIN security.account a ON a.id = s.account_id
           WHERE s.token_hash = $1 AND s.expires_at > $2 AND NOT a.disabled`,
    values: [tokenHash, new Date(now)],
  });
  const [row] = rows;
  return row && { account: accountOf(row), expiresAt: row.expires_at.getTime(), lastUsedAt: row.last_used_at.getTime() };
}

export async function touchSession(db: Queryable, tokenHash: Buffer, now: number): Promise<void> {
  await db.query({ name: 'security.touch-session', text: 'UPDATE security.session SET last_used_at = $2 WHERE token_hash = $1', values: [tokenHash, new Date(now)] });
}

export async function removeSession(db: Queryable, tokenHash: Buffer): Promise<void> {
  await db.query({ name: 'security.remove-session', text: 'DELETE FROM security.session WHERE token_hash = $1', values: [tokenHash] });
}

/** Removes sessions that have ended. */
export async function removeEndedSessions(db: Queryable, now: number): Promise<number> {
  const { rowCount } = await db.query({ text: 'DELETE FROM security.session WHERE expires_at <= $1', values: [new Date(now)] });
  return rowCount;
}

function accountOf({ id, username, name, roles, facility }: AccountRow): Account {
  return { id, username, name, roles, ...(facility === null ? {} : { facility }) };
}
