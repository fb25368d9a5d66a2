// Relatives who are known by number get a RelatedPerson of their own, so that they can sign in and act where the law lets them.
import type { Relative } from '@sen/contracts';
import type { Work } from '../../../platform/work.ts';
import { createResource, searchResources, updateResource } from '../../record/index.ts';
import { relatedPersonOf } from '../fhir-relative.ts';
import { systems } from '../systems.ts';

/** Keeps those with a citizen number; the others are contacts of the Patient alone. Nobody is removed: a relation ends at the desk, with its day. */
export async function keepRelatives(house: Work, patientId: string, relatives: readonly Relative[]): Promise<void> {
  const numbered = relatives.filter(({ citizenNumber }) => citizenNumber !== undefined);
  if (numbered.length === 0) return;
  const { resources: before } = await searchResources(house, 'RelatedPerson', `patient=Patient/${encodeURIComponent(patientId)}&_count=50`);
  for (const relative of numbered) {
    const known = before.find((one) => (one['identifier'] as { system?: string; value?: string }[] | undefined)?.some(({ system, value }) => system === systems.citizen && value === relative.citizenNumber));
    const resource = relatedPersonOf(relative, patientId, known);
    if (known?.id === undefined) await createResource(house, { type: 'RelatedPerson', resource });
    else await updateResource(house, { type: 'RelatedPerson', id: known.id, resource: { ...resource, relationship: withPowers(resource, known) } });
  }
}

/** A power of attorney once given is not taken by a form that does not speak of it. */
function withPowers(now: object, before: object): unknown[] {
  const of = (one: object) => ((one as { relationship?: { coding?: { code?: string }[] }[] }).relationship ?? []);
  const powers = of(before).filter(({ coding = [] }) => coding.some(({ code = '' }) => code.endsWith('POWATT')));
  return [...of(now), ...powers];
}
