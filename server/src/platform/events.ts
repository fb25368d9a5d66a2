// Tell up: events told inside a transaction reach each listener's own queue in the same transaction; jobs run beside them.
import { faultFields, type Log } from './log.ts';
import type { Metrics } from './metrics.ts';
import { closeSender, prepareQueues, runQueues, sendToQueue, type Queue, type RunningQueues } from './jobs.ts';
import type { Database } from './database.ts';
import type { House, ModuleManifest } from './module.ts';
import type { EventSender, HospitalEvent, Work } from './work.ts';

type Listening = Pick<ModuleManifest, 'name' | 'hears' | 'jobs'>;

/** Gives the sender of events: one row in the queue of each module that hears the event, and nothing for an event nobody hears. */
export function eventSender(database: Database, manifests: readonly Listening[]): EventSender {
  const listeners = new Map<string, string[]>();
  for (const { name, hears = {} } of manifests) {
    for (const event of Object.keys(hears)) listeners.set(event, [...(listeners.get(event) ?? []), listenerQueue(event, name)]);
  }
  return async (db, event) => {
    for (const queue of listeners.get(event.name) ?? []) await sendToQueue(database, db, queue, { name: event.name, data: event.data });
  };
}

/** Queues a job of a module to run once, in the transaction of the work (or at once outside one). */
export async function queueJob(database: Database, work: Work, module: string, job: string, data: object = {}): Promise<void> {
  await sendToQueue(database, work.db, jobQueue(module, job), data);
}

/** Makes the queues of all listeners and jobs. Belongs to migration; does nothing when no module hears or runs anything. */
export async function prepareBackground(database: Database, manifests: readonly Listening[]): Promise<void> {
  await prepareQueues(database, manifests.flatMap(({ name, hears = {}, jobs = {} }) => [
    ...Object.keys(hears).map((event) => listenerQueue(event, name)),
    ...Object.keys(jobs).map((job) => jobQueue(name, job)),
  ]));
}

/** Runs listeners and jobs in this process, each with a system work of its own. Stop it before closing the database. */
export async function startBackground(house: House, manifests: readonly Listening[], log: Log, metrics?: Metrics): Promise<RunningQueues> {
  const queues = manifests.flatMap((manifest) => [...listenersOf(house, manifest), ...jobsOf(house, manifest)]);
  const watched = queues.map((queue) => watch(queue, log, metrics));
  const running = await runQueues(house.database, watched, (error) => log.error('background', faultFields(error)));
  return {
    stop: async () => {
      await running.stop();
      await closeSender(house.database);
    },
  };
}

function listenersOf(house: House, { name, hears = {} }: Listening): Queue[] {
  return Object.entries(hears).map(([event, hear]) => ({
    name: listenerQueue(event, name),
    run: (data) => hear(house.systemWork(), data as HospitalEvent),
  }));
}

function jobsOf(house: House, { name, jobs = {} }: Listening): Queue[] {
  return Object.entries(jobs).map(([job, { cron, run }]) => ({
    name: jobQueue(name, job),
    ...(cron === undefined ? {} : { cron }),
    run: (data) => run(house.systemWork(), data),
  }));
}

function watch(queue: Queue, log: Log, metrics?: Metrics): Queue {
  return {
    ...queue,
    run: async (data, attempt) => {
      const began = performance.now();
      const failure = await queue.run(data, attempt).then(() => undefined, (error: unknown) => ({ error }));
      metrics?.job(queue.name, failure ? 'failed' : 'done');
      if (!failure) return log.debug('job done', { job: queue.name, attempt, durationMs: Math.round(performance.now() - began) });
      log.error('job failed', { job: queue.name, attempt, ...faultFields(failure.error) });
      // pg-boss keeps what is thrown, with its causes, in the job's row: their messages could quote a patient.
      throw new Error(`${queue.name} failed`);
    },
  };
}

function listenerQueue(event: string, module: string): string {
  return `event/${event}/${module}`;
}

function jobQueue(module: string, job: string): string {
  return `job/${module}/${job}`;
}
