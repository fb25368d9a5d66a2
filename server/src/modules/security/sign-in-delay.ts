// Slows down guessing, and can lock nobody out: a browser in which the person has signed in before is counted by itself, so that strangers'
// failures never touch it; for others the longest wait is half a minute. In the memory of the process: a guesser cannot make it restart.

export interface Guesser {
  readonly username: string;
  /** Network address the attempt comes from. */
  readonly address: string;
  /** Names the browser, when this person has signed in there before. */
  readonly knownDevice?: string | undefined;
}

interface Limit {
  readonly freeFailures: number;
  readonly longestWaitMs: number;
  /** One failure is forgiven each so many ms; 0: none, until all are forgotten. */
  readonly forgivenEveryMs: number;
}

/** One person tried from one place: 4 failures are free, then waits of 1, 2, 4 … 30 s. */
const onePlace: Limit = { freeFailures: 4, longestWaitMs: 30_000, forgivenEveryMs: 0 };
/** One person tried from many places, none of them known: 20 are free and 120 an hour are forgiven. */
const manyPlaces: Limit = { freeFailures: 20, longestWaitMs: 30_000, forgivenEveryMs: 30_000 };
/** Many people tried from one address; a whole hospital may share it: 100 are free and 720 an hour are forgiven. */
const manyPeople: Limit = { freeFailures: 100, longestWaitMs: 10_000, forgivenEveryMs: 5_000 };

const forgottenAfterMs = 15 * 60_000;
const mostKept = 50_000;

interface Failures {
  count: number;
  lastAt: number;
}

const failures = new Map<string, Failures>();

/** Gives the ms to wait before this account may be tried again from here. */
export function waitBeforeSignIn(guesser: Guesser, now: number): number {
  return Math.max(...limitsOf(guesser).map(([key, limit]) => waitOf(failures.get(key), limit, now)));
}

/** Counts a failure; called before the password is judged, so that parallel guesses count too. */
export function countFailure(guesser: Guesser, now: number): void {
  for (const [key, limit] of limitsOf(guesser)) {
    const count = countAt(failures.get(key), limit, now) + 1;
    failures.delete(key);
    failures.set(key, { count, lastAt: now });
  }
  while (failures.size > mostKept) failures.delete(failures.keys().next().value!);
}

/** Forgets the failures at this place, once the person has shown who it is; what others tried elsewhere stays counted. */
export function forgetFailures(guesser: Guesser, now: number): void {
  const [own, ...shared] = limitsOf(guesser);
  if (own !== undefined) failures.delete(own[0]);
  for (const [key, limit] of shared) {
    const known = failures.get(key);
    if (known !== undefined) failures.set(key, { count: Math.max(0, countAt(known, limit, now) - 1), lastAt: known.lastAt });
  }
}

function limitsOf({ username, address, knownDevice }: Guesser): [string, Limit][] {
  const person = username.slice(0, 64);
  if (knownDevice !== undefined) return [[`device\n${person}\n${knownDevice}`, onePlace]];
  return [[`place\n${person}\n${address}`, onePlace], [`person\n${person}`, manyPlaces], [`address\n${address}`, manyPeople]];
}

function countAt(known: Failures | undefined, { forgivenEveryMs }: Limit, now: number): number {
  const since = known === undefined ? 0 : Math.max(0, now - known.lastAt); // a clock may be set back
  if (known === undefined || since > forgottenAfterMs) return 0;
  return forgivenEveryMs === 0 ? known.count : Math.max(0, known.count - Math.floor(since / forgivenEveryMs));
}

function waitOf(known: Failures | undefined, limit: Limit, now: number): number {
  const count = countAt(known, limit, now);
  if (known === undefined || count < limit.freeFailures) return 0;
  const wait = Math.min(1000 * 2 ** Math.min(count - limit.freeFailures, 20), limit.longestWaitMs);
  return Math.min(wait, Math.max(0, known.lastAt + wait - now));
}
