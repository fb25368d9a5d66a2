import type { Work } from '../../../platform/work.ts';
import { patientKeyOf } from '../fhir-audit-keys.ts';
import { findSeenPerson, type Person } from '../find-people.ts';
import { accessOf } from '../policy/access-of.ts';
import { relatedPatients } from '../relations/find-related-patients.ts';

interface Standing {
  readonly open: boolean;
  readonly mayOpen: boolean;
  readonly person: Person;
}

/** Whether facts about a patient are open to the actor, so that a screen offers to open the record in an emergency instead of showing it empty. Refuses a patient whom the actor cannot find. */
export async function readStanding(work: Work, patientId: string): Promise<Standing> {
  const person = await findSeenPerson(work, patientId);
  const access = accessOf(work.actor);
  const mayOpen = access.permits('emergency.open');
  const relations = new Set(access.rules('Observation', 'read').filter(({ criteria }) => criteria.length === 0).map(({ relation }) => relation));
  if (access.unlimited || relations.has('any')) return { open: true, mayOpen, person };
  const key = patientKeyOf(person.id);
  for (const relation of relations) {
    if ((await relatedPatients(work.db, work.actor, relation, [key], work.now)).has(key)) return { open: true, mayOpen, person };
  }
  return { open: false, mayOpen, person };
}
