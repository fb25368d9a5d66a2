// How an actor stands to patients, in the terms of the record and of security.care_relation.
import type { Actor } from '../../../platform/work.ts';
import { keyOf } from '../fhir-types.ts';
import { askerOf } from './care-facts.ts';

/** Keys of the patients the actor is, or may act for. */
export function ownPatients({ patients = [] }: Actor): bigint[] {
  return patients.map(keyOf);
}

/** Keys of the patients whose record the actor has opened in an emergency that has not ended. */
export function emergencyPatients({ emergencies = [] }: Actor, now: number): bigint[] {
  return emergencies.filter(({ until }) => until > now).map(({ patient }) => keyOf(patient));
}

/** Who the actor is to a patient cared for in person, in a ward, queue or team: all subjects but departments. */
export function careSubjects({ practitioner, places = [] }: Actor): string[] {
  return [...(practitioner === undefined ? [] : [`Practitioner/${practitioner}`]), ...places.filter((place) => !isDepartment(place))];
}

/** Departments of the actor, and the actor as one who has ordered something for a patient. */
export function departments(actor: Actor): string[] {
  return [...(actor.places ?? []).filter(isDepartment), ...careSubjects(actor).map(askerOf)];
}

function isDepartment(subject: string): boolean {
  return subject.startsWith('Organization/');
}
