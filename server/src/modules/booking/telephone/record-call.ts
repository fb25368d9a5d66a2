// What a switchboard tells of a call: kept, and told to the screens of the operators.
import type { CallState } from '@sen/contracts';
import { tellLive } from '../../../platform/live.ts';
import type { Work } from '../../../platform/work.ts';
import { forgetCalls, keepCall } from './store.ts';

/** `0912345678` for `+84 912 345 678`; undefined for what is no number. */
function nationalNumber(from: string | undefined): string | undefined {
  const digits = (from ?? '').replace(/[^\d+]/g, '').replace(/^(?:\+84|0084)/, '0');
  return /^\+?\d{3,15}$/.test(digits) ? digits : undefined;
}

/** Records a call; safe to tell twice and in any order. */
export async function recordCall(work: Work, told: { call: string; state: CallState; from?: string; extension?: string }): Promise<{ call: string }> {
  const number = nationalNumber(told.from);
  await work.transact(async (inside) => {
    await forgetCalls(inside.db, work.now);
    await keepCall(inside.db, { key: told.call, state: told.state, ...(number === undefined ? {} : { number }), ...(told.extension === undefined ? {} : { extension: told.extension }) }, work.now);
    await tellLive(inside, 'switchboard/house');
  });
  return { call: told.call };
}
