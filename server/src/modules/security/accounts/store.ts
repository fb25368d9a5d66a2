// The queries of those who manage accounts.
import type { ManagedAccount } from '@sen/contracts';
import type { Queryable } from '../../../platform/database.ts';
import type { AccountId } from '../account.ts';
import { accountColumns, accountOf, type AccountRow } from '../store.ts';

interface ManagedRow extends AccountRow {
  disabled: boolean;
  demo: boolean;
  second_factor: boolean;
  second_factor_from: Date | null;
  must_change: boolean;
  last_signed_in_at: Date | null;
  sessions: number;
}

const managed = `${accountColumns}, a.disabled, a.demo, a.second_factor_from, a.must_change, a.last_signed_in_at,
  EXISTS (SELECT FROM security.totp t WHERE t.account_id = a.id AND t.confirmed_at IS NOT NULL) OR EXISTS (SELECT FROM security.passkey p WHERE p.account_id = a.id) AS second_factor,
  (SELECT count(*)::int FROM security.session s WHERE s.account_id = a.id AND s.expires_at > $1 AND s.last_used_at + make_interval(mins => s.idle_minutes) > $1) AS sessions`;

export interface AccountQuery {
  readonly q?: string | undefined;
  readonly role?: string | undefined;
  readonly state?: 'active' | 'disabled' | 'all' | undefined;
  /** Username after which the page begins. */
  readonly after?: string | undefined;
}

const pageSize = 100;

/** Lists accounts in the order of their usernames, a page of 100 at a time; every word must stand in name or username, accents aside. */
export async function listManaged(db: Queryable, { q = '', role, state = 'active', after }: AccountQuery, now: number): Promise<{ accounts: ManagedAccount[]; total: number; next?: string }> {
  const words = q.trim().split(/\s+/).filter((word) => word !== '').map((word) => `%${word.replace(/[\\%_]/g, '\\$&')}%`);
  const where = `($2::text[] = '{}' OR (a.name || ' ' || a.username) ILIKE ALL ($2)) AND ($3::text IS NULL OR $3 = ANY (a.roles)) AND ($4 = 'all' OR a.disabled = ($4 = 'disabled'))`;
  const { rows } = await db.query<ManagedRow & { total: number }>({
    name: 'security.list-managed',
    text: `SELECT ${managed}, (SELECT count(*)::int FROM security.account a WHERE ${where}) AS total
           FROM security.account a WHERE ${where} AND ($5::text IS NULL OR a.username > $5) ORDER BY a.username LIMIT ${pageSize + 1}`,
    values: [new Date(now), words, role ?? null, state, after ?? null],
  });
  const page = rows.slice(0, pageSize).map((row) => managedOf(row, now));
  const last = page.at(-1);
  return { accounts: page, total: rows[0]?.total ?? 0, ...(rows.length > pageSize && last !== undefined ? { next: last.username } : {}) };
}

export async function findManaged(db: Queryable, by: { readonly id?: string; readonly username?: string }, now: number): Promise<ManagedAccount | undefined> {
  const { rows } = await db.query<ManagedRow>({
    name: 'security.find-managed', text: `SELECT ${managed} FROM security.account a WHERE a.id = $2 OR a.username = $3`, values: [new Date(now), by.id ?? null, by.username ?? null],
  });
  const [row] = rows;
  return row && managedOf(row, now);
}

function managedOf(row: ManagedRow, now: number): ManagedAccount {
  const { id, username, name, kind, roles, facility, practitioner, places, patients } = accountOf(row);
  return {
    id, username, name, kind, roles: [...roles], places: [...places], patients: patients.length, ...(facility === undefined ? {} : { facility }), ...(practitioner === undefined ? {} : { practitioner }),
    disabled: row.disabled, demo: row.demo, secondFactor: row.second_factor, mustChangePassword: row.must_change, sessions: row.sessions,
    mustHaveSecondFactor: row.second_factor_from !== null && row.second_factor_from.getTime() <= now,
    ...(row.last_signed_in_at === null ? {} : { lastSignedInAt: row.last_signed_in_at.toISOString() }),
  };
}

export interface AccountChange {
  readonly name?: string | undefined;
  readonly roles?: readonly string[] | undefined;
  /** Empty: removed. */
  readonly facility?: string | undefined;
  readonly practitioner?: string | undefined;
  readonly places?: readonly string[] | undefined;
  readonly disabled?: boolean | undefined;
  readonly mustHaveSecondFactor?: boolean | undefined;
}

export async function storeChange(db: Queryable, id: AccountId, change: AccountChange, now: number): Promise<void> {
  const { name, roles, facility, practitioner, places, disabled, mustHaveSecondFactor } = change;
  await db.query({
    name: 'security.change-account',
    text: `UPDATE security.account SET name = coalesce($2, name), roles = coalesce($3, roles), places = coalesce($6, places), disabled = coalesce($7, disabled),
             facility = CASE WHEN $4::text IS NULL THEN facility ELSE nullif($4, '') END, practitioner = CASE WHEN $5::text IS NULL THEN practitioner ELSE nullif($5, '') END,
             second_factor_from = CASE WHEN $8::boolean IS NULL THEN second_factor_from WHEN $8 THEN coalesce(second_factor_from, $9) END
           WHERE id = $1`,
    values: [id, name ?? null, roles ?? null, facility ?? null, practitioner ?? null, places ?? null, disabled ?? null, mustHaveSecondFactor ?? null, new Date(now)],
  });
}

/** Puts a one-time code in place of the password. */
export async function storeOneTimeCode(db: Queryable, id: AccountId, hash: string, until: number): Promise<void> {
  await db.query({
    name: 'security.store-one-time-code',
    text: 'UPDATE security.account SET password_hash = $2, must_change = true, password_until = $3, quick_code_hash = NULL WHERE id = $1',
    values: [id, hash, new Date(until)],
  });
}

/** Counts the administrators who may sign in, but one; others wait until the transaction ends: two must not take the role from each other. */
export async function countOtherAdministrators(db: Queryable, but: string): Promise<number> {
  await db.query({ name: 'security.lock-administrators', text: "SELECT pg_advisory_xact_lock(hashtext('security.administrators'))" });
  const { rows } = await db.query<{ count: number }>({
    name: 'security.count-other-administrators',
    text: "SELECT count(*)::int AS count FROM security.account WHERE 'administrator' = ANY (roles) AND NOT disabled AND id <> $1",
    values: [but],
  });
  return rows[0]?.count ?? 0;
}
