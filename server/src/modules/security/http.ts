// Sign-in over HTTP.
import { listDemoAccounts as demoAccounts, readSession as ownSession, signIn as open, signOut as close } from '@sen/contracts';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { House } from '../../platform/module.ts';
import { Refusal } from '../../platform/refusal.ts';
import { bind } from '../../platform/route.ts';
import type { Account } from './account.ts';
import { demoPassword } from './add-demo-accounts.ts';
import { listDemoAccounts } from './list-demo-accounts.ts';
import { readSession } from './read-session.ts';
import { signIn } from './sign-in.ts';
import { signOut } from './sign-out.ts';

const cookieName = 'sen_session';

/** Adds the routes of /api/session. */
export function addSessionRoutes(app: FastifyInstance, house: House): void {
  bind(app, open, async (work, { username, password }, { request, reply }) => {
    const { token, session } = await signIn(work, { username, password, address: request.ip, hours: house.settings.sessionHours });
    reply.header('set-cookie', sessionCookie(request, token, (session.expiresAt - work.now) / 1000));
    return { token, expiresAt: new Date(session.expiresAt).toISOString(), account: shown(session.account) };
  });
  bind(app, ownSession, async (work, _input, { request }) => {
    const session = request.token === undefined ? undefined : await readSession(work, request.token);
    if (session === undefined) throw new Refusal('unauthenticated', 'security.not-signed-in', { vi: 'Xin đăng nhập.', en: 'Please sign in.' });
    return { expiresAt: new Date(session.expiresAt).toISOString(), account: shown(session.account) };
  });
  bind(app, close, async (work, _input, { request, reply }) => {
    if (request.token !== undefined) await signOut(work, request.token);
    reply.header('set-cookie', sessionCookie(request, '', 0));
    return null;
  });
  bind(app, demoAccounts, async (work) => {
    const accounts = await listDemoAccounts(work);
    return { ...(accounts.length > 0 ? { password: demoPassword } : {}), accounts: accounts.map(shown) };
  });
}

function shown({ id, username, name, roles, facility }: Account) {
  return { id, username, name, roles: [...roles], ...(facility === undefined ? {} : { facility }) };
}

/** Secure where the browser came by https, also when a proxy in front of us ended it. */
function sessionCookie(request: FastifyRequest, value: string, maxAgeSeconds: number): string {
  const secure = request.protocol === 'https' || request.headers.origin?.startsWith('https:') === true;
  return `${cookieName}=${value}; Path=/; HttpOnly; SameSite=Lax; Max-Age=${Math.floor(maxAgeSeconds)}${secure ? '; Secure' : ''}`;
}
