// The first administrator of a fresh hospital, made by whoever reads what the start prints.
import { randomId } from '../../../platform/ids.ts';
import { Refusal } from '../../../platform/refusal.ts';
import type { Work } from '../../../platform/work.ts';
import { usernameOf } from '../account.ts';
import { tellAudit } from '../audit/tell-audit.ts';
import { hashPassword } from '../password.ts';
import { checkNewPassword } from '../signin/check-new-password.ts';
import { newCode, typedCode } from '../signin/recovery-codes.ts';
import { addStep, setPassword, takeStep } from '../signin/store.ts';
import { addAccount } from '../store.ts';
import { tokenHash } from '../token.ts';
import { countOtherAdministrators, findManaged } from './store.ts';

const lifeMs = 24 * 3_600_000;

/** Tells whether nobody administers this hospital yet. */
export async function needsSetUp(work: Work): Promise<boolean> {
  return work.transact(async (inside) => (await countOtherAdministrators(inside.db, '')) === 0);
}

/** Gives a code of a day with which the first administrator is made; undefined when there is one. Codes given before go. */
export async function openSetUp(work: Work): Promise<string | undefined> {
  if (!(await needsSetUp(work))) return undefined;
  const code = newCode(5); // 100 random bits
  await work.db.query({ name: 'security.remove-set-up-codes', text: "DELETE FROM security.sign_in_step WHERE purpose = 'set-up'" });
  await addStep(work.db, { ticketHash: tokenHash(typedCode(code)), purpose: 'set-up', lifeMs }, work.now);
  return code;
}

export interface FirstAdministrator {
  readonly code: string;
  readonly username: string;
  readonly name: string;
  readonly password: string;
}

/** Makes the first administrator. Refuses where there is one (`security.set-up-done`), a wrong or old code (`security.wrong-set-up-code`), a weak password. */
export async function setUpHospital(work: Work, { code, username: typed, name, password }: FirstAdministrator): Promise<{ username: string }> {
  const username = usernameOf(typed);
  tellAudit(work, { kind: 'account', detail: { act: 'set-up' } });
  return work.transact(async (inside) => {
    if ((await countOtherAdministrators(inside.db, '')) > 0) throw done();
    if ((await takeStep(inside.db, tokenHash(typedCode(code)), 'set-up', inside.now)) === undefined) throw wrongCode();
    // The second factor follows at the first sign-in, as the rules say; the password must stand alone until then.
    await checkNewPassword(inside, password, { words: [username, name], secondFactor: false });
    if ((await findManaged(inside.db, { username }, inside.now)) !== undefined) throw taken();
    const id = randomId<'Account'>();
    await addAccount(inside.db, { id, username, name, roles: ['administrator'], kind: 'person', places: [], patients: [], demo: false }, inside.now);
    await setPassword(inside.db, id, await hashPassword(password), inside.now);
    return { username };
  });
}

function done(): Refusal {
  return new Refusal('conflict', 'security.set-up-done', { vi: 'Bệnh viện này đã có quản trị viên.', en: 'This hospital has an administrator.' });
}

function wrongCode(): Refusal {
  return new Refusal('forbidden', 'security.wrong-set-up-code', { vi: 'Mã thiết lập không đúng hoặc đã hết hạn. Khởi động lại Sen để có mã mới.', en: 'The set-up code is not right or has ended. Start Sen again for a new one.' });
}

function taken(): Refusal {
  return new Refusal('conflict', 'security.username-taken', { vi: 'Tên đăng nhập này đã có người dùng.', en: 'This username is in use.' });
}
