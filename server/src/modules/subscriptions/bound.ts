// A subscription that a websocket is bound to.
import type { Subscription } from './subscription.ts';

export interface Bound {
  readonly id: string;
  readonly kind: 'search' | 'topic';
  /** Number of the last event that this socket was told of. */
  sent: number;
  /** When it was last told anything, ms since 1970. */
  told: number;
}

/** Tells whether a socket may be told of it. */
export function isBindable({ state, definition }: Subscription): boolean {
  return definition.channel.kind === 'websocket' && (state === 'active' || state === 'requested');
}

/** The start of a binding: what happened before is left to $events. */
export function boundOf({ id, events, definition }: Subscription, now: number): Bound {
  return { id, kind: definition.asked.kind, sent: events, told: now };
}
