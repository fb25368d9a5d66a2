// What comes to the OpenID door, put into the words the provider knows: SMART asks for a little more than OpenID has, and we for a little less.
import type { Queryable } from '../../../platform/database.ts';
import { hashOf } from './keep-payloads.ts';
import { narrowScopes, splitScopes } from './smart-scope.ts';
import { findApp, findRefreshingApp } from './store.ts';

export interface Asked {
  readonly method: string;
  /** Path and query below /oidc. */
  readonly url: string;
  readonly body: string | undefined;
  /** Carries an Authorization header. */
  readonly authorized: boolean;
}

/** Gives the request as the provider takes it. */
export async function translateRequest(db: Queryable, asked: Asked): Promise<Asked> {
  const [path = ''] = asked.url.split('?', 1);
  if (path === '/authorize') return shapeAuthorization(db, asked);
  if (path === '/token' && asked.method === 'POST') return { ...asked, body: await shapeToken(db, asked) };
  if (path.startsWith('/register') && asked.body !== undefined) return { ...asked, body: shapeRegistration(asked.body) };
  return asked;
}

/** SMART App Launch 2.2.0, capability authorize-post: the same as a GET with these parameters. */
async function shapeAuthorization(db: Queryable, { method, url, body, authorized }: Asked): Promise<Asked> {
  const posted = method === 'POST';
  const params = new URLSearchParams(posted ? (body ?? '') : url.slice('/authorize'.length + 1));
  const prompt = params.get('prompt');
  params.delete('sen_asked'); // ours, to know what was asked from what we add
  if (prompt?.split(' ').includes('consent') === true) params.append('sen_asked', 'consent');
  await narrow(db, params, params.get('client_id'));
  // OpenID Core §11 gives offline access only with prompt=consent, which SMART apps do not send: we ask in any case.
  const offline = splitScopes(params.get('scope') ?? '').includes('offline_access');
  if (offline && prompt === null) params.append('prompt', 'consent');
  if (offline && prompt === 'login') params.set('prompt', 'login consent');
  return { method: posted ? 'GET' : method, url: `/authorize?${params}`, body: undefined, authorized };
}

async function shapeToken(db: Queryable, { body, authorized }: Asked): Promise<string> {
  const params = new URLSearchParams(body ?? '');
  if (params.get('grant_type') === 'client_credentials') await narrow(db, params, claimedClient(params.get('client_assertion')));
  const isUnnamed = !authorized && params.get('client_id') === null && params.get('client_assertion') === null;
  if (params.get('grant_type') === 'refresh_token' && isUnnamed) await namePublicClient(db, params);
  return params.toString();
}

/** SMART App Launch 2.2.0, §2.0.13: a public app renews with the refresh token alone. The token itself tells whose it is; an app with a secret must show that. */
async function namePublicClient(db: Queryable, params: URLSearchParams): Promise<void> {
  const id = await findRefreshingApp(db, hashOf(params.get('refresh_token') ?? ''));
  const app = id === undefined ? undefined : await findApp(db, id);
  if (app?.authentication === 'none') params.set('client_id', app.id);
}

/** A wider scope than the app has becomes those it has (SMART: "the server may grant less"). A repeated parameter is left to be refused. */
async function narrow(db: Queryable, params: URLSearchParams, client: string | null | undefined): Promise<void> {
  const asked = params.getAll('scope');
  const app = client === null || client === undefined || asked.length !== 1 ? undefined : await findApp(db, client);
  if (app !== undefined) params.set('scope', narrowScopes(splitScopes(asked[0]), app.scopes).join(' '));
}

/** Who the assertion says it is, not believed yet: it only chooses whose list of scopes narrows the request. */
function claimedClient(assertion: string | null): string | undefined {
  try {
    const claims: unknown = JSON.parse(Buffer.from(assertion?.split('.')[1] ?? '', 'base64url').toString());
    const subject = (claims as { sub?: unknown } | null)?.sub;
    return typeof subject === 'string' ? subject : undefined;
  } catch {
    return undefined;
  }
}

/** The provider knows `scope` of a client only as a list of fixed words; ours are as many as there are searches. */
function shapeRegistration(body: string): string {
  try {
    const { scope, launch_url: launch, sen_scopes: _scopes, sen_introspects: _introspects, client_secret: secret, ...rest } = JSON.parse(body) as Record<string, unknown>;
    return JSON.stringify({
      ...rest, ...(scope === undefined ? {} : { sen_scopes: scope }), ...(launch === undefined ? {} : { sen_launch_uri: launch }),
      ...(typeof secret === 'string' ? { client_secret: hashOf(secret).toString('base64url') } : {}),
    });
  } catch {
    return body; // refused by the provider, in its words
  }
}
