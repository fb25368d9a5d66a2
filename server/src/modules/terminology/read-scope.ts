import { badOperationParameter, type OperationParameters } from '../../platform/operation-parameters.ts';
import type { Work } from '../../platform/work.ts';
import { dayOfInstant, firstDay } from './fhir-day.ts';
import type { Scope } from './find-definitions.ts';
import { versionsOf } from './parameters.ts';

/** Reads by whose lists a call wants to be answered: `date` (else today), and the versions it names. Refuses (400) what is no date. */
export function readScope(work: Pick<Work, 'now'>, parameters: OperationParameters): Scope {
  const date = parameters.text('date');
  const day = date === undefined ? dayOfInstant(work.now) : firstDay(date);
  if (day === undefined) throw badOperationParameter('date', 'a date or dateTime');
  return {
    day,
    versions: versionsOf(parameters, 'system-version'),
    checkedVersions: versionsOf(parameters, 'check-system-version'),
    forcedVersions: versionsOf(parameters, 'force-system-version'),
    leftOut: parameters.texts('exclude-system'),
  };
}
