// Appointment/$find (IHE ITI Scheduling 1.0.1, ITI-115): what could be booked in a time, as proposed appointments.
import type { OperationAnswer, OperationCall } from '../../../platform/operation.ts';
import { badOperationParameter, operationParameters, type OperationParameters } from '../../../platform/operation-parameters.ts';
import type { Work } from '../../../platform/work.ts';
import { appointmentBundle, proposedAppointment } from '../fhir-scheduling.ts';
import { findStarts } from '../seats/find-starts.ts';
import { addDays, localDay } from '../seats/local-time.ts';

const daysMost = 31;
const answersMost = 500;

/** Answers with at most 500 proposals in order of time. Refuses (400) a time that is missing, turned round or longer than 31 days. */
export async function answerFind(work: Work, call: OperationCall): Promise<OperationAnswer> {
  const parameters = operationParameters(call);
  const [start, end] = [instantOf(parameters, 'start'), instantOf(parameters, 'end')];
  const days = Math.round((Date.parse(localDay(end)) - Date.parse(localDay(start))) / 86_400_000) + 1;
  if (end < start || days > daysMost) throw badOperationParameter('end', `an instant after start, at most ${daysMost} days later`);
  const visitType = codeOf(parameters, 'visit-type') ?? codeOf(parameters, 'service-type');
  const where = {
    specialty: codeOf(parameters, 'specialty'), doctor: idOf(parameters, 'practitioner', 'Practitioner'), room: idOf(parameters, 'location-reference', 'Location'),
    facility: idOf(parameters, 'organization', 'Organization'), visitType,
  };
  const found = [];
  for (let day = localDay(start); day <= localDay(end) && found.length < answersMost; day = addDays(day, 1)) {
    const starts = await findStarts(work, { ...where, date: day, only: 'free' });
    found.push(...starts.filter((one) => Date.parse(one.start) >= start && Date.parse(one.start) < end));
  }
  return { resource: appointmentBundle(found.slice(0, answersMost).map((one) => proposedAppointment(one, visitType)), call.base) };
}

function instantOf(parameters: OperationParameters, name: string): number {
  const text = parameters.text(name) ?? '';
  const instant = Date.parse(/^\d{4}-\d{2}-\d{2}$/.test(text) ? `${text}T${name === 'end' ? '23:59:59' : '00:00:00'}+07:00` : text);
  if (Number.isNaN(instant) || !/^(?:19|20|21)\d\d-/.test(text)) throw badOperationParameter(name, 'a date or an instant');
  return instant;
}

/** A code, whether it comes as text, Coding or CodeableConcept. */
function codeOf(parameters: OperationParameters, name: string): string | undefined {
  const value = parameters.values(name).at(-1) as string | { code?: string; coding?: readonly { code?: string }[]; text?: string } | undefined;
  if (value === undefined || typeof value === 'string') return value;
  return value.code ?? value.coding?.[0]?.code ?? value.text;
}

function idOf(parameters: OperationParameters, name: string, type: string): string | undefined {
  const value = parameters.values(name).at(-1) as string | { reference?: string } | undefined;
  const text = typeof value === 'string' ? value : value?.reference;
  return text?.replace(new RegExp(`^(?:.*/)?${type}/`), '');
}
