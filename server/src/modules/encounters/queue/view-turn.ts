import type { QueueTurn } from '@sen/contracts';
import type { Work } from '../../../platform/work.ts';
import { accessOf } from '../../security/index.ts';
import { turnView } from './room-line.ts';
import type { StoredTurn } from './turn-store.ts';

/** A turn for who works the queue: why somebody comes, and the note of triage, as the policy shows the Encounter. A counter calls people and sees neither. */
export function viewTurn(work: Work, turn: StoredTurn, more: Parameters<typeof turnView>[2] = {}): QueueTurn {
  const access = accessOf(work.actor);
  const seesReasons = access.rules('Encounter', 'read').length > 0 && !access.hidden('Encounter').includes('reasonCode');
  return turnView(seesReasons ? turn : { ...turn, reason: null, note: null }, work.now, more);
}
