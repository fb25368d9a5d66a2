import type { OperationAnswer, OperationCall } from '../../platform/operation.ts';
import { badOperationParameter, operationParameters } from '../../platform/operation-parameters.ts';
import type { Work } from '../../platform/work.ts';
import { descriptionAsked, matchBundle } from './fhir-match.ts';
import { findAlike } from './duplicates/find-alike.ts';

const answersMax = 50;
/**
 * Answers `Patient/$match` (R4 patient-operation-match.html): who in the record may be the person described, surest first, each with a score and a grade.
 * With onlyCertainMatches nobody, unless exactly one is certain.
 */
export async function matchPatient(work: Work, call: OperationCall): Promise<OperationAnswer> {
  const parameters = operationParameters(call);
  const asked = descriptionAsked(parameters.resource('resource'));
  if (typeof asked === 'string') throw badOperationParameter('resource', asked);
  const count = Math.min(parameters.count('count') ?? answersMax, answersMax);
  const all = await findAlike(work, asked);
  const certain = all.filter(({ grade }) => grade === 'certain');
  const matches = parameters.flag('onlyCertainMatches') !== true ? all : certain.length === 1 ? certain : [];
  return { resource: matchBundle(matches.slice(0, count), matches.length, call.base) };
}
