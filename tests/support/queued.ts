// Events that were told over the wire wait in queues that no test works off by itself: this does, in order, at the test's own clock.
import { randomUUID } from 'node:crypto';
import { hospital } from '../../server/src/hospital.ts';
import { systemActor } from '../../server/src/platform/actors.ts';
import { eventSender } from '../../server/src/platform/events.ts';
import { beginWork, type HospitalEvent, type Work } from '../../server/src/platform/work.ts';
import type { TestServer } from './server.ts';

/** A unit of work of the house whose events reach the queues. */
export function queueingWork({ db }: TestServer): Work {
  return beginWork(db.database, eventSender(db.database, hospital), { actor: systemActor, requestId: `test-${randomUUID()}`, language: 'vi', now: db.clock() });
}

/** Lets the listeners of a module hear what was told, and what they tell themselves. `twice`: as when a process dies before it can say that it is done. Gives the names. */
export async function hearQueued(server: TestServer, module: string, twice = false): Promise<string[]> {
  const heard: string[] = [];
  const { hears = {} } = hospital.find(({ name }) => name === module)!;
  for (;;) {
    const taken = `UPDATE jobs.job SET state = 'completed', completed_on = now() WHERE id = (SELECT id FROM jobs.job WHERE state = 'created' AND name LIKE 'event/%/' || $1 ORDER BY created_on, id LIMIT 1) RETURNING data`;
    const { rows } = await server.db.database.query<{ data: HospitalEvent }>({ text: taken, values: [module] });
    const event = rows[0]?.data;
    if (event === undefined) return heard;
    for (let time = 0; time < (twice ? 2 : 1); time++) await hears[event.name]!(queueingWork(server), event);
    heard.push(event.name);
  }
}

/** Runs a job of a module now. */
export async function runJob(server: TestServer, module: string, job: string): Promise<void> {
  await hospital.find(({ name }) => name === module)!.jobs![job]!.run(queueingWork(server), {});
}
