import { parseLossless, type Resource } from '@sen/fhir';
import type { Work } from '../../../platform/work.ts';
import { admittedContents } from '../access/admitted-contents.ts';
import { viewerOf } from '../access/sight.ts';
import { everythingSeen, Parameters } from '../search/sql.ts';
import { unpackContent } from '../store/codec.ts';
import { snapshotDeletions } from '../store/snapshot.ts';
import { cohortOf, concernsCohort } from './cohort.ts';
import type { ExportBatch, ExportQuery } from './export-resources.ts';

/** Gives the next ids of resources of a type that were deleted between `since` and the snapshot. */
export async function exportDeletions(work: Work, query: ExportQuery): Promise<ExportBatch<string>> {
  const rows = await snapshotDeletions(work.db, query, new Parameters(everythingSeen));
  const concerns = concernsCohort(query.type, cohortOf(query.patients));
  const deleted = rows.flatMap(({ version, content, id }) => (version === null || content === null ? [] : [{ id, json: unpackContent({ type: query.type, id, version, content }) }])).filter(({ json }) => concerns(json));
  const contents = deleted.map(({ id, json }) => ({ type: query.type, id, updated: 0, resource: () => parseLossless(json.toString()) as Resource }));
  const admitted = await admittedContents(work.db, viewerOf(work), 'read', contents);
  const found = deleted.filter((_one, i) => admitted[i] === true).map(({ id }) => id);
  const last = rows.at(-1);
  return last === undefined ? { found } : { found, next: last.key };
}
