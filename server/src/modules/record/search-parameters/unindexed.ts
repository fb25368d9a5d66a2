// What this process knows of search parameters whose index is not whole: by type, their codes; `*` is every parameter.
let codes: ReadonlyMap<string, ReadonlySet<string>> = new Map();

/** Notes what is not whole. */
export function setUnindexed(byType: ReadonlyMap<string, ReadonlySet<string>>): void {
  codes = byType;
}

/** What is not whole; empty nearly always. */
export function unindexed(): ReadonlyMap<string, ReadonlySet<string>> {
  return codes;
}
