import type { Work } from '../../platform/work.ts';
import { withdrawQueued } from './store.ts';

/** Withdraws what is about something and has not been sent yet (an appointment that was moved or cancelled); of some templates only when told. Gives how many. */
export function withdrawMessages(work: Work, { about, templates }: { about: { kind: string; id: string }; templates?: readonly string[] }): Promise<number> {
  return withdrawQueued(work.db, about, templates ?? null, work.now);
}
