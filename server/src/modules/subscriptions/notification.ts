// Notification bundles of the backport (Subscriptions R5 Backport 1.1.0: backport-subscription-notification-r4, backport-subscription-status-r4).
import type { Content, Event, State } from './subscription.ts';

const profiles = 'http://hl7.org/fhir/uv/subscriptions-backport/StructureDefinition';

export type NotificationType = 'handshake' | 'heartbeat' | 'event-notification' | 'query-status' | 'query-event';

export interface StatusInput {
  /** Absolute address of the FHIR endpoint, without a slash at the end. */
  readonly base: string;
  readonly subscription: string;
  readonly topic: string | undefined;
  readonly state: State;
  readonly type: NotificationType;
  /** Number of the last event. */
  readonly events: number;
  readonly error: string | undefined;
  readonly dead: number;
}

export interface NotificationInput extends StatusInput {
  readonly content: Content;
  readonly told: readonly { readonly event: Event; readonly json: Buffer | undefined }[];
  /** ms since 1970 */
  readonly now: number;
  /** Ids of the bundle and of its first entry: UUIDs. */
  readonly ids: readonly [string, string];
}

/** The status of a subscription as Parameters, with the events of a notification. */
export function statusParameters(input: StatusInput, id: string, events: readonly object[] = []): object {
  const errors = [input.error, input.dead === 0 ? undefined : `${input.dead} events could not be delivered and were given up.`].filter((text) => text !== undefined);
  return {
    resourceType: 'Parameters',
    id,
    meta: { profile: [`${profiles}/backport-subscription-status-r4`] },
    parameter: [
      { name: 'subscription', valueReference: { reference: `${input.base}/Subscription/${input.subscription}` } },
      ...(input.topic === undefined ? [] : [{ name: 'topic', valueCanonical: input.topic }]),
      { name: 'status', valueCode: input.state },
      { name: 'type', valueCode: input.type },
      { name: 'events-since-subscription-start', valueString: String(input.events) },
      ...events.map((part) => ({ name: 'notification-event', part })),
      ...errors.map((text) => ({ name: 'error', valueCodeableConcept: { text } })),
    ],
  };
}

/** A notification as JSON; resources go in as they are stored. */
export function notificationJson(input: NotificationInput): Buffer {
  const [bundleId, statusId] = input.ids;
  // an empty notification names neither the topic nor any resource (IG: payloads, "Empty")
  const status = statusParameters({ ...input, topic: input.content === 'empty' ? undefined : input.topic }, statusId, input.told.map(({ event }) => eventParts(input, event)));
  const first = { fullUrl: `urn:uuid:${statusId}`, resource: status, request: { method: 'GET', url: `${input.base}/Subscription/${input.subscription}/$status` }, response: { status: '200' } };
  const entries: Buffer[] = [Buffer.from(JSON.stringify(first))];
  if (input.content !== 'empty') for (const { event, json } of input.told) entries.push(eventEntry(input, event, json));
  const head = { resourceType: 'Bundle', id: bundleId, meta: { profile: [`${profiles}/backport-subscription-notification-r4`] }, type: 'history', timestamp: new Date(input.now).toISOString() };
  const parts: Buffer[] = [Buffer.from(`${JSON.stringify(head).slice(0, -1)},"entry":[`)];
  entries.forEach((entry, at) => parts.push(...(at === 0 ? [entry] : [comma, entry])));
  return Buffer.concat([...parts, Buffer.from(']}')]);
}

const comma = Buffer.from(',');

function eventParts({ base, content }: NotificationInput, { number, occurred, type, id }: Event): object[] {
  return [
    { name: 'event-number', valueString: String(number) },
    { name: 'timestamp', valueInstant: new Date(occurred).toISOString() },
    ...(content === 'empty' ? [] : [{ name: 'focus', valueReference: { reference: `${base}/${type}/${id}` } }]),
  ];
}

const requests = { create: ['POST', '201'], update: ['PUT', '200'], delete: ['DELETE', '204'] } as const;

function eventEntry({ base, content }: NotificationInput, { type, id, version, method, occurred }: Event, json: Buffer | undefined): Buffer {
  const [verb, status] = requests[method];
  const rest = {
    request: { method: verb, url: method === 'create' ? type : `${type}/${id}` },
    response: { status, etag: `W/"${version}"`, lastModified: new Date(occurred).toISOString() },
  };
  const head = `{"fullUrl":${JSON.stringify(`${base}/${type}/${id}`)},`;
  const tail = JSON.stringify(rest).slice(1);
  if (content !== 'full-resource' || json === undefined) return Buffer.from(head + tail);
  return Buffer.concat([Buffer.from(`${head}"resource":`), json, Buffer.from(`,${tail}`)]);
}
