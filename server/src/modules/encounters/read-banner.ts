// Reads who the patient is: what stays in sight on every page of the chart.
import type { Banner } from '@sen/contracts';
import type { Work } from '../../platform/work.ts';
import { dayOf, maskNumber, readPatient } from '../identity/index.ts';
import { searchResources } from '../record/index.ts';
import { allergyFacts, insuranceOf, known, placeOf, visitElements, visitTitle, whenOf } from './fhir.ts';

/** Reads the banner. Refuses with `identity.no-such-patient`. */
export async function readBanner(work: Work, patientId: string): Promise<Banner> {
  const of = `patient=Patient/${patientId}`;
  const [patient, allergies, coverages, visits] = await Promise.all([
    readPatient(work, patientId),
    searchResources(work, 'AllergyIntolerance', `${of}&_count=100`),
    searchResources(work, 'Coverage', `${of}&status=active&_count=5`),
    searchResources(work, 'Encounter', `${of}&status=in-progress,arrived,triaged&_sort=-date&_count=1&_elements=${visitElements}`),
  ]);
  const today = dayOf(work.now);
  const facts = allergyFacts(allergies.resources, work.language);
  const cards = coverages.resources.map((one) => insuranceOf(one, today, maskNumber, work.language));
  const { citizenNumber: _citizenNumber, phones: _phones, ...shown } = patient;
  return known({
    ...shown,
    allergyState: facts.state,
    allergies: facts.allergies,
    insurance: cards.find((card) => card.inForce) ?? cards[0],
    presentVisit: presentVisit(work, visits.resources[0]),
  });
}

function presentVisit(work: Work, encounter: Parameters<typeof placeOf>[0] | undefined): Banner['presentVisit'] {
  if (encounter === undefined) return undefined;
  const period = encounter['period'] as { start?: string } | undefined;
  return known({ id: encounter.id ?? '', kind: visitTitle(encounter, work.language), place: placeOf(encounter), since: period?.start ?? whenOf(encounter, 'period') });
}
