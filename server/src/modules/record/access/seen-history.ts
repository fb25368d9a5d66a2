// Histories for somebody who may not see all of them: each version is judged by what was in it, and by what the resource is now (or was at last).
import type { Work } from '../../../platform/work.ts';
import { everythingSeen, Parameters } from '../search/sql.ts';
import { historyRows, loadLastContents, pageOf, type Current, type HistoryPage, type HistoryQuery, type Placed } from '../store.ts';
import { admittedContents, contentOf } from './admitted-contents.ts';
import { rowCondition } from './row-condition.ts';
import { admittedVersions } from './seen-versions.ts';
import { viewerOf } from './sight.ts';

/** Tells whether the actor sees the whole history of a type (undefined: of all types), so that nothing need be judged or left uncounted. */
export function seesWholeHistory(work: Work, type: string | undefined): boolean {
  return rowCondition(viewerOf(work), 'history', type ?? 'Resource', 'r', new Parameters(everythingSeen)) === 'true';
}

/** Versions are judged so many at a time. */
const BATCH = 200;

/** A page of what the actor sees of a history; as long as that of whoever sees all, if there is so much. */
export async function seenHistoryPage(work: Work, query: HistoryQuery): Promise<HistoryPage> {
  const kept: Placed[] = [];
  let before = query.before;
  for (;;) {
    const asked = { ...query, count: BATCH - 1, ...(before === undefined ? {} : { before }) };
    const rows = await historyRows(work.db, asked, (parameters) => rowCondition(viewerOf(work), 'history', query.type ?? 'Resource', 'r', parameters));
    kept.push(...(await seenOf(work, rows)));
    before = rows.at(-1)?.cursor;
    if (kept.length > query.count || rows.length < BATCH) return pageOf(kept, query.count);
  }
}

async function seenOf(work: Work, rows: readonly Placed[]): Promise<Placed[]> {
  const admitted = await admittedVersions(work, rows.map(({ version }) => version));
  const kept = rows.filter((_row, i) => admitted[i] === true);
  const refs = [...new Map(kept.map(({ version: { id, type } }) => [`${type}/${id}`, { type, id }])).values()];
  const last = (await loadLastContents(work.db, refs)).filter((found): found is Current & { json: Buffer } => found?.json !== undefined);
  const judged = await admittedContents(work.db, viewerOf(work), 'history', last.map(contentOf));
  const closed = new Set(last.filter((_one, i) => judged[i] !== true).map(nameOf));
  return kept.filter(({ version }) => !closed.has(nameOf(version)));
}

const nameOf = ({ id, type }: { readonly type: string; readonly id: string }): string => `${type}/${id}`;
