// It is still the same person: asked before dangerous acts, and by a locked screen.
import type { Work } from '../../../platform/work.ts';
import { Refusal } from '../../../platform/refusal.ts';
import type { Session } from '../account.ts';
import { tellAudit } from '../audit/tell-audit.ts';
import { isPassword } from '../password.ts';
import { countFailure, forgetFailures, waitBeforeSignIn } from '../sign-in-delay.ts';
import { tellSessionsChanged } from '../tell-sessions-changed.ts';
import { signOut } from '../sign-out.ts';
import { tokenHash } from '../token.ts';
import { checkOneTimePassword } from './check-one-time-password.ts';
import { checkPasskey, type PasskeyProof, type Site } from './passkey-ceremony.ts';
import { mustWait, wrongCode, wrongPasskey } from './refusals.ts';
import { countUnlockTry, lockSession as storeLock, refreshSession, unlockSession as storeUnlock } from './session-store.ts';
import { findCredentials, noteFailure, type Credentials } from './store.ts';

export interface Proof {
  readonly password?: string | undefined;
  /** Six digits of the authenticator app. */
  readonly code?: string | undefined;
  /** The person's own six digits for a locked screen; not enough for a dangerous act. */
  readonly quickCode?: string | undefined;
  readonly passkey?: PasskeyProof | undefined;
}

export interface Asked {
  readonly token: string;
  readonly session: Session;
  readonly address: string;
  readonly site: Site;
}

const mostUnlockTries = 5;

/** Notes that the person has shown again who it is, by what it signs in with. Refuses `security.wrong-code`, `security.wrong-passkey`, `security.wait`. */
export async function confirmPerson(work: Work, { quickCode: _never, ...proof }: Proof, asked: Asked): Promise<void> {
  const person = await knownPerson(work, asked);
  await judge(work, person, proof, asked);
  await refreshSession(work.db, tokenHash(asked.token), work.now);
  await tellSessionsChanged(work.db, person.account.id);
}

/** Covers the screen: until its person comes back the session opens nothing. */
export async function lockSession(work: Work, token: string, session: Session): Promise<void> {
  tellAudit(work, { kind: 'sign-out', detail: { locked: 'yes' } });
  if (await storeLock(work.db, tokenHash(token), work.now)) await tellSessionsChanged(work.db, session.account.id);
}

/** Uncovers it. After five wrong tries the session ends, and its person signs in in full (`security.session-ended`). */
export async function unlockSession(work: Work, proof: Proof, asked: Asked): Promise<void> {
  const hash = tokenHash(asked.token);
  const person = await knownPerson(work, asked);
  tellAudit(work, { kind: 'sign-in', detail: { unlock: 'yes' } });
  if ((await countUnlockTry(work.db, hash)) > mostUnlockTries) {
    await signOut(work, asked.token);
    throw sessionEnded();
  }
  await judge(work, person, proof, asked);
  await storeUnlock(work.db, hash, work.now, proof.quickCode === undefined);
  await tellSessionsChanged(work.db, person.account.id);
}

async function knownPerson(work: Work, { session }: Asked): Promise<Credentials> {
  const person = await findCredentials(work.db, { id: session.account.id }, work.now);
  if (person === undefined) throw sessionEnded();
  return person;
}

async function judge(work: Work, person: Credentials, proof: Proof, asked: Asked): Promise<void> {
  if (proof.passkey !== undefined) {
    if ((await checkPasskey(work, proof.passkey, asked.site)) === person.account.id) return;
    throw wrongPasskey();
  }
  // Whoever holds this browser is counted by itself: strangers cannot slow the person, nor the person's own session be used to guess on.
  const guesser = { username: person.account.username, address: asked.address, knownDevice: asked.session.id };
  const waitMs = waitBeforeSignIn(guesser, work.now);
  if (waitMs > 0) throw mustWait(waitMs);
  countFailure(guesser, work.now);
  if (await isRight(work, person, proof)) return forgetFailures(guesser, work.now);
  await noteFailure(work.db, person.account.username, asked.address, work.now);
  throw wrongCode();
}

async function isRight(work: Work, person: Credentials, { password, code, quickCode }: Proof): Promise<boolean> {
  if (password !== undefined) return person.passwordHash !== undefined && isPassword(password, person.passwordHash);
  if (quickCode !== undefined) return person.quickCodeHash !== undefined && isPassword(quickCode, person.quickCodeHash);
  return code !== undefined && checkOneTimePassword(work, person.account.id, code);
}

function sessionEnded(): Refusal {
  return new Refusal('unauthenticated', 'security.session-ended', { vi: 'Phiên đã kết thúc. Xin đăng nhập lại.', en: 'The session has ended. Please sign in again.' });
}
