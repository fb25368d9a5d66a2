import type { Actor, Work } from '../../platform/work.ts';
import { boundOf, isBindable, type Bound } from './bound.ts';
import { loadSubscription, loadSubscriptions, loadToken } from './store.ts';
import { isSubscriber } from './subscriber.ts';
import { tokenHash } from './token-hash.ts';
import { writeNotification } from './write-notification.ts';

export interface Binding {
  readonly bound: Bound;
  /** What the server says first. */
  readonly greeting: string;
}

/** Binds a websocket to an R4 subscription of the asker by its id, or to those of a token with a handshake for each; undefined when there is nothing to bind to. */
export function linkSocket(work: Work, asked: { readonly id: string; readonly asker: Actor | undefined } | { readonly token: string }, base: string): Promise<Binding[] | undefined> {
  return 'id' in asked ? byId(work, asked.id, asked.asker) : byToken(work, asked.token, base);
}

async function byId(work: Work, id: string, asker: Actor | undefined): Promise<Binding[] | undefined> {
  const subscription = await loadSubscription(work.db, id);
  if (subscription === undefined || !isBindable(subscription) || subscription.definition.asked.kind !== 'search') return undefined;
  // That something has happened in the search of another tells of patients whom the asker may not see.
  if (asker === undefined || !isSubscriber(subscription, asker)) return undefined;
  return [{ bound: boundOf(subscription, work.now), greeting: `bound ${id}` }];
}

async function byToken(work: Work, token: string, base: string): Promise<Binding[] | undefined> {
  const ids = await loadToken(work.db, tokenHash(token), work.now);
  if (ids === undefined) return undefined;
  const bindings: Binding[] = [];
  for (const subscription of (await loadSubscriptions(work.db, ids)).filter(isBindable)) {
    bindings.push({ bound: boundOf(subscription, work.now), greeting: String(await writeNotification(work, { subscription, base, type: 'handshake' })) });
  }
  return bindings;
}
