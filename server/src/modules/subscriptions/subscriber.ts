// Who is told of a subscription's events by a line of their own: who asked for it, and nobody with other rights.
import type { Actor } from '../../platform/work.ts';
import type { Subscription } from './subscription.ts';

/** Tells whether somebody asked to be told, by the same app under the same grant: what a line carries is chosen by the rights of who asked. */
export function isSubscriber({ actsFor }: Pick<Subscription, 'actsFor'>, actor: Pick<Actor, 'id' | 'grant'>): boolean {
  return actsFor !== undefined && actsFor.id === actor.id && grantText(actsFor) === grantText(actor);
}

function grantText({ grant }: Pick<Actor, 'grant'>): string {
  return JSON.stringify(grant === undefined ? null : [grant.client, grant.patient ?? null, [...grant.scopes].sort()]);
}
