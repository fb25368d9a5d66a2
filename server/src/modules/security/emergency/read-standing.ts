import type { Work } from '../../../platform/work.ts';
import { findSeenPerson, type Person } from '../find-people.ts';
import { accessOf } from '../policy/access-of.ts';

interface Standing {
  readonly mayOpen: boolean;
  readonly person: Person;
}

/** Of whom a chart is that is closed to the actor, and whether the actor may open it in an emergency. Refuses a patient whom the actor cannot find. */
export async function readStanding(work: Work, patientId: string): Promise<Standing> {
  return { mayOpen: accessOf(work.actor).permits('emergency.open'), person: await findSeenPerson(work, patientId) };
}
