// The same work with the house as its actor: to look past the rights of who asks, for judging and keeping; never for an answer as it stands.
import { actAs } from './act-as.ts';
import { systemActor } from './actors.ts';
import type { Work } from './work.ts';

/** Gives the work (its transaction, clock and trail) to the house itself, also inside `transact` and `afterCommit`. */
export function asHouse(work: Work): Work {
  return actAs(work, systemActor);
}
