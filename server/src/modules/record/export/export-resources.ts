// Many resources at a time as stored bytes, as they were at one place of the feed: what bulk export (Bulk Data Access IG 2.0.0) is made of.
import { parseLossless, type Resource } from '@sen/fhir';
import type { Work } from '../../../platform/work.ts';
import { admittedContents } from '../access/admitted-contents.ts';
import { shownTo } from '../access/hidden-from.ts';
import { sightOf, viewerOf } from '../access/sight.ts';
import { withLookups } from '../search/lookups.ts';
import { shaperOf } from '../search/shape.ts';
import { allAsked, Parameters } from '../search/sql.ts';
import { unpackContent } from '../store/codec.ts';
import { snapshotRows, type SnapshotQuery, type SnapshotRow } from '../store/snapshot.ts';
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
  const { filter, among, seen, parameters } = await withLookups(work.db, (lookups) => {
    const values = new Parameters(sightOf(work), lookups);
    const chosen = query.filters === undefined || query.filters.length === 0 ? undefined : exportFilter(query.type, query.filters, work.now, values);
    return { filter: chosen, among: cohortCondition(query.type, cohort, values), seen: values.sight.reads(query.type, 'r', values), parameters: values };
  });
  // who sees not all is given of what changed meanwhile only what may be seen today too
  const judged = filter === undefined && seen === 'true' ? undefined : allAsked([filter ?? 'true', seen]);
  const rows = await snapshotRows(work.db, query, allAsked([among, filter ?? 'true', seen]), judged, parameters);
  const shape = shaperOf({ summary: 'false', elements: query.elements ?? [] });
  const concerns = concernsCohort(query.type, cohort);
  const shown = shownTo(work);
  const given = (await admittedRows(work, query.type, rows)).map((row) => ({ json: unpackContent({ type: query.type, key: row.key, version: row.version, content: row.content }), moved: row.moved })).filter(({ json, moved }) => !moved || concerns(json));
  const found = given.map(({ json }) => shown(query.type, json)).map((json) => (shape === undefined ? json : shape(json)));
  const last = rows.at(-1);
  return last === undefined ? { found } : { found, next: last.key };
}

/** Past versions are judged by what was in them: a label may have been put on, or taken off, since. */
async function admittedRows(work: Work, type: string, rows: readonly SnapshotRow[]): Promise<readonly SnapshotRow[]> {
  const moved = rows.filter((row) => row.moved);
  const contents = moved.map(({ version, content, key }) => ({ type, id: key, updated: 0, resource: () => parseLossless(unpackContent({ type, key, version, content }).toString()) as Resource }));
  const admitted = await admittedContents(work.db, viewerOf(work), 'read', contents);
  const refused = new Set(moved.filter((_row, i) => admitted[i] !== true));
  return rows.filter((row) => !refused.has(row));
}
