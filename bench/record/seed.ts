// Fills a FHIR server with the bench's population over HTTP, and remembers who got which id.
import { openConnection, requestBytes } from '../measure/connection.ts';
import { makePerson, resourceCount, type Person } from './population.ts';
import { bundleOf } from './resources.ts';

export interface Seeded {
  readonly id: string;
  readonly person: Person;
}

export interface SeedResult {
  readonly population: string;
  readonly people: readonly Seeded[];
  /** Resources that this run added. */
  readonly resources: number;
  readonly seconds: number;
}

interface SeedPlan {
  readonly base: URL;
  readonly token: string | undefined;
  readonly patients: number;
  readonly population: string;
  readonly clients: number;
  /** People that are there already; undefined: none. */
  readonly known?: readonly Seeded[];
  tell(line: string): void;
}

/** Creates the population, a transaction bundle a person, several at a time. Stops at the first refusal: a partial seed would falsify every answer. */
export async function seed(plan: SeedPlan): Promise<SeedResult> {
  const people: Seeded[] = [...(plan.known ?? [])];
  const before = people.length;
  const began = performance.now();
  let next = before;
  let done = before;
  const work = async () => {
    const connection = openConnection(plan.base);
    for (let index = next++; index < plan.patients; index = next++) {
      const person = makePerson(index, plan.population);
      const body = JSON.stringify(bundleOf(person));
      const reply = await connection.send(requestBytes(plan.base, plan.token, 'POST', '', body));
      people[index] = { id: patientId(reply.status, reply.body), person };
      if (++done % (plan.patients > 5000 ? 4000 : 250) === 0) plan.tell(`  ${done} of ${plan.patients} patients`);
    }
    connection.close();
  };
  await Promise.all(Array.from({ length: plan.clients }, work));
  const resources = people.slice(before).reduce((total, one) => total + resourceCount(one.person), 0);
  return { population: plan.population, people, resources, seconds: (performance.now() - began) / 1000 };
}

/** Rebuilds what an earlier run seeded from its ids, in order. */
export function recallSeed(population: string, ids: readonly string[]): SeedResult {
  const people = ids.map((id, index) => ({ id, person: makePerson(index, population) }));
  return { population, people, resources: people.reduce((total, one) => total + resourceCount(one.person), 0), seconds: 0 };
}

function patientId(status: number, body: Buffer): string {
  const text = body.toString();
  const reply = status === 200 ? (JSON.parse(text) as { entry?: { response?: { status?: string; location?: string } }[] }) : {};
  const failed = reply.entry?.find((one) => !one.response?.status?.startsWith('201'));
  const id = /(?:^|\/)Patient\/([A-Za-z0-9\-.]{1,64})/.exec(reply.entry?.[0]?.response?.location ?? '')?.[1];
  if (id === undefined || failed !== undefined) {
    throw new Error(`seeding refused with ${status}: ${(failed ? JSON.stringify(failed) : text).slice(0, 800)}`);
  }
  return id;
}
