import type { Work } from '../../../platform/work.ts';
import { Parameters } from '../search/sql.ts';
import { unpackContent } from '../store/codec.ts';
import { snapshotDeletions } from '../store/snapshot.ts';
import { cohortOf, concernsCohort } from './cohort.ts';
import type { ExportBatch, ExportQuery } from './export-resources.ts';

/** Gives the next ids of resources of a type that were deleted between `since` and the snapshot. */
export async function exportDeletions(work: Work, query: ExportQuery): Promise<ExportBatch<string>> {
  const rows = await snapshotDeletions(work.db, query, new Parameters());
  const concerns = concernsCohort(query.type, cohortOf(query.patients));
  const found = rows.filter(({ content }) => content !== null && concerns(unpackContent(content))).map(({ id }) => id);
  const last = rows.at(-1);
  return last === undefined ? { found } : { found, next: last.key };
}
