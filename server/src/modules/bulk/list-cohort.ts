import type { Work } from '../../platform/work.ts';
import { readResource } from '../record/index.ts';
import { membersOf } from './fhir.ts';
import type { ExportAsked } from './job.ts';
import { foreignPatients } from './refusals.ts';

/** Lists the ids of the patients an export is limited to; undefined: it is not. Refuses (400) named patients who are not within it. */
export async function listCohort(work: Work, { group, patients }: Pick<ExportAsked, 'group' | 'patients'>): Promise<string[] | undefined> {
  const members = group === undefined ? undefined : await membersOfGroups(work, group);
  if (patients === undefined) return members === undefined ? undefined : [...members];
  const foreign = members === undefined ? await missing(work, patients) : patients.filter((id) => !members.has(id));
  if (foreign.length > 0) throw foreignPatients(foreign.map((id) => `Patient/${id}`));
  return [...new Set(patients)];
}

/** Patients of a group and of the groups in it; a group that holds itself is looked at once. */
async function membersOfGroups(work: Work, first: string): Promise<Set<string>> {
  const patients = new Set<string>();
  const seen = new Set([first]);
  for (const id of seen) {
    const group = await readResource(work, 'Group', id);
    if (group === undefined) continue;
    const members = membersOf(group);
    for (const patient of members.patients) patients.add(patient);
    for (const inner of members.groups) seen.add(inner); // a Set hands out what is added while it is walked
  }
  return patients;
}

async function missing(work: Work, ids: readonly string[]): Promise<string[]> {
  const lost: string[] = [];
  for (const id of ids) if ((await readResource(work, 'Patient', id)) === undefined) lost.push(id);
  return lost;
}
