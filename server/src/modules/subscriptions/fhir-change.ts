// A change of the record as subscriptions look at it.
import { parseLossless, type IndexEntry, type Resource } from '@sen/fhir';
import type { Facts } from './fhir-filter.ts';

export interface Side extends Facts {
  /** Key of the patient that it is about; 0 when none. */
  readonly patient: bigint;
}

/** What one version says, by its stored bytes. */
export function sideOf(id: string, json: Buffer, index: (resource: Resource) => IndexEntry): Side {
  const { tokens, patient } = index(parseLossless(json.toString()) as Resource);
  return { id, tokens: new Set(tokens), patient };
}

/** The lane of a change: of one patient everything is told in order. */
export function laneOf(type: string, id: string, side: Side | undefined): string {
  return side === undefined || side.patient === 0n ? `${type}/${id}` : `patient ${side.patient}`;
}
