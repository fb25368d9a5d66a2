import type { OperationAnswer, OperationCall } from '../../platform/operation.ts';
import { operationParameters } from '../../platform/operation-parameters.ts';
import type { Work } from '../../platform/work.ts';
import { readVersions } from '../record/index.ts';
import { unknownSubscription } from './refusals.ts';
import { listSubscriptions, loadSubscription } from './store.ts';
import { listDead, type DeadLetter } from './store-events.ts';

const mostByDefault = 100;

/** Answers $dead-letters: the events that were given up, of one subscription or of all, with the reason of the last attempt. */
export async function listDeadLetters(work: Work, call: OperationCall): Promise<OperationAnswer> {
  const most = Math.min(operationParameters(call).count('_count') ?? mostByDefault, 1000);
  const letters: object[] = [];
  for (const id of await idsOf(work, call.id)) {
    if (letters.length >= most) break;
    const dead = await listDead(work.db, id, most - letters.length);
    const versions = await readVersions(work, dead);
    letters.push(...dead.map((letter, i) => parameterOf(id, letter, versions[i] !== undefined)));
  }
  return { resource: { resourceType: 'Parameters', ...(letters.length === 0 ? {} : { parameter: letters }) } };
}

async function idsOf(work: Work, id: string | undefined): Promise<string[]> {
  if (id === undefined) return (await listSubscriptions(work.db, ['requested', 'active', 'error', 'off'])).map((one) => one.id);
  if ((await loadSubscription(work.db, id)) === undefined) throw unknownSubscription();
  return [id];
}

/** What it is about is named to who may see it; the rest is for whoever keeps the channels in order. */
function parameterOf(subscription: string, { number, type, id, version, method, occurred, attempts, failure }: DeadLetter, isSeen: boolean): object {
  return {
    name: 'dead-letter',
    part: [
      { name: 'subscription', valueReference: { reference: `Subscription/${subscription}` } },
      { name: 'event-number', valueString: String(number) },
      { name: 'timestamp', valueInstant: new Date(occurred).toISOString() },
      ...(isSeen ? [{ name: 'focus', valueReference: { reference: `${type}/${id}/_history/${version}` } }] : []),
      { name: 'interaction', valueCode: method },
      { name: 'attempts', valueUnsignedInt: attempts },
      { name: 'failure', valueString: failure ?? 'unknown' },
    ],
  };
}
