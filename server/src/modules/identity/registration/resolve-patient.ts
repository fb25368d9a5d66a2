// A record that was merged leads to the one that replaces it.
import type { Work } from '../../../platform/work.ts';
import { readResource } from '../../record/index.ts';
import { noSuchPatient } from './refusals.ts';

type Patient = NonNullable<Awaited<ReturnType<typeof readResource>>>;

const mostSteps = 10;

/** Reads a patient; `replacedBy` is the id of the record at the end of its merges. Refuses `identity.no-such-patient`. */
export async function resolvePatient(work: Work, id: string): Promise<{ patient: Patient; replacedBy?: string }> {
  const patient = await readResource(work, 'Patient', id);
  if (patient === undefined) throw noSuchPatient();
  let [last, seen] = [replacementOf(patient), 0];
  if (last === undefined) return { patient };
  for (; seen < mostSteps; seen++) {
    const record = await readResource(work, 'Patient', last);
    const next: string | undefined = record === undefined ? undefined : replacementOf(record);
    if (next === undefined) break;
    last = next;
  }
  return { patient, replacedBy: last };
}

function replacementOf(patient: object): string | undefined {
  const links = (patient as { link?: { type?: string; other?: { reference?: string } }[] }).link ?? [];
  return links.find(({ type }) => type === 'replaced-by')?.other?.reference?.replace('Patient/', '');
}
