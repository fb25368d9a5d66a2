// Who has to do with a patient, read from what the record stores (R4 Encounter, EpisodeOfCare, Appointment, ServiceRequest, CareTeam).
import { keyOf } from '../fhir-types.ts';

export type Json = Readonly<Record<string, unknown>>;

export interface CareFact {
  readonly patient: bigint;
  readonly subject: string;
  /** ms since 1970: when it begins and ends; `until` of what is open is `always`. How much longer the relation holds, the policy in force says. */
  readonly since: number;
  readonly until: number;
}

export const careTypes = ['Encounter', 'EpisodeOfCare', 'Appointment', 'ServiceRequest', 'CareTeam'] as const;

/** Later than any date: until somebody closes it. */
const always = 9_007_199_254_740_991;
const subjectTypes = /^(?:https?:\/\/.+\/)?((?:Practitioner|PractitionerRole|CareTeam|Location|Organization)\/[A-Za-z0-9.-]{1,64})(?:\/_history\/[A-Za-z0-9.-]{1,64})?$/;
const patientReference = /^(?:https?:\/\/.+\/)?Patient\/([A-Za-z0-9.-]{1,64})(?:\/_history\/[A-Za-z0-9.-]{1,64})?$/;

/** Gives the relations that one resource makes, one for each patient and subject; none for a type, state or resource that makes none. */
export function careFacts(resource: Json): CareFact[] {
  const facts = new Map<string, CareFact>();
  for (const fact of allFacts(resource)) {
    const key = `${fact.patient} ${fact.subject}`;
    const known = facts.get(key) ?? fact;
    // Somebody who left a team and came back is there from the first day to the last.
    facts.set(key, { ...fact, since: Math.min(known.since, fact.since), until: Math.max(known.until, fact.until) });
  }
  return [...facts.values()];
}

function allFacts(resource: Json): CareFact[] {
  switch (resource['resourceType']) {
    case 'Encounter':
      return encounterFacts(resource);
    case 'EpisodeOfCare':
      return episodeFacts(resource);
    case 'Appointment':
      return appointmentFacts(resource);
    case 'ServiceRequest':
      return orderFacts(resource);
    case 'CareTeam':
      return teamFacts(resource);
    default:
      return [];
  }
}

function encounterFacts(resource: Json): CareFact[] {
  const status = textOf(resource['status']);
  if (status === 'cancelled' || status === 'entered-in-error') return [];
  const { low, high } = periodOf(resource['period']);
  // What was planned and never begun must not stay open for ever.
  const over = status === 'finished' || status === 'planned' || status === 'unknown';
  const people = objects(resource['participant']).map((each) => each['individual']);
  const places = objects(resource['location']).map((each) => each['location']);
  return factsOf([resource['subject']], [...people, ...places, resource['serviceProvider'], ...array(resource['episodeOfCare'])], { low, end: over ? high : undefined, over });
}

function episodeFacts(resource: Json): CareFact[] {
  const status = textOf(resource['status']);
  if (status === 'cancelled' || status === 'entered-in-error') return [];
  const { low, high } = periodOf(resource['period']);
  return factsOf([resource['patient']], [resource['careManager'], resource['managingOrganization'], ...array(resource['team'])], { low, end: high, over: status === 'finished' });
}

function appointmentFacts(resource: Json): CareFact[] {
  if (['cancelled', 'noshow', 'entered-in-error'].includes(textOf(resource['status']))) return [];
  const start = timeOf(resource['start']) ?? timeOf(resource['created']);
  if (start === undefined) return [];
  const actors = objects(resource['participant']).filter((each) => each['status'] !== 'declined').map((each) => each['actor']);
  return pairs(actors, actors, { since: start, until: timeOf(resource['end']) ?? start });
}

function orderFacts(resource: Json): CareFact[] {
  const status = textOf(resource['status']);
  if (status === 'entered-in-error' || status === 'draft') return [];
  const low = timeOf(resource['authoredOn']) ?? 0;
  const open = status === 'active' || status === 'on-hold';
  const span = { since: low, until: open ? always : low };
  const asked = pairs([resource['subject']], [resource['requester']], span).map((fact) => ({ ...fact, subject: askerOf(fact.subject) }));
  return [...asked, ...pairs([resource['subject']], [...array(resource['performer']), ...array(resource['locationReference'])], span)];
}

/**
 * Whoever orders sees of the patient what their department would, and not for the order alone what is sensitive: an order is what one can write for oneself.
 */
export function askerOf(subject: string): string {
  return subject.startsWith('Organization/') ? subject : `asks:${subject}`;
}

function teamFacts(resource: Json): CareFact[] {
  const status = textOf(resource['status']);
  if (status !== 'active' && status !== 'inactive') return [];
  const { low, high } = periodOf(resource['period']);
  const members = objects(resource['participant']);
  const facts = (subjects: readonly unknown[], period: Period) =>
    factsOf([resource['subject']], subjects, { low: period.low || low, end: earlier(period.high, high), over: status === 'inactive' });
  const itself = typeof resource['id'] === 'string' ? [{ reference: `CareTeam/${resource['id']}` }] : [];
  return [
    ...facts([...itself, ...array(resource['managingOrganization'])], { low: 0, high: undefined }),
    ...members.flatMap((each) => facts([each['member'], each['onBehalfOf']], periodOf(each['period']))),
  ];
}

interface Stay {
  readonly low: number;
  readonly end: number | undefined;
  readonly over: boolean;
}

/** Open until it is over. What is over without saying when ended when it began. */
function factsOf(patients: readonly unknown[], subjects: readonly unknown[], { low, end, over }: Stay): CareFact[] {
  return pairs(patients, subjects, { since: low, until: end ?? (over ? low : always) });
}

/** Each subject with each patient. */
function pairs(patients: readonly unknown[], subjects: readonly unknown[], span: { readonly since: number; readonly until: number }): CareFact[] {
  const named = subjects.map(subjectOf).filter((subject) => subject !== undefined);
  return patients.map(patientOf).flatMap((patient) => (patient === undefined ? [] : named.map((subject) => ({ patient: keyOf(patient), subject, ...span }))));
}

interface Period {
  readonly low: number;
  readonly high: number | undefined;
}

function periodOf(value: unknown): Period {
  const period = objectOf(value);
  return { low: timeOf(period['start']) ?? 0, high: timeOf(period['end']) };
}

function earlier(a: number | undefined, b: number | undefined): number | undefined {
  return a === undefined || b === undefined ? (a ?? b) : Math.min(a, b);
}

function patientOf(value: unknown): string | undefined {
  return patientReference.exec(textOf(objectOf(value)['reference']))?.[1];
}

function subjectOf(value: unknown): string | undefined {
  return subjectTypes.exec(textOf(objectOf(value)['reference']))?.[1];
}

function timeOf(value: unknown): number | undefined {
  const time = Date.parse(textOf(value));
  return Number.isNaN(time) ? undefined : time;
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function objectOf(value: unknown): Json {
  return typeof value === 'object' && value !== null ? (value as Json) : {};
}

function array(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : value === undefined ? [] : [value];
}

function objects(value: unknown): Json[] {
  return array(value).map(objectOf);
}
