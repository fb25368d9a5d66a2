import type { Work } from '../../../platform/work.ts';
import { findAdmitted } from '../../record/index.ts';
import { accessOf } from '../../security/index.ts';
import { noSuchStudy } from './refusals.ts';

export interface Belonging {
  readonly subject: string | null;
  readonly facility: string;
}

/** Refuses (404) a study that is not here or that the actor may not see. */
export async function checkStudy(work: Work, study: string): Promise<void> {
  const { rows } = await work.db.query<Belonging>({ name: 'imaging.belonging', text: 'SELECT subject, facility FROM imaging.study WHERE uid = $1', values: [study] });
  const [seen] = rows.length === 0 ? [false] : await admitStudies(work, rows);
  if (seen !== true) throw noSuchStudy();
}

/** Whether the actor may see each: by the policy for ImagingStudy of its patient; one whose patient is not known yet, who works with those of the facility. */
export async function admitStudies(work: Work, studies: readonly Belonging[]): Promise<boolean[]> {
  const patients = await findAdmitted(work, 'ImagingStudy', studies.flatMap(({ subject }) => subject ?? []));
  return studies.map(({ subject, facility }) => (subject === null ? seesUnmatched(work, facility) : patients.has(subject)));
}

function seesUnmatched({ actor }: Work, facility: string): boolean {
  return accessOf(actor).permits('imaging.work') && (actor.facility === undefined || actor.facility === facility);
}
