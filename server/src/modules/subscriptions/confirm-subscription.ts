import type { House } from '../../platform/module.ts';
import { changeStatus } from './change-status.ts';
import { sendHook } from './send-hook.ts';
import { markHealthy } from './store.ts';
import type { Subscription } from './subscription.ts';
import { writeNotification } from './write-notification.ts';

/**
 * Makes a requested subscription active. A rest-hook of the backport must first accept a handshake (IG: channels, REST-Hook); what does not becomes
 * `error`. R4 knows no handshake.
 */
export async function confirmSubscription(house: House, base: string, subscription: Subscription, cut: AbortSignal): Promise<void> {
  const { id, definition: { asked, channel, mime } } = subscription;
  const work = house.systemWork();
  if (asked.kind === 'search' || channel.kind === 'websocket') return changeStatus(work, id, 'active');
  const body = await writeNotification(work, { subscription, base, type: 'handshake' });
  const outcome = await sendHook({ method: 'POST', url: channel.endpoint, body, mime, headers: channel.headers, timeoutMs: channel.timeoutMs, allowed: house.settings.hookHosts, cut });
  if (outcome.kind !== 'delivered' && cut.aborted) return; // asked again at the next start
  const after = house.systemWork();
  if (outcome.kind !== 'delivered') return changeStatus(after, id, 'error', `The endpoint did not accept the handshake: ${outcome.why}.`);
  await markHealthy(after.db, id, after.now);
  return changeStatus(after, id, 'active');
}
