// The rows of the record bench, each a stream of requests with the answer that is expected.
import { requestBytes } from '../measure/connection.ts';
import type { Shot } from '../measure/load.ts';
import { expectBundle, expectCount, expectResource, plain, resourcesOf } from './checks.ts';
import { makePerson, measures, resourceCount, searchedNames, type Person } from './population.ts';
import { bundleOf, identifierSystem, patientOf } from './resources.ts';
import type { Seeded, SeedResult } from './seed.ts';

export interface Row {
  readonly name: string;
  readonly title: string;
  /** Numbers of clients measured besides those asked for: the target was measured with them. */
  readonly alsoClients?: readonly number[];
  /** Resources that one request carries, where the target is per resource. */
  readonly resourcesPerRequest?: number;
  /** Rows that write run after those that read, so that every run reads the same data. */
  readonly writes: boolean;
  next(client: number): Shot;
}

export interface RowInput {
  readonly base: URL;
  readonly token: string | undefined;
  readonly seeded: SeedResult;
  /** Keeps identifiers of this run apart from those of earlier runs. */
  readonly nonce: string;
}

const since = '2024-01-01';

/** Makes all rows, in the order of the anchors. */
export function makeRows(input: RowInput): Row[] {
  return [create(input), read(input), update(input), name(input), identifier(input), observation(input), sorted(input), revinclude(input), chained(input), everything(input), transaction(input)];
}

function create(input: RowInput): Row {
  const people = Array.from({ length: 64 }, (_, index) => patientOf(makePerson(index, `${input.nonce}-c`)));
  let made = 0;
  const next = () => {
    const patient = { ...people[made % people.length], identifier: [{ system: identifierSystem, value: `${input.nonce}-${made++}` }] };
    return { request: bytes(input, 'POST', 'Patient', patient), check: expectResource(201, 'Patient') };
  };
  return { name: 'create', title: 'create Patient', writes: true, next };
}

function read(input: RowInput): Row {
  return { name: 'read', title: 'read Patient', writes: false, next: onPatients(input, ({ id }) => ({ path: `Patient/${id}`, check: expectResource(200, 'Patient', id) })) };
}

function update(input: RowInput): Row {
  const { people } = input.seeded;
  let made = 0;
  const next = (client: number) => {
    // Clients take turns on patients far apart: this row measures updates, not quarrels about one patient.
    const { id, person } = people[(made++ * 17 + client * 61) % people.length] as Seeded;
    const telecom = [{ system: 'phone', value: `08${String(made % 1e8).padStart(8, '0')}`, use: 'mobile' }];
    return { request: bytes(input, 'PUT', `Patient/${id}`, { ...patientOf(person), id, telecom }), check: expectResource(200, 'Patient', id) };
  };
  return { name: 'update', title: 'update Patient', writes: true, next };
}

function name(input: RowInput): Row {
  const borne = countNames(input.seeded);
  const shots = searchedNames.flatMap((word) => {
    const count = Math.min(20, borne.get(word) ?? 0);
    const check = expectBundle((bundle) => {
      const patients = resourcesOf(bundle, 'Patient');
      const stranger = patients.find((one) => !plain(JSON.stringify(one['name'])).includes(plain(word)));
      return stranger ? 'a patient of another name' : atLeast('patients', patients.length, count);
    });
    return count === 0 ? [] : [{ request: bytes(input, 'GET', `Patient?name=${encodeURIComponent(word)}&_count=20`), check }];
  });
  return { name: 'name', title: 'search `name`, `_count=20`', writes: false, next: inTurn(shots) };
}

function identifier(input: RowInput): Row {
  const next = onPatients(input, ({ id, person }) => ({
    path: `Patient?identifier=${encodeURIComponent(`${identifierSystem}|${person.identifier}`)}`,
    check: expectBundle((bundle) => (bundle.entry?.length === 1 && bundle.entry[0]?.resource?.id === id ? undefined : 'not the one patient')),
  }));
  return { name: 'identifier', title: 'search `identifier`', writes: false, next };
}

function observation(input: RowInput): Row {
  const next = onPatients(input, ({ id, person }, turn) => {
    const code = measures[turn % measures.length]?.code ?? '';
    const expected = person.visits.filter((visit) => visit.day >= since).length;
    return {
      path: `Observation?patient=Patient/${id}&code=http://loinc.org%7C${code}&date=ge${since}&_count=20`,
      check: expected === 0 ? nothingFound : expectBundle((bundle) => expectCount('observations', resourcesOf(bundle, 'Observation').length, expected)),
    };
  });
  return { name: 'observation', title: 'Observation patient + code + date', writes: false, next };
}

function sorted(input: RowInput): Row {
  const next = onPatients(input, ({ id, person }) => {
    const expected = person.visits.length * measures.length;
    return {
      path: `Observation?patient=Patient/${id}&_sort=-date&_total=accurate&_count=20`,
      check: expectBundle((bundle) => {
        const dates = resourcesOf(bundle, 'Observation').map((one) => Date.parse(String(one['effectiveDateTime'])));
        if (dates.some((date, at) => at > 0 && date > (dates[at - 1] as number))) return 'not sorted';
        return expectCount('total', bundle.total, expected) ?? expectCount('page', dates.length, Math.min(20, expected));
      }),
    };
  });
  return { name: 'sorted', title: 'Observation patient, `_sort=-date`, `_total=accurate`', writes: false, next };
}

function revinclude(input: RowInput): Row {
  const ordinary = input.seeded.people.filter(({ person }) => person.visits.length <= 5);
  const next = onPatients(input, ({ id, person }) => ({
    path: `Encounter?patient=Patient/${id}&_revinclude=Observation:encounter`,
    check: expectBundle((bundle) =>
      expectCount('encounters', resourcesOf(bundle, 'Encounter').length, person.visits.length) ??
      expectCount('observations', resourcesOf(bundle, 'Observation').length, person.visits.length * measures.length),
    ),
  }), ordinary);
  return { name: 'revinclude', title: 'Encounter + `_revinclude` Observation', writes: false, next };
}

function chained(input: RowInput): Row {
  const borne = countNames(input.seeded, (person) => person.visits.length);
  const shots = searchedNames.flatMap((word, turn) => {
    const code = measures[turn % measures.length]?.code ?? '';
    const count = Math.min(20, borne.get(word) ?? 0);
    const check = expectBundle((bundle) => {
      const found = resourcesOf(bundle, 'Observation');
      return found.every((one) => JSON.stringify(one['code']).includes(code)) ? atLeast('observations', found.length, count) : 'an observation of another code';
    });
    return count === 0 ? [] : [{ request: bytes(input, 'GET', `Observation?patient.name=${encodeURIComponent(word)}&code=http://loinc.org%7C${code}&_count=20`), check }];
  });
  return { name: 'chained', title: 'chained `patient.name` and code', writes: false, next: inTurn(shots) };
}

function everything(input: RowInput): Row {
  const frequent = input.seeded.people.filter(({ person }) => resourceCount(person) >= 100);
  const next = onPatients(input, ({ id, person }) => ({
    path: `Patient/${id}/$everything?_count=200`,
    check: expectBundle((bundle) => expectCount('resources', bundle.entry?.length, resourceCount(person))),
  }), frequent);
  return { name: 'everything', title: 'Patient/$everything, 100 resources', alsoClients: [4], writes: false, next };
}

function transaction(input: RowInput): Row {
  const people = Array.from({ length: 16 }, (_, index) => makePerson(index, `${input.nonce}-t`, true));
  const bundles = people.map((person) => bytes(input, 'POST', '', bundleOf(person)));
  const resources = resourceCount(people[0] as Person);
  const check = expectBundle((bundle) => {
    const created = (bundle.entry ?? []).filter((entry) => entry.response?.status?.startsWith('201')).length;
    return expectCount('created', created, resources);
  });
  const shots = bundles.map((request) => ({ request, check }));
  return { name: 'transaction', title: `transaction of ${resources} resources`, resourcesPerRequest: resources, writes: true, next: inTurn(shots) };
}

const nothingFound: Shot['check'] = (reply) => (reply.status === 200 && reply.body.indexOf('"Bundle"') >= 0 ? undefined : `status ${reply.status}`);

function bytes(input: RowInput, method: string, path: string, body?: object): Buffer {
  return requestBytes(input.base, input.token, method, path, body === undefined ? undefined : JSON.stringify(body));
}

/** Goes through the patients in a scattered order, so that neighbours in time are not neighbours on disk. */
function onPatients(input: RowInput, ask: (one: Seeded, turn: number) => { path: string; check: Shot['check'] }, people = input.seeded.people): () => Shot {
  if (people.length === 0) throw new Error('no seeded patient fits: seed more patients');
  let turn = 0;
  return () => {
    turn++;
    const { path, check } = ask(people[(turn * 7919) % people.length] as Seeded, turn);
    return { request: bytes(input, 'GET', path), check };
  };
}

function inTurn(shots: readonly Shot[]): () => Shot {
  if (shots.length === 0) throw new Error('no seeded patient fits: seed more patients');
  let turn = 0;
  return () => shots[turn++ % shots.length] as Shot;
}

function countNames(seeded: SeedResult, weight: (person: Person) => number = () => 1): Map<string, number> {
  const borne = new Map<string, number>();
  for (const { person } of seeded.people) {
    const given = person.given.at(-1) as string;
    borne.set(given, (borne.get(given) ?? 0) + weight(person));
  }
  return borne;
}

function atLeast(what: string, found: number, expected: number): string | undefined {
  return found >= expected ? undefined : `${what}: ${found} instead of ${expected} or more`;
}
