export { ageOn, dayOf, type Age } from './age.ts';
export type { PatientFacts } from './fhir.ts';
export { findPatient } from './find-patient.ts';
export { maskNumber } from './mask.ts';
export { readFacility } from './read-facility.ts';
export { readPatient, readPatients } from './read-patient.ts';
