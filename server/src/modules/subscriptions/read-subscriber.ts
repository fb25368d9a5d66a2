import { actAs } from '../../platform/act-as.ts';
import type { Work } from '../../platform/work.ts';
import { accessOf, readActor } from '../security/index.ts';
import type { Subscription } from './subscription.ts';

/** Gives the work with the rights that the subscriber has now; undefined when there are none any more: then nothing is told. */
export async function readSubscriber(work: Work, { actsFor }: Pick<Subscription, 'actsFor'>): Promise<Work | undefined> {
  const actor = actsFor === undefined ? undefined : await readActor(work, actsFor);
  return actor === undefined || !accessOf(actor).permits('subscription.manage') ? undefined : actAs(work, actor);
}
