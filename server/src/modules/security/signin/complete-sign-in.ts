// The end of every sign-in: the person is known; the session opens, the browser becomes a known one, failures are told.
import type { Work } from '../../../platform/work.ts';
import type { Session } from '../account.ts';
import { tellAudit } from '../audit/tell-audit.ts';
import { openSession } from '../open-session.ts';
import { newToken, tokenHash } from '../token.ts';
import { agentName } from './agent-name.ts';
import { owedBy } from './owed.ts';
import { sessionLimits, type SignInRules } from './session-limits.ts';
import type { SessionKind } from './session-store.ts';
import { noteSignedIn, type Credentials, type FailuresSince } from './store.ts';

/** Where a sign-in comes from. */
export interface From {
  readonly address: string;
  readonly kind: Exclude<SessionKind, 'machine'>;
  /** `User-Agent` of the browser. */
  readonly agent?: string | undefined;
  /** Token of the device cookie, when the browser has one. */
  readonly device?: string | undefined;
}

export interface SignedIn {
  readonly token: string;
  readonly session: Session;
  /** For the device cookie. */
  readonly device: string | undefined;
  /** Wrong tries since the last sign-in. */
  readonly failures?: FailuresSince;
}

export interface Recognised {
  readonly person: Credentials;
  /** `password`, `password+totp`, `passkey`, `phone`, `citizen` … */
  readonly method: string;
  /** Length of the password just typed, when one was. */
  readonly passwordLength?: number;
}

/** Opens the session of a person who has been recognised. What the person owes the house first is noted in the session. */
export async function completeSignIn(work: Work, { person, method, passwordLength }: Recognised, from: From, rules: SignInRules): Promise<SignedIn> {
  const { account } = person;
  const { hours, idleMinutes, lockMinutes } = sessionLimits(account.roles, rules);
  const owes = method.startsWith('password') ? owedBy(person, rules, work.now, passwordLength) : undefined;
  const device = from.kind === 'browser' ? (from.device ?? newToken()) : undefined;
  const failures = await noteSignedIn(work.db, account.id, device === undefined ? undefined : tokenHash(device), work.now);
  const about = { kind: from.kind, method, address: from.address, agent: agentName(from.agent), idleMinutes, lockMinutes, owes };
  const { token, session } = await openSession(work, account, hours, about);
  tellAudit(work, { kind: 'sign-in', actor: account.id, detail: { method, ...(owes === undefined ? {} : { owes }) } });
  return { token, session, device, ...(failures === undefined ? {} : { failures }) };
}
