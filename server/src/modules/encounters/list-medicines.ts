// Lists medicines: those in use, or those of the past.
import type { Medicine } from '@sen/contracts';
import type { Work } from '../../platform/work.ts';
import { searchResources } from '../record/index.ts';
import { medicineElements, medicineOf } from './fhir-medicines.ts';
import { continuation } from './paging.ts';

const statusQuery = { current: 'status=active,on-hold,draft,unknown', past: 'status=completed,stopped,cancelled' } as const;
const pageSize = 50;

/** Lists a page of medicines, newest prescription first. Repeats of a medicine in use are one row: the newest prescription. */
export async function listMedicines(work: Work, patientId: string, when: 'current' | 'past', cursor?: string): Promise<{ medicines: Medicine[]; next?: string }> {
  const base = `patient=Patient/${patientId}&${statusQuery[when]}&_sort=-authoredon&_count=${pageSize}&_include=MedicationRequest:medication&_elements=${medicineElements},code`;
  const found = await searchResources(work, 'MedicationRequest', continuation(base, cursor));
  const read = found.resources.flatMap((request) => medicineOf(request, found.included, work.now, work.language) ?? []);
  const { next } = found;
  return { medicines: when === 'current' ? newestOfEach(read) : read, ...(next !== undefined && { next }) };
}

/** Keeps the first of each name: lists come newest first. */
function newestOfEach(medicines: readonly Medicine[]): Medicine[] {
  const seen = new Set<string>();
  return medicines.filter((medicine) => {
    const name = medicine.name.toLowerCase();
    if (seen.has(name)) return false;
    seen.add(name);
    return true;
  });
}
