// The menu for calls that we answer ourselves: keeps where each call stands, in the process that has its sound.
import type { House } from '../../../platform/module.ts';
import type { MenuState } from './menu.ts';
import { recordCall } from './record-call.ts';
import { runMenuStep, type Said } from './run-menu-step.ts';

interface Step {
  readonly call: string;
  readonly event: 'start' | 'digits' | 'hang-up';
  readonly from?: string;
  readonly digits?: string;
}

/** Opens the menu; `operator` is the SIP address calls are transferred to, empty where nobody takes them. */
export function openCallMenu(house: House, operator: string): (step: Step) => Promise<Said> {
  const states = new Map<string, MenuState>();
  return async ({ call, event, from, digits = '' }) => {
    const work = house.systemWork();
    if (event === 'start') await recordCall(work, { call, state: 'answered', ...(from !== undefined && { from }) });
    if (event === 'hang-up') {
      states.delete(call);
      await recordCall(work, { call, state: 'ended' });
      return { say: [], next: 'hang-up' };
    }
    const { state, said } = await runMenuStep(work, call, event === 'start' ? undefined : states.get(call), digits, operator);
    if (event === 'start' || states.has(call)) states.set(call, state); // who hung up meanwhile is not remembered
    return said;
  };
}
