// Lists the people who are in the hospital now.
import type { PresentVisit } from '@sen/contracts';
import type { Work } from '../../platform/work.ts';
import { readPatients } from '../identity/index.ts';
import { searchResources } from '../record/index.ts';
import { known, patientIdOf, placeOf, settingOf, visitElements, visitReason, visitTitle, type Period } from './fhir.ts';
import { continuation } from './paging.ts';

const pageSize = 60;

/** Lists the next 60 visits that have begun and not ended, latest arrivals first. */
export async function listPresentVisits(work: Work, cursor?: string): Promise<{ visits: PresentVisit[]; next?: string }> {
  const query = `status=in-progress,arrived,triaged&_sort=-date&_count=${pageSize}&_elements=${visitElements}`;
  const found = await searchResources(work, 'Encounter', continuation(query, cursor));
  const people = await readPatients(work, [...new Set(found.resources.flatMap((visit) => patientIdOf(visit) ?? []))]);
  const visits = found.resources.flatMap((visit) => {
    const person = people.get(patientIdOf(visit) ?? '');
    if (person === undefined) return [];
    return known({
      id: visit.id ?? '',
      patientId: person.id,
      name: person.name,
      sex: person.sex,
      age: person.age,
      kind: visitTitle(visit, work.language),
      setting: settingOf(visit),
      place: placeOf(visit),
      reason: visitReason(visit, work.language),
      since: (visit['period'] as Period | undefined)?.start,
    });
  });
  return { visits, ...(found.next !== undefined && { next: found.next }) };
}
