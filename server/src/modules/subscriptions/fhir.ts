// Subscription resources, read into what this module works with: R4 (subscription.html) and Subscriptions R5 Backport 1.1.0.
import { isResourceType, parseLossless, writeXml, type Resource } from '@sen/fhir';
import { badCriteria, badFilter, badSubscription, unsupportedChannel, unsupportedPayload } from './refusals.ts';
import type { Asked, Channel, Content, Definition, Filter, Mime, State } from './subscription.ts';

type Json = Record<string, unknown>;

const backport = 'http://hl7.org/fhir/uv/subscriptions-backport/StructureDefinition';

/** The profile that makes a Subscription one of the backport. */
export const backportProfile = `${backport}/backport-subscription`;

export interface SubscriptionView {
  readonly state: State;
  readonly definition: Definition;
  readonly ends: number | undefined;
}

export interface SubscriptionLimits {
  readonly timeoutMs: number;
  readonly mostEvents: number;
}

/** Reads a Subscription that the record has found well formed. Refuses what cannot be delivered. */
export function readSubscription(resource: Resource, limits: SubscriptionLimits): SubscriptionView {
  const channel = object(resource['channel']);
  const topical = isTopical(resource);
  const ends = resource['end'] === undefined ? undefined : Date.parse(String(resource['end']));
  return {
    state: resource['status'] as State,
    definition: { asked: topical ? topicOf(resource, channel, limits) : searchOf(resource, channel), channel: channelOf(channel, limits), mime: mimeOf(channel) ?? 'application/fhir+json' },
    ends: ends !== undefined && Number.isNaN(ends) ? undefined : ends,
  };
}

/** The same Subscription with another status, and with the error that explains it or none. */
export function withStatus(resource: Resource, status: State, error: string | undefined): Resource {
  const { error: _before, ...rest } = resource;
  const next: Resource = { ...rest, resourceType: 'Subscription', status };
  if (error !== undefined) next['error'] = error;
  return next;
}

function isTopical(resource: Resource): boolean {
  if (resource.meta?.profile?.some((profile) => profile.split('|')[0] === backportProfile) === true) return true;
  return /^(https?|urn):/.test(String(resource['criteria'] ?? ''));
}

function searchOf(resource: Resource, channel: Json): Asked {
  const { type, query } = criteriaParts(String(resource['criteria'] ?? ''));
  return { kind: 'search', type, query, payload: mimeOf(channel) !== undefined };
}

/** `Observation?code=…`, with or without the address of a server before it. */
function criteriaParts(criteria: string): Filter {
  const [, type = '', query = ''] = /^\/?([A-Z][A-Za-z]+)\??(.*)$/s.exec(criteria) ?? [];
  if (!isResourceType(type)) throw badCriteria('it begins with no resource type of R4.');
  return { type, query };
}

function topicOf(resource: Resource, channel: Json, { mostEvents }: SubscriptionLimits): Asked {
  if (mimeOf(channel) === undefined) throw unsupportedPayload('application/fhir+json or application/fhir+xml; the backport requires one');
  const content = valueOf(object(channel['_payload']), 'backport-payload-content') ?? 'id-only';
  if (!isContent(content)) throw unsupportedPayload('empty, id-only or full-resource');
  const heartbeat = countOf(channel, 'backport-heartbeat-period');
  return {
    kind: 'topic',
    topic: String(resource['criteria']),
    filters: valuesOf(object(resource['_criteria']), 'backport-filter-criteria').map(filterOf),
    content,
    heartbeatMs: heartbeat === undefined || heartbeat === 0 ? undefined : heartbeat * 1000,
    maxCount: Math.min(countOf(channel, 'backport-max-count') ?? mostEvents, mostEvents),
  };
}

function isContent(value: unknown): value is Content {
  return value === 'empty' || value === 'id-only' || value === 'full-resource';
}

function filterOf(value: unknown): Filter {
  const [, type = '', query = ''] = /^(?:([A-Z][A-Za-z]+)\?)?(.+)$/s.exec(String(value)) ?? [];
  if (query === '' || (type !== '' && !isResourceType(type))) throw badFilter('A filter is written as Type?parameter=value.');
  return { type, query };
}

/** The form of the payload; undefined for none. R4 lets it be any MIME type; ours are those of FHIR. */
function mimeOf(channel: Json): Mime | undefined {
  const payload = channel['payload'];
  if (payload === undefined || payload === '') return undefined;
  const [mime = ''] = String(payload).split(';');
  const known = mimes.get(mime.trim().toLowerCase());
  if (known === undefined) throw unsupportedPayload('application/fhir+json or application/fhir+xml');
  return known;
}

const mimes = new Map<string, Mime>([
  ['application/fhir+json', 'application/fhir+json'], ['application/json', 'application/fhir+json'],
  ['application/fhir+xml', 'application/fhir+xml'], ['application/xml', 'application/fhir+xml'],
]);

/** A resource as it goes out in a form. */
export function inForm(json: Buffer, mime: Mime): Buffer {
  return mime === 'application/fhir+json' ? json : Buffer.from(writeXml(parseLossless(json.toString()) as Resource));
}

function channelOf(channel: Json, limits: SubscriptionLimits): Channel {
  const type = String(channel['type'] ?? '');
  const custom = valueOf(object(channel['_type']), 'backport-channel-type');
  if (custom !== undefined) throw unsupportedChannel(String(object(custom)['code'] ?? 'custom'));
  if (type === 'websocket') return { kind: 'websocket' };
  if (type !== 'rest-hook') throw unsupportedChannel(type);
  const timeout = countOf(channel, 'backport-timeout');
  const timeoutMs = timeout === undefined || timeout === 0 ? limits.timeoutMs : Math.min(timeout * 1000, 120_000);
  return { kind: 'rest-hook', endpoint: endpointOf(channel), headers: list(channel['header']).map(headerOf), timeoutMs };
}

function endpointOf(channel: Json): string {
  const text = String(channel['endpoint'] ?? '');
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !/^https?:$/.test(url.protocol)) throw badSubscription('A rest-hook needs an endpoint that is an http or https URL.', 'Subscription.channel.endpoint');
  if (url.username !== '' || url.password !== '') throw badSubscription('Credentials belong into channel.header, not into the endpoint.', 'Subscription.channel.endpoint');
  return text;
}

/** Headers that belong to the connection or to the content itself. */
const ownHeaders = new Set(['host', 'connection', 'content-length', 'content-type', 'transfer-encoding', 'upgrade', 'expect', 'te', 'trailer', 'keep-alive', 'proxy-connection']);

function headerOf(value: unknown): readonly [string, string] {
  const [, name = '', text = ''] = /^([!#$%&'*+\-.^_`|~\w]+):[ \t]*((?![ \t])[\t\x20-\x7e\x80-\xff]*)$/.exec(String(value)) ?? [];
  // the value may be a secret: it is not repeated
  if (name === '' || ownHeaders.has(name.toLowerCase())) throw badSubscription('A header is written as "Name: value", and is none of the connection itself.', 'Subscription.channel.header');
  return [name, text];
}

function countOf(element: Json, extension: string): number | undefined {
  const value = valueOf(element, extension);
  if (value === undefined) return undefined;
  const count = Number(String(value));
  if (!Number.isInteger(count) || count < 0) throw badSubscription(`${extension}: a whole number is expected.`, 'Subscription.channel.extension');
  return count;
}

function valueOf(element: Json, extension: string): unknown {
  return valuesOf(element, extension)[0];
}

function valuesOf(element: Json, extension: string): unknown[] {
  return list(element['extension'])
    .map(object)
    .filter(({ url }) => url === `${backport}/${extension}`)
    .map((one) => Object.entries(one).find(([name]) => name.startsWith('value'))?.[1]);
}

function object(value: unknown): Json {
  return typeof value === 'object' && value !== null ? (value as Json) : {};
}

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}
