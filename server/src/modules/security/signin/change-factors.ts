// A person's second factors: set up, confirmed, removed.
import { randomBytes } from 'node:crypto';
import type { RegistrationResponseJSON } from '@simplewebauthn/server';
import { Refusal } from '../../../platform/refusal.ts';
import { sealSecret } from '../../../platform/seal.ts';
import type { Work } from '../../../platform/work.ts';
import type { Account, Session } from '../account.ts';
import { tellAudit } from '../audit/tell-audit.ts';
import { hashPassword } from '../password.ts';
import { tellSessionsChanged } from '../tell-sessions-changed.ts';
import { checkOneTimePassword } from './check-one-time-password.ts';
import { addTotp, listPasskeys, removePasskeys, removeRecoveryCodes, removeTotp } from './factor-store.ts';
import { issueRecoveryCodes } from './issue-recovery-codes.ts';
import { otpauthUri, toBase32 } from './one-time-password.ts';
import { hasSecondFactor, mustHaveSecondFactor, owedBy } from './owed.ts';
import { keepPasskey, type Site } from './passkey-ceremony.ts';
import { isWeakQuickCode } from './quick-code.ts';
import type { SignInRules } from './session-limits.ts';
import { setOwed } from './session-store.ts';
import { findCredentials, setQuickCode, type Credentials } from './store.ts';

/** Begins to set up an authenticator app: the secret as text and as the address of a QR code. Refuses where one is in use (`security.totp-in-use`). */
export async function beginTotp(work: Work, account: Account): Promise<{ secret: string; uri: string }> {
  const secret = randomBytes(20); // RFC 4226 §4 R6: 160 bits
  if (!(await addTotp(work.db, account.id, sealSecret(secret.toString('base64'), `totp:${account.id}`)))) {
    throw new Refusal('conflict', 'security.totp-in-use', { vi: 'Đã có ứng dụng xác thực. Gỡ nó trước.', en: 'An authenticator app is set up. Remove it first.' });
  }
  return { secret: toBase32(secret), uri: otpauthUri(secret, 'Sen', account.username) };
}

/** Takes the app into use with its first code; gives recovery codes when it is the first second factor. Refuses `security.wrong-app-code`. */
export async function confirmTotp(work: Work, account: Account, code: string, rules: SignInRules): Promise<string[]> {
  const before = await knownPerson(work, account);
  if (!(await checkOneTimePassword(work, account.id, code, true))) {
    throw new Refusal('rule', 'security.wrong-app-code', { vi: 'Mã không đúng. Kiểm tra giờ trên điện thoại rồi thử lại.', en: 'The code is not right. Check the clock of the phone and try again.' });
  }
  return factorAdded(work, before, 'totp', rules);
}

/** Keeps a new passkey; gives recovery codes when it is the first second factor. */
export async function addPasskeyOf(work: Work, account: Account, input: { ticket: string; response: RegistrationResponseJSON; name: string }, site: Site, rules: SignInRules): Promise<string[]> {
  const before = await knownPerson(work, account);
  await keepPasskey(work, account.id, input, site);
  return factorAdded(work, before, 'passkey', rules);
}

async function factorAdded(work: Work, before: Credentials, factor: string, rules: SignInRules): Promise<string[]> {
  const { id } = before.account;
  tellAudit(work, { kind: 'account', detail: { act: `add-${factor}` } });
  const after = await knownPerson(work, before.account);
  await setOwed(work.db, id, owedBy(after, rules, work.now));
  await tellSessionsChanged(work.db, id);
  return before.recoveryCodes === 0 && before.passwordHash !== undefined ? issueRecoveryCodes(work, id) : [];
}

/** Removes the app. Refuses to take the last second factor of a person who must have one (`security.last-factor`). */
export async function removeTotpOf(work: Work, account: Account, rules: SignInRules): Promise<void> {
  const person = await knownPerson(work, account);
  refuseLast({ ...person, totp: false }, rules, work.now);
  await removeTotp(work.db, account.id);
  await factorRemoved(work, account, 'totp');
}

export async function removePasskeyOf(work: Work, account: Account, passkey: string, rules: SignInRules): Promise<void> {
  const person = await knownPerson(work, account);
  const others = (await listPasskeys(work.db, account.id)).filter(({ id }) => id !== passkey).length;
  refuseLast({ ...person, passkeys: others }, rules, work.now);
  await removePasskeys(work.db, account.id, passkey);
  await factorRemoved(work, account, 'passkey');
}

async function factorRemoved(work: Work, account: Account, factor: string): Promise<void> {
  tellAudit(work, { kind: 'account', detail: { act: `remove-${factor}` } });
  if (!hasSecondFactor(await knownPerson(work, account))) await removeRecoveryCodes(work.db, account.id);
}

function refuseLast(left: Credentials, rules: SignInRules, now: number): void {
  if (hasSecondFactor(left) || !mustHaveSecondFactor(left, rules, now)) return;
  throw new Refusal('rule', 'security.last-factor', {
    vi: 'Vai trò của bạn bắt buộc xác thực hai bước: thêm cách khác trước khi gỡ cách này.', en: 'Your role must have a second factor: add another before removing this one.',
  });
}

/** Gives new recovery codes in place of the old; refuses a person without a second factor (`security.no-factor`). */
export async function renewRecoveryCodes(work: Work, account: Account): Promise<string[]> {
  if (!hasSecondFactor(await knownPerson(work, account))) {
    throw new Refusal('rule', 'security.no-factor', { vi: 'Chưa bật xác thực hai bước.', en: 'There is no second factor yet.' });
  }
  tellAudit(work, { kind: 'account', detail: { act: 'renew-recovery-codes' } });
  return issueRecoveryCodes(work, account.id);
}

/** Keeps six digits with which the person comes back to a locked screen, or removes them. Refuses those anybody would try (`security.weak-quick-code`). */
export async function changeQuickCode(work: Work, { account }: Session, code: string | undefined): Promise<void> {
  if (code !== undefined && isWeakQuickCode(code)) {
    throw new Refusal('rule', 'security.weak-quick-code', { vi: 'Mã này dễ đoán. Tránh số lặp, dãy số, năm.', en: 'This code is easy to guess. Avoid repeated digits, runs and years.' });
  }
  tellAudit(work, { kind: 'account', detail: { act: code === undefined ? 'remove-quick-code' : 'set-quick-code' } });
  await setQuickCode(work.db, account.id, code === undefined ? undefined : await hashPassword(code));
}

async function knownPerson(work: Work, { id }: Account): Promise<Credentials> {
  const person = await findCredentials(work.db, { id }, work.now);
  if (person === undefined) throw new Refusal('not-found', 'security.no-account', { vi: 'Không có tài khoản này.', en: 'There is no such account.' });
  return person;
}
