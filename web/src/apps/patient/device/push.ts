// Messages of the hospital on this phone (Push API): asked for by a tap, never on opening.
import type * as contracts from '@sen/contracts';
import { call } from '../../../lib/api.ts';

export type PushState = 'unsupported' | 'refused' | 'on' | 'off';

export async function pushState(): Promise<PushState> {
  if (!('serviceWorker' in navigator) || !('PushManager' in globalThis)) return 'unsupported';
  if (Notification.permission === 'denied') return 'refused';
  const registration = await navigator.serviceWorker.getRegistration('/app');
  return (await registration?.pushManager.getSubscription()) ? 'on' : 'off';
}

export async function startPush(): Promise<PushState> {
  if ((await Notification.requestPermission()) !== 'granted') return pushState();
  const { key } = await call<typeof contracts.readPushKey>('GET', '/api/push-key', {});
  const registration = await navigator.serviceWorker.ready;
  const { endpoint, expirationTime, keys } = (await registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: key })).toJSON();
  if (endpoint === undefined) return 'off';
  await call<typeof contracts.addPushSubscription>('POST', '/api/my/push-subscriptions', {
    endpoint, expirationTime: expirationTime ?? null, keys: { p256dh: keys?.['p256dh'] ?? '', auth: keys?.['auth'] ?? '' },
  });
  return 'on';
}

export async function stopPush(): Promise<PushState> {
  const registration = await navigator.serviceWorker.getRegistration('/app');
  const subscription = await registration?.pushManager.getSubscription();
  if (subscription) {
    await call<typeof contracts.removePushSubscription>('DELETE', '/api/my/push-subscriptions', { endpoint: subscription.endpoint });
    await subscription.unsubscribe();
  }
  return pushState();
}
