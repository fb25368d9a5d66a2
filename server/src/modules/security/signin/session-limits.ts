// How long a session may live, rest and lie open, by what its person does.

export interface SignInRules {
  /** Longest life of a session of staff. */
  readonly hours: number;
  /** A screen of staff locks after so many minutes without use; 0: never. */
  readonly lockMinutes: number;
  readonly secondFactorRoles: ReadonlySet<string>;
  /** From when on those roles must have a second factor, ms since 1970. */
  readonly secondFactorFrom: number;
}

export interface SessionLimits {
  readonly hours: number;
  readonly idleMinutes: number;
  readonly lockMinutes: number;
}

/** Whoever manages accounts, keys, audit or privacy: a session left behind does the most harm. */
const powerful = new Set(['administrator', 'auditor', 'privacy', 'director']);
/** Tells whether roles give more power than others did: then the limits and the second factor of power are asked for by a new sign-in. */
export function gainsPower(before: readonly string[], after: readonly string[]): boolean {
  return after.some((role) => powerful.has(role) && !before.includes(role));
}

const ofPatients = new Set(['patient', 'relative']);

/** NIST SP 800-63B-4 §2.2.3 (AAL2): at most 24 h, and an hour of rest; ours are shorter, save where a locked screen guards a longer rest. */
export function sessionLimits(roles: readonly string[], rules: Pick<SignInRules, 'hours' | 'lockMinutes'>): SessionLimits {
  if (roles.some((role) => powerful.has(role))) return { hours: Math.min(rules.hours, 8), idleMinutes: 60, lockMinutes: rules.lockMinutes };
  // A phone locks by itself, and a grandmother has no quick code: her session rests for half an hour, then ends.
  if (roles.length > 0 && roles.every((role) => ofPatients.has(role))) return { hours: Math.min(rules.hours, 12), idleMinutes: 30, lockMinutes: 0 };
  // A kiosk is no person, and its session may do one thing only: signed in once, it stays so for a quarter, over the holidays too (Tết: up to nine days).
  if (roles.length > 0 && roles.every((role) => role === 'kiosk')) return { hours: 90 * 24, idleMinutes: 14 * 1440, lockMinutes: 0 };
  return { hours: rules.hours, idleMinutes: rules.lockMinutes === 0 ? 60 : 240, lockMinutes: rules.lockMinutes };
}
