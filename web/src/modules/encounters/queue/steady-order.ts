// Rows never jump under the pointer: while it rests on the list, the order it saw stays, and who is new comes last.

export function steadyOrder(before: readonly string[], now: readonly string[], held: boolean): readonly string[] {
  if (!held) return now;
  const seen = new Set(before);
  return [...before, ...now.filter((id) => !seen.has(id))];
}

/** Whole minutes from an instant until now; never below 0. */
export function minutesSince(instant: string, nowMs: number): number {
  return Math.max(0, Math.floor((nowMs - Date.parse(instant)) / 60_000));
}
