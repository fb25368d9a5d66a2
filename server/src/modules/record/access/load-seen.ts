// Loading for somebody: what the actor of a work may not see is loaded exactly as what never was. Judged in the statement that loads.
import { isResourceType, parseLossless, parseReference, typeCode, typeOfCode, type Resource } from '@sen/fhir';
import type { Work } from '../../../platform/work.ts';
import { anyOf, everythingSeen, Parameters } from '../search/sql.ts';
import { addressOf, loadLive, wanted } from '../store/load.ts';
import { loadCurrent, loadCurrents, loadDeletion, loadLastContents, type Current } from '../store.ts';
import { admittedContents, contentOf } from './admitted-contents.ts';
import { rowCondition, type Use, type Viewer } from './row-condition.ts';
import { viewerOf } from './sight.ts';

interface Ref {
  readonly type: string;
  readonly id: string;
}

/** Loads the latest state of a resource for the actor of the work; a deleted one where the actor could have seen what was deleted. */
export async function loadSeen(work: Work, type: string, id: string, use: Use = 'read'): Promise<Current | undefined> {
  const viewer = viewerOf(work);
  const parameters = new Parameters(everythingSeen, undefined, addressOf(type, id));
  const condition = rowCondition(viewer, use, type, 'r', parameters);
  if (condition === 'true') return loadCurrent(work.db, type, id);
  if (type === 'Binary') return loadBinary(work, viewer, id, use);
  const live = await loadLive(work.db, type, condition, parameters.values);
  if (live !== undefined) return live;
  const deleted = await loadDeletion(work.db, type, id);
  if (deleted?.last.json === undefined) return undefined;
  const [admitted] = await admittedContents(work.db, viewer, use, [contentOf({ ...deleted.last, json: deleted.last.json })]);
  return admitted === true ? deleted.deletion : undefined;
}

/** R4 binary.html §2.42.3: whoever may see what a Binary belongs to may see it; one that belongs to nothing is like any other resource about nobody. */
async function loadBinary(work: Work, viewer: Viewer, id: string, use: Use): Promise<Current | undefined> {
  const current = await loadCurrent(work.db, 'Binary', id);
  if (current?.json === undefined || !offersBinaries(viewer, use)) return undefined;
  const context = securityContext(parseLossless(current.json.toString()) as Resource);
  if (context !== undefined) return (await loadSeen(work, context.type, context.id))?.json === undefined ? undefined : current;
  const parameters = new Parameters(everythingSeen, undefined, addressOf('Binary', id));
  return loadLive(work.db, 'Binary', rowCondition({ ...viewer, alone: true }, use, 'Binary', 'r', parameters), parameters.values);
}

/** What a Binary belongs to, when that is a resource of ours. */
export function securityContext(binary: Resource): Ref | undefined {
  const { reference } = (binary['securityContext'] ?? {}) as { reference?: unknown };
  const literal = typeof reference === 'string' ? parseReference(reference) : undefined;
  return literal === undefined || literal.base !== undefined || !isResourceType(literal.type) || literal.type === 'Binary' ? undefined : { type: literal.type, id: literal.id };
}

/** Tells whether any rule gives Binaries at all. */
export function offersBinaries({ access }: Viewer, use: Use): boolean {
  return access.rules('Binary', use === 'search' ? 'read' : use).length > 0 && access.granted('Binary', use) !== 'none';
}

/** The same of many, in their order; with `lock` as loadCurrents does. */
export async function loadAllSeen(work: Work, refs: readonly Ref[], lock: boolean): Promise<(Current | undefined)[]> {
  const viewer = viewerOf(work);
  const types = [...new Set(refs.map(({ type }) => type))];
  if (seesAll(viewer, types)) return loadCurrents(work.db, refs, lock);
  if (types.includes('Binary')) return inTurn(refs, async (ref) => (ref.type === 'Binary' ? loadSeen(work, 'Binary', ref.id) : (await loadAllSeen(work, [ref], lock))[0]));
  const currents = await loadCurrents(work.db, refs, lock);
  const live = await seenLive(work, viewer, refs, types);
  const gone = currents.filter((current): current is Current => current !== undefined && current.json === undefined);
  const dead = await seenDeleted(work, viewer, gone);
  return currents.map((current) => {
    if (current === undefined) return undefined;
    return (current.json === undefined ? dead : live).has(`${current.type}/${current.id}`) ? current : undefined;
  });
}

async function inTurn<T, R>(list: readonly T[], step: (one: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  for (const one of list) results.push(await step(one));
  return results;
}

function seesAll(viewer: Viewer, types: readonly string[]): boolean {
  return viewer.access.unlimited || types.every((type) => rowCondition(viewer, 'read', type, 'r', new Parameters(everythingSeen)) === 'true');
}

async function seenLive(work: Work, viewer: Viewer, refs: readonly Ref[], types: readonly string[]): Promise<Set<string>> {
  const parameters = new Parameters(everythingSeen, undefined, wanted(refs));
  const condition = anyOf(types.map((type) => `(r.type = ${typeCode(type)} and ${rowCondition(viewer, 'read', type, 'r', parameters)})`));
  const { rows } = await work.db.query<{ type: number; id: string }>({
    text: `select r.type, r.id from unnest($1::smallint[], $2::bigint[]) as want(type, key) join record.resource r on r.type = want.type and r.key = want.key where ${condition}`,
    values: parameters.values,
    plan: 'custom',
  });
  return new Set(rows.map(({ id, type }) => `${typeOfCode(type)}/${id}`));
}

async function seenDeleted(work: Work, viewer: Viewer, gone: readonly Current[]): Promise<Set<string>> {
  if (gone.length === 0) return new Set();
  const last = (await loadLastContents(work.db, gone)).filter((found): found is Current & { json: Buffer } => found?.json !== undefined);
  const admitted = await admittedContents(work.db, viewer, 'read', last.map(contentOf));
  return new Set(last.filter((_one, i) => admitted[i] === true).map(({ id, type }) => `${type}/${id}`));
}
