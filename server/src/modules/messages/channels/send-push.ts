// Notices to browsers (Web Push, RFC 8030): to every device of those who are the patient, or may act for the patient, today.
import type { Settings } from '../../../platform/config.ts';
import { openSecret } from '../../../platform/seal.ts';
import type { Work } from '../../../platform/work.ts';
import { readActor } from '../../security/index.ts';
import { sendHook, type HookOutcome } from '../../subscriptions/index.ts';
import { keepSecret } from '../keep-secret.ts';
import type { Outcome } from '../outcome.ts';
import type { Channel, Letter } from './channel.ts';
import { encryptPush, newPushKey, vapidHeader, type PushKeys } from './push-encryption.ts';

interface Device {
  readonly hash: Buffer;
  readonly endpoint: string;
  readonly keys: PushKeys;
}

type PushSettings = Pick<Settings, 'pushHosts' | 'pushContact'>;

export function pushChannel(settings: PushSettings): Channel {
  return {
    channel: 'push', adapter: 'push', perSecond: 200, idempotent: true, // the Topic lets a second one take the place of the first
    send: async (work, letter) => {
      const devices = await devicesOf(work, letter.to);
      if (devices.length === 0) return { kind: 'refused', why: 'no-device' };
      const outcomes: Outcome[] = [];
      for (const device of devices) outcomes.push(await sendTo(work, device, letter, settings));
      return outcomes.find(({ kind }) => kind === 'accepted') ?? outcomes.find(({ kind }) => kind === 'not-sent') ?? outcomes[0]!;
    },
  };
}

/** The private and the public key of this hospital towards push services; made once. */
export async function keepPushKeys(work: Work): Promise<{ privateKey: string; publicKey: string }> {
  const made = await keepSecret(work, 'push', () => {
    const key = newPushKey();
    return `${key.getPrivateKey().toString('hex').padStart(64, '0')}.${key.getPublicKey('hex')}`;
  });
  const [d = '', point = ''] = made.split('.').map((part) => Buffer.from(part, 'hex').toString('base64url'));
  return { privateKey: d, publicKey: point };
}

/** Who had the right when the browser was added may have lost it since: each account is asked anew. */
async function devicesOf(work: Work, patient: string): Promise<Device[]> {
  const { rows } = await work.db.query<{ endpoint_hash: Buffer; account: string; subscription_sealed: string }>({
    name: 'messages.devices', text: 'SELECT endpoint_hash, account, subscription_sealed FROM messages.push_subscription WHERE patients @> ARRAY[$1::text] LIMIT 20', values: [patient],
  });
  const devices: Device[] = [];
  for (const row of rows) {
    const actor = await readActor(work, { id: row.account });
    if (actor?.patients?.includes(patient) !== true) continue;
    devices.push({ hash: row.endpoint_hash, ...(JSON.parse(openSecret(row.subscription_sealed, `push:${row.endpoint_hash.toString('hex')}`)) as Omit<Device, 'hash'>) });
  }
  return devices;
}

async function sendTo(work: Work, { hash, endpoint, keys }: Device, letter: Letter, settings: PushSettings): Promise<Outcome> {
  const { privateKey, publicKey } = await keepPushKeys(work);
  const content = JSON.stringify({ title: letter.words.title, body: letter.words.sms, tag: letter.about ?? letter.id, url: '/app/' });
  const ttl = Math.max(0, Math.floor((letter.expiresAt - work.now) / 1000));
  const headers = [['TTL', String(ttl)], ['Content-Encoding', 'aes128gcm'], ['Urgency', 'high'], ['Topic', letter.id], ['Authorization', vapidHeader(endpoint, settings.pushContact, privateKey, publicKey, work.now)]] as const;
  const outcome = await sendHook({ method: 'POST', url: endpoint, headers, body: encryptPush(Buffer.from(content.slice(0, 3000)), keys), mime: 'application/octet-stream', timeoutMs: 10_000, allowed: settings.pushHosts });
  // RFC 8030, 7.3: the subscription is no more
  if (outcome.kind === 'refused' && /40[4]|410/.test(outcome.why)) await work.db.query({ name: 'messages.remove-device', text: 'DELETE FROM messages.push_subscription WHERE endpoint_hash = $1', values: [hash] });
  return outcomeOf(outcome);
}

function outcomeOf(outcome: HookOutcome): Outcome {
  if (outcome.kind === 'delivered') return { kind: 'accepted' };
  const why = outcome.why.toLowerCase().replaceAll(' ', '-');
  if (outcome.kind === 'unreachable') return outcome.why === 'host not allowed' ? { kind: 'refused', why } : { kind: 'not-sent', why };
  return /429|5\d\d/.test(why) ? { kind: 'not-sent', why, waitMs: 60_000 } : { kind: 'refused', why };
}
