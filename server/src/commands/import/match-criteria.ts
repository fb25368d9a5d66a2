// Whom conditional references mean: the record is asked first, then the files themselves.
import { searchResources } from '../../modules/record/index.ts';
import { Refusal } from '../../platform/refusal.ts';
import type { Work } from '../../platform/work.ts';
import type { Match } from './plan-resources.ts';

const searchesAtOnce = 4;

/** Answers every criteria of an import once, before anything is written, so that the answer does not depend on the order of the files. */
export async function matchCriteria(work: Work, criteria: ReadonlyMap<string, readonly string[]>): Promise<ReadonlyMap<string, Match>> {
  const matches = new Map<string, Match>();
  const waiting = criteria.entries();
  const search = async () => {
    for (const [text, inFiles] of waiting) matches.set(text, (await inRecord(work, text)) ?? only(inFiles));
  };
  await Promise.all(Array.from({ length: searchesAtOnce }, search));
  return matches;
}

async function inRecord(work: Work, criteria: string): Promise<Match | undefined> {
  const at = criteria.indexOf('?');
  const query = new URLSearchParams(criteria.slice(at + 1));
  query.set('_count', '2');
  try {
    const { resources } = await searchResources(work, criteria.slice(0, at), query.toString());
    return resources.length === 0 ? undefined : only(resources.map((one) => String(one.id)));
  } catch (error) {
    // Criteria that the record does not understand fit nothing there; the resource that uses them is refused with its reason.
    if (error instanceof Refusal) return undefined;
    throw error;
  }
}

function only(ids: readonly string[]): Match {
  if (ids.length > 1) return 'several';
  return ids[0] === undefined ? 'none' : { id: ids[0] };
}
