import { parseLossless, type Resource } from '@sen/fhir';
import type { Work } from '../../../platform/work.ts';
import { everythingSeen, Parameters } from '../search/sql.ts';
import type { Version } from '../store.ts';
import { admittedContents, contentOf } from './admitted-contents.ts';
import { loadAllSeen, loadSeen, offersBinaries, securityContext } from './load-seen.ts';
import { rowCondition } from './row-condition.ts';
import { viewerOf } from './sight.ts';

/** Tells of versions, past or present, whether the actor may see what was in each; a deletion has nothing in it. */
export async function admittedVersions(work: Work, versions: readonly Version[], use: 'read' | 'history' = 'history'): Promise<boolean[]> {
  const filled = versions.filter((version): version is Version & { json: Buffer } => version.json !== undefined);
  const admitted = await admittedContents(work.db, viewerOf(work), use, filled.map(contentOf));
  const refused = new Set<Version>(filled.filter((_version, i) => admitted[i] !== true));
  for (const version of refused) if (version.type === 'Binary' && (await belongsToSeen(work, version, use))) refused.delete(version);
  return versions.map((version) => !refused.has(version));
}

/** R4 binary.html §2.42.3: a version of a Binary is judged by what it belonged to. */
async function belongsToSeen(work: Work, { json }: Version, use: 'read' | 'history'): Promise<boolean> {
  const context = json === undefined ? undefined : securityContext(parseLossless(json.toString()) as Resource);
  return context !== undefined && offersBinaries(viewerOf(work), use) && (await loadSeen(work, context.type, context.id, use))?.json !== undefined;
}

/** The same for versions that are told by themselves: the resource as it is now (or was at last) must be for the actor to see too. */
export async function seenVersions(work: Work, versions: readonly (Version | undefined)[]): Promise<boolean[]> {
  const viewer = viewerOf(work);
  const there = versions.filter((version) => version !== undefined);
  const types = new Set(there.map(({ type }) => type));
  if ([...types].every((type) => rowCondition(viewer, 'read', type, 'r', new Parameters(everythingSeen)) === 'true')) return versions.map((version) => version !== undefined);
  const [currents, admitted] = [await loadAllSeen(work, there, false), await admittedVersions(work, there, 'read')];
  const seen = new Set(there.filter((_version, i) => currents[i] !== undefined && admitted[i] === true));
  return versions.map((version) => version !== undefined && seen.has(version));
}
