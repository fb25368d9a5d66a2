// Queries about apps, what people have allowed them, and launches from a chart.
import type { Queryable } from '../../../platform/database.ts';
import type { Account } from '../account.ts';
import { accountColumns, accountOf, type AccountRow } from '../store.ts';
import type { App, Purpose, ServiceRole } from './app.ts';

interface AppRow {
  id: string;
  name: string;
  kind: 'person' | 'service';
  role: ServiceRole | null;
  purpose: Purpose | null;
  organisation: string | null;
  redirect_uris: string[];
  launch_uri: string | null;
  client_uri: string | null;
  authentication: App['authentication'];
  secret_hash: Buffer | null;
  jwks: App['jwks'] | null;
  jwks_uri: string | null;
  certificate: string | null;
  scopes: string[];
  introspects: boolean;
  disabled: boolean;
  registered_by: string;
  created_at: Date;
}

const appColumns = 'a.id, a.name, a.kind, a.role, a.purpose, a.organisation, a.redirect_uris, a.launch_uri, a.client_uri, a.authentication, a.secret_hash, a.jwks, a.jwks_uri, a.certificate, a.scopes, a.introspects, a.disabled, a.registered_by, a.created_at';

/** Finds an app that is registered, disabled or not. */
export async function findApp(db: Queryable, id: string): Promise<App | undefined> {
  const { rows } = await db.query<AppRow>({ name: 'security.find-app', text: `SELECT ${appColumns} FROM security.app a WHERE a.id = $1`, values: [id] });
  return rows[0] && appOf(rows[0]);
}

export async function listStoredApps(db: Queryable): Promise<App[]> {
  const { rows } = await db.query<AppRow>({ name: 'security.list-apps', text: `SELECT ${appColumns} FROM security.app a ORDER BY a.disabled, a.kind, lower(a.name), a.id` });
  return rows.map(appOf);
}

/** Writes a registration whole; gives false when the id is taken and `replace` is not asked for. */
export async function putApp(db: Queryable, app: App, now: number, replace: boolean): Promise<boolean> {
  const { id, name, kind, role, purpose, organisation, redirectUris, launchUri, clientUri, authentication, secretHash, jwks, jwksUri, certificate, scopes, introspects, disabled, registeredBy } = app;
  const { rowCount } = await db.query({
    text: `INSERT INTO security.app AS a (id, name, kind, role, organisation, redirect_uris, launch_uri, client_uri, authentication, secret_hash, jwks, jwks_uri, scopes, introspects, disabled, registered_by, created_at, changed_at, purpose, certificate)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $17, $19, $20)
           ON CONFLICT (id) DO UPDATE SET (name, kind, role, organisation, redirect_uris, launch_uri, client_uri, authentication, secret_hash, jwks, jwks_uri, scopes, introspects, disabled, changed_at, purpose, certificate)
             = (excluded.name, excluded.kind, excluded.role, excluded.organisation, excluded.redirect_uris, excluded.launch_uri, excluded.client_uri, excluded.authentication, excluded.secret_hash,
                excluded.jwks, excluded.jwks_uri, excluded.scopes, excluded.introspects, excluded.disabled, excluded.changed_at, excluded.purpose, excluded.certificate)
           WHERE $18`,
    values: [
      id, name, kind, role ?? null, organisation ?? null, redirectUris, launchUri ?? null, clientUri ?? null, authentication, secretHash ?? null,
      jwks === undefined ? null : JSON.stringify(jwks), jwksUri ?? null, scopes, introspects, disabled, registeredBy, new Date(now), replace, purpose ?? null, certificate ?? null,
    ],
  });
  return rowCount === 1;
}

export async function removeApp(db: Queryable, id: string): Promise<boolean> {
  const { rowCount } = await db.query({ text: 'DELETE FROM security.app WHERE id = $1', values: [id] });
  return rowCount === 1;
}

/** Removes codes and tokens of an app, or what one person has given it, at once. */
export async function removeTokens(db: Queryable, of: { readonly app: string; readonly account?: string }): Promise<void> {
  const values = [of.app, of.account ?? null];
  await db.query({ text: 'DELETE FROM security.app_grant WHERE app_id = $1 AND ($2::text IS NULL OR account_id = $2)', values });
  await db.query({ text: 'DELETE FROM security.oidc_payload WHERE app_id = $1 AND ($2::text IS NULL OR account_id = $2)', values });
}

/** Ends one authorization: its codes, its tokens, and the record of it. */
export async function removeGrant(db: Queryable, id: string): Promise<void> {
  await db.query({ text: 'DELETE FROM security.oidc_payload WHERE grant_id = $1', values: [id] });
  await db.query({ text: 'DELETE FROM security.app_grant WHERE id = $1', values: [id] });
}

/** Ends what a person has allowed apps, with codes and tokens, save what was allowed in one session. */
export async function removeGrantsOf(db: Queryable, account: string, exceptSession: string | undefined): Promise<void> {
  await db.query({ text: 'DELETE FROM security.app_grant WHERE account_id = $1 AND session_id IS DISTINCT FROM $2', values: [account, exceptSession ?? null] });
  await db.query({
    text: 'DELETE FROM security.oidc_payload p WHERE p.account_id = $1 AND p.grant_id IS NOT NULL AND NOT EXISTS (SELECT FROM security.app_grant g WHERE g.id = p.grant_id)', values: [account],
  });
}

export interface AppGrant {
  readonly id: string;
  readonly app: string;
  readonly account: string;
  readonly session?: string;
  readonly scopes: readonly string[];
  readonly patient?: string;
  readonly encounter?: string;
  /** ms since 1970. */
  readonly expiresAt: number;
}

export async function addGrant(db: Queryable, grant: AppGrant, now: number): Promise<void> {
  const { id, app, account, session, scopes, patient, encounter, expiresAt } = grant;
  await db.query({
    text: `INSERT INTO security.app_grant (id, app_id, account_id, session_id, scopes, patient, encounter, created_at, last_used_at, expires_at)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $8, $9)`,
    values: [id, app, account, session ?? null, scopes, patient ?? null, encounter ?? null, new Date(now), new Date(expiresAt)],
  });
}

/** A grant lives until its hour, with its account, and, unless it was given for offline use, with the session in which it was given. */
export const livingGrant = `g.expires_at > $2 AND (g.session_id IS NULL OR 'offline_access' = ANY (g.scopes) OR EXISTS (SELECT FROM security.session s WHERE s.id = g.session_id AND s.expires_at > $2 AND s.last_used_at + make_interval(mins => s.idle_minutes) > $2))`;

/** Finds a grant that is still good. */
export async function findGrant(db: Queryable, id: string, now: number): Promise<AppGrant | undefined> {
  const { rows } = await db.query<GrantRow>({
    name: 'security.find-app-grant',
    text: `SELECT g.id, g.app_id, g.account_id, g.session_id, g.scopes, g.patient, g.encounter, g.expires_at FROM security.app_grant g
           JOIN security.account a ON a.id = g.account_id WHERE g.id = $1 AND NOT a.disabled AND ${livingGrant}`,
    values: [id, new Date(now)],
  });
  return rows[0] && grantOf(rows[0]);
}

export async function touchGrant(db: Queryable, id: string, now: number): Promise<void> {
  await db.query({ name: 'security.touch-app-grant', text: 'UPDATE security.app_grant SET last_used_at = $2 WHERE id = $1', values: [id, new Date(now)] });
}

export interface AllowedApp {
  readonly app: App;
  readonly scopes: readonly string[];
  readonly since: number;
  readonly lastUsedAt: number;
  readonly offline: boolean;
}

/** Lists the apps that a person has let act, with all they may do together. */
export async function listAllowedApps(db: Queryable, account: string, now: number): Promise<AllowedApp[]> {
  const { rows } = await db.query<AppRow & { granted: string[]; since: Date; last_used: Date }>({
    name: 'security.list-allowed-apps',
    text: `SELECT ${appColumns}, x.granted, x.since, x.last_used FROM security.app a JOIN (
             SELECT app_id, array_agg(DISTINCT scope) AS granted, min(since) AS since, max(last_used) AS last_used FROM (
               SELECT g.app_id, unnest(g.scopes) AS scope, g.created_at AS since, g.last_used_at AS last_used FROM security.app_grant g WHERE g.account_id = $1 AND ${livingGrant}
               UNION ALL
               SELECT c.app_id, unnest(c.allowed), c.decided_at, c.decided_at FROM security.app_consent c WHERE c.account_id = $1
             ) one GROUP BY app_id
           ) x ON x.app_id = a.id WHERE NOT a.disabled ORDER BY x.last_used DESC, a.id`,
    values: [account, new Date(now)],
  });
  return rows.map((row) => ({ app: appOf(row), scopes: row.granted, since: row.since.getTime(), lastUsedAt: row.last_used.getTime(), offline: row.granted.includes('offline_access') }));
}

export async function findConsent(db: Queryable, account: string, app: string): Promise<{ allowed: string[]; refused: string[] } | undefined> {
  const { rows } = await db.query<{ allowed: string[]; refused: string[] }>({
    name: 'security.find-app-consent', text: 'SELECT allowed, refused FROM security.app_consent WHERE account_id = $1 AND app_id = $2', values: [account, app],
  });
  return rows[0];
}

export async function putConsent(db: Queryable, account: string, app: string, answer: { readonly allowed: readonly string[]; readonly refused: readonly string[] }, now: number): Promise<void> {
  await db.query({
    text: `INSERT INTO security.app_consent (account_id, app_id, allowed, refused, decided_at) VALUES ($1, $2, $3, $4, $5)
           ON CONFLICT (account_id, app_id) DO UPDATE SET allowed = excluded.allowed, refused = excluded.refused, decided_at = excluded.decided_at`,
    values: [account, app, answer.allowed, answer.refused, new Date(now)],
  });
}

export async function removeConsent(db: Queryable, account: string, app: string): Promise<boolean> {
  const { rowCount } = await db.query({ text: 'DELETE FROM security.app_consent WHERE account_id = $1 AND app_id = $2', values: [account, app] });
  return rowCount > 0;
}

export interface Launch {
  readonly app: string;
  readonly account: string;
  readonly patient?: string;
  readonly encounter?: string;
}

export async function addLaunch(db: Queryable, tokenHash: Buffer, launch: Launch, now: number, expiresAt: number): Promise<void> {
  await db.query({
    text: 'INSERT INTO security.app_launch (token_hash, app_id, account_id, patient, encounter, created_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6, $7)',
    values: [tokenHash, launch.app, launch.account, launch.patient ?? null, launch.encounter ?? null, new Date(now), new Date(expiresAt)],
  });
}

/** Finds a launch that has not been used. */
export async function findLaunch(db: Queryable, tokenHash: Buffer, now: number): Promise<Launch | undefined> {
  const { rows } = await db.query<{ app_id: string; account_id: string; patient: string | null; encounter: string | null }>({
    name: 'security.find-app-launch',
    text: 'SELECT app_id, account_id, patient, encounter FROM security.app_launch WHERE token_hash = $1 AND used_at IS NULL AND expires_at > $2',
    values: [tokenHash, new Date(now)],
  });
  const [row] = rows;
  return row && { app: row.app_id, account: row.account_id, ...(row.patient === null ? {} : { patient: row.patient }), ...(row.encounter === null ? {} : { encounter: row.encounter }) };
}

/** Uses a launch up; gives false when another has been faster. */
export async function takeLaunch(db: Queryable, tokenHash: Buffer, now: number): Promise<boolean> {
  const { rowCount } = await db.query({ text: 'UPDATE security.app_launch SET used_at = $2 WHERE token_hash = $1 AND used_at IS NULL AND expires_at > $2', values: [tokenHash, new Date(now)] });
  return rowCount === 1;
}

/** Whose refresh token it is, used up or not. */
export async function findRefreshingApp(db: Queryable, tokenHash: Buffer): Promise<string | undefined> {
  const { rows } = await db.query<{ app_id: string }>({ name: 'security.find-refreshing-app', text: "SELECT app_id FROM security.oidc_payload WHERE model = 'RefreshToken' AND id_hash = $1 AND app_id IS NOT NULL", values: [tokenHash] });
  return rows[0]?.app_id;
}

/** Finds the person a token speaks for; undefined when the account was disabled. */
export async function findAppAccount(db: Queryable, id: string): Promise<Account | undefined> {
  const { rows } = await db.query<AccountRow>({ name: 'security.find-app-account', text: `SELECT ${accountColumns} FROM security.account a WHERE a.id = $1 AND NOT a.disabled`, values: [id] });
  return rows[0] && accountOf(rows[0]);
}

interface GrantRow {
  id: string;
  app_id: string;
  account_id: string;
  session_id: string | null;
  scopes: string[];
  patient: string | null;
  encounter: string | null;
  expires_at: Date;
}

function grantOf(row: GrantRow): AppGrant {
  return {
    id: row.id, app: row.app_id, account: row.account_id, scopes: row.scopes, expiresAt: row.expires_at.getTime(),
    ...(row.session_id === null ? {} : { session: row.session_id }),
    ...(row.patient === null ? {} : { patient: row.patient }),
    ...(row.encounter === null ? {} : { encounter: row.encounter }),
  };
}

function appOf(row: AppRow): App {
  return {
    id: row.id, name: row.name, kind: row.kind, redirectUris: row.redirect_uris, authentication: row.authentication, scopes: row.scopes,
    introspects: row.introspects, disabled: row.disabled, registeredBy: row.registered_by, createdAt: row.created_at.getTime(),
    ...(row.role === null ? {} : { role: row.role }),
    ...(row.purpose === null ? {} : { purpose: row.purpose }),
    ...(row.organisation === null ? {} : { organisation: row.organisation }),
    ...(row.launch_uri === null ? {} : { launchUri: row.launch_uri }),
    ...(row.client_uri === null ? {} : { clientUri: row.client_uri }),
    ...(row.secret_hash === null ? {} : { secretHash: row.secret_hash }),
    ...(row.jwks === null || row.jwks === undefined ? {} : { jwks: row.jwks }),
    ...(row.certificate === null ? {} : { certificate: row.certificate }),
    ...(row.jwks_uri === null ? {} : { jwksUri: row.jwks_uri }),
  };
}
