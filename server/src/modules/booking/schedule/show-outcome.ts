import type { LeaveOutcome } from '@sen/contracts';
import type { Work } from '../../../platform/work.ts';
import { accessOf } from '../../security/index.ts';

/** What a change does to people, for who made it: whoever sees no patient (an administrator) gets given names, without telephones. */
export function showOutcome<O extends LeaveOutcome>(work: Work, outcome: O): O {
  if (accessOf(work.actor).rules('Patient', 'read').length > 0) return outcome;
  const { takenOver, moved, toCall, here } = outcome;
  return { ...outcome, takenOver: takenOver.map(bare), moved: moved.map(bare), here: here.map(bare), toCall: toCall.map(({ appointmentId, patientName, was }) => bare({ appointmentId, patientName, was })) };
}

function bare<P extends { readonly patientName: string }>(one: P): P {
  return { ...one, patientName: one.patientName.split(' ').at(-1) ?? '' };
}
