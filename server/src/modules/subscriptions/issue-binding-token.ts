import { randomBytes } from 'node:crypto';
import type { OperationAnswer, OperationCall } from '../../platform/operation.ts';
import { operationParameters } from '../../platform/operation-parameters.ts';
import type { Work } from '../../platform/work.ts';
import { onlyWebsockets, unknownSubscription } from './refusals.ts';
import { socketUrl } from './socket-url.ts';
import { keepToken, loadSubscriptions } from './store.ts';
import { isSubscriber } from './subscriber.ts';
import { tokenHash } from './token-hash.ts';

const lifeMs = 600_000;

/** Answers $get-ws-binding-token (Backport IG): a token, good for ten minutes, with which a websocket binds to subscriptions. */
export async function issueBindingToken(work: Work, call: OperationCall): Promise<OperationAnswer> {
  const parameters = operationParameters(call);
  const ids = call.id !== undefined ? [call.id] : [...parameters.texts('id'), ...parameters.texts('ids')].flatMap((text) => text.split(','));
  const found = await loadSubscriptions(work.db, ids);
  // a token opens a line with the rights of who subscribed: nobody else gets one, whatever they administer
  if (ids.length === 0 || found.length < new Set(ids).size || !found.every((one) => isSubscriber(one, work.actor))) throw unknownSubscription();
  if (found.some(({ definition: { asked, channel } }) => channel.kind !== 'websocket' || asked.kind !== 'topic')) throw onlyWebsockets();
  const token = randomBytes(32).toString('base64url');
  const expires = work.now + lifeMs;
  await keepToken(work.db, tokenHash(token), ids, expires, work.now);
  return {
    resource: {
      resourceType: 'Parameters',
      parameter: [
        { name: 'token', valueString: token },
        { name: 'expiration', valueDateTime: new Date(expires).toISOString() },
        ...ids.map((id) => ({ name: 'subscription', valueString: id })),
        { name: 'websocket-url', valueUrl: socketUrl(call.base) },
      ],
    },
  };
}
