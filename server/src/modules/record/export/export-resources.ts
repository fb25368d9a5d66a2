// Many resources at a time as stored bytes, as they were at one place of the feed: what bulk export (Bulk Data Access IG 2.0.0) is made of.
import type { Work } from '../../../platform/work.ts';
import { withLookups } from '../search/lookups.ts';
import { shaperOf } from '../search/shape.ts';
import { Parameters } from '../search/sql.ts';
import { unpackContent } from '../store/codec.ts';
import { snapshotRows, type SnapshotQuery } from '../store/snapshot.ts';
import { cohortCondition, cohortOf, concernsCohort } from './cohort.ts';
import { exportFilter } from './filter.ts';

export interface ExportQuery extends SnapshotQuery {
  /** Ids of the patients whose compartments to give, or those of every patient; undefined: whomever it concerns. */
  readonly patients?: readonly string[] | 'every' | undefined;
  /** Search queries; a resource that meets any of them is given. */
  readonly filters?: readonly string[] | undefined;
  /** `_elements` of a search; whole resources when empty. */
  readonly elements?: readonly string[] | undefined;
}

export interface ExportBatch<T> {
  readonly found: readonly T[];
  /** `after` of the next batch; absent when there is no more. */
  readonly next?: string;
}

/**
 * Gives the next resources of a type, as JSON, in the order of their keys, each in the version it had at the snapshot. With filters, a resource
 * that changed since the snapshot is chosen by what it is today.
 */
export async function exportResources(work: Work, query: ExportQuery): Promise<ExportBatch<Buffer>> {
  const cohort = cohortOf(query.patients);
  const { filter, among, parameters } = await withLookups(work.db, (lookups) => {
    const values = new Parameters(lookups);
    const chosen = query.filters === undefined || query.filters.length === 0 ? undefined : exportFilter(query.type, query.filters, work.now, values);
    return { filter: chosen, among: cohortCondition(query.type, cohort, values), parameters: values };
  });
  const rows = await snapshotRows(work.db, query, filter === undefined ? among : `${among} and ${filter}`, filter, parameters);
  const shape = shaperOf({ summary: 'false', elements: query.elements ?? [] });
  const concerns = concernsCohort(query.type, cohort);
  const found = rows.flatMap((row) => {
    const json = unpackContent(row.content);
    return row.moved && !concerns(json) ? [] : [shape === undefined ? json : shape(json)];
  });
  const last = rows.at(-1);
  return last === undefined ? { found } : { found, next: last.key };
}
