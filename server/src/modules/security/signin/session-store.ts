// The queries of sessions.
import type { Queryable } from '../../../platform/database.ts';
import type { Account, AccountId, Held } from '../account.ts';
import { accountColumns, accountOf, type AccountRow } from '../store.ts';

/** browser: a person at a screen, which locks · script: a person's program that signed in · machine: made at the command line. */
export type SessionKind = 'browser' | 'script' | 'machine';

export interface NewSession {
  readonly id: string;
  readonly tokenHash: Buffer;
  readonly account: AccountId;
  readonly kind: SessionKind;
  /** How the person was recognised: `password`, `password+totp`, `passkey`, `phone` … */
  readonly method: string;
  readonly address?: string | undefined;
  readonly agent?: string | undefined;
  readonly expiresAt: number;
  readonly idleMinutes: number;
  readonly lockMinutes: number;
  readonly owes?: Exclude<Held, 'locked'> | undefined;
}

export interface StoredSession {
  readonly id: string;
  readonly account: Account;
  readonly kind: SessionKind;
  readonly expiresAt: number;
  readonly lastUsedAt: number;
  readonly freshAt: number;
  readonly idleMinutes: number;
  readonly lockMinutes: number;
  readonly lockedAt?: number;
  readonly owes?: Exclude<Held, 'locked'>;
}

interface SessionRow extends Omit<AccountRow, 'id'> {
  id: AccountId;
  session_id: string;
  kind: SessionKind;
  expires_at: Date;
  last_used_at: Date;
  fresh_at: Date;
  idle_minutes: number;
  lock_minutes: number;
  locked_at: Date | null;
  owes: Exclude<Held, 'locked'> | null;
}

export async function addSession(db: Queryable, session: NewSession, now: number): Promise<void> {
  const { id, tokenHash, account, kind, method, address, agent, expiresAt, idleMinutes, lockMinutes, owes } = session;
  await db.query({
    name: 'security.add-session',
    text: `INSERT INTO security.session (id, token_hash, account_id, kind, method, address, agent, created_at, last_used_at, fresh_at, expires_at, idle_minutes, lock_minutes, owes)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $8, $8, $9, $10, $11, $12)`,
    values: [id, tokenHash, account, kind, method, address ?? null, agent ?? null, new Date(now), new Date(expiresAt), idleMinutes, lockMinutes, owes ?? null],
  });
}

export async function findSession(db: Queryable, tokenHash: Buffer, now: number): Promise<StoredSession | undefined> {
  const { rows } = await db.query<SessionRow>({
    name: 'security.find-session',
    text: `SELECT ${accountColumns}, s.id AS session_id, s.kind, s.expires_at, s.last_used_at, s.fresh_at, s.idle_minutes, s.lock_minutes, s.locked_at, s.owes
           FROM security.session s JOIN security.account a ON a.id = s.account_id
           WHERE s.token_hash = $1 AND s.expires_at > $2 AND NOT a.disabled`,
    values: [tokenHash, new Date(now)],
  });
  const [row] = rows;
  return row && storedSession(row);
}

function storedSession(row: SessionRow): StoredSession {
  return {
    id: row.session_id, account: accountOf(row), kind: row.kind, expiresAt: row.expires_at.getTime(), lastUsedAt: row.last_used_at.getTime(),
    freshAt: row.fresh_at.getTime(), idleMinutes: row.idle_minutes, lockMinutes: row.lock_minutes,
    ...(row.locked_at === null ? {} : { lockedAt: row.locked_at.getTime() }), ...(row.owes === null ? {} : { owes: row.owes }),
  };
}

export async function touchSession(db: Queryable, tokenHash: Buffer, now: number): Promise<void> {
  await db.query({ name: 'security.touch-session', text: 'UPDATE security.session SET last_used_at = $2 WHERE token_hash = $1', values: [tokenHash, new Date(now)] });
}

/** Locks a session that a screen holds; false when it is none, or locked already. */
export async function lockSession(db: Queryable, tokenHash: Buffer, now: number): Promise<boolean> {
  const { rowCount } = await db.query({
    name: 'security.lock-session',
    text: 'UPDATE security.session SET locked_at = $2, unlock_failures = 0 WHERE token_hash = $1 AND lock_minutes > 0 AND locked_at IS NULL',
    values: [tokenHash, new Date(now)],
  });
  return rowCount > 0;
}

/** Opens a locked session again: its person has shown who it is. */
export async function unlockSession(db: Queryable, tokenHash: Buffer, now: number, fresh: boolean): Promise<void> {
  await db.query({
    name: 'security.unlock-session',
    text: 'UPDATE security.session SET locked_at = NULL, unlock_failures = 0, last_used_at = $2, fresh_at = CASE WHEN $3 THEN $2 ELSE fresh_at END WHERE token_hash = $1',
    values: [tokenHash, new Date(now), fresh],
  });
}

/** Counts a try to unlock, before it is judged; gives the number of tries so far. */
export async function countUnlockTry(db: Queryable, tokenHash: Buffer): Promise<number> {
  const { rows } = await db.query<{ unlock_failures: number }>({
    name: 'security.count-unlock-try',
    text: 'UPDATE security.session SET unlock_failures = unlock_failures + 1 WHERE token_hash = $1 RETURNING unlock_failures',
    values: [tokenHash],
  });
  return rows[0]?.unlock_failures ?? 0;
}

export async function refreshSession(db: Queryable, tokenHash: Buffer, now: number): Promise<void> {
  await db.query({ name: 'security.refresh-session', text: 'UPDATE security.session SET fresh_at = $2 WHERE token_hash = $1', values: [tokenHash, new Date(now)] });
}

/** Says what the sessions of a person still owe. */
export async function setOwed(db: Queryable, account: AccountId, owes: Exclude<Held, 'locked'> | undefined): Promise<void> {
  await db.query({ name: 'security.set-owed', text: "UPDATE security.session SET owes = $2 WHERE account_id = $1 AND kind <> 'machine'", values: [account, owes ?? null] });
}

export async function removeSession(db: Queryable, tokenHash: Buffer): Promise<AccountId | undefined> {
  const { rows } = await db.query<{ account_id: AccountId }>({
    name: 'security.remove-session', text: 'DELETE FROM security.session WHERE token_hash = $1 RETURNING account_id', values: [tokenHash],
  });
  return rows[0]?.account_id;
}

/** Removes the sessions of a person: one by its id, all but one, or all. Gives how many. */
export async function removeSessionsOf(db: Queryable, account: AccountId, which: { readonly id?: string | undefined; readonly except?: string | undefined } = {}): Promise<number> {
  const { rowCount } = await db.query({
    name: 'security.remove-sessions-of',
    text: 'DELETE FROM security.session WHERE account_id = $1 AND ($2::text IS NULL OR id = $2) AND ($3::text IS NULL OR id <> $3)',
    values: [account, which.id ?? null, which.except ?? null],
  });
  return rowCount;
}

/** Removes sessions that have ended, by their hour or for want of use. */
export async function removeEndedSessions(db: Queryable, now: number): Promise<number> {
  const { rowCount } = await db.query({
    text: 'DELETE FROM security.session WHERE expires_at <= $1 OR last_used_at + make_interval(mins => idle_minutes) <= $1',
    values: [new Date(now)],
  });
  return rowCount;
}

export interface SessionLine {
  readonly id: string;
  readonly kind: SessionKind;
  readonly method: string;
  readonly address?: string;
  readonly agent?: string;
  readonly createdAt: string;
  readonly lastUsedAt: string;
  readonly locked: boolean;
}

/** Lists the sessions of a person, the one used last first. */
export async function listSessions(db: Queryable, account: AccountId, now: number): Promise<SessionLine[]> {
  const { rows } = await db.query<{ id: string; kind: SessionKind; method: string; address: string | null; agent: string | null; created_at: Date; last_used_at: Date; locked: boolean }>({
    name: 'security.list-sessions',
    text: `SELECT id, kind, method, address, agent, created_at, last_used_at, locked_at IS NOT NULL AS locked FROM security.session
           WHERE account_id = $1 AND expires_at > $2 AND last_used_at + make_interval(mins => idle_minutes) > $2 ORDER BY last_used_at DESC, id`,
    values: [account, new Date(now)],
  });
  return rows.map(({ id, kind, method, address, agent, created_at, last_used_at, locked }) => ({
    id, kind, method, ...(address === null ? {} : { address }), ...(agent === null ? {} : { agent }),
    createdAt: created_at.toISOString(), lastUsedAt: last_used_at.toISOString(), locked,
  }));
}
