import { keyOf } from '@sen/fhir';
import { systemActor } from '../../../platform/actors.ts';
import type { Work } from '../../../platform/work.ts';

/** Notes for the audit whose data a work gives out. The house itself is nobody who looks: its works may go through the whole record. */
export function noteSeen({ actor, trail }: Work, found: readonly { readonly patient: string }[]): void {
  if (actor === systemActor) return;
  for (const { patient } of found) if (patient !== '0') trail.patients.add(BigInt(patient));
}

/** Notes one resource that was read by name. */
export function noteRead({ actor, trail }: Work, { id, type, version }: { readonly type: string; readonly id: string; readonly version: number }, patient = '0'): void {
  if (actor === systemActor) return;
  trail.touches.push({ action: 'R', type, id, version });
  if (patient !== '0') trail.patients.add(BigInt(patient));
  else if (type === 'Patient') trail.patients.add(keyOf(id));
}
