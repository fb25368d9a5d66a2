// How an actor stands to patients, in the terms of the record and of security.care_relation.
import type { Actor } from '../../../platform/work.ts';
import { keyOf } from '../fhir-types.ts';

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

export function departments({ places = [] }: Actor): string[] {
  return places.filter(isDepartment);
}

function isDepartment(subject: string): boolean {
  return subject.startsWith('Organization/');
}
