import type { TouchAction } from '../../../platform/trail.ts';
import type { Work } from '../../../platform/work.ts';
import { systemActor } from '../../../platform/actors.ts';
import { lineOf, type Entry } from './entry.ts';
import { addLines, lockChain, namedWrites } from './store.ts';

/** A committed write, as the log of changes of the record tells it. */
export interface ToldWrite {
  readonly type: string;
  readonly id: string;
  readonly version: number;
  readonly updated: number;
  readonly method: 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly actor?: string;
  readonly request?: string;
  readonly patient?: string;
}

const mostTouches = 500;

/** Adds to the chain those writes that the entries of their requests do not name: one entry a request. In the transaction of the work. */
export async function tellWrites(work: Work, writes: readonly ToldWrite[]): Promise<void> {
  // An AuditEvent that came from outside is an entry itself; what was written before writers were kept cannot be told.
  const told = writes.filter(({ actor, type }) => actor !== undefined && type !== 'AuditEvent');
  if (told.length === 0) return;
  await lockChain(work.db);
  const named = await namedWrites(work.db, [...new Set(told.map(({ request }) => request ?? ''))]);
  const missing = told.filter((write) => !['C', 'U', 'D'].some((action) => named.has(`${write.request} ${touchOf(write, action)}`)));
  await addLines(work.db, groupsOf(missing).map((group) => lineOf(entryOf(group))));
}

function groupsOf(writes: readonly ToldWrite[]): ToldWrite[][] {
  const groups: ToldWrite[][] = [];
  for (const write of writes) {
    const last = groups.at(-1);
    if (last !== undefined && last.length < mostTouches && last[0]?.request === write.request && last[0]?.actor === write.actor) last.push(write);
    else groups.push([write]);
  }
  return groups;
}

function entryOf(group: readonly ToldWrite[]): Entry {
  const { actor = '', request = '', updated } = group[0]!;
  const patients = [...new Set(group.map(({ patient = '0' }) => patient))].filter((patient) => patient !== '0');
  const actions = new Set(group.map(actionOf));
  return {
    at: updated, kind: 'write', action: actions.size === 1 ? actionOf(group[0]!) : 'E', outcome: 0, actor,
    ...(actor === systemActor.id ? { actorKind: 'system' as const } : {}),
    ...(patients.length === 0 ? {} : { patients }),
    touches: group.map((write) => touchOf(write, actionOf(write))),
    request,
  };
}

function actionOf({ method, version }: ToldWrite): TouchAction {
  if (method === 'DELETE') return 'D';
  return version === 1 ? 'C' : 'U';
}

function touchOf({ type, id, version }: ToldWrite, action: string): string {
  return `${action} ${type}/${id}/${version}`;
}
