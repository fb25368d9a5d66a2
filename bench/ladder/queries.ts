// The questions of the ladder, each with values sampled from the people who are there, so that a larger record is asked as a larger hospital would.
import { requestBytes } from '../measure/connection.ts';
import type { Shot } from '../measure/load.ts';
import { expectBundle, expectCount, expectResource, plain, resourcesOf } from '../record/checks.ts';
import { measures, resourceCount } from '../record/population.ts';
import { identifierSystem } from '../record/resources.ts';
import type { Seeded } from '../record/seed.ts';

export interface LadderQuery {
  readonly name: string;
  readonly title: string;
  next(): Shot;
}

export interface LadderInput {
  readonly base: URL;
  readonly token: string | undefined;
  readonly people: readonly Seeded[];
}

interface Ask {
  readonly path: string;
  readonly check: Shot['check'];
}

type Query = (name: string, title: string, ask: (one: Seeded, turn: number) => Ask, people?: readonly Seeded[]) => LadderQuery;

/** The queries over the people of one step. */
export function ladderQueries(input: LadderInput): LadderQuery[] {
  const of: Query = (name, title, ask, people = input.people) => ({ name, title, next: sampled(input, people, ask) });
  return [...patientQueries(of), ...careQueries(of, input.people)];
}

function patientQueries(of: Query): LadderQuery[] {
  return [
    of('read', 'read Patient', ({ id }) => ({ path: `Patient/${id}`, check: expectResource(200, 'Patient', id) })),
    of('identifier', 'Patient by identifier', ({ id, person }) => ({
      path: `Patient?identifier=${encodeURIComponent(`${identifierSystem}|${person.identifier}`)}`,
      check: expectBundle((bundle) => (bundle.entry?.length === 1 && bundle.entry[0]?.resource?.id === id ? undefined : 'not the one patient')),
    })),
    of('phone', 'Patient by phone', ({ id, person }) => ({ path: `Patient?phone=${person.phone}`, check: holds(id) })),
    of('given', 'Patient by given name, page of 20', ({ person }) => nameAsk(person.given.at(-1) as string, '')),
    of('name', 'Patient by whole name and birth date', ({ id, person }) => ({
      path: `Patient?${[person.family, ...person.given].map((word) => `name=${encodeURIComponent(word)}`).join('&')}&birthdate=${person.birthDate}`,
      check: holds(id),
    })),
  ];
}

function careQueries(of: Query, people: readonly Seeded[]): LadderQuery[] {
  const ordinary = people.filter(({ person }) => person.visits.length <= 5);
  const frequent = people.filter(({ person }) => resourceCount(person) >= 100);
  return [
    of('observation', 'Observation patient + code + date', ({ id, person }, turn) => ({
      path: `Observation?patient=Patient/${id}&code=http://loinc.org%7C${measures[turn % measures.length]?.code}&date=ge2023-01-01&_count=50`,
      check: expectBundle((bundle) => expectCount('observations', resourcesOf(bundle, 'Observation').length, person.visits.length)),
    })),
    of('sorted', 'Observation patient, `_sort=-date`, `_total=accurate`', ({ id, person }) => ({
      path: `Observation?patient=Patient/${id}&_sort=-date&_total=accurate&_count=20`,
      check: expectBundle((bundle) => expectCount('total', bundle.total, person.visits.length * measures.length)),
    })),
    of('code', 'newest Observations of a code, page of 20', (_one, turn) => ({
      path: `Observation?code=http://loinc.org%7C${measures[turn % measures.length]?.code}&_sort=-date&_count=20`,
      check: expectBundle((bundle) => expectCount('observations', resourcesOf(bundle, 'Observation').length, 20)),
    })),
    of('revinclude', 'Encounter + `_revinclude` Observation', ({ id, person }) => ({
      path: `Encounter?patient=Patient/${id}&_revinclude=Observation:encounter`,
      check: expectBundle((bundle) => expectCount('observations', resourcesOf(bundle, 'Observation').length, person.visits.length * measures.length)),
    }), ordinary),
    of('chained', 'Observation by patient.identifier and code', ({ person }, turn) => ({
      path: `Observation?patient.identifier=${encodeURIComponent(`${identifierSystem}|${person.identifier}`)}&code=http://loinc.org%7C${measures[turn % measures.length]?.code}&_count=50`,
      check: expectBundle((bundle) => expectCount('observations', resourcesOf(bundle, 'Observation').length, person.visits.length)),
    })),
    of('day', 'Encounters of a day, page of 20', ({ person }) => ({ path: `Encounter?date=${person.visits[0]?.day}&_count=20`, check: expectBundle((bundle) => (resourcesOf(bundle, 'Encounter').length > 0 ? undefined : 'no encounter')) })),
    of('everything', 'Patient/$everything, 100 resources', ({ id, person }) => ({
      path: `Patient/${id}/$everything?_count=200`,
      check: expectBundle((bundle) => expectCount('resources', bundle.entry?.length, resourceCount(person))),
    }), frequent),
  ];
}

function nameAsk(word: string, more: string): Ask {
  const check = expectBundle((bundle) => {
    const stranger = resourcesOf(bundle, 'Patient').find((one) => !plain(JSON.stringify(one['name'])).includes(plain(word)));
    return stranger === undefined ? undefined : 'a patient of another name';
  });
  return { path: `Patient?name=${encodeURIComponent(word)}&_count=20${more}`, check };
}

function holds(id: string): Shot['check'] {
  return expectBundle((bundle) => (bundle.entry?.some((entry) => entry.resource?.id === id) === true ? undefined : 'the patient is missing'));
}

/** Goes through the people in a scattered order, so that neighbours in time are not neighbours on disk. */
function sampled(input: LadderInput, people: readonly Seeded[], ask: (one: Seeded, turn: number) => Ask): () => Shot {
  let turn = 0;
  return () => {
    turn++;
    const { path, check } = ask(people[(turn * 7919) % people.length] as Seeded, turn);
    return { request: requestBytes(input.base, input.token, 'GET', path), check };
  };
}
