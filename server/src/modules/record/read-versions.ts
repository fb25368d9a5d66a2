import type { Work } from '../../platform/work.ts';
import { shownTo } from './access/hidden-from.ts';
import { seenVersions } from './access/seen-versions.ts';
import { loadVersions, type Version, type VersionRef } from './store.ts';

export type { Version, VersionRef };

/**
 * Gives versions as stored, past or present, in the order asked for: one statement however many for the house, a few for others. Undefined where a version
 * does not exist or is not for the actor to see; a deletion is a version without `json`.
 */
export async function readVersions(work: Work, refs: readonly VersionRef[]): Promise<(Version | undefined)[]> {
  const found = await loadVersions(work.db, refs);
  const seen = await seenVersions(work, found);
  const shown = shownTo(work);
  return found.map((version, i) => {
    if (version === undefined || seen[i] !== true) return undefined;
    return version.json === undefined ? version : { ...version, json: shown(version.type, version.json) };
  });
}
