// The queries of second factors: one-time passwords, recovery codes, passkeys.
import type { Queryable } from '../../../platform/database.ts';
import type { AccountId } from '../account.ts';

/** Keeps a new secret until its first code shows that the app has it; replaces one that was never confirmed. */
export async function addTotp(db: Queryable, account: AccountId, sealed: string): Promise<boolean> {
  const { rowCount } = await db.query({
    name: 'security.add-totp',
    text: `INSERT INTO security.totp (account_id, secret_sealed) VALUES ($1, $2)
           ON CONFLICT (account_id) DO UPDATE SET secret_sealed = excluded.secret_sealed, last_step = 0 WHERE totp.confirmed_at IS NULL`,
    values: [account, sealed],
  });
  return rowCount > 0;
}

export async function findTotp(db: Queryable, account: AccountId): Promise<{ sealed: string; lastStep: number; confirmed: boolean } | undefined> {
  const { rows } = await db.query<{ secret_sealed: string; last_step: string; confirmed: boolean }>({
    name: 'security.find-totp', text: 'SELECT secret_sealed, last_step, confirmed_at IS NOT NULL AS confirmed FROM security.totp WHERE account_id = $1', values: [account],
  });
  const [row] = rows;
  return row && { sealed: row.secret_sealed, lastStep: Number(row.last_step), confirmed: row.confirmed };
}

/** Uses up the code of a time step; false when another request was faster. */
export async function useTotpStep(db: Queryable, account: AccountId, step: number, now: number): Promise<boolean> {
  const { rowCount } = await db.query({
    name: 'security.use-totp-step',
    text: 'UPDATE security.totp SET last_step = $2, confirmed_at = coalesce(confirmed_at, $3) WHERE account_id = $1 AND last_step < $2',
    values: [account, step, new Date(now)],
  });
  return rowCount > 0;
}

export async function removeTotp(db: Queryable, account: AccountId): Promise<void> {
  await db.query({ name: 'security.remove-totp', text: 'DELETE FROM security.totp WHERE account_id = $1', values: [account] });
}

/** Puts new recovery codes in place of all old ones. */
export async function replaceRecoveryCodes(db: Queryable, account: AccountId, salt: Buffer, hashes: readonly Buffer[]): Promise<void> {
  await db.query({ name: 'security.remove-recovery-codes', text: 'DELETE FROM security.recovery_code WHERE account_id = $1', values: [account] });
  await db.query({
    name: 'security.add-recovery-codes',
    text: 'INSERT INTO security.recovery_code (account_id, salt, hash) SELECT $1, $2, unnest($3::bytea[])',
    values: [account, salt, hashes],
  });
}

export async function findRecoverySalt(db: Queryable, account: AccountId): Promise<Buffer | undefined> {
  const { rows } = await db.query<{ salt: Buffer }>({ name: 'security.find-recovery-salt', text: 'SELECT salt FROM security.recovery_code WHERE account_id = $1 LIMIT 1', values: [account] });
  return rows[0]?.salt;
}

export async function useRecoveryCode(db: Queryable, account: AccountId, hash: Buffer, now: number): Promise<boolean> {
  const { rowCount } = await db.query({
    name: 'security.use-recovery-code',
    text: 'UPDATE security.recovery_code SET used_at = $3 WHERE account_id = $1 AND hash = $2 AND used_at IS NULL',
    values: [account, hash, new Date(now)],
  });
  return rowCount > 0;
}

export async function removeRecoveryCodes(db: Queryable, account: AccountId): Promise<void> {
  await db.query({ name: 'security.remove-recovery-codes', text: 'DELETE FROM security.recovery_code WHERE account_id = $1', values: [account] });
}

export interface Passkey {
  readonly id: string;
  readonly account: AccountId;
  readonly publicKey: Buffer;
  readonly counter: number;
  readonly transports: readonly string[];
  readonly backedUp: boolean;
  readonly name: string;
}

export async function addPasskey(db: Queryable, passkey: Passkey, now: number): Promise<boolean> {
  const { id, account, publicKey, counter, transports, backedUp, name } = passkey;
  const { rowCount } = await db.query({
    name: 'security.add-passkey',
    text: `INSERT INTO security.passkey (id, account_id, public_key, counter, transports, backed_up, name, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
           ON CONFLICT (id) DO NOTHING`,
    values: [id, account, publicKey, counter, transports, backedUp, name, new Date(now)],
  });
  return rowCount > 0;
}

export async function findPasskey(db: Queryable, id: string): Promise<Passkey | undefined> {
  const { rows } = await db.query<{ id: string; account_id: AccountId; public_key: Buffer; counter: string; transports: string[]; backed_up: boolean; name: string }>({
    name: 'security.find-passkey', text: 'SELECT id, account_id, public_key, counter, transports, backed_up, name FROM security.passkey WHERE id = $1', values: [id],
  });
  const [row] = rows;
  return row && { id: row.id, account: row.account_id, publicKey: row.public_key, counter: Number(row.counter), transports: row.transports, backedUp: row.backed_up, name: row.name };
}

export async function usePasskey(db: Queryable, id: string, counter: number, now: number): Promise<void> {
  await db.query({ name: 'security.use-passkey', text: 'UPDATE security.passkey SET counter = $2, last_used_at = $3 WHERE id = $1', values: [id, counter, new Date(now)] });
}

export interface PasskeyLine {
  readonly id: string;
  readonly name: string;
  readonly createdAt: string;
  readonly lastUsedAt?: string;
  readonly transports: string[];
}

export async function listPasskeys(db: Queryable, account: AccountId): Promise<PasskeyLine[]> {
  const { rows } = await db.query<{ id: string; name: string; created_at: Date; last_used_at: Date | null; transports: string[] }>({
    name: 'security.list-passkeys', text: 'SELECT id, name, created_at, last_used_at, transports FROM security.passkey WHERE account_id = $1 ORDER BY created_at, id', values: [account],
  });
  return rows.map(({ id, name, created_at, last_used_at, transports }) => ({
    id, name, transports, createdAt: created_at.toISOString(), ...(last_used_at === null ? {} : { lastUsedAt: last_used_at.toISOString() }),
  }));
}

/** Removes one passkey of a person, or all. */
export async function removePasskeys(db: Queryable, account: AccountId, id?: string): Promise<number> {
  const { rowCount } = await db.query({
    name: 'security.remove-passkeys', text: 'DELETE FROM security.passkey WHERE account_id = $1 AND ($2::text IS NULL OR id = $2)', values: [account, id ?? null],
  });
  return rowCount;
}
