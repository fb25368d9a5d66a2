import type { Work } from '../../platform/work.ts';
import { loadVersions, type Version, type VersionRef } from './store.ts';

export type { Version, VersionRef };

/**
 * Gives versions as stored, past or present, in the order asked for: one statement however many. Undefined where a version does not exist; a deletion
 * is a version without `json`.
 */
export function readVersions(work: Work, refs: readonly VersionRef[]): Promise<(Version | undefined)[]> {
  return loadVersions(work.db, refs);
}
