// Files instances: study, series and instance, many in one transaction, as machines send them side by side.
import { randomUUID } from 'node:crypto';
import type { Work } from '../../../platform/work.ts';
import type { Arrived, Filed } from './arrived.ts';
import { insertConflict, insertInstances, storedHashes, upsertSeries, upsertStudies, countArrived } from './archive-store.ts';

export const studyChanged = 'imaging.study-changed';

/** Files them in one transaction, in the order given. Tells `imaging.study-changed` {study} of studies that got something new. */
async function fileInstances(work: Work, arrived: readonly Arrived[]): Promise<Filed[]> {
  return work.transact(async (inner) => {
    await upsertStudies(inner.db, arrived, inner.now);
    await upsertSeries(inner.db, arrived, inner.now);
    const fresh = firstOfEach(arrived);
    const inserted = await insertInstances(inner.db, fresh, inner.now);
    await countArrived(inner.db, fresh.filter(({ instance }) => inserted.has(instance.uid)), inner.now);
    const known = await storedHashes(inner.db, arrived.filter((one) => !inserted.has(one.instance.uid) || !fresh.includes(one)).map(({ instance }) => instance.uid));
    const filed: Filed[] = [];
    for (const one of arrived) filed.push(filedOf(one, inserted.has(one.instance.uid) && fresh.includes(one) ? 'stored' : await settle(inner, one, known.get(one.instance.uid))));
    for (const study of new Set(filed.flatMap(({ outcome, study }) => (outcome === 'stored' ? [study] : [])))) await inner.tell({ name: studyChanged, data: { study } });
    return filed;
  });
}

/** One statement cannot insert one UID twice: of two that came together the first counts, the other is looked at against it. */
function firstOfEach(arrived: readonly Arrived[]): Arrived[] {
  const seen = new Set<string>();
  return arrived.filter(({ instance }) => !seen.has(instance.uid) && seen.add(instance.uid));
}

async function settle(work: Work, one: Arrived, knownHash: string | undefined): Promise<'same' | 'conflict'> {
  if (knownHash === one.datasetHash) return 'same';
  await insertConflict(work.db, { id: randomUUID(), ...one }, work.now);
  return 'conflict';
}

function filedOf({ instance, study, series }: Arrived, outcome: Filed['outcome']): Filed {
  return { outcome, sopClass: instance.sopClass, uid: instance.uid, study: study.uid, series: series.uid };
}

/** Puts those that arrive while others are being filed into one transaction with each other. */
export function instanceFiler(begin: () => Work): (arrived: Arrived) => Promise<Filed> {
  let waiting: { readonly arrived: Arrived; readonly resolve: (filed: Filed) => void; readonly reject: (error: unknown) => void }[] = [];
  let isRunning = false;
  const fileOne = async ({ arrived, resolve, reject }: (typeof waiting)[number]) => {
    try {
      resolve((await fileInstances(begin(), [arrived]))[0]!);
    } catch (error) {
      reject(error);
    }
  };
  const run = async () => {
    isRunning = true;
    while (waiting.length > 0) {
      const batch = waiting.slice(0, mostAtOnce);
      waiting = waiting.slice(mostAtOnce);
      try {
        const filed = await fileInstances(begin(), batch.map(({ arrived }) => arrived));
        batch.forEach(({ resolve }, i) => resolve(filed[i]!));
      } catch {
        // One that cannot be filed must not keep the others out.
        for (const one of batch) await fileOne(one);
      }
    }
    isRunning = false;
  };
  return (arrived) => new Promise((resolve, reject) => {
    waiting.push({ arrived, resolve, reject });
    if (!isRunning) void run();
  });
}

const mostAtOnce = 64;
