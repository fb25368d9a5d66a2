// SubscriptionTopics as R4 can hold them: Basic resources with the cross-version extensions of R5 or R4B (Subscriptions R5 Backport, "FHIR R4").
import { isResourceType, resourceTypes, type Resource } from '@sen/fhir';
import { badTopic } from './refusals.ts';
import type { Method } from './subscription.ts';
import { builtInTopic, namedTopics, urlOfType, type QueryCriteria, type Topic, type Trigger } from './topic.ts';

type Json = Record<string, unknown>;

/** A topic of every house by its canonical URL. */
export function knownTopic(url: string): Topic | undefined {
  return builtInTopic(url, resourceTypes);
}

/** Canonical URLs of the topics of every house. */
export function knownTopicUrls(): string[] {
  return [...namedTopics.map(({ url }) => url), ...resourceTypes.map(urlOfType)];
}

/** Tells whether a Basic stands for a SubscriptionTopic. */
export function isTopic(resource: Resource): boolean {
  return list(object(resource['code'])['coding']).some((coding) => object(coding)['code'] === 'SubscriptionTopic' && object(coding)['system'] === 'http://hl7.org/fhir/fhir-types');
}

/** Reads a topic; undefined for one that is retired or a draft. Refuses triggers that Sen cannot judge, rather than tell of too much or too little. */
export function readTopic(resource: Resource): Topic | undefined {
  const extensions = [...list(resource['extension']), ...list(resource['modifierExtension'])].map(object);
  const values = (name: string): Json[] => extensions.filter(({ url }) => new RegExp(`^http://hl7\\.org/fhir/[45]\\.\\d/StructureDefinition/extension-SubscriptionTopic\\.${name}$`).test(String(url)));
  const text = (name: string): string | undefined => textOf(values(name)[0]);
  const url = text('url');
  if (url === undefined) throw badTopic('The extension SubscriptionTopic.url is missing.');
  if (text('status') === 'retired' || text('status') === 'draft') return undefined;
  if (values('eventTrigger').length > 0) throw badTopic('eventTrigger cannot be judged: use resourceTrigger.');
  const triggers = values('resourceTrigger').map(triggerOf);
  if (triggers.length === 0) throw badTopic('A topic needs a resourceTrigger.');
  const filters = values('canFilterBy').map(filterOf);
  return { url, title: text('title') ?? url, triggers, ...(filters.length === 0 ? { filters: [] } : { filters }) };
}

function triggerOf(extension: Json): Trigger {
  const part = partsOf(extension);
  if (part('fhirPathCriteria').length > 0 && part('queryCriteria').length === 0) throw badTopic('fhirPathCriteria cannot be judged: use queryCriteria.');
  const type = typeOf(textOf(part('resource')[0]));
  const on = part('supportedInteraction').map(textOf) as Method[];
  const query = part('queryCriteria')[0];
  return { type, on: on.length === 0 ? ['create', 'update', 'delete'] : on, ...(query === undefined ? {} : { query: queryOf(type, query) }) };
}

function queryOf(type: string, extension: Json): QueryCriteria {
  const part = partsOf(extension);
  const side = (name: string): string | undefined => textOf(part(name)[0])?.replace(new RegExp(`^${type}\\?`), '');
  const previous = side('previous');
  const current = side('current');
  return {
    ...(previous === undefined ? {} : { previous }),
    ...(current === undefined ? {} : { current }),
    requireBoth: String(part('requireBoth')[0]?.['valueBoolean']) === 'true',
    passesOnCreate: textOf(part('resultForCreate')[0]) !== 'test-fails',
    passesOnDelete: textOf(part('resultForDelete')[0]) === 'test-passes',
  };
}

function filterOf(extension: Json): string {
  const part = partsOf(extension);
  const name = textOf(part('filterParameter')[0]);
  const resource = textOf(part('resource')[0]);
  if (name === undefined) throw badTopic('canFilterBy needs a filterParameter.');
  return resource === undefined ? name : `${typeOf(resource)}.${name}`;
}

function typeOf(uri: string | undefined): string {
  const type = uri?.replace('http://hl7.org/fhir/StructureDefinition/', '') ?? '';
  if (!isResourceType(type)) throw badTopic('resource names no resource type of R4.');
  return type;
}

function partsOf(extension: Json): (name: string) => Json[] {
  const parts = list(extension['extension']).map(object);
  return (name) => parts.filter(({ url }) => url === name);
}

function textOf(extension: Json | undefined): string | undefined {
  const value = Object.entries(extension ?? {}).find(([name]) => name.startsWith('value'))?.[1];
  return typeof value === 'string' ? value : undefined;
}

function object(value: unknown): Json {
  return typeof value === 'object' && value !== null ? (value as Json) : {};
}

function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}
