// Slows down guessing. It counts by account and address together, so nobody can lock a person out from somewhere else,
// and the longest wait is half a minute, so nobody is locked out for good even behind one shared address.

const freeFailures = 4;
const longestWaitMs = 30_000;
const forgottenAfterMs = 15 * 60_000;
const mostKept = 50_000;

interface Failures {
  count: number;
  lastAt: number;
}

const failures = new Map<string, Failures>();

/** Gives the ms to wait before this account may be tried again from this address: 0 for the first tries, then 1, 2, 4 … 30 s. */
export function waitBeforeSignIn(username: string, address: string, now: number): number {
  const known = failures.get(keyOf(username, address));
  if (known === undefined || known.count < freeFailures || now - known.lastAt > forgottenAfterMs) return 0;
  const wait = Math.min(1000 * 2 ** (known.count - freeFailures), longestWaitMs);
  return Math.max(0, known.lastAt + wait - now);
}

/** Counts a failure; called before the password is judged, so that parallel guesses count too. */
export function countFailure(username: string, address: string, now: number): void {
  const key = keyOf(username, address);
  const known = failures.get(key);
  const count = known === undefined || now - known.lastAt > forgottenAfterMs ? 1 : known.count + 1;
  failures.delete(key);
  failures.set(key, { count, lastAt: now });
  if (failures.size > mostKept) failures.delete(failures.keys().next().value!);
}

export function forgetFailures(username: string, address: string): void {
  failures.delete(keyOf(username, address));
}

function keyOf(username: string, address: string): string {
  return `${username.slice(0, 64)}\n${address}`;
}
