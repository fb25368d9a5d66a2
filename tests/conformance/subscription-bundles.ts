// Backport subscriptions as a client writes them, and notifications as it reads them.
import { expect } from 'vitest';
import { hookServer, type HookServer } from '../support/hook.ts';
import { testServer, type TestServer } from '../support/server.ts';
import { clientOf, lan, type Client, type Json } from './client.ts';

export const patiently = { timeout: 15_000, interval: 20 };
export const ig = 'http://hl7.org/fhir/uv/subscriptions-backport/StructureDefinition';
export const topics = 'https://sen.vn/fhir/SubscriptionTopic';

export interface Wish {
  readonly topic: string;
  readonly endpoint: string;
  readonly content?: string;
  readonly filters?: readonly string[];
  readonly channel?: object;
  readonly heartbeat?: number;
  readonly maxCount?: number;
}

/** A Subscription with the profile backport-subscription. */
function topicSubscription({ topic, endpoint, content = 'id-only', filters = [], channel = {}, heartbeat, maxCount }: Wish): Json {
  const extension = [
    ...(heartbeat === undefined ? [] : [{ url: `${ig}/backport-heartbeat-period`, valueUnsignedInt: heartbeat }]),
    ...(maxCount === undefined ? [] : [{ url: `${ig}/backport-max-count`, valuePositiveInt: maxCount }]),
  ];
  return {
    resourceType: 'Subscription', meta: { profile: [`${ig}/backport-subscription`] }, status: 'requested', reason: 'Theo dõi', criteria: topic,
    ...(filters.length === 0 ? {} : { _criteria: { extension: filters.map((valueString) => ({ url: `${ig}/backport-filter-criteria`, valueString })) } }),
    channel: {
      ...(extension.length === 0 ? {} : { extension }),
      type: 'rest-hook', endpoint, payload: 'application/fhir+json',
      _payload: { extension: [{ url: `${ig}/backport-payload-content`, valueCode: content }] }, ...channel,
    },
  };
}

/** What a notification says: its type, the numbers of its events and their focus. */
export function told(bundle: Json): { type: string; status: string; since: string; numbers: string[]; focus: (string | undefined)[] } {
  const parameter = bundle.entry[0].resource.parameter as Json[];
  const value = (name: string) => parameter.find((one) => one.name === name);
  const part = (event: Json, name: string) => event.part.find((one: Json) => one.name === name);
  const events = parameter.filter(({ name }) => name === 'notification-event');
  return {
    type: value('type').valueCode, status: value('status').valueCode, since: value('events-since-subscription-start').valueString,
    numbers: events.map((event) => part(event, 'event-number').valueString),
    focus: events.map((event) => part(event, 'focus')?.valueReference.reference.replace(/^.*\/fhir\/R4\//, '')),
  };
}

export interface Subscriber {
  readonly server: TestServer;
  readonly fhir: Client;
  readonly hook: HookServer;
  /** Status of a Subscription. */
  status(id: string): Promise<string>;
  /** A Subscription whose endpoint is a path of the hook. */
  subscription(wish: PathWish): Json;
  /** Makes one and waits until it is active; gives its id. */
  subscribe(wish: PathWish): Promise<string>;
  close(): Promise<void>;
}

export type PathWish = Omit<Wish, 'endpoint'> & { readonly path?: string };

/** A server that may tell a hook, and two patients. */
export async function openSubscriber(): Promise<Subscriber> {
  const hook = await hookServer();
  const server = await testServer({ env: { SEN_HOOK_HOSTS: '127.0.0.1', SEN_HOOK_POLL_MS: '20' } });
  const fhir = clientOf(server);
  for (const id of ['lan', 'hai']) await fhir('PUT', `/Patient/${id}`, lan({ id }));
  const status = async (id: string) => (await fhir('GET', `/Subscription/${id}`)).body.status;
  const subscription = ({ path = '/', ...wish }: PathWish): Json => topicSubscription({ ...wish, endpoint: `${hook.base}${path}` });
  return {
    server, fhir, hook, status, subscription,
    subscribe: async (wish) => {
      const { status: code, body } = await fhir('POST', '/Subscription', subscription(wish));
      expect([code, body.status]).toEqual([201, 'requested']);
      await expect.poll(() => status(body.id), patiently).toBe('active');
      return body.id;
    },
    close: async () => {
      await server.close();
      await hook.close();
    },
  };
}
