// Several editions of one list stand side by side; which of them is in force on a day.

export interface Edition {
  /** Of the resource in the record; undefined: one of R4's own. */
  readonly id: string | undefined;
  readonly version: string | undefined;
  readonly status: string;
  /** First day in force, and the day after the last; undefined: open. */
  readonly from: string | undefined;
  readonly until: string | undefined;
  /** Day of the element `date`. */
  readonly dated: string | undefined;
}

export interface EditionWanted {
  readonly version?: string | undefined;
  /** Day by whose lists is judged; undefined: the latest there is. */
  readonly day?: string | undefined;
}

/**
 * The edition of the wanted version; without one, that in force on the day. Of several in force: one stored here before one that R4 brings,
 * active before draft before retired, then the one that began last (its first day in force, else its date).
 */
export function editionInForce<E extends Edition>(editions: readonly E[], { version, day }: EditionWanted): E | undefined {
  const candidates = editions.filter((edition) => (version === undefined ? isInForce(edition, day) : edition.version === version));
  return candidates.sort((a, b) => compareEditions(a, b, day))[0];
}

/** Tells whether an edition is in force on a day. */
export function isInForce({ from, until }: Edition, day: string | undefined): boolean {
  if (day === undefined) return true;
  return (from === undefined || from <= day) && (until === undefined || day < until);
}

function compareEditions(a: Edition, b: Edition, day: string | undefined): number {
  return (
    Number(a.id === undefined) - Number(b.id === undefined) ||
    Number(hasNotBegun(a, day)) - Number(hasNotBegun(b, day)) ||
    rankOf(a) - rankOf(b) ||
    compareTexts(startOf(b), startOf(a)) ||
    compareVersions(b.version ?? '', a.version ?? '') ||
    compareTexts(a.id ?? '', b.id ?? '')
  );
}

function hasNotBegun(edition: Edition, day: string | undefined): boolean {
  return day !== undefined && startOf(edition) > day;
}

// A list that was in force is often marked retired later; its days in force say more than its status.
function rankOf({ status, from, until }: Edition): number {
  if (status === 'active' || from !== undefined || until !== undefined) return 0;
  return status === 'retired' ? 2 : 1;
}

function startOf({ from, dated }: Edition): string {
  return from ?? dated ?? '';
}

function compareTexts(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** Orders versions by their numbers: `2.9` before `2.10`. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [partsOf(a), partsOf(b)];
  for (let i = 0; i < Math.max(left.length, right.length); i++) {
    const [x, y] = [left[i] ?? '', right[i] ?? ''];
    const numeric = /^\d+$/.test(x) && /^\d+$/.test(y);
    const difference = numeric ? Number(x) - Number(y) : compareTexts(x, y);
    if (difference !== 0) return difference;
  }
  return 0;
}

function partsOf(version: string): string[] {
  return version.match(/\d+|[^\d.]+/g) ?? [];
}

/** Address and version of a canonical reference `url|version`. */
export function splitCanonical(canonical: string): { url: string; version: string | undefined } {
  const cut = canonical.indexOf('|');
  if (cut < 0) return { url: canonical, version: undefined };
  return { url: canonical.slice(0, cut), version: canonical.slice(cut + 1) || undefined };
}
