// The calls at the switchboard, each with the people its number belongs to, by the rights of who asks.
import type { SwitchboardCall } from '@sen/contracts';
import type { Work } from '../../../platform/work.ts';
import { findPatient } from '../../identity/index.ts';
import { presentCalls, type StoredCall } from './store.ts';

export async function listCalls(work: Work): Promise<{ calls: SwitchboardCall[] }> {
  const calls: SwitchboardCall[] = [];
  for (const call of await presentCalls(work.db, work.now)) calls.push(await viewCall(work, call));
  return { calls };
}

/** One call as an operator sees it. */
export async function viewCall(work: Work, call: StoredCall): Promise<SwitchboardCall> {
  const { id, state, began } = call;
  return {
    id, state, began: began.toISOString(),
    ...(call.number === null ? {} : { from: call.number }),
    ...(call.extension === null ? {} : { extension: call.extension }),
    ...(call.answered === null ? {} : { answered: call.answered.toISOString() }),
    ...(call.ended === null ? {} : { ended: call.ended.toISOString() }),
    ...(call.handed_over === null ? {} : { handedOver: call.handed_over }),
    ...(call.appointment === null ? {} : { appointment: call.appointment }),
    ...(call.taken_by_name === null ? {} : { takenBy: call.taken_by_name }),
    mine: call.taken_by === work.actor.id,
    patients: call.number === null || call.state === 'ended' ? [] : await peopleOf(work, call.number),
  };
}

async function peopleOf(work: Work, number: string): Promise<SwitchboardCall['patients']> {
  const { matches } = await findPatient(work, number);
  return matches.filter(({ matchedBy }) => matchedBy === 'phone').map(({ id, name, sex, birthDate, hospitalNumber }) => ({
    id, name, sex, ...(birthDate === undefined ? {} : { birthDate }), ...(hospitalNumber === undefined ? {} : { hospitalNumber }),
  }));
}
