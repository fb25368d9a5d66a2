// One step of a call through the menu: what the caller pressed goes in, what to say and to wait for comes out; the operators see what came of it.
import { tellLive } from '../../../platform/live.ts';
import type { Work } from '../../../platform/work.ts';
import { answerMenu, type Spoken } from './answer-menu.ts';
import type { MenuState } from './menu.ts';
import { openPhoneDesk } from './open-phone-desk.ts';
import { noteMenu } from './store.ts';

export interface Said {
  readonly say: readonly string[];
  readonly next: 'ask' | 'transfer' | 'hang-up';
  readonly ask?: { readonly most: number; readonly endOn: '#'; readonly waitMs: number; readonly betweenMs: number };
  readonly transferTo?: string;
}

/** Runs it; `state` undefined: the call begins. `operator` is the SIP address calls are transferred to, empty where nobody takes them. */
export async function runMenuStep(work: Work, call: string, state: MenuState | undefined, digits: string, operator: string): Promise<{ readonly state: MenuState; readonly said: Said }> {
  const spoken = await answerMenu(openPhoneDesk(work, call), state, digits);
  await work.transact(async (inner) => {
    await noteMenu(inner.db, call, { patient: spoken.patient, appointment: spoken.appointment, handedOver: spoken.next === 'transfer' ? spoken.why : undefined, transferred: operator !== '' });
    await tellLive(inner, 'switchboard/house');
  });
  return { state: spoken.state, said: said(spoken, operator) };
}

function said(spoken: Spoken, operator: string): Said {
  if (spoken.next === 'ask') return { say: spoken.say, next: 'ask', ask: { most: spoken.most, endOn: '#', waitMs: 8_000, betweenMs: 3_000 } };
  if (spoken.next === 'hang-up') return { say: spoken.say, next: 'hang-up' };
  if (operator !== '') return { say: spoken.say, next: 'transfer', transferTo: operator };
  return { say: [...spoken.say.filter((key) => key !== 'to-operator'), 'goodbye'], next: 'hang-up' };
}
