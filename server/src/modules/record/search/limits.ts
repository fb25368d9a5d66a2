import type { Limits } from './read-query.ts';

let limits: Limits = { countDefault: 20, countMax: 1000, fullText: true };

/** Sets how many results a page has, and whether texts are searched; once at start, from the settings. */
export function setSearchLimits(chosen: Limits): void {
  limits = chosen;
}

/** How many results a page has by default and at most, and whether texts are searched. */
export function searchLimits(): Limits {
  return limits;
}
