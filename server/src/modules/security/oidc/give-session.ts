// The provider has a session of its own, made by us out of the person's session here and handed to it with each request: it can neither outlive it nor
// be brought by the browser.
import { createHash } from 'node:crypto';
import type Provider from 'oidc-provider';
import type { Session } from '../account.ts';

const lentCookie = 'sen_oidc';

/** Gives the Cookie header with the provider's session of this person; without any when nobody has signed in. */
export async function giveSession(provider: Provider, cookies: string | undefined, session: Session | undefined): Promise<string> {
  const others = (cookies ?? '').split(';').map((one) => one.trim()).filter((one) => one !== '' && !one.startsWith(`${lentCookie}=`) && !one.startsWith(`${lentCookie}.`));
  if (session === undefined) return others.join('; ');
  const uid = createHash('sha256').update(`oidc session of ${session.id}`).digest('base64url');
  const known = await provider.Session.findByUid(uid);
  const lent = known ?? newSession(provider, { uid, accountId: session.account.id, loginTs: Math.floor(session.freshAt / 1000) });
  if (known === undefined) await lent.save(86_400);
  return [...others, `${lentCookie}=${lent.jti}`].join('; ');
}

/** The types of the library leave out what its constructor takes. */
function newSession(provider: Provider, content: { readonly uid: string; readonly accountId: string; readonly loginTs: number }) {
  const Session = provider.Session as unknown as new (content: object) => InstanceType<Provider['Session']>;
  return new Session(content);
}

/** Set-Cookie headers without the lent one. */
export function withoutLent(cookies: string | readonly string[] | undefined): string[] {
  return [cookies ?? []].flat().filter((cookie) => !cookie.startsWith(`${lentCookie}=`) && !cookie.startsWith(`${lentCookie}.`));
}
