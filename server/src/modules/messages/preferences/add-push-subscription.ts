import { createHash } from 'node:crypto';
import { Refusal } from '../../../platform/refusal.ts';
import { sealSecret } from '../../../platform/seal.ts';
import type { Work } from '../../../platform/work.ts';

const mostDevices = 20;

/** Keeps a browser to be told, for oneself and one’s family; the same browser again takes the place of itself. */
export async function addPushSubscription(work: Work, { endpoint, keys }: { endpoint: string; keys: { p256dh: string; auth: string } }): Promise<null> {
  if (!URL.canParse(endpoint)) throw new Refusal('incorrect', 'messages.bad-push-address', { vi: 'Địa chỉ nhận thông báo không dùng được.', en: 'This push address cannot be used.' });
  const hash = endpointHash(endpoint);
  await work.transact(async ({ db, actor, now }) => {
    await db.query({
      name: 'messages.add-device',
      text: `INSERT INTO messages.push_subscription (endpoint_hash, account, patients, subscription_sealed, created_at) VALUES ($1, $2, $3, $4, to_timestamp($5::float8 / 1000))
        ON CONFLICT (endpoint_hash) DO UPDATE SET account = EXCLUDED.account, patients = EXCLUDED.patients, subscription_sealed = EXCLUDED.subscription_sealed, created_at = EXCLUDED.created_at`,
      values: [hash, actor.id, actor.patients ?? [], sealSecret(JSON.stringify({ endpoint, keys }), `push:${hash.toString('hex')}`), now],
    });
    await db.query({
      name: 'messages.oldest-devices',
      text: 'DELETE FROM messages.push_subscription WHERE endpoint_hash IN (SELECT endpoint_hash FROM messages.push_subscription WHERE account = $1 ORDER BY created_at DESC OFFSET $2)', values: [actor.id, mostDevices],
    });
  });
  return null;
}

export async function removePushSubscription(work: Work, endpoint: string): Promise<null> {
  await work.db.query({ name: 'messages.remove-own-device', text: 'DELETE FROM messages.push_subscription WHERE endpoint_hash = $1 AND account = $2', values: [endpointHash(endpoint), work.actor.id] });
  return null;
}

function endpointHash(endpoint: string): Buffer {
  return createHash('sha256').update(endpoint).digest();
}
