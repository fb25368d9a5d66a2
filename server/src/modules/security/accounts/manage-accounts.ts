// Accounts made, changed and reset by an administrator, at a screen or at the machine.
import type { ManagedAccount } from '@sen/contracts';
import { randomId } from '../../../platform/ids.ts';
import { Refusal } from '../../../platform/refusal.ts';
import type { Work } from '../../../platform/work.ts';
import { usernameOf, type AccountId } from '../account.ts';
import { tellAudit } from '../audit/tell-audit.ts';
import { endSessions } from '../end-sessions.ts';
import { hashPassword } from '../password.ts';
import { isRole } from '../policy/roles.ts';
import { removePasskeys, removeRecoveryCodes, removeTotp } from '../signin/factor-store.ts';
import { newCode } from '../signin/recovery-codes.ts';
import { gainsPower } from '../signin/session-limits.ts';
import { removeSessionsOf } from '../signin/session-store.ts';
import { addAccount } from '../store.ts';
import { tellSessionsChanged } from '../tell-sessions-changed.ts';
import { countOtherAdministrators, findManaged, storeChange, storeOneTimeCode, type AccountChange } from './store.ts';

export interface NewPerson {
  readonly username: string;
  readonly name: string;
  readonly roles: readonly string[];
  readonly facility?: string | undefined;
  readonly practitioner?: string | undefined;
  readonly places?: readonly string[] | undefined;
}

export interface OneTimeCode {
  readonly account: ManagedAccount;
  readonly code: string;
  readonly until: string;
}

/** A code is given by hand or telephone: three days reach over a weekend. */
const codeLifeMs = 72 * 3_600_000;
/** Made by the house alone: nobody signs in as one of these. */
const notForPeople = new Set(['integration', 'device', 'partner']);

/** Makes an account; its person signs in with a one-time code and then chooses a password. Refuses a username in use (`security.username-taken`) and an unknown role. */
export async function createAccount(work: Work, person: NewPerson): Promise<OneTimeCode> {
  checkRoles(person.roles);
  const username = usernameOf(person.username);
  if (!/^[a-z0-9][a-z0-9._-]{1,63}$/.test(username)) throw badUsername();
  const id = randomId<'Account'>();
  tellAudit(work, { kind: 'account', detail: { act: 'create', account: id, roles: person.roles.join(' ') } });
  return work.transact(async (inside) => {
    const { name, roles, facility, practitioner, places = [] } = person;
    const account = { id, username, name, roles, kind: 'person' as const, places, patients: [], demo: false };
    await addAccount(inside.db, { ...account, ...(facility === undefined ? {} : { facility }), ...(practitioner === undefined ? {} : { practitioner }) }, inside.now);
    if ((await findManaged(inside.db, { id }, inside.now)) === undefined) throw taken();
    return giveCode(inside, id);
  });
}

/** Changes an account. Its rights change, and the sessions end of one that is disabled, gains power or must now have a second factor, in every process at once. Refuses to leave the hospital without an administrator (`security.last-administrator`). */
export async function changeAccount(work: Work, id: string, change: AccountChange): Promise<ManagedAccount> {
  if (change.roles !== undefined) checkRoles(change.roles);
  tellAudit(work, { kind: 'account', detail: { act: change.disabled ? 'disable' : 'change', account: id, what: Object.keys(change).join(' '), ...(change.roles === undefined ? {} : { roles: change.roles.join(' ') }) } });
  return work.transact(async (inside) => {
    const before = await managedPerson(inside, { id });
    const account = before.id as AccountId;
    if (isAdministrator(before) && (change.disabled || (change.roles !== undefined && !change.roles.includes('administrator')))) await refuseLast(inside, account);
    await storeChange(inside.db, account, change, inside.now);
    if (change.disabled) await endSessions(inside, account);
    const lacksFactor = change.mustHaveSecondFactor === true && !before.secondFactor;
    if (lacksFactor || gainsPower(before.roles, change.roles ?? [])) await removeSessionsOf(inside.db, account);
    await tellSessionsChanged(inside.db, account);
    return managedPerson(inside, { id });
  });
}

/** Puts a one-time code in place of the password and ends the sessions; `factors`: the second factors go too, for one who has lost them. */
export async function resetAccount(work: Work, by: { readonly id?: string; readonly username?: string }, factors: boolean): Promise<OneTimeCode> {
  return work.transact(async (inside) => {
    const account = (await managedPerson(inside, by)).id as AccountId;
    tellAudit(work, { kind: 'account', detail: { act: 'reset', account, factors: factors ? 'yes' : 'no' } });
    if (factors) await removeFactors(inside, account);
    await endSessions(inside, account);
    return giveCode(inside, account);
  });
}

async function giveCode(work: Work, account: AccountId): Promise<OneTimeCode> {
  const code = newCode(3);
  const until = work.now + codeLifeMs;
  await storeOneTimeCode(work.db, account, await hashPassword(code), until);
  return { account: await managedPerson(work, { id: account }), code, until: new Date(until).toISOString() };
}

async function removeFactors({ db }: Work, account: AccountId): Promise<void> {
  await removeTotp(db, account);
  await removePasskeys(db, account);
  await removeRecoveryCodes(db, account);
}

/** Gives an account; refuses an unknown one (`security.no-account`). */
export async function managedPerson(work: Work, by: { readonly id?: string; readonly username?: string }): Promise<ManagedAccount> {
  const found = await findManaged(work.db, by, work.now);
  if (found !== undefined && found.kind === 'person') return found;
  throw new Refusal('not-found', 'security.no-account', { vi: 'Không có tài khoản này.', en: 'There is no such account.' });
}

async function refuseLast(work: Work, account: AccountId): Promise<void> {
  if ((await countOtherAdministrators(work.db, account)) > 0) return;
  throw new Refusal('rule', 'security.last-administrator', { vi: 'Bệnh viện phải còn ít nhất một quản trị viên.', en: 'The hospital must keep at least one administrator.' });
}

function isAdministrator({ roles, disabled }: ManagedAccount): boolean {
  return !disabled && roles.includes('administrator');
}

function checkRoles(roles: readonly string[]): void {
  const unknown = roles.find((role) => !isRole(role) || notForPeople.has(role));
  if (unknown === undefined && roles.length > 0) return;
  throw new Refusal('incorrect', 'security.unknown-role', { vi: 'Có vai trò không dùng được cho tài khoản cá nhân.', en: 'One of the roles cannot be given to a person.' });
}

function taken(): Refusal {
  return new Refusal('conflict', 'security.username-taken', { vi: 'Tên đăng nhập này đã có người dùng.', en: 'This username is in use.' });
}

function badUsername(): Refusal {
  return new Refusal('incorrect', 'security.bad-username', {
    vi: 'Tên đăng nhập gồm 2–64 chữ thường không dấu, số, dấu chấm, gạch; bắt đầu bằng chữ hoặc số.', en: 'A username is 2–64 plain small letters, digits, dots and dashes, beginning with a letter or digit.',
  });
}
