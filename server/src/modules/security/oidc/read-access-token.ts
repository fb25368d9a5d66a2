// Reads the access token of an app: who it acts for, and how far.
import type { Actor, Grant, Work } from '../../../platform/work.ts';
import { actorOf, type Account, type AccountId, type Session } from '../account.ts';
import { emergenciesOf } from '../emergency/store.ts';
import { accountOf, accountColumns, type AccountRow } from '../store.ts';
import type { ServiceRole } from './app.ts';
import { livingGrant } from './store.ts';

interface TokenRow {
  model: 'AccessToken' | 'ClientCredentials';
  scope: string | null;
  audience: string | null;
  expires_at: Date;
  app_id: string;
  app_name: string;
  app_role: ServiceRole | null;
  purpose: string | null;
  certificate: string | null;
  organisation: string | null;
  patient: string | null;
  encounter: string | null;
}

/** Gives the session that an access token stands for; undefined when it is unknown or has ended, or its app, its account or what was allowed has. */
export async function readAccessToken(work: Work, hash: Buffer): Promise<Session | undefined> {
  const { rows } = await work.db.query<TokenRow & AccountRow>({
    name: 'security.read-access-token',
    text: `SELECT p.model, p.payload->>'scope' AS scope, p.payload->>'aud' AS audience, p.expires_at, app.id AS app_id, app.name AS app_name, app.role AS app_role, app.purpose, app.certificate, app.organisation, g.patient, g.encounter, ${accountColumns}
           FROM security.oidc_payload p JOIN security.app app ON app.id = p.app_id
           LEFT JOIN security.app_grant g ON g.id = p.grant_id LEFT JOIN security.account a ON a.id = p.account_id
           WHERE p.model IN ('AccessToken', 'ClientCredentials') AND p.id_hash = $1 AND p.expires_at > $2 AND NOT app.disabled
             AND (p.model = 'ClientCredentials' OR (NOT a.disabled AND ${livingGrant}))`,
    values: [hash, new Date(work.now)],
  });
  const [row] = rows;
  // A token without an audience was not made for the FHIR API.
  if (row === undefined || row.audience === null) return undefined;
  const session = `app-${hash.toString('hex').slice(0, 13)}`;
  const account = row.model === 'ClientCredentials' ? serviceAccount(row) : accountOf(row);
  const actor = row.model === 'ClientCredentials' ? serviceActor(row, session) : await personActor(work, account, row, session);
  return { id: session, account, actor, expiresAt: row.expires_at.getTime(), freshAt: 0, lockMinutes: 0, ...(row.certificate === null ? {} : { certificate: row.certificate }) };
}

function grantOf(row: TokenRow): Grant {
  return Object.freeze({
    client: row.app_id, scopes: Object.freeze((row.scope ?? '').split(' ').filter((scope) => scope !== '')),
    ...(row.patient === null ? {} : { patient: row.patient }), ...(row.encounter === null ? {} : { encounter: row.encounter }),
  });
}

async function personActor(work: Work, account: Account, row: TokenRow, session: string): Promise<Actor> {
  const emergencies = await emergenciesOf(work.db, account.id, work.now);
  return Object.freeze({ ...actorOf(account), session, grant: grantOf(row), ...(emergencies.length === 0 ? {} : { emergencies: Object.freeze(emergencies) }) });
}

function serviceAccount({ app_id: id, app_name: name, app_role: role, organisation }: TokenRow): Account {
  return { id: id as AccountId, username: id, name, roles: role === null ? [] : [role], kind: 'service', places: [], patients: [], ...(organisation === null ? {} : { facility: organisation }) };
}

function serviceActor(row: TokenRow, session: string): Actor {
  return Object.freeze({ ...actorOf(serviceAccount(row)), kind: row.app_role === 'device' ? 'device' : 'system', session, grant: grantOf(row), ...(row.purpose === null ? {} : { purpose: row.purpose }) });
}
