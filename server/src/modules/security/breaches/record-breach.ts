// A breach of personal data is found: the clock runs (Luật 91/2025/QH15: the authority is told within 72 hours).
import { randomId } from '../../../platform/ids.ts';
import { Refusal } from '../../../platform/refusal.ts';
import type { Work } from '../../../platform/work.ts';
import { addBreach, type Breach } from './store.ts';

const noticeHours = 72;

export type RecordBreach = Pick<Breach, 'foundAt' | 'what' | 'dataKinds' | 'people' | 'measures'>;

/** Records a breach. Tells `security.breach-recorded`. Refuses one that is found in the future. */
export async function recordBreach(work: Work, input: RecordBreach): Promise<Breach> {
  if (!(input.foundAt <= work.now + 60_000)) throw new Refusal('incorrect', 'security.breach-found-at', { vi: 'Thời điểm phát hiện không hợp lệ.', en: 'The time of finding is not right.' });
  return work.transact(async (inside) => {
    const breach: Breach = { ...input, id: randomId(), noticeDue: input.foundAt + noticeHours * 3_600_000, recordedBy: { id: inside.actor.id, name: inside.actor.name } };
    await addBreach(inside.db, breach, inside.now);
    await inside.tell({ name: 'security.breach-recorded', data: { breach: breach.id } });
    return breach;
  });
}
