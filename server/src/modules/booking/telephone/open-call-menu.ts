// The menu for calls that we answer ourselves: keeps where each call stands, writes it down for the operators, and guards birth dates against guessing.
import type { House } from '../../../platform/module.ts';
import { tellLive } from '../../../platform/live.ts';
import { answerMenu, type Spoken } from './answer-menu.ts';
import type { MenuState } from './menu.ts';
import { openPhoneDesk } from './open-phone-desk.ts';
import type { PhoneDesk } from './phone-desk.ts';
import { noteMenu } from './store.ts';
import { recordCall } from './record-call.ts';

interface Step {
  readonly call: string;
  readonly event: 'start' | 'digits' | 'hang-up';
  readonly from?: string;
  readonly digits?: string;
}

interface Said {
  readonly say: readonly string[];
  readonly next: 'ask' | 'transfer' | 'hang-up';
  readonly ask?: { readonly most: number; readonly endOn: '#'; readonly waitMs: number; readonly betweenMs: number };
  readonly transferTo?: string;
}

/** Wrong birth dates for one patient, over all calls of a day: a birth date has some 30,000 answers. */
const wrongBirthsMax = 6;
const guardedMs = 24 * 3_600_000;

/** Opens the menu; `operator` is the SIP address calls are transferred to, empty where nobody takes them. */
export function openCallMenu(house: House, operator: string): (step: Step) => Promise<Said> {
  const states = new Map<string, MenuState>();
  const guard = newBirthGuard();
  return async ({ call, event, from, digits = '' }) => {
    const work = house.systemWork();
    if (event === 'start') await recordCall(work, { call, state: 'answered', ...(from !== undefined && { from }) });
    if (event === 'hang-up') {
      states.delete(call);
      await recordCall(work, { call, state: 'ended' });
      return { say: [], next: 'hang-up' };
    }
    const desk = guard(openPhoneDesk(work, call), work.now);
    const spoken = await answerMenu(desk, event === 'start' ? undefined : states.get(call), digits);
    if (event === 'start' || states.has(call)) states.set(call, spoken.state); // who hung up meanwhile is not remembered
    await work.transact(async (inner) => {
      await noteMenu(inner.db, call, { patient: spoken.patient, appointment: spoken.appointment, handedOver: spoken.next === 'transfer' ? spoken.why : undefined, transferred: operator !== '' });
      await tellLive(inner, 'switchboard/house');
    });
    return said(spoken, operator);
  };
}

function said(spoken: Spoken, operator: string): Said {
  if (spoken.next === 'ask') return { say: spoken.say, next: 'ask', ask: { most: spoken.most, endOn: '#', waitMs: 8_000, betweenMs: 3_000 } };
  if (spoken.next === 'hang-up') return { say: spoken.say, next: 'hang-up' };
  if (operator !== '') return { say: spoken.say, next: 'transfer', transferTo: operator };
  return { say: [...spoken.say.filter((key) => key !== 'to-operator'), 'goodbye'], next: 'hang-up' };
}

function newBirthGuard(): (desk: PhoneDesk, now: number) => PhoneDesk {
  const wrong = new Map<string, { times: number; until: number }>();
  return (desk, now) => ({
    ...desk,
    bornOn: async (patient, digits) => {
      for (const [key, { until }] of wrong) if (until < now) wrong.delete(key);
      const before = wrong.get(patient) ?? { times: 0, until: now + guardedMs };
      if (before.times >= wrongBirthsMax) return false;
      const right = await desk.bornOn(patient, digits);
      if (!right) wrong.set(patient, { ...before, times: before.times + 1 });
      return right;
    },
  });
}
