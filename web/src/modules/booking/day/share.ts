// Shares and what counts as enough to tell one: below 10 a single person would move it by more than 10 points.

const enough = 10;

/** In percent; undefined while there are too few for an honest number. */
export function shareOf(part: number, all: number): number | undefined {
  return all < enough ? undefined : (100 * part) / all;
}

/** The clinic that needs somebody first: the one furthest behind its slots, from 15 minutes on, with people waiting. */
export function mostBehind<C extends { readonly lateMinutes: number; readonly waiting: number }>(clinics: readonly C[]): C | undefined {
  return clinics.filter(({ lateMinutes, waiting }) => lateMinutes >= 15 && waiting > 0).toSorted((a, b) => b.lateMinutes * b.waiting - a.lateMinutes * a.waiting)[0];
}
