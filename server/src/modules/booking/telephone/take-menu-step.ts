// A switchboard leads a caller through the menu over HTTP: where the call stands is kept here, in the database, so that any process may take its next step.
import type * as contracts from '@sen/contracts';
import type { BodyOf, ResponseOf } from '@sen/contracts';
import { asHouse } from '../../../platform/as-house.ts';
import type { Work } from '../../../platform/work.ts';
import { callOutOfStep, callUnknown } from '../refusals.ts';
import { beginMenu, forgetMenu, loadMenu, storeMenu, takeTurn, type StoredMenu } from './menu-store.ts';
import { prompts } from './prompts.ts';
import { recordCall } from './record-call.ts';
import { runMenuStep, type Said } from './run-menu-step.ts';

type Step = BodyOf<typeof contracts.stepSwitchboardMenu>;
type Answer = ResponseOf<typeof contracts.stepSwitchboardMenu>;

/** Takes one step, and the same step twice only once. Refuses (`booking.no-such-call`, `booking.call-out-of-step`) what follows nothing. The caller has checked the signature. */
export async function takeMenuStep(given: Work, step: Step, operator: string): Promise<Answer> {
  const work = asHouse(given);
  const { call, event, from } = step;
  if (event === 'hang-up') {
    await forgetMenu(work.db, call, work.now);
    await recordCall(work, { call, state: 'ended' });
    return { say: [], next: 'hang-up' };
  }
  if (event === 'start') {
    await beginMenu(work.db, call, work.now);
    await recordCall(work, { call, state: 'answered', ...(from !== undefined && { from }) });
    return spoken(await runAndKeep(work, call, { turn: 0, state: null, answer: null }, '', operator));
  }
  const taken = await takeTurn(work.db, call, step.turn, work.now);
  return spoken(taken === undefined ? await saidBefore(work, step) : await runAndKeep(work, call, taken, withoutEnd(step.digits ?? ''), operator));
}

/** `#` ends an entry, and some switchboards send it along; alone it means "back". */
function withoutEnd(digits: string): string {
  return digits.length > 1 ? digits.replace(/#$/, '') : digits;
}

async function runAndKeep(work: Work, call: string, { turn, state: before }: StoredMenu, digits: string, operator: string): Promise<Said> {
  const { state, said } = await runMenuStep(work, call, before ?? undefined, digits, operator);
  await storeMenu(work.db, call, turn, state, said);
  return said;
}

async function saidBefore(work: Work, { call, turn }: Step): Promise<Said> {
  const before = await loadMenu(work.db, call);
  if (before === undefined) throw callUnknown();
  if (turn !== before.turn || before.answer === null) throw callOutOfStep();
  return before.answer;
}

function spoken({ say, ...rest }: Said): Answer {
  return { ...rest, say: say.map((key) => ({ key, text: prompts.get(key) ?? '', url: `/api/switchboard/prompts/${key}.wav` })) };
}
