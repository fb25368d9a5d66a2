// What security asks of the record above it, always as the house (platform/as-house.ts): see docs/decisions for why these are questions.
import { declareQuestion } from '../../platform/ports.ts';

export type Json = Readonly<Record<string, unknown>>;

/** Resources of a type that a FHIR query finds, at most 100. */
export const findResources = declareQuestion<{ readonly type: string; readonly query: string }, readonly Json[]>('security.find-resources', () => []);

/** Stores a resource, a new one when it has no id; gives its id. */
export const storeResource = declareQuestion<Json, string>('security.store-resource', () => {
  throw new Error('no record stores resources');
});

/** Everything that is known of a patient, each resource as its JSON. */
export const gatherRecord = declareQuestion<{ readonly patientId: string }, readonly string[]>('security.gather-record', () => []);

/** Ids of patients by their keys, which for ids of other houses are hashes. */
export const findPatientIds = declareQuestion<{ readonly keys: readonly string[] }, ReadonlyMap<string, string>>('security.find-patient-ids', () => new Map());
