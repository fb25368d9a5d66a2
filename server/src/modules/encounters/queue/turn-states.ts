// What may happen to a turn, from which state.
import type { TurnState } from '@sen/contracts';
import { Refusal } from '../../../platform/refusal.ts';

export type TurnAct = 'call' | 'recall' | 'begin' | 'finish' | 'skip' | 'return' | 'transfer' | 'send';

const mayFrom: Readonly<Record<TurnAct, readonly TurnState[]>> = {
  call: ['waiting', 'skipped'],
  recall: ['called'],
  begin: ['called', 'waiting'],
  finish: ['inside', 'called'],
  skip: ['called'],
  return: ['skipped', 'away'],
  transfer: ['waiting', 'called', 'skipped'],
  send: ['inside', 'called'],
};

/** The state an act leads to: who finds it there already clicked twice. */
const leadsTo: Readonly<Partial<Record<TurnAct, readonly TurnState[]>>> = {
  call: ['called'], begin: ['inside'], finish: ['done'], skip: ['skipped'], return: ['waiting'], transfer: ['moved'], send: ['away', 'done'],
};

/** Judges an act: `again` when it has been done already. Refuses with `encounters.turn-moved-on` when the turn is elsewhere by now. */
export function judgeAct(act: TurnAct, state: TurnState, expected: TurnState | undefined): 'do' | 'again' {
  const seen = expected === undefined || expected === state;
  if (seen && mayFrom[act].includes(state)) return 'do';
  if (leadsTo[act]?.includes(state)) return 'again';
  throw new Refusal('conflict', 'encounters.turn-moved-on', {
    vi: 'Lượt này vừa được người khác xử lý. Danh sách đã được làm mới.',
    en: 'Somebody else has just dealt with this turn. The list is fresh again.',
  });
}
