import type { OperationAnswer, OperationCall } from '../../platform/operation.ts';
import { badOperationParameter, operationParameters } from '../../platform/operation-parameters.ts';
import type { Work } from '../../platform/work.ts';
import { searchResources } from '../record/index.ts';
import { descriptionAsked, matchBundle, matchesAmong, type Match } from './fhir-match.ts';
import { likenessOf, type Description } from './likeness.ts';

const candidatesMax = 100;
const answersMax = 50;
/** Of each kind of fact as many are looked for; one person has no more, and each is a search. */
const factsMax = { identifiers: 20, names: 5, words: 10, phones: 5 };

/**
 * Answers `Patient/$match` (R4 patient-operation-match.html): who in the record may be the person described, surest first, each with a score and a grade.
 * With onlyCertainMatches nobody, unless exactly one is certain.
 */
export async function matchPatient(work: Work, call: OperationCall): Promise<OperationAnswer> {
  const parameters = operationParameters(call);
  const asked = descriptionAsked(parameters.resource('resource'));
  if (typeof asked === 'string') throw badOperationParameter('resource', asked);
  const count = Math.min(parameters.count('count') ?? answersMax, answersMax);
  const all = await matchesOf(work, asked);
  const certain = all.filter(({ grade }) => grade === 'certain');
  const matches = parameters.flag('onlyCertainMatches') !== true ? all : certain.length === 1 ? certain : [];
  return { resource: matchBundle(matches.slice(0, count), matches.length, call.base) };
}

async function matchesOf(work: Work, asked: Description): Promise<Match[]> {
  const found: Match['patient'][] = [];
  for (const query of questionsOf(asked)) found.push(...(await searchResources(work, 'Patient', `${query}&_count=${candidatesMax}`)).resources);
  return matchesAmong(found, (known) => likenessOf(asked, known));
}

/** Searches that together meet everybody whom the rules of likeness.ts could name; the exact day first, since a usual name has hundreds of bearers a year. */
function questionsOf({ identifiers, names, birthDate, phones }: Description): string[] {
  const questions = identifiers.length === 0 ? [] : [`identifier=${identifiers.slice(0, factsMax.identifiers).map((one) => token(one)).join(',')}`];
  for (const phone of phones.slice(0, factsMax.phones)) questions.push(`phone=${value(phone)},${value(phone.replace(/^0/, '+84'))}`, `find=${value(phone)}`);
  const days = birthDate === undefined ? [] : [...new Set([birthDate, birthDate.slice(0, 4)])];
  for (const name of names.slice(0, factsMax.names)) questions.push(...days.map((day) => `${wordsOf(name)}&birthdate=${day}`));
  return questions;
}

function wordsOf(name: string): string {
  return name.split(' ').slice(0, factsMax.words).map((word) => `name=${value(word)}`).join('&');
}

function token(identifier: string): string {
  const cut = identifier.indexOf('|');
  return `${value(identifier.slice(0, cut))}${encodeURIComponent('|')}${value(identifier.slice(cut + 1))}`;
}

function value(text: string): string {
  return encodeURIComponent(text.replace(/[\\,|$]/g, '\\$&'));
}
