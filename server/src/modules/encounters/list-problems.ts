// Lists the patient's problems: what is active first, one row a diagnosis.
import type { Problem } from '@sen/contracts';
import type { Work } from '../../platform/work.ts';
import { searchResources } from '../record/index.ts';
import { problemElements, problemOf } from './fhir.ts';

/** Lists at most `limit` problems (200 at most are read): active ones newest first, then the resolved. Repeats of a diagnosis are one row. */
export async function listProblems(work: Work, patientId: string, limit = 200): Promise<{ problems: Problem[]; more: boolean }> {
  const found = await searchResources(work, 'Condition', `patient=Patient/${patientId}&_sort=-recorded-date&_count=200&_elements=${problemElements}`);
  const read = found.resources.flatMap((condition) => problemOf(condition, work.language) ?? []);
  const rows = oneRowEach(read);
  return { problems: rows.slice(0, limit), more: rows.length > limit || found.next !== undefined };
}

/** One row a diagnosis: the active entry if there is one, else the newest; it began when the earliest active entry began. */
export function oneRowEach(newestFirst: readonly Problem[]): Problem[] {
  const rows = new Map<string, Problem>();
  for (const problem of newestFirst) {
    const name = `${problem.code ?? ''} ${problem.name}`;
    const held = rows.get(name);
    if (held === undefined || (problem.active && !held.active)) rows.set(name, problem);
    else if (problem.active && held.active && (problem.since ?? '') < (held.since ?? '')) rows.set(name, { ...held, ...(problem.since !== undefined && { since: problem.since }) });
  }
  return [...rows.values()].sort((a, b) => Number(b.active) - Number(a.active));
}
