// Who in the record may be the person described: a few searches that meet everybody worth comparing, then the comparison.
import type { Work } from '../../../platform/work.ts';
import { searchResources } from '../../record/index.ts';
import { matchesAmong, type Match } from '../fhir-match.ts';
import { nameKey, type Description } from '../likeness/description.ts';
import { likenessOf } from '../likeness/likeness.ts';

const candidatesMax = 100;
/** Of each kind of fact as many are looked for; one person has no more, and each is a search. */
const factsMax = { identifiers: 20, names: 5, words: 10, phones: 5 };

/** Finds those whom the likeness names, surest first; only among what the actor may see. */
export async function findAlike(work: Work, asked: Description): Promise<Match[]> {
  const ask = async (query: string) => (await searchResources(work, 'Patient', `${query}&_count=${candidatesMax}`)).resources;
  return matchesAmong(await all(work, questionsOf(asked), ask), (known) => likenessOf(asked, known));
}

/** Side by side, two at a time so that one question never takes the whole pool; within a transaction one after the other. */
async function all(work: Work, queries: readonly string[], ask: (query: string) => Promise<Match['patient'][]>): Promise<Match['patient'][]> {
  const found: Match['patient'][] = [];
  const waiting = [...queries];
  const lane = async () => {
    for (let query = waiting.shift(); query !== undefined; query = waiting.shift()) found.push(...(await ask(query)));
  };
  await Promise.all(work.transactional ? [lane()] : [lane(), lane()]);
  return found;
}

/**
 * Blocks: numbers; telephones; the day of birth with each of the first and last word of the name (a slip in one leaves the other) and, in the same search,
 * the whole name; the name with the year alone (a slip in the date, or an unknown day).
 */
function questionsOf({ identifiers, names, birthDate, phones }: Description): string[] {
  const questions = identifiers.length === 0 ? [] : [`identifier=${identifiers.slice(0, factsMax.identifiers).map((one) => token(one)).join(',')}`];
  for (const phone of phones.slice(0, factsMax.phones)) questions.push(`phone=${value(phone)},${value(phone.replace(/^0/, '+84'))}`, `find=${value(phone)}`);
  for (const name of names.slice(0, factsMax.names)) questions.push(...ofName(nameKey(name).split(' '), name, birthDate));
  return [...new Set(questions)];
}

function ofName(words: readonly string[], name: string, birthDate: string | undefined): string[] {
  if (birthDate === undefined || words[0] === undefined) return [];
  const whole = words.slice(0, factsMax.words).map((word) => `name=${value(word)}`).join('&');
  const outer = [...new Set([nameKey(name.trim().split(/\s+/)[0] ?? ''), nameKey(name.trim().split(/\s+/).at(-1) ?? '')])].filter((word) => word !== '' && !word.includes(' '));
  const day = birthDate.length === 10 ? [`${whole}&birthdate=${birthDate}`, ...(outer.length === 0 ? [] : [`name=${outer.map((word) => value(word)).join(',')}&birthdate=${birthDate}`])] : [];
  return [...day, `${whole}&birthdate=${birthDate.slice(0, 4)}`];
}

function token(identifier: string): string {
  const cut = identifier.indexOf('|');
  return `${value(identifier.slice(0, cut))}${encodeURIComponent('|')}${value(identifier.slice(cut + 1))}`;
}

function value(text: string): string {
  return encodeURIComponent(text.replace(/[\\,|$]/g, '\\$&'));
}
