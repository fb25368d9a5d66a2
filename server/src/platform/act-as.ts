// The same work done for somebody else: what a job or a subscription does is done with the rights of whoever asked for it.
import type { Actor, Work } from './work.ts';

/** Gives the work (its transaction, clock and trail) to another actor, also inside `transact` and `afterCommit`. */
export function actAs(work: Work, actor: Actor): Work {
  return {
    ...work,
    actor,
    transact: (steps) => work.transact((inner) => steps(actAs(inner, actor))),
    afterCommit: (step) => work.afterCommit((outside) => step(actAs(outside, actor))),
  };
}
