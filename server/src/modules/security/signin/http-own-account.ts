// One's own account over HTTP.
import * as contracts from '@sen/contracts';
import type { OwnAccount } from '@sen/contracts';
import type { RegistrationResponseJSON } from '@simplewebauthn/server';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { House } from '../../../platform/module.ts';
import { bind } from '../../../platform/route.ts';
import type { Work } from '../../../platform/work.ts';
import type { Session } from '../account.ts';
import { tellAudit } from '../audit/tell-audit.ts';
import { endSessions } from '../end-sessions.ts';
import { rulesOf, siteOf } from './caller.ts';
import { addPasskeyOf, beginTotp, changeQuickCode, confirmTotp, removePasskeyOf, removeTotpOf, renewRecoveryCodes } from './change-factors.ts';
import { changePassword } from './change-password.ts';
import { listPasskeys } from './factor-store.ts';
import { question, shown } from './http.ts';
import { mustHaveSecondFactor } from './owed.ts';
import { beginPasskey } from './passkey-ceremony.ts';
import { readAskingSession } from './read-asking-session.ts';
import type { SignInRules } from './session-limits.ts';
import { listSessions } from './session-store.ts';
import { findCredentials } from './store.ts';

/** Adds the routes of /api/my/account and what belongs to it. */
export function addOwnAccountRoutes(app: FastifyInstance, house: House): void {
  const rules = rulesOf(house.settings);
  const own = async (work: Work, request: FastifyRequest) => (await readAskingSession(work, request.token)).session;
  bind(app, contracts.readOwnAccount, async (work, _input, { request }) => readOwnAccount(work, await own(work, request), rules));
  bind(app, contracts.changePassword, async (work, { current, next }, { request }) => {
    await changePassword(work, { session: await own(work, request), current, next }, rules);
    return null;
  });
  bind(app, contracts.setQuickCode, async (work, { code }, { request }) => {
    await changeQuickCode(work, await own(work, request), code);
    return null;
  });
  bind(app, contracts.removeQuickCode, async (work, _input, { request }) => {
    await changeQuickCode(work, await own(work, request), undefined);
    return null;
  });
  bind(app, contracts.endOwnSessions, async (work, { id, others }, { request }) => {
    const session = await own(work, request);
    tellAudit(work, { kind: 'sign-out', detail: { which: id ?? (others ? 'others' : 'all') } });
    const which = { ...(id === undefined ? {} : { id }), ...(others ? { except: session.id } : {}) };
    return { ended: await endSessions(work, session.account.id, which) };
  });
  addFactorRoutes(app, house, rules);
}

function addFactorRoutes(app: FastifyInstance, house: House, rules: SignInRules): void {
  const account = async (work: Work, request: FastifyRequest) => (await readAskingSession(work, request.token)).session.account;
  bind(app, contracts.beginTotp, async (work, _input, { request }) => beginTotp(work, await account(work, request)));
  bind(app, contracts.confirmTotp, async (work, { code }, { request }) => ({ recoveryCodes: await confirmTotp(work, await account(work, request), code, rules) }));
  bind(app, contracts.removeTotp, async (work, _input, { request }) => {
    await removeTotpOf(work, await account(work, request), rules);
    return null;
  });
  bind(app, contracts.beginPasskey, async (work, _input, { request }) => question(await beginPasskey(work, await account(work, request), siteOf(request, house.settings))));
  bind(app, contracts.addPasskey, async (work, { ticket, name, response }, { request }) => {
    const made = { ticket, name, response: response as RegistrationResponseJSON };
    return { recoveryCodes: await addPasskeyOf(work, await account(work, request), made, siteOf(request, house.settings), rules) };
  });
  bind(app, contracts.removePasskey, async (work, { passkeyId }, { request }) => {
    await removePasskeyOf(work, await account(work, request), passkeyId, rules);
    return null;
  });
  bind(app, contracts.renewRecoveryCodes, async (work, _input, { request }) => ({ recoveryCodes: await renewRecoveryCodes(work, await account(work, request)) }));
}

async function readOwnAccount(work: Work, session: Session, rules: SignInRules): Promise<OwnAccount> {
  const { account } = session;
  const person = await findCredentials(work.db, { id: account.id }, work.now);
  const passkeys = await listPasskeys(work.db, account.id);
  const sessions = await listSessions(work.db, account.id, work.now);
  return {
    account: shown(account), hasPassword: person?.passwordHash !== undefined, totp: person?.totp ?? false,
    ...(person?.passwordChangedAt === undefined ? {} : { passwordChangedAt: new Date(person.passwordChangedAt).toISOString() }),
    passkeys: passkeys.map(({ transports: _not, ...shownKey }) => shownKey), recoveryCodes: person?.recoveryCodes ?? 0, quickCode: person?.quickCodeHash !== undefined,
    mustHaveSecondFactor: person !== undefined && mustHaveSecondFactor(person, rules, work.now), sessions, current: session.id,
  };
}
