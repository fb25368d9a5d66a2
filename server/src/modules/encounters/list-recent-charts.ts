// Lists the charts that a reader opened last.
import type { RecentChart } from '@sen/contracts';
import type { Work } from '../../platform/work.ts';
import { readPatients } from '../identity/index.ts';
import { recentLooks } from './store.ts';

const chartsShown = 12;

/** Lists at most twelve charts, the latest look first. */
export async function listRecentCharts(work: Work): Promise<{ charts: RecentChart[] }> {
  const looks = await recentLooks(work.db, work.actor.id, chartsShown);
  const people = await readPatients(work, looks.map((look) => look.patientId));
  const charts = looks.flatMap((look) => {
    const person = people.get(look.patientId);
    if (person === undefined) return [];
    const { citizenNumber: _citizenNumber, phones: _phones, ...shown } = person;
    return [{ ...shown, seen: look.seenAt }];
  });
  return { charts };
}
