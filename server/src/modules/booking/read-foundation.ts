import type { Work } from '../../platform/work.ts';
import { foundation } from './store.ts';

/** Reads when booking was laid, in ms since 1970. */
export function readFoundation(work: Work): Promise<number> {
  return foundation(work.db);
}
