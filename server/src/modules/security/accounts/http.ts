// Accounts and set-up over HTTP.
import * as contracts from '@sen/contracts';
import type { FastifyInstance } from 'fastify';
import type { House } from '../../../platform/module.ts';
import { bind } from '../../../platform/route.ts';
import type { AccountId } from '../account.ts';
import { tellAudit } from '../audit/tell-audit.ts';
import { endSessions } from '../end-sessions.ts';
import { listSessions } from '../signin/session-store.ts';
import { changeAccount, createAccount, managedPerson, resetAccount } from './manage-accounts.ts';
import { needsSetUp, setUpHospital } from './set-up-hospital.ts';
import { listManaged } from './store.ts';

/** Adds the routes of /api/accounts, /api/setup and of the ways to sign in. */
export function addAccountRoutes(app: FastifyInstance, { settings }: House): void {
  bind(app, contracts.listAccounts, (work, query) => listManaged(work.db, query, work.now));
  bind(app, contracts.createAccount, (work, person) => createAccount(work, person));
  bind(app, contracts.changeAccount, (work, { accountId, ...change }) => changeAccount(work, accountId, change));
  bind(app, contracts.resetAccount, (work, { accountId, factors }) => resetAccount(work, { id: accountId }, factors));
  bind(app, contracts.listAccountSessions, async (work, { accountId }) => listSessions(work.db, (await managedPerson(work, { id: accountId })).id as AccountId, work.now));
  bind(app, contracts.endAccountSessions, async (work, { accountId }) => {
    tellAudit(work, { kind: 'account', detail: { act: 'end-sessions', account: accountId } });
    return { ended: await endSessions(work, (await managedPerson(work, { id: accountId })).id as AccountId) };
  });
  bind(app, contracts.setUpHospital, (work, input) => setUpHospital(work, input));
  bind(app, contracts.listSignInWays, async (work) => ({ setup: await needsSetUp(work), ...(settings.citizenIssuer === '' ? {} : { citizen: settings.citizenName }) }));
}
