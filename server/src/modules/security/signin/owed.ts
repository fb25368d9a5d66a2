// What a person owes the house before a session opens anything.
import type { Held } from '../account.ts';
import { shortestAlone } from './password-rules.ts';
import type { SignInRules } from './session-limits.ts';

export interface AboutPerson {
  readonly account: { readonly roles: readonly string[] };
  readonly demo: boolean;
  readonly mustChange: boolean;
  readonly secondFactorFrom?: number;
  readonly totp: boolean;
  readonly passkeys: number;
}

export function hasSecondFactor({ totp, passkeys }: Pick<AboutPerson, 'totp' | 'passkeys'>): boolean {
  return totp || passkeys > 0;
}

/** Tells whether the rules, or an administrator, ask this person for a second factor by now. Demo accounts are asked for none. */
export function mustHaveSecondFactor(person: AboutPerson, rules: SignInRules, now: number): boolean {
  if (person.demo) return false;
  const byRole = now >= rules.secondFactorFrom && person.account.roles.some((role) => rules.secondFactorRoles.has(role));
  return byRole || (person.secondFactorFrom !== undefined && now >= person.secondFactorFrom);
}

/** The one thing to do next. `passwordLength`: of the password just typed; a short one is good only beside a second factor. */
export function owedBy(person: AboutPerson, rules: SignInRules, now: number, passwordLength?: number): Exclude<Held, 'locked'> | undefined {
  if (person.mustChange) return 'must-change';
  if (hasSecondFactor(person)) return undefined;
  if (mustHaveSecondFactor(person, rules, now)) return 'must-enrol';
  return passwordLength !== undefined && passwordLength < shortestAlone && !person.demo ? 'must-change' : undefined;
}
