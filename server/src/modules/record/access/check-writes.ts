// What an actor may write: judged on what is stored and on what it would become, so that nothing is moved into or out of reach.
import { parseLossless, typeCode, typeOfCode, type Resource } from '@sen/fhir';
import type { Permission } from '@sen/contracts';
import type { Work } from '../../../platform/work.ts';
import { findSelfRelated } from '../../security/index.ts';
import { resourceNotFound, writeNotAllowed } from '../refusals.ts';
import { everythingSeen, Parameters } from '../search/sql.ts';
import { wanted } from '../store/load.ts';
import type { Change, Current } from '../store.ts';
import { admittedContents, type Content } from './admitted-contents.ts';
import { loadSeen, securityContext } from './load-seen.ts';
import { rowCondition, type Viewer } from './row-condition.ts';
import { viewerOf } from './sight.ts';

type WriteUse = 'create' | 'update' | 'delete';

/** Types that change how the record works, or what it tells whom, whatever rule speaks of them. */
const permissionNeeded: Readonly<Record<string, Permission>> = Object.fromEntries([
  ...['CapabilityStatement', 'CodeSystem', 'CompartmentDefinition', 'ConceptMap', 'GraphDefinition', 'ImplementationGuide', 'MessageDefinition', 'NamingSystem',
    'OperationDefinition', 'SearchParameter', 'StructureDefinition', 'StructureMap', 'TerminologyCapabilities', 'ValueSet'].map((type) => [type, 'definition.manage']),
  ['Subscription', 'subscription.manage'],
]);

/** Refuses (403) a kind of write that no rule gives the actor, before anything is looked at that could tell whether something is there. */
export function checkMayWrite(work: Work, type: string, use: WriteUse): void {
  const { access } = viewerOf(work);
  if (access.unlimited) return;
  const needed = permissionNeeded[type];
  if (needed !== undefined && !access.permits(needed)) throw writeNotAllowed();
  if (!offered(access, type, use)) throw writeNotAllowed();
}

function offered(access: Viewer['access'], type: string, use: WriteUse): boolean {
  const may = (one: WriteUse): boolean => access.rules(type, one).length > 0 && access.granted(type, one) !== 'none';
  // an update under a new id creates
  return may(use) || (use === 'update' && may('create'));
}

/**
 * Refuses changes that the rules do not cover: 403 for what the actor sees. A PUT to an id that the actor does not see is answered 404, whether something
 * is there or not: only who sees everything of the type may create under an id of their choice (R4 §3.1.0.4.1 leaves that to the server).
 */
export async function checkWrites(work: Work, changes: readonly Change[]): Promise<void> {
  const viewer = viewerOf(work);
  if (viewer.access.unlimited) return;
  for (const change of changes) {
    checkMayWrite(work, change.type, useOf(change));
    if (change.method === 'PUT' && change.current === undefined && !isFree(viewer, 'read', change.type)) throw resourceNotFound(change.type, change.id);
  }
  for (const use of ['create', 'update', 'delete'] as const) {
    const some = changes.filter((change) => useOf(change) === use);
    if (some.every(({ type }) => isFree(viewer, use, type))) continue;
    await checkStored(work, viewer, use, some.filter(({ current }) => current?.json !== undefined));
    await checkContents(work, viewer, use, some);
    await checkSelf(work, viewer, use, some);
  }
}

/** The same of an update that changes nothing: who may not write must not learn so that a guess is what is stored. */
export async function checkRepeat(work: Work, current: Current, resource: Resource): Promise<void> {
  const { id, type, updated, version } = current;
  if (!viewerOf(work).access.unlimited) await checkWrites(work, [{ type, id, current, version, updated, after: { resource, json: '' }, method: 'PUT' }]);
}

function useOf({ after, current }: Change): WriteUse {
  if (after === undefined) return 'delete';
  return current?.json === undefined ? 'create' : 'update';
}

/** True where the type and the interaction are given without a condition. */
function isFree(viewer: Viewer, use: WriteUse | 'read', type: string): boolean {
  return rowCondition(viewer, use, type, 'r', new Parameters(everythingSeen)) === 'true';
}

async function checkStored(work: Work, viewer: Viewer, use: WriteUse, changes: readonly Change[]): Promise<void> {
  // a Binary that belongs to something was judged by that when it was loaded
  const judged = changes.filter(({ current, type }) => type !== 'Binary' || securityContext(parseLossless(String(current?.json)) as Resource) === undefined);
  if (judged.length === 0) return;
  const parameters = new Parameters(everythingSeen, undefined, wanted(judged));
  const conditions = [...new Set(judged.map(({ type }) => type))].map((type) => `(r.type = ${typeCode(type)} and ${rowCondition(viewer, use, type, 'r', parameters)})`);
  const { rows } = await work.db.query<{ type: number; id: string }>({
    text: `select r.type, r.id from unnest($1::smallint[], $2::bigint[]) as want(type, key) join record.resource r on r.type = want.type and r.key = want.key
      where ${conditions.join(' or ')}`,
    values: parameters.values,
    plan: 'custom',
  });
  const allowed = new Set(rows.map(({ id, type }) => `${typeOfCode(type)}/${id}`));
  if (judged.some(({ id, type }) => !allowed.has(`${type}/${id}`))) throw writeNotAllowed();
}

/**
 * Nobody makes themselves one who treats: what relates its writer to a patient is written by those who treat already, or by those whose work it is
 * whoever the patient.
 */
async function checkSelf(work: Work, viewer: Viewer, use: WriteUse, changes: readonly Change[]): Promise<void> {
  const bound = changes.filter(({ type }) => !viewer.access.rules(type, use).some(({ relation }) => relation === 'any'));
  const contents = bound.flatMap(({ after }) => (after === undefined ? [] : [after.resource]));
  if ((await findSelfRelated(work.db, viewer.actor, contents, viewer.now)).length > 0) throw writeNotAllowed();
}

async function checkContents(work: Work, viewer: Viewer, use: WriteUse, changes: readonly Change[]): Promise<void> {
  const contents: Content[] = [];
  for (const { after, id, type, updated } of changes) {
    if (after === undefined) continue;
    const context = type === 'Binary' ? securityContext(after.resource) : undefined;
    // R4 binary.html §2.42.3: a Binary belongs to what it is part of
    if (context === undefined) contents.push({ type, id, updated, resource: () => after.resource });
    else if ((await loadSeen(work, context.type, context.id))?.json === undefined) throw writeNotAllowed();
  }
  if ((await admittedContents(work.db, viewer, use, contents)).includes(false)) throw writeNotAllowed();
}
