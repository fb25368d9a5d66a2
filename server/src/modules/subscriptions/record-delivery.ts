import type { Work } from '../../platform/work.ts';
import { recordAudit } from '../security/index.ts';
import type { Event, Subscription } from './subscription.ts';

/** Tells the audit which resources a notification names, before it leaves: what a subscriber is told has been seen by the subscriber. */
export async function recordDelivery(work: Work, { id }: Pick<Subscription, 'id'>, events: readonly Event[], to: string): Promise<void> {
  if (events.length === 0) return;
  await recordAudit(work, {
    kind: 'delivery', action: 'R', door: to,
    actor: { id: `Subscription/${id}`, kind: 'system', name: '', roles: [] },
    touches: events.map(({ type, id: resource, version }) => ({ action: 'R', type, id: resource, version })),
    patientKeys: events.flatMap(({ lane }) => (lane.startsWith('patient ') ? [lane.slice('patient '.length)] : [])),
  });
}
