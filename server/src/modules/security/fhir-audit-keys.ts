// The 64-bit keys by which the record, and thus the audit, knows patients.
import { idOfKey, keyOf } from '@sen/fhir';

export function patientKeyOf(id: string): bigint {
  return keyOf(id);
}

/** The id of a key; undefined for ids that were not made by this house, whose keys are hashes. */
export function patientIdOf(key: bigint): string | undefined {
  return key >= 0n ? idOfKey(key) : undefined;
}
