import type { Work } from '../../../platform/work.ts';
import { sightOf } from '../access/sight.ts';
import { refuseUnindexed } from '../search-parameters/tell-unindexed.ts';
import { searchLimits } from '../search/limits.ts';
import { withLookups } from '../search/lookups.ts';
import { isFilterName, readQuery } from '../search/read-query.ts';
import { badSearch } from '../search/refusals.ts';
import { Parameters } from '../search/sql.ts';
import { exportFilter } from './filter.ts';

/** Refuses a search that cannot say which resources of a type to export: unknown parameters, and those that shape or order an answer. */
export async function checkExportFilter(work: Work, type: string, query: string): Promise<void> {
  const asked = new URLSearchParams(query);
  for (const name of asked.keys()) {
    if (!isFilterName(name)) throw badSearch('bad-control', `"${name.slice(0, 64)}" cannot be used in a filter of an export.`, `Không dùng được "${name.slice(0, 64)}" trong bộ lọc xuất dữ liệu.`);
  }
  await withLookups(work.db, (lookups) => exportFilter(type, [query], work.now, new Parameters(sightOf(work), lookups)));
  refuseUnindexed(type, readQuery(type, asked, searchLimits()));
}
