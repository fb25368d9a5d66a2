// Appointment/$hold (IHE ITI Scheduling 1.0.1, ITI-116): a proposed appointment is kept for some minutes.
import type { OperationAnswer, OperationCall } from '../../../platform/operation.ts';
import { badOperationParameter, operationParameters, type OperationParameters } from '../../../platform/operation-parameters.ts';
import type { Work } from '../../../platform/work.ts';
import { appointmentBundle, heldAppointment, proposalOf } from '../fhir-scheduling.ts';
import { findBooker } from '../seats/find-booker.ts';
import { holdSeat } from '../seats/hold-seat.ts';

/** Holds the seat of a proposal. Refuses as booking does (`booking.seat-taken` …), and (400) a reference that $find has not given. */
export async function answerHold(work: Work, call: OperationCall): Promise<OperationAnswer> {
  const reference = referenceIn(operationParameters(call));
  const proposed = reference === undefined ? undefined : proposalOf(reference);
  if (proposed === undefined) throw badOperationParameter('appointment-reference', 'a reference to an Appointment that $find proposed');
  const held = await holdSeat(work, proposed, await findBooker(work));
  return { resource: appointmentBundle([heldAppointment(held)], call.base) };
}

/** The reference of the appointment asked for, given as such or as a resource. */
export function referenceIn(parameters: OperationParameters): string | undefined {
  const value = parameters.values('appointment-reference').at(-1) as string | { reference?: string } | undefined;
  const given = parameters.resource('appointment-resource') as { resourceType?: string; id?: string } | undefined;
  if (value === undefined) return given?.resourceType === 'Appointment' && given.id !== undefined ? `Appointment/${given.id}` : undefined;
  return typeof value === 'string' ? value : value.reference;
}
