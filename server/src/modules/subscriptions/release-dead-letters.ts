import type { OperationAnswer, OperationCall } from '../../platform/operation.ts';
import { operationParameters } from '../../platform/operation-parameters.ts';
import type { Work } from '../../platform/work.ts';
import { unknownSubscription } from './refusals.ts';
import { loadSubscription } from './store.ts';
import { reviveDead } from './store-events.ts';

/** Answers $replay: queues dead letters of a subscription again, those of `event-number` or all. They go out when the subscription is active. */
export async function releaseDeadLetters(work: Work, call: OperationCall): Promise<OperationAnswer> {
  const subscription = call.id === undefined ? undefined : await loadSubscription(work.db, call.id);
  if (subscription === undefined) throw unknownSubscription();
  const numbers = operationParameters(call).texts('event-number').map(Number).filter(Number.isSafeInteger);
  const released = await reviveDead(work.db, subscription.id, numbers);
  return { resource: { resourceType: 'Parameters', parameter: [{ name: 'released', valueUnsignedInt: released }] } };
}
