// Appointment/$book (IHE ITI Scheduling 1.0.1, ITI-117): a held or proposed appointment becomes a booked one.
import { asHouse } from '../../../platform/as-house.ts';
import type { OperationAnswer, OperationCall } from '../../../platform/operation.ts';
import { badOperationParameter, operationParameters, type OperationParameters } from '../../../platform/operation-parameters.ts';
import type { Work } from '../../../platform/work.ts';
import { readResource } from '../../record/index.ts';
import { bookAppointment, type Booking } from '../appointments/book-appointment.ts';
import { appointmentBundle, personOf, proposalOf, tokenOfHeld } from '../fhir-scheduling.ts';
import type { Booker } from '../seats/channel-of.ts';
import { findBooker } from '../seats/find-booker.ts';
import { holdSeat } from '../seats/hold-seat.ts';
import { referenceIn } from './answer-hold.ts';

/** Books for a patient one may act for, or for the person of a Patient that is handed over. The same hold gives the same appointment. */
export async function answerBook(work: Work, call: OperationCall): Promise<OperationAnswer> {
  const parameters = operationParameters(call);
  const booker = await findBooker(work);
  const asked = { ...whoIn(parameters), ...commentIn(parameters) };
  // What is refused holds nothing.
  const booked = await work.transact(async (inner) => bookAppointment(inner, { ...asked, holdToken: await tokenFor(inner, parameters, booker) }, booker));
  const stored = await readResource(asHouse(work), 'Appointment', booked.id);
  return { status: 201, resource: appointmentBundle(stored === undefined ? [] : [stored], call.base), headers: { location: `${call.base}/Appointment/${booked.id}` } };
}

async function tokenFor(work: Work, parameters: OperationParameters, booker: Booker): Promise<string> {
  const reference = referenceIn(parameters) ?? '';
  const held = tokenOfHeld(reference);
  if (held !== undefined) return held;
  const proposed = proposalOf(reference);
  if (proposed === undefined) throw badOperationParameter('appointment-reference', 'a reference to an Appointment that $find proposed or $hold gave');
  return (await holdSeat(work, proposed, booker)).holdToken;
}

function whoIn(parameters: OperationParameters): Pick<Booking, 'patientId' | 'person'> {
  const value = parameters.values('patient-reference').at(-1) as string | { reference?: string } | undefined;
  const patientId = (typeof value === 'string' ? value : value?.reference)?.replace(/^(?:.*\/)?Patient\//, '');
  if (patientId !== undefined) return { patientId };
  const person = personOf(parameters.resource('patient-resource'));
  if ('missing' in person) throw badOperationParameter('patient-resource', `${person.missing}, or patient-reference`);
  return { person };
}

function commentIn(parameters: OperationParameters): { reason?: string } {
  const comment = parameters.text('comment');
  return comment === undefined ? {} : { reason: comment.slice(0, 500) };
}
