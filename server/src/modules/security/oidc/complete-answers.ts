// What SMART adds to the answers of OAuth: the patient in view, all scopes, and whether a token is still good by our own rules.
import type Provider from 'oidc-provider';
import type { KoaContextWithOIDC } from 'oidc-provider';
import type { House } from '../../../platform/module.ts';
import { splitScopes } from './smart-scope.ts';
import { findApp, findGrant, type AppGrant } from './store.ts';

/** Completes what the provider answers to token, introspection and registration requests. */
export function completeAnswers(provider: Provider, house: House): void {
  provider.use(async (ctx, next) => {
    await next();
    const { oidc } = ctx as KoaContextWithOIDC;
    if (oidc === undefined || typeof ctx.body !== 'object' || ctx.body === null || ctx.status >= 300) return;
    (ctx.req as Passed).note?.(noteOf(ctx as KoaContextWithOIDC));
    const complete = completions[oidc.route];
    if (complete !== undefined) ctx.body = await complete(ctx as KoaContextWithOIDC, ctx.body as Body, house);
  });
}

type Body = Readonly<Record<string, unknown>>;

/** What was done, for the audit: the door that gave the request to the provider hears it (http-oidc.ts). */
export interface TokenNote {
  readonly app: string;
  readonly actor?: string;
  readonly what: string;
}

/** What the door gives with a request. */
export interface Passed {
  note?: (note: TokenNote) => void;
  /** SHA-256 of the client certificate of the connection. */
  certificate?: string | undefined;
}


const completions: Readonly<Record<string, (ctx: KoaContextWithOIDC, body: Body, house: House) => Promise<Body>>> = {
  token: completeToken, introspection: completeIntrospection, registration: showRegistration, client: showRegistration, client_update: showRegistration,
};

function noteOf({ oidc }: KoaContextWithOIDC): TokenNote {
  const account = oidc.entities.AccessToken?.accountId;
  const grant = oidc.params?.['grant_type'];
  return { app: oidc.client?.clientId ?? '', what: typeof grant === 'string' ? grant : oidc.route, ...(account === undefined ? {} : { actor: account }) };
}

/** SMART App Launch 2.2.0, §2.0.10.4.2 and "Launch context arrives with your access_token". */
async function completeToken(ctx: KoaContextWithOIDC, body: Body, house: House): Promise<Body> {
  const { AccessToken, AuthorizationCode, RefreshToken } = ctx.oidc.entities;
  const grant = AccessToken?.grantId === undefined ? undefined : await findGrant(house.database, AccessToken.grantId, house.systemWork().now);
  if (grant === undefined) return body;
  const source = splitScopes((RefreshToken ?? AuthorizationCode)?.scope);
  const asked = typeof ctx.oidc.params?.['scope'] === 'string' ? new Set(splitScopes(ctx.oidc.params['scope'])) : undefined;
  return { ...body, scope: withPlain(source.filter((scope) => asked === undefined || asked.has(scope)), body['scope']), ...launchContext(grant) };
}

function launchContext({ patient, encounter, scopes }: AppGrant): Body {
  return {
    ...(patient === undefined ? {} : { patient }),
    ...(encounter === undefined ? {} : { encounter }),
    // Apps open in a window of their own, where nothing of ours tells whose record it is.
    ...(scopes.some((scope) => scope === 'launch' || scope.startsWith('launch/')) ? { need_patient_banner: true } : {}),
  };
}

/** The provider tells the scopes of the FHIR API alone; `openid`, `launch` and the like were granted too. */
function withPlain(source: readonly string[], resources: unknown): string {
  const ofResources = (scope: string) => /^(?:patient|user|system)\//.test(scope);
  return [...new Set([...source.filter((scope) => !ofResources(scope)), ...splitScopes(typeof resources === 'string' ? resources : '')])].join(' ');
}

/** SMART App Launch 2.2.0, "Token Introspection"; a token whose authorization has ended is no longer active. */
async function completeIntrospection(ctx: KoaContextWithOIDC, body: Body, house: House): Promise<Body> {
  const { AccessToken, RefreshToken, ClientCredentials } = ctx.oidc.entities;
  if (body['active'] !== true) return body;
  if (ClientCredentials !== undefined) return (await isEnabled(house, ClientCredentials.clientId)) ? body : { active: false };
  const grantId = (AccessToken ?? RefreshToken)?.grantId;
  const grant = grantId === undefined ? undefined : await findGrant(house.database, grantId, house.systemWork().now);
  if (grant === undefined || !(await isEnabled(house, grant.app))) return { active: false };
  return { ...body, scope: withPlain(grant.scopes, body['scope']), ...launchContext(grant) };
}

async function isEnabled(house: House, client: string | undefined): Promise<boolean> {
  const app = client === undefined ? undefined : await findApp(house.database, client);
  return app !== undefined && !app.disabled;
}

/** RFC 7591 §3.2.1: what was registered, in its own words; the secret is told once, when it is made. */
async function showRegistration(ctx: KoaContextWithOIDC, body: Body, house: House): Promise<Body> {
  const app = await findApp(house.database, String(body['client_id']));
  const { sen_scopes: _scopes, sen_launch_uri: launch, client_secret: secret, client_secret_expires_at: expires, ...shown } = body;
  const isNew = ctx.oidc.route === 'registration' && secret !== undefined;
  return { ...shown, scope: app?.scopes.join(' ') ?? '', ...(launch === undefined ? {} : { launch_url: launch }), ...(isNew ? { client_secret: secret, client_secret_expires_at: expires } : {}) };
}
