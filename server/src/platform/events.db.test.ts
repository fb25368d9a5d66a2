import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { testDatabase, type TestDatabase } from '../../../tests/support/database.ts';
import { systemActor } from './actors.ts';
import { eventSender, prepareBackground, queueJob, startBackground } from './events.ts';
import { closeSender, deadLetterQueue, type RunningQueues } from './jobs.ts';
import { openLog } from './log.ts';
import { openMetrics } from './metrics.ts';
import type { ModuleManifest } from './module.ts';
import { beginWork, type HospitalEvent, type Work } from './work.ts';

const silent = openLog('silent');
const visit: HospitalEvent = { name: 'encounters.visit-began', data: { encounter: 'e1' } };

let db: TestDatabase;
let running: RunningQueues | undefined;

beforeEach(async () => {
  db = await testDatabase();
});
afterEach(async () => {
  await running?.stop();
  running = undefined;
  await closeSender(db.database);
  await db.close();
});

function hearing(name: string, hear: (work: Work, event: HospitalEvent) => Promise<void>): ModuleManifest {
  return { name, owns: 'a test', hears: { [visit.name]: hear } };
}

const workOf = (manifests: readonly ModuleManifest[]): Work =>
  beginWork(db.database, eventSender(db.database, manifests), { actor: systemActor, requestId: 'test-events', language: 'vi', now: db.clock() });

/** Waits for what the background does by itself; its polling is by the second. */
const until = (fact: () => boolean | Promise<boolean>) => expect.poll(fact, { timeout: 15_000, interval: 50 }).toBe(true);
const rowsOf = async (queue: string) => (await db.database.query<{ state: string; data: unknown; output: unknown }>({ text: 'SELECT state, data, output FROM jobs.job WHERE name = $1', values: [queue] })).rows;

describe('Telling up', () => {
  it('reaches every module that hears the event, each with a system work, once the transaction commits', async () => {
    const heard: string[] = [];
    const manifests = ['billing', 'insurance'].map((name) => hearing(name, async (work, event) => void heard.push(`${name} ${work.actor.kind} ${event.name} ${JSON.stringify(event.data)}`)));
    await prepareBackground(db.database, manifests);
    running = await startBackground(db.house, manifests, silent);
    await workOf(manifests).transact((work) => work.tell(visit));
    await until(() => heard.length === 2);
    expect(heard.sort()).toEqual(['billing', 'insurance'].map((name) => `${name} system ${visit.name} ${JSON.stringify(visit.data)}`));
  });

  it('leaves nothing when the transaction fails', async () => {
    const manifests = [hearing('billing', async () => undefined)];
    await prepareBackground(db.database, manifests);
    const failing = workOf(manifests).transact(async (work) => {
      await work.tell(visit);
      throw new Error('rolled back');
    });
    await expect(failing).rejects.toThrow('rolled back');
    expect(await rowsOf('event/encounters.visit-began/billing')).toEqual([]);
  });

  it('keeps events that are told while nobody works, for whoever starts next', async () => {
    const heard: HospitalEvent[] = [];
    const manifests = [hearing('billing', async (_work, event) => void heard.push(event))];
    await prepareBackground(db.database, manifests);
    await workOf(manifests).transact((work) => work.tell(visit));
    running = await startBackground(db.house, manifests, silent);
    await until(() => heard.length === 1);
    expect(heard).toEqual([visit]);
  });

  it('does not stand still when transactions hold every connection and all tell at once', async () => {
    const manifests = [hearing('billing', async () => undefined)];
    await prepareBackground(db.database, manifests);
    const work = workOf(manifests);
    await Promise.all(Array.from({ length: 24 }, () => work.transact((inside) => inside.tell(visit))));
    expect(await rowsOf('event/encounters.visit-began/billing')).toHaveLength(24);
  });

  it('costs nothing for an event that nobody hears: no queue, no table, no worker', async () => {
    const manifests: ModuleManifest[] = [{ name: 'encounters', owns: 'a test', tells: [visit.name] }];
    await prepareBackground(db.database, manifests);
    running = await startBackground(db.house, manifests, silent);
    await workOf(manifests).transact((work) => work.tell(visit));
    const { rows } = await db.database.query({ text: "SELECT 1 FROM pg_namespace WHERE nspname = 'jobs'" });
    expect(rows).toEqual([]);
  });

  it('tries a listener that fails again, later each time, counts it, and keeps no word of its error', async () => {
    let tries = 0;
    const metrics = openMetrics(db.database);
    const lines: string[] = [];
    const manifests = [hearing('billing', async () => {
      tries++;
      if (tries < 2) throw new Error('no account for Nguyễn Thị Bí Mật');
    })];
    await prepareBackground(db.database, manifests);
    running = await startBackground(db.house, manifests, openLog('info', { write: (line) => void lines.push(line) }), metrics);
    await workOf(manifests).transact((work) => work.tell(visit));
    await until(() => tries === 1 && lines.length > 0);
    const [waiting] = await rowsOf('event/encounters.visit-began/billing');
    expect(JSON.stringify([waiting, lines])).not.toContain('Bí Mật');
    await until(async () => (await rowsOf('event/encounters.visit-began/billing'))[0]?.state === 'completed');
    expect(tries).toBe(2);
    expect(await metrics.text()).toMatch(/sen_jobs_total\{job="event\/encounters.visit-began\/billing",outcome="failed"\} 1/);
    metrics.close();
  });

  it('puts what never succeeds among the dead letters', async () => {
    const manifests = [hearing('billing', async () => Promise.reject(new Error('never')))];
    await prepareBackground(db.database, manifests);
    await db.database.query({ text: 'UPDATE jobs.queue SET retry_limit = 0' });
    running = await startBackground(db.house, manifests, silent);
    await workOf(manifests).transact((work) => work.tell(visit));
    await until(async () => (await rowsOf(deadLetterQueue)).length === 1);
    expect((await rowsOf(deadLetterQueue))[0]?.data).toEqual(visit);
  });
});

describe('Jobs', () => {
  const cleaning = (run: (work: Work, data: unknown) => Promise<void>, cron?: string): ModuleManifest => ({ name: 'record', owns: 'a test', jobs: { 'clean-up': { ...(cron ? { cron } : {}), run } } });

  it('run when asked for', async () => {
    const given: unknown[] = [];
    const manifests = [cleaning(async (_work, data) => void given.push(data))];
    await prepareBackground(db.database, manifests);
    running = await startBackground(db.house, manifests, silent);
    await queueJob(db.database, workOf(manifests), 'record', 'clean-up', { days: 30 });
    await until(() => given.length === 1);
    expect(given).toEqual([{ days: 30 }]);
  });

  it('keep their schedule in the time of Việt Nam, and lose it with their cron', async () => {
    const nightly = [cleaning(async () => undefined, '30 2 * * *')];
    await prepareBackground(db.database, nightly);
    await (await startBackground(db.house, nightly, silent)).stop();
    const schedules = async () => (await db.database.query({ text: 'SELECT name, cron, timezone FROM jobs.schedule' })).rows;
    expect(await schedules()).toEqual([{ name: 'job/record/clean-up', cron: '30 2 * * *', timezone: 'Asia/Ho_Chi_Minh' }]);
    await (await startBackground(db.house, [cleaning(async () => undefined)], silent)).stop();
    expect(await schedules()).toEqual([]);
  });

  it('start quickly the second time and hold no connection of their own', async () => {
    const manifests = [cleaning(async () => undefined, '30 2 * * *')];
    await prepareBackground(db.database, manifests);
    const began = performance.now();
    await prepareBackground(db.database, manifests);
    running = await startBackground(db.house, manifests, silent);
    expect(performance.now() - began).toBeLessThan(1_000);
    const { rows } = await db.database.query<{ count: string }>({ text: "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND application_name <> 'sen'" });
    expect(rows[0]?.count).toBe('0');
  });
});
