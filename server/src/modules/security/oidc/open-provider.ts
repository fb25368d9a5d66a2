// The OpenID provider of this house: `oidc-provider`, told what SMART App Launch 2.2 asks for and what we never allow.
import { randomBytes } from 'node:crypto';
import Provider, { errors, interactionPolicy, type Client, type ClientAuthMethod, type Configuration, type KoaContextWithOIDC } from 'oidc-provider';
import type { House } from '../../../platform/module.ts';
import { heldKeyring } from '../../../platform/seal.ts';
import { claimsOf } from './claims.ts';
import { matchSecrets } from './match-secrets.ts';
import { completeAnswers, type Passed } from './complete-answers.ts';
import { collectKeys } from './collect-keys.ts';
import { hashOf, keepPayloads } from './keep-payloads.ts';
import { keepSigningKeys } from './keep-signing-keys.ts';
import type { Addresses } from './addresses.ts';
import { isCovered, narrowScopes, plainScopes, splitScopes } from './smart-scope.ts';
import { findAppAccount, findGrant, touchGrant } from './store.ts';

const serviceTokenSeconds = 300; // SMART App Launch 2.2.0, backend services: "should be … no more than five minutes"
const assertionSeconds = 300; // the same: exp no more than five minutes in the future
const codeSeconds = 60;
const requestSeconds = 1800; // signing in with a second factor, reading, choosing a patient

/** Makes the provider under one public address. */
export async function openProvider(house: House, addresses: Addresses): Promise<Provider> {
  const keys = await keepSigningKeys(house.systemWork());
  const provider = new Provider(addresses.issuer, configuration(house, addresses, { keys } as NonNullable<Configuration['jwks']>));
  provider.proxy = true; // the door tells it scheme and host itself, whatever the request said (http-oidc.ts)
  matchSecrets(provider, hashOf);
  completeAnswers(provider, house);
  return provider;
}

function configuration(house: House, addresses: Addresses, jwks: NonNullable<Configuration['jwks']>): Configuration {
  const { settings, database: db } = house;
  const now = () => house.systemWork().now;
  return {
    adapter: (model: string) => keepPayloads(model, db),
    jwks,
    ...surface,
    cookies: cookies(addresses),
    features: features(addresses),
    extraParams: extraParams(addresses),
    interactions: { policy: interactionPolicy.base(), url: (_ctx, interaction) => `${addresses.path}/api/app-requests/${interaction.uid}` },
    findAccount: async (_ctx, id, token) => {
      // A token whose authorization has ended (sign-out, withdrawal) finds nobody, so that it can neither be used nor renewed.
      const grantId = (token as { grantId?: string } | undefined)?.grantId;
      const grant = grantId === undefined ? undefined : await findGrant(db, grantId, now());
      if (grantId !== undefined && grant === undefined) return undefined;
      if (grantId !== undefined) await touchGrant(db, grantId, now());
      const account = await findAppAccount(db, id);
      return account && { accountId: id, claims: (_use: string, scope: string) => claimsOf(account, scope, addresses.fhir) };
    },
    renderError: (ctx, out) => {
      // Told on a page of our own, by its code alone: whoever led the person here has no say in what it reads.
      ctx.status = 303;
      ctx.redirect(`${addresses.base}/authorize/problem?code=${encodeURIComponent(out.error)}`);
    },
    loadExistingGrant: (ctx) => {
      const id = ctx.oidc.result?.consent?.grantId;
      return id === undefined ? Promise.resolve(undefined) : ctx.oidc.provider.Grant.find(id);
    },
    ttl: {
      AccessToken: settings.appTokenMinutes * 60, AuthorizationCode: codeSeconds, ClientCredentials: serviceTokenSeconds, IdToken: 3600, Interaction: requestSeconds,
      Grant: settings.appRefreshDays * 86_400, RefreshToken: settings.appRefreshDays * 86_400, Session: 86_400,
    },
    fetch: collectKeys(settings.appKeyHosts),
  };
}

const surface: Configuration = {
  routes: { authorization: '/authorize', token: '/token', introspection: '/introspect', revocation: '/revoke', registration: '/register', jwks: '/jwks' },
  responseTypes: ['code'],
  scopes: [...plainScopes],
  claims: { openid: ['sub'], fhirUser: ['fhirUser'], profile: ['name', 'preferred_username'] },
  pkce: { required: () => true }, // RFC 9700 §2.1.1: for confidential clients too
  clientAuthMethods: ['none', 'client_secret_basic', 'private_key_jwt'] as ClientAuthMethod[],
  enabledJWA: { clientAuthSigningAlgValues: ['RS384', 'ES384'], idTokenSigningAlgValues: ['RS256', 'ES256'] },
  clockTolerance: 5,
  conformIdTokenClaims: false,
  rotateRefreshToken: true,
  // Not bound to the provider's own session: ours decides, in each look at a grant (store.ts, livingGrant).
  expiresWithSession: () => false,
  issueRefreshToken: (_ctx, client, code) => client.grantTypeAllowed('refresh_token') && (code.scopes.has('offline_access') || code.scopes.has('online_access')),
  // Tokens are sent as bearer tokens and never by cookie, so any page may ask for its own.
  clientBasedCORS: () => true,
  extraClientMetadata: { properties: ['sen_scopes', 'sen_launch_uri', 'sen_introspects', 'sen_certificate'] },
  allowOmittingSingleRegisteredRedirectUri: false,
  acceptQueryParamAccessTokens: false,
  assertJwtClientAuthClaimsAndHeader: (ctx, claims, _header, client) => {
    const { aud, exp } = claims as { aud?: unknown; exp: number };
    if (aud !== ctx.oidc.urlFor('token')) throw new errors.InvalidClientAuth('aud must be the token endpoint');
    const certificate = client['sen_certificate'];
    if (certificate !== undefined && (ctx.req as Passed).certificate !== certificate) throw new errors.InvalidClientAuth('the certificate of this client was not shown');
    if (exp > Date.now() / 1000 + assertionSeconds + 5) throw new errors.InvalidClientAuth('exp must be within five minutes');
  },
};

function cookies({ issuer, path }: Addresses): NonNullable<Configuration['cookies']> {
  const secure = issuer.startsWith('https:');
  const kind = { httpOnly: true, sameSite: 'lax', secure } as const;
  return {
    names: { session: 'sen_oidc', interaction: 'sen_app_request', resume: 'sen_app_resume' },
    keys: [heldKeyring().derive('oidc cookies').toString('base64url')],
    long: { ...kind, signed: false, path: `${path}/oidc` }, // made by the door for each request out of our own session, and taken away again
    short: { ...kind, signed: true },
  };
}

function features({ fhir }: Addresses): NonNullable<Configuration['features']> {
  return {
    devInteractions: { enabled: false },
    userinfo: { enabled: false },
    rpInitiatedLogout: { enabled: false },
    pushedAuthorizationRequests: { enabled: false },
    dPoP: { enabled: false },
    clientCredentials: { enabled: true },
    revocation: {
      enabled: true,
      // RFC 7009 §2.1: of another's token nothing is said, not even that it is one.
      allowedPolicy: async (_ctx, client, token) => client.clientId === token.clientId,
    },
    introspection: { enabled: true, allowedPolicy: async (_ctx, client, token) => client.clientId === token.clientId || client['sen_introspects'] === 'yes' },
    registration: { enabled: true, initialAccessToken: true, issueRegistrationAccessToken: true, idFactory: () => randomBytes(12).toString('hex'), secretFactory: () => randomBytes(32).toString('base64url') },
    registrationManagement: { enabled: true, rotateRegistrationAccessToken: true },
    resourceIndicators: { enabled: true, defaultResource: () => fhir, useGrantedResource: () => true, getResourceServerInfo: (ctx, resource, client) => resourceServer(fhir, ctx, resource, client) },
  };
}

/** The FHIR API is the one resource; of its scopes there are as many as there are searches, so those asked for are told, as far as the app may have them. */
function resourceServer(fhir: string, ctx: KoaContextWithOIDC, resource: string, client: Client) {
  if (resource !== fhir) throw new errors.InvalidTarget('the only resource is the FHIR API of this server');
  const { AuthorizationCode, RefreshToken } = ctx.oidc.entities;
  const asked = splitScopes([ctx.oidc.params?.['scope'], AuthorizationCode?.scope, RefreshToken?.scope].filter((scope) => typeof scope === 'string').join(' '));
  const allowed = splitScopes(String(client['sen_scopes'] ?? ''));
  const granted = asked.filter((scope) => scope.includes('/') && !scope.startsWith('launch') && isCovered(scope, allowed));
  if (ctx.oidc.params?.['grant_type'] === 'client_credentials' && granted.length === 0) throw new errors.InvalidScope('none of the requested scopes is allowed for this client', '');
  return { scope: narrowScopes(granted, allowed).join(' '), audience: fhir, accessTokenFormat: 'opaque' as const };
}

/** SMART App Launch 2.2.0, §2.0.8: `aud` is the FHIR endpoint, so that a token meant for a false server is never asked of us. */
function extraParams({ fhir }: Addresses): NonNullable<Configuration['extraParams']> {
  const known: ReadonlySet<string> = new Set(plainScopes);
  return {
    aud: (ctx: KoaContextWithOIDC, value: string | undefined) => {
      const asked = splitScopes(String(ctx.oidc.params?.['scope'] ?? ''));
      if (value === undefined && asked.every((scope) => known.has(scope) && !scope.startsWith('launch'))) return;
      if (value?.replace(/\/$/, '') !== fhir) throw new errors.InvalidRequest('aud must be the FHIR endpoint of this server');
    },
    launch: null,
    sen_asked: null,
  } as NonNullable<Configuration['extraParams']>;
}
