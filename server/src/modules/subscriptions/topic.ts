// Topics of subscriptions: which changes are events (R5 SubscriptionTopic, as far as Sen judges it), and the topics that every house has.
import type { Method } from './subscription.ts';

export interface QueryCriteria {
  /** Query strings that the resource before and after the change must match. */
  readonly previous?: string;
  readonly current?: string;
  readonly requireBoth: boolean;
  /** What the missing side counts for when a resource is created or deleted. */
  readonly passesOnCreate: boolean;
  readonly passesOnDelete: boolean;
}

export interface Trigger {
  readonly type: string;
  readonly on: readonly Method[];
  readonly query?: QueryCriteria;
}

export interface Topic {
  readonly url: string;
  readonly title: string;
  readonly triggers: readonly Trigger[];
  /** Search parameters that a subscription may filter by, as `Type.parameter`; undefined: every one of the type. */
  readonly filters?: readonly string[];
}

const base = 'https://sen.vn/fhir/SubscriptionTopic';

/** The resource came to have the status, or was created with it. */
function became(type: string, status: string): Trigger {
  const query = { previous: `status:not=${status}`, current: `status=${status}`, requireBoth: true, passesOnCreate: true, passesOnDelete: false };
  return { type, on: ['create', 'update'], query };
}

const everyChange: readonly Method[] = ['create', 'update', 'delete'];

const named: readonly Topic[] = [
  { url: `${base}/encounter-start`, title: 'An encounter began', triggers: [became('Encounter', 'in-progress')] },
  { url: `${base}/encounter-end`, title: 'An encounter ended', triggers: [became('Encounter', 'finished')] },
  { url: `${base}/observation-final`, title: 'A result is final, was amended or corrected', triggers: ['final', 'amended', 'corrected'].map((status) => became('Observation', status)) },
  { url: `${base}/report-final`, title: 'A report is final, was amended, corrected or appended', triggers: ['final', 'amended', 'corrected', 'appended'].map((status) => became('DiagnosticReport', status)) },
  { url: `${base}/appointment-booked`, title: 'An appointment was booked', triggers: [became('Appointment', 'booked')] },
  { url: `${base}/appointment-cancelled`, title: 'An appointment was cancelled or missed', triggers: ['cancelled', 'noshow'].map((status) => became('Appointment', status)) },
];

/** The topics that every house has, beside one for each resource type. */
export const namedTopics: readonly Topic[] = named;

/** The topic of every change of a type: `…/appointment-change` is that of Appointment. */
function topicOfType(type: string): Topic {
  return { url: urlOfType(type), title: `${type} was created, changed or deleted`, triggers: [{ type, on: everyChange }] };
}

/** Canonical URL of the topic of every change of a type. */
export function urlOfType(type: string): string {
  return `${base}/${type.replace(/(?<=[a-z])(?=[A-Z])/g, '-').toLowerCase()}-change`;
}

/** A topic of every house by its canonical URL. */
export function builtInTopic(url: string, types: readonly string[]): Topic | undefined {
  const [bare] = url.split('|');
  const type = types.find((one) => urlOfType(one) === bare);
  return type === undefined ? named.find((topic) => topic.url === bare) : topicOfType(type);
}
