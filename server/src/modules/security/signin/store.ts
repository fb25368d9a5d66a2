// The queries of signing in: credentials, steps, devices, failures.
import type { Queryable } from '../../../platform/database.ts';
import type { Account, AccountId } from '../account.ts';
import { accountColumns, accountOf, type AccountRow } from '../store.ts';

export interface Credentials {
  readonly account: Account;
  readonly demo: boolean;
  readonly passwordHash?: string;
  readonly mustChange: boolean;
  /** A one-time code in place of the password has ended. */
  readonly passwordEnded: boolean;
  readonly passwordChangedAt?: number;
  readonly secondFactorFrom?: number;
  readonly totp: boolean;
  readonly passkeys: number;
  readonly recoveryCodes: number;
  readonly quickCodeHash?: string;
  /** This person has signed in with the browser that asks. */
  readonly knownDevice: boolean;
}

interface CredentialsRow extends AccountRow {
  demo: boolean;
  password_hash: string | null;
  must_change: boolean;
  password_ended: boolean;
  password_changed_at: Date | null;
  second_factor_from: Date | null;
  totp: boolean;
  passkeys: number;
  recovery_codes: number;
  quick_code_hash: string | null;
  known_device: boolean;
}

/** Finds what an account that may sign in shows itself by; by username or by id. */
export async function findCredentials(db: Queryable, by: { username?: string; id?: string }, now: number, device?: Buffer): Promise<Credentials | undefined> {
  const { rows } = await db.query<CredentialsRow>({
    name: 'security.find-credentials',
    text: `SELECT ${accountColumns}, a.demo, a.password_hash, a.must_change, coalesce(a.password_until <= $3, false) AS password_ended, a.password_changed_at,
             a.second_factor_from, a.quick_code_hash,
             EXISTS (SELECT FROM security.totp t WHERE t.account_id = a.id AND t.confirmed_at IS NOT NULL) AS totp,
             (SELECT count(*)::int FROM security.passkey p WHERE p.account_id = a.id) AS passkeys,
             (SELECT count(*)::int FROM security.recovery_code r WHERE r.account_id = a.id AND r.used_at IS NULL) AS recovery_codes,
             EXISTS (SELECT FROM security.device d WHERE d.account_id = a.id AND d.token_hash = $4) AS known_device
           FROM security.account a WHERE (a.username = $1 OR a.id = $2) AND NOT a.disabled AND a.kind = 'person'`,
    values: [by.username ?? null, by.id ?? null, new Date(now), device ?? null],
  });
  const [row] = rows;
  return row && credentialsOf(row);
}

function credentialsOf(row: CredentialsRow): Credentials {
  return {
    account: accountOf(row), demo: row.demo, mustChange: row.must_change, passwordEnded: row.password_ended, totp: row.totp, passkeys: row.passkeys,
    recoveryCodes: row.recovery_codes, knownDevice: row.known_device,
    ...(row.password_hash === null ? {} : { passwordHash: row.password_hash }),
    ...(row.password_changed_at === null ? {} : { passwordChangedAt: row.password_changed_at.getTime() }),
    ...(row.second_factor_from === null ? {} : { secondFactorFrom: row.second_factor_from.getTime() }),
    ...(row.quick_code_hash === null ? {} : { quickCodeHash: row.quick_code_hash }),
  };
}

/** Stores a password in its newest form, without saying that it changed. */
export async function renewPasswordHash(db: Queryable, account: AccountId, hash: string): Promise<void> {
  await db.query({ name: 'security.renew-password-hash', text: 'UPDATE security.account SET password_hash = $2 WHERE id = $1', values: [account, hash] });
}

export async function setPassword(db: Queryable, account: AccountId, hash: string, now: number): Promise<void> {
  await db.query({
    name: 'security.set-password',
    text: 'UPDATE security.account SET password_hash = $2, password_changed_at = $3, must_change = false, password_until = NULL WHERE id = $1',
    values: [account, hash, new Date(now)],
  });
}

export async function setQuickCode(db: Queryable, account: AccountId, hash: string | undefined): Promise<void> {
  await db.query({ name: 'security.set-quick-code', text: 'UPDATE security.account SET quick_code_hash = $2 WHERE id = $1', values: [account, hash ?? null] });
}

/** Notes a failure; the same statement whether or not anybody has this username. */
export async function noteFailure(db: Queryable, username: string, address: string, now: number): Promise<void> {
  await db.query({
    name: 'security.note-failure',
    text: 'INSERT INTO security.sign_in_failure (account_id, at, address) SELECT a.id, $2, $3 FROM security.account a WHERE a.username = $1',
    values: [username, new Date(now), address],
  });
}

export interface FailuresSince {
  readonly count: number;
  readonly lastAt: string;
  /** At most three, the latest first. */
  readonly addresses: string[];
}

/** Notes a sign-in, and gives the failures since the one before it; forgets them. */
export async function noteSignedIn(db: Queryable, account: AccountId, device: Buffer | undefined, now: number): Promise<FailuresSince | undefined> {
  const { rows } = await db.query<{ count: number; last_at: Date | null; addresses: string[] | null }>({
    name: 'security.note-signed-in',
    text: `WITH seen AS (UPDATE security.account SET last_signed_in_at = $2 WHERE id = $1),
             device AS (INSERT INTO security.device (token_hash, account_id, last_used_at) SELECT $3, $1, $2 WHERE $3::bytea IS NOT NULL
                        ON CONFLICT (token_hash, account_id) DO UPDATE SET last_used_at = excluded.last_used_at),
             gone AS (DELETE FROM security.sign_in_failure WHERE account_id = $1 RETURNING at, address),
             places AS (SELECT address, max(at) AS at FROM gone GROUP BY address ORDER BY max(at) DESC LIMIT 3)
           SELECT count(*)::int AS count, max(at) AS last_at, (SELECT array_agg(address ORDER BY at DESC) FROM places) AS addresses FROM gone`,
    values: [account, new Date(now), device ?? null],
  });
  const [row] = rows;
  if (row === undefined || row.last_at === null) return undefined;
  return { count: row.count, lastAt: row.last_at.toISOString(), addresses: row.addresses ?? [] };
}

export interface Step {
  readonly account?: AccountId;
  readonly data: Readonly<Record<string, unknown>>;
  readonly tries: number;
}

export interface NewStep {
  readonly ticketHash: Buffer;
  readonly purpose: string;
  readonly account?: AccountId | undefined;
  readonly data?: Readonly<Record<string, unknown>>;
  readonly subject?: Buffer;
  readonly address?: string;
  readonly lifeMs: number;
}

export async function addStep(db: Queryable, step: NewStep, now: number): Promise<void> {
  const { ticketHash, purpose, account, data, subject, address, lifeMs } = step;
  await db.query({
    name: 'security.add-step',
    text: `INSERT INTO security.sign_in_step (ticket_hash, purpose, account_id, data, subject, address, created_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
    values: [ticketHash, purpose, account ?? null, JSON.stringify(data ?? {}), subject ?? null, address ?? null, new Date(now), new Date(now + lifeMs)],
  });
}

/** Counts a try at a step before it is judged; undefined when it ended, or was tried too often. */
export async function tryStep(db: Queryable, ticketHash: Buffer, purpose: string, mostTries: number, now: number): Promise<Step | undefined> {
  const { rows } = await db.query<{ account_id: AccountId | null; data: Record<string, unknown>; tries: number }>({
    name: 'security.try-step',
    text: `UPDATE security.sign_in_step SET tries = tries + 1 WHERE ticket_hash = $1 AND purpose = $2 AND expires_at > $3 AND tries < $4 RETURNING account_id, data, tries`,
    values: [ticketHash, purpose, new Date(now), mostTries],
  });
  return stepOf(rows[0]);
}

/** Takes a step: the ticket is good once. */
export async function takeStep(db: Queryable, ticketHash: Buffer, purpose: string, now: number): Promise<Step | undefined> {
  const { rows } = await db.query<{ account_id: AccountId | null; data: Record<string, unknown>; tries: number }>({
    name: 'security.take-step',
    text: 'DELETE FROM security.sign_in_step WHERE ticket_hash = $1 AND purpose = $2 AND expires_at > $3 RETURNING account_id, data, tries',
    values: [ticketHash, purpose, new Date(now)],
  });
  return stepOf(rows[0]);
}

function stepOf(row: { account_id: AccountId | null; data: Record<string, unknown>; tries: number } | undefined): Step | undefined {
  return row && { data: row.data, tries: row.tries, ...(row.account_id === null ? {} : { account: row.account_id }) };
}

/** Counts the steps of one kind since an instant, for one phone and for one address. */
export async function countSteps(db: Queryable, purpose: string, subject: Buffer, address: string, since: number): Promise<{ ofSubject: number; ofAddress: number }> {
  const { rows } = await db.query<{ of_subject: number; of_address: number }>({
    name: 'security.count-steps',
    text: `SELECT (SELECT count(*)::int FROM security.sign_in_step WHERE purpose = $1 AND subject = $2 AND created_at > $4) AS of_subject,
             (SELECT count(*)::int FROM security.sign_in_step WHERE purpose = $1 AND address = $3 AND created_at > $4) AS of_address`,
    values: [purpose, subject, address, new Date(since)],
  });
  return { ofSubject: rows[0]?.of_subject ?? 0, ofAddress: rows[0]?.of_address ?? 0 };
}

/** Removes what signing in has left behind: steps an hour after their end (they are counted until then), failures and devices nobody came back to. */
export async function removeLeftovers(db: Queryable, now: number): Promise<void> {
  await db.query({ text: "DELETE FROM security.sign_in_step WHERE expires_at + interval '1 hour' <= $1", values: [new Date(now)] });
  await db.query({ text: "DELETE FROM security.sign_in_failure WHERE at + interval '90 days' <= $1", values: [new Date(now)] });
  await db.query({ text: "DELETE FROM security.device WHERE last_used_at + interval '400 days' <= $1", values: [new Date(now)] });
}
