// What the triage of a visit has measured and decided.
import type { ResponseOf, readTriage as contract } from '@sen/contracts';
import { asHouse } from '../../../platform/as-house.ts';
import type { Work } from '../../../platform/work.ts';
import { searchResources } from '../../record/index.ts';
import { resultElements, resultOf } from '../fhir-results.ts';
import { noSuchVisit } from './read-ticket.ts';
import { noteVisit } from './tell-queue.ts';
import { findVisit } from './visit-store.ts';

const shown = 30;

/** Only the vital signs of this one visit, for whoever may triage: the rest of the chart is judged by the policy. */
export async function readTriage(work: Work, visitId: string): Promise<ResponseOf<typeof contract>> {
  const visit = await findVisit(work.db, visitId);
  if (visit === undefined || (work.actor.facility !== undefined && work.actor.facility !== visit.facility)) throw noSuchVisit();
  noteVisit(work, visitId, visit.patientId, 'R');
  const { resources } = await searchResources(asHouse(work), 'Observation', `encounter=Encounter/${visitId}&category=vital-signs&_sort=-date&_count=${shown}&_elements=${resultElements}`);
  const measured = resources.flatMap((observation) => {
    const result = resultOf(observation, work.language);
    return result === undefined ? [] : [{ id: result.id, name: result.name, value: [result.value, result.unit].filter(Boolean).join(' '), at: String(observation['effectiveDateTime'] ?? '') }];
  });
  return { class: visit.class, reasons: visit.reasons, ...(visit.note !== null && { note: visit.note }), measured };
}
