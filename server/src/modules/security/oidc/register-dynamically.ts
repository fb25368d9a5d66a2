// A registration that an app has made of itself (RFC 7591) with the initial access token of an administrator.
import { createHash } from 'node:crypto';
import { errors, type AdapterPayload } from 'oidc-provider';
import type { Queryable } from '../../../platform/database.ts';
import { appFindings, type App } from './app.ts';
import { narrowScopes, plainScopes, splitScopes } from './smart-scope.ts';
import { findApp, putApp } from './store.ts';

/** The most such an app may ask for until an administrator gives it more: to sign in, and to read. */
const most = [...plainScopes, 'patient/*.rs', 'user/*.rs'];
const authentications: Readonly<Record<string, App['authentication']>> = { none: 'none', client_secret_basic: 'secret', private_key_jwt: 'key' };

/** Stores it as an app of people. Refuses (`invalid_client_metadata`) services, unsafe addresses and keys that will not do. */
export async function registerDynamically(db: Queryable, metadata: AdapterPayload, now: number): Promise<void> {
  const known = await findApp(db, String(metadata['client_id']));
  const app = appOfMetadata(metadata, known, now);
  const [finding] = appFindings(app);
  if (finding !== undefined) throw new errors.InvalidClientMetadata(finding.en);
  await putApp(db, app, now, known !== undefined);
}

function appOfMetadata(metadata: AdapterPayload, known: App | undefined, now: number): App {
  const authentication = authentications[text(metadata['token_endpoint_auth_method']) ?? 'client_secret_basic'];
  if (authentication === undefined) throw new errors.InvalidClientMetadata('token_endpoint_auth_method must be none, client_secret_basic or private_key_jwt');
  const grants = metadata['grant_types'] as string[] | undefined;
  if (grants?.includes('client_credentials') === true) throw new errors.InvalidClientMetadata('a backend service is registered by an administrator');
  const asked = splitScopes(text(metadata['sen_scopes']));
  const secret = text(metadata['client_secret']);
  const own = {
    launchUri: text(metadata['sen_launch_uri']), clientUri: text(metadata['client_uri']), jwks: metadata['jwks'] as App['jwks'], jwksUri: text(metadata['jwks_uri']),
    secretHash: authentication !== 'secret' || secret === undefined ? undefined : secretHashOf(secret, known),
  };
  return {
    id: String(metadata['client_id']), name: (text(metadata['client_name']) ?? 'App').slice(0, 120), kind: 'person', redirectUris: (metadata['redirect_uris'] as string[] | undefined) ?? [],
    authentication, scopes: narrowScopes(asked.length > 0 ? asked : most, known?.scopes ?? most), introspects: false, disabled: known?.disabled ?? false,
    registeredBy: known?.registeredBy ?? 'dynamic', createdAt: known?.createdAt ?? now,
    ...(Object.fromEntries(Object.entries(own).filter(([, value]) => value !== undefined)) as Partial<App>),
  };
}

/** An update carries the secret as we keep it; a new registration carries it in clear, for the last time. */
function secretHashOf(secret: string, known: App | undefined): Buffer {
  const kept = known?.secretHash;
  return kept !== undefined && kept.toString('base64url') === secret ? kept : createHash('sha256').update(secret).digest();
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
