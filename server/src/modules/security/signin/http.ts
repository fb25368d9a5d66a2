// Sign-in, the locked screen and sign-out over HTTP.
import * as contracts from '@sen/contracts';
import { permissions, type OwnSession, type SignInAnswer } from '@sen/contracts';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { House } from '../../../platform/module.ts';
import { bind, type Exchange } from '../../../platform/route.ts';
import type { Work } from '../../../platform/work.ts';
import type { Account, Session } from '../account.ts';
import { demoPassword } from '../add-demo-accounts.ts';
import { tellAudit } from '../audit/tell-audit.ts';
import { listDemoAccounts } from '../list-demo-accounts.ts';
import { accessOf } from '../policy/access-of.ts';
import { signIn } from '../sign-in.ts';
import { signOut } from '../sign-out.ts';
import { fromOf, rulesOf, siteOf } from './caller.ts';
import type { SignedIn } from './complete-sign-in.ts';
import { confirmPerson, lockSession, unlockSession } from './confirm-person.ts';
import { clearSessionCookie, setDeviceCookie, setSessionCookie } from './cookies.ts';
import { giveSecondFactor } from './give-second-factor.ts';
import { askPasskey, type PasskeyProof } from './passkey-ceremony.ts';
import { readAskingSession } from './read-asking-session.ts';
import { signInWithPasskey } from './sign-in-with-passkey.ts';
import { findCredentials } from './store.ts';

/** Adds the routes of /api/session. */
export function addSessionRoutes(app: FastifyInstance, house: House): void {
  const rules = rulesOf(house.settings);
  bind(app, contracts.signIn, async (work, { username, password }, exchange) => {
    const answer = await signIn(work, { username, password, ...fromOf(exchange.request) }, rules);
    return 'ticket' in answer ? { second: { ticket: answer.ticket, methods: [...answer.methods] } } : welcome(work, answer, exchange);
  });
  bind(app, contracts.giveSecondFactor, async (work, { ticket, code, passkey }, exchange) => {
    const factor = { ticket, code, passkey: passkey as PasskeyProof | undefined };
    return welcome(work, await giveSecondFactor(work, factor, fromOf(exchange.request), siteOf(exchange.request, house.settings), rules), exchange);
  });
  bind(app, contracts.askPasskey, async (work, _input, { request }) => question(await askPasskey(work, siteOf(request, house.settings))));
  bind(app, contracts.signInWithPasskey, async (work, proof, exchange) =>
    welcome(work, await signInWithPasskey(work, proof as PasskeyProof, fromOf(exchange.request), siteOf(exchange.request, house.settings), rules), exchange));
  bind(app, contracts.signOut, async (work, _input, { request, reply }) => {
    tellAudit(work, { kind: 'sign-out' });
    if (request.token !== undefined) await signOut(work, request.token);
    clearSessionCookie(request, reply);
    return null;
  });
  bind(app, contracts.listDemoAccounts, async (work) => {
    const accounts = await listDemoAccounts(work);
    return { ...(accounts.length > 0 ? { password: demoPassword } : {}), accounts: accounts.map(shown) };
  });
  addHeldRoutes(app, house);
}

/** What a session that is held, or not fresh, may still be asked. */
function addHeldRoutes(app: FastifyInstance, house: House): void {
  const asked = async (work: Work, request: FastifyRequest) => {
    const { token, session } = await readAskingSession(work, request.token);
    return { token, session, address: request.ip, site: siteOf(request, house.settings) };
  };
  bind(app, contracts.readSession, async (work, _input, { request }) => ownSession(work, (await readAskingSession(work, request.token)).session));
  bind(app, contracts.lockSession, async (work, _input, { request }) => {
    const { token, session } = await readAskingSession(work, request.token);
    await lockSession(work, token, session);
    return null;
  });
  bind(app, contracts.unlockSession, async (work, proof, { request }) => {
    await unlockSession(work, proof as Parameters<typeof unlockSession>[1], await asked(work, request));
    return ownSession(work, (await readAskingSession(work, request.token)).session);
  });
  bind(app, contracts.confirmPerson, async (work, proof, { request }) => {
    await confirmPerson(work, proof as Parameters<typeof confirmPerson>[1], await asked(work, request));
    return null;
  });
}

/** Sets the cookies of a browser; a script gets its token, a browser never sees it. */
export async function welcome(work: Work, { token, session, device, failures }: SignedIn, { request, reply }: Exchange): Promise<SignInAnswer> {
  setSessionCookie(request, reply, token, (session.expiresAt - work.now) / 1000);
  if (device !== undefined) setDeviceCookie(request, reply, device);
  // The session this browser had before is of no more use to anybody, whoever knows its token.
  if (request.token !== undefined && request.knownActor?.id === session.account.id) await signOut(work, request.token);
  const own = await ownSession(work, session);
  return { session: own, ...(device === undefined ? { token } : {}), ...(failures === undefined ? {} : { failures }) };
}

async function ownSession(work: Work, { account, actor, expiresAt, held, lockMinutes }: Session): Promise<OwnSession> {
  const person = await findCredentials(work.db, { id: account.id }, work.now);
  const access = accessOf(actor);
  const ways: OwnSession['ways'] = [
    ...(person?.quickCodeHash === undefined ? [] : ['quick-code' as const]), ...(person?.passwordHash === undefined ? [] : ['password' as const]),
    ...(person?.totp ? ['totp' as const] : []), ...((person?.passkeys ?? 0) > 0 ? ['passkey' as const] : []),
  ];
  return {
    expiresAt: new Date(expiresAt).toISOString(), account: shown(account), ways,
    ...(held === undefined ? {} : { held }), ...(lockMinutes === 0 ? {} : { lockMinutes }),
    permissions: Object.keys(permissions).filter((name) => access.permits(name as keyof typeof permissions)),
  };
}

/** The options of a ceremony go to the browser as the library made them. */
export function question({ ticket, options }: { ticket: string; options: object }) {
  return { ticket, options: options as Record<string, unknown> };
}

export function shown({ id, username, name, roles, facility }: Account) {
  return { id, username, name, roles: [...roles], ...(facility === undefined ? {} : { facility }) };
}
