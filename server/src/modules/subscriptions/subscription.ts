// What a Subscription asks for, in the words of this module, and the rules of delivery.

import type { KeptActor } from '../security/index.ts';

export type State = 'requested' | 'active' | 'error' | 'off';
export type Content = 'empty' | 'id-only' | 'full-resource';

export interface Filter {
  readonly type: string;
  /** A FHIR query string. */
  readonly query: string;
}

/** R4: tells of resources that match a search. Backport: tells of the events of a topic. */
export type Asked =
  | { readonly kind: 'search'; readonly type: string; readonly query: string; readonly payload: boolean }
  | {
    readonly kind: 'topic';
    readonly topic: string;
    readonly filters: readonly Filter[];
    readonly content: Content;
    readonly heartbeatMs: number | undefined;
    readonly maxCount: number;
  };

export type Channel =
  | { readonly kind: 'rest-hook'; readonly endpoint: string; readonly headers: readonly (readonly [string, string])[]; readonly timeoutMs: number }
  | { readonly kind: 'websocket' };

export type Mime = 'application/fhir+json' | 'application/fhir+xml';

export interface Definition {
  readonly asked: Asked;
  readonly channel: Channel;
  /** In which form resources and bundles are sent. */
  readonly mime: Mime;
}

export interface Subscription {
  readonly id: string;
  /** Who asked to be told: sees what they may see on the day. */
  readonly actsFor: KeptActor | undefined;
  readonly state: State;
  readonly version: number;
  readonly definition: Definition;
  /** ms since 1970; changes before it are not told. */
  readonly since: number;
  readonly ends: number | undefined;
  /** Number of the last event. */
  readonly events: number;
  readonly failures: number;
  readonly notified: number;
  readonly error: string | undefined;
}

export type Method = 'create' | 'update' | 'delete';

/** One change that a subscription is told of. */
export interface Event {
  readonly number: number;
  readonly type: string;
  readonly id: string;
  readonly version: number;
  readonly method: Method;
  /** ms since 1970 */
  readonly occurred: number;
  readonly lane: string;
  readonly attempts: number;
}

const firstWaitMs = 1000;
const longestWaitMs = 600_000;

/** How long to wait after so many failures in a row: 1, 2, 4 … s, at most 10 min. */
export function waitAfter(failures: number): number {
  return Math.min(longestWaitMs, firstWaitMs * 2 ** Math.min(failures - 1, 20));
}

/** The events in lanes: of one lane each waits for the one before it, the lanes do not wait for each other. */
export function lanesOf(events: readonly Event[]): Event[][] {
  return [...Map.groupBy(events, (event) => event.lane).values()];
}

/** The events in notifications of at most `most`; one that failed before goes alone, so that it cannot take others down with it. */
export function bundlesOf(events: readonly Event[], most: number): Event[][] {
  const bundles: Event[][] = [];
  let open: Event[] | undefined;
  for (const event of events) {
    if (event.attempts > 0) {
      bundles.push([event]);
      open = undefined;
      continue;
    }
    if (open === undefined || open.length >= most) bundles.push((open = []));
    open.push(event);
  }
  return bundles;
}
