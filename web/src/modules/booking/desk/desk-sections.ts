// The list of the desk: which part of the day a row belongs to, and an order that holds still while somebody works in it.
import type { DeskRow } from '@sen/contracts';

export type DeskSection = 'late' | 'soon' | 'here' | 'later' | 'over';
export type DeskLine = { readonly kind: 'head'; readonly section: DeskSection; readonly count: number } | { readonly kind: 'row'; readonly row: DeskRow };

const sections: readonly DeskSection[] = ['late', 'soon', 'here', 'later', 'over'];
const soonMs = 45 * 60_000;

function sectionOf(row: DeskRow, now: number): DeskSection {
  switch (row.state) {
    case 'late': return 'late';
    case 'expected': return row.start !== undefined && Date.parse(row.start) - now <= soonMs ? 'soon' : 'later';
    case 'waiting': case 'called': case 'inside': case 'away': return 'here';
    case 'done': case 'left': case 'no-show': case 'cancelled': return 'over';
  }
}

/** Heads and rows from top to bottom; within a part by time booked, walk-ins by arrival. */
export function linesOf(rows: readonly DeskRow[], now: number): DeskLine[] {
  const parts = new Map<DeskSection, DeskRow[]>(sections.map((section) => [section, []]));
  for (const row of rows) parts.get(sectionOf(row, now))?.push(row);
  return sections.flatMap((section): DeskLine[] => {
    const part = (parts.get(section) ?? []).sort((one, other) => timeOf(one).localeCompare(timeOf(other)) || one.key.localeCompare(other.key));
    return part.length === 0 ? [] : [{ kind: 'head', section, count: part.length }, ...part.map((row): DeskLine => ({ kind: 'row', row }))];
  });
}

/** The lines as they stood, with what the rows say now; those that are gone keep their place until the list may move, new ones wait. */
export function steadyLines(before: readonly DeskLine[], fresh: readonly DeskLine[]): { lines: readonly DeskLine[]; waiting: number } {
  const now = new Map(fresh.flatMap((line) => (line.kind === 'row' ? [[line.row.key, line.row] as const] : [])));
  const lines = before.map((line): DeskLine => (line.kind === 'head' ? line : { kind: 'row', row: now.get(line.row.key) ?? line.row }));
  return { lines, waiting: changesOf(before, fresh) };
}

/** How many rows would stand elsewhere, come or go. */
function changesOf(before: readonly DeskLine[], fresh: readonly DeskLine[]): number {
  const was = placesOf(before);
  const is = placesOf(fresh);
  let changes = 0;
  for (const [key, section] of is) if (was.get(key) !== section) changes++;
  for (const key of was.keys()) if (!is.has(key)) changes++;
  return changes;
}

function placesOf(lines: readonly DeskLine[]): Map<string, DeskSection> {
  const places = new Map<string, DeskSection>();
  let section: DeskSection = 'over';
  for (const line of lines) if (line.kind === 'head') section = line.section; else places.set(line.row.key, section);
  return places;
}

function timeOf(row: DeskRow): string {
  return row.start ?? row.arrivedAt ?? '';
}
