import type { Limits } from './read-query.ts';

let limits: Limits = { countDefault: 20, countMax: 1000 };

/** Sets how many results a page has; once at start, from the settings. */
export function setSearchLimits(chosen: Limits): void {
  limits = chosen;
}

/** How many results a page has by default and at most. */
export function searchLimits(): Limits {
  return limits;
}
