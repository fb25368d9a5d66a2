// What the OpenID provider keeps, in PostgreSQL. Whoever reads the table can act with nothing of it: codes and tokens stand there as hashes.
import { createHash } from 'node:crypto';
import { errors, type Adapter, type AdapterPayload } from 'oidc-provider';
import type { Queryable } from '../../../platform/database.ts';
import { clientMetadataOf } from './app.ts';
import { registerDynamically } from './register-dynamically.ts';
import { findApp, removeApp, removeGrant } from './store.ts';
import { tellAppsChanged } from './tell-apps-changed.ts';

/** Models whose id is the secret itself. */
const secretIds = new Set(['AccessToken', 'AuthorizationCode', 'ClientCredentials', 'InitialAccessToken', 'RefreshToken', 'RegistrationAccessToken']);


/** Gives the adapter of one model, as `oidc-provider` asks for it. */
export function keepPayloads(model: string, db: Queryable): Adapter {
  return model === 'Client' ? appAdapter(db) : payloadAdapter(model, db);
}

function payloadAdapter(model: string, db: Queryable): Adapter {
  const find = (where: string, value: unknown) => findPayload(db, model, where, value);
  return {
    upsert: (id, payload, expiresIn) => putPayload(db, model, id, payload, expiresIn),
    find: async (id) => withId(await find('id_hash', hashOf(id)), id),
    findByUid: (uid) => find('uid', uid),
    findByUserCode: () => Promise.resolve(undefined), // no device flow
    consume: async (id) => {
      const { rowCount } = await db.query({ text: 'UPDATE security.oidc_payload SET consumed_at = now() WHERE model = $1 AND id_hash = $2 AND consumed_at IS NULL', values: [model, hashOf(id)] });
      if (rowCount === 0) await endUsedTwice(db, model, id);
    },
    destroy: async (id) => {
      await db.query({ text: 'DELETE FROM security.oidc_payload WHERE model = $1 AND id_hash = $2', values: [model, hashOf(id)] });
      if (model === 'Grant') await removeGrant(db, id);
      if (model === 'Grant' || secretIds.has(model)) await tellAppsChanged(db);
    },
    revokeByGrantId: async (grantId) => {
      await db.query({ text: 'DELETE FROM security.oidc_payload WHERE model = $1 AND grant_id = $2', values: [model, grantId] });
      await tellAppsChanged(db);
    },
  };
}

/** Two requests came with the same code or refresh token at the same moment, and this is the slower one: one of them is a thief, so the whole grant ends. */
async function endUsedTwice(db: Queryable, model: string, id: string): Promise<never> {
  const { rows } = await db.query<{ grant_id: string | null }>({ text: 'SELECT grant_id FROM security.oidc_payload WHERE model = $1 AND id_hash = $2', values: [model, hashOf(id)] });
  const grant = rows[0]?.grant_id;
  if (grant !== undefined && grant !== null) await removeGrant(db, grant);
  await tellAppsChanged(db);
  throw new errors.InvalidGrant('already used');
}

async function putPayload(db: Queryable, model: string, id: string, payload: AdapterPayload, expiresIn: number | undefined): Promise<void> {
  const { jti: _secret, ...rest } = payload;
  const stored = secretIds.has(model) ? rest : payload;
  const once = model === 'ReplayDetection'; // a jti is seen once: the first row stays, and the second insert tells that there was one
  const { rowCount } = await db.query({
    name: once ? 'security.put-oidc-once' : 'security.put-oidc-payload',
    text: `INSERT INTO security.oidc_payload (model, id_hash, payload, grant_id, uid, app_id, account_id, expires_at) VALUES ($1, $2, $3, $4, $5, $6, $7, now() + make_interval(secs => $8))
           ON CONFLICT (model, id_hash) DO ${once ? 'NOTHING' : 'UPDATE SET payload = excluded.payload, expires_at = excluded.expires_at'}`,
    values: [model, hashOf(id), JSON.stringify(stored), payload.grantId ?? null, payload.uid ?? null, payload.clientId ?? null, payload.accountId ?? null, Math.max(1, expiresIn ?? 86_400)],
  });
  if (once && rowCount === 0) throw new errors.InvalidClientAuth('client assertion tokens must only be used once');
}

async function findPayload(db: Queryable, model: string, where: string, value: unknown): Promise<AdapterPayload | undefined> {
  const { rows } = await db.query<{ payload: AdapterPayload; consumed_at: Date | null }>({
    name: `security.find-oidc-${where}`,
    text: `SELECT payload, consumed_at FROM security.oidc_payload WHERE model = $1 AND ${where} = $2 AND expires_at > now()`,
    values: [model, value],
  });
  const [row] = rows;
  return row && { ...row.payload, ...(row.consumed_at === null ? {} : { consumed: Math.floor(row.consumed_at.getTime() / 1000) }) };
}

function withId(payload: AdapterPayload | undefined, id: string): AdapterPayload | undefined {
  return payload && { ...payload, jti: payload.jti ?? id };
}

export function hashOf(id: string): Buffer {
  return createHash('sha256').update(id).digest();
}

/** Clients are the apps of the administrator's list; a disabled one is as good as unknown. */
function appAdapter(db: Queryable): Adapter {
  const none = () => Promise.resolve(undefined);
  return {
    find: async (id) => {
      const app = await findApp(db, id);
      return app === undefined || app.disabled ? undefined : clientMetadataOf(app);
    },
    upsert: (_id, metadata) => registerDynamically(db, metadata, Date.now()),
    destroy: async (id) => {
      await removeApp(db, id);
      await tellAppsChanged(db);
    },
    findByUid: none, findByUserCode: none, consume: none, revokeByGrantId: none,
  };
}
