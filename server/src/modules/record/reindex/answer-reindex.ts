// The operations $reindex and $reindex-status: the administrator's view of the index.
import { operationParameters } from '../../../platform/operation-parameters.ts';
import type { OperationAnswer, OperationCall } from '../../../platform/operation.ts';
import type { Work } from '../../../platform/work.ts';
import { loadIndexStates, type IndexState } from '../store.ts';
import { requestReindex } from './request-reindex.ts';

/** Has index rows made anew: of the types in `type` (repeats), or of all. Answers as $reindex-status does. */
export async function answerReindex(work: Work, call: OperationCall): Promise<OperationAnswer> {
  const types = operationParameters(call).texts('type').flatMap((text) => text.split(',')).filter((type) => type !== '');
  await requestReindex(work, types);
  return { status: 202, resource: statusOf(await loadIndexStates(work.db)) };
}

/** Tells how far the index is, type by type, as Parameters. */
export async function answerReindexStatus(work: Work): Promise<OperationAnswer> {
  return { resource: statusOf(await loadIndexStates(work.db)) };
}

function statusOf(states: readonly IndexState[]): object {
  const left = states.filter(({ endedAt }) => endedAt === undefined);
  const { total, done } = summed(left);
  return {
    resourceType: 'Parameters',
    parameter: [
      { name: 'state', valueCode: left.length === 0 ? 'idle' : 'running' },
      ...(left.length === 0 ? [] : [{ name: 'total', valueInteger: total }, { name: 'done', valueInteger: done }]),
      ...states.filter(({ done: met, endedAt }) => met > 0 || endedAt === undefined).map((state) => ({ name: 'type', part: partsOf(state) })),
    ],
  };
}

/** Resources in all and done; types whose walk has not begun count nothing yet. */
function summed(states: readonly IndexState[]): { total: number; done: number } {
  return states.reduce((sum, { total, done }) => ({ total: sum.total + total, done: sum.done + done }), { total: 0, done: 0 });
}

function partsOf({ type, codes, total, done, changed, requestedAt, beganAt, endedAt }: IndexState): object[] {
  const instant = (name: string, at: number | undefined): object[] => (at === undefined ? [] : [{ name, valueInstant: new Date(at).toISOString() }]);
  return [
    { name: 'code', valueCode: type },
    { name: 'state', valueCode: endedAt !== undefined ? 'done' : beganAt !== undefined ? 'running' : 'waiting' },
    { name: 'total', valueInteger: total },
    { name: 'done', valueInteger: done },
    { name: 'changed', valueInteger: changed },
    ...codes.map((code) => ({ name: 'incomplete', valueString: code })),
    ...instant('requested', requestedAt), ...instant('began', beganAt), ...instant('ended', endedAt),
  ];
}
