import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openLog } from '../../server/src/platform/log.ts';
import { runDeliveries } from '../../server/src/modules/subscriptions/run-deliveries.ts';
import { hookServer } from '../support/hook.ts';
import type { Json } from './client.ts';
import { openSubscriber, patiently, told, topics, type Subscriber } from './subscription-bundles.ts';

let subscriber: Subscriber;
let { server, fhir, hook, status, subscribe } = {} as Subscriber;
beforeAll(async () => {
  subscriber = await openSubscriber();
  ({ server, fhir, hook, status, subscribe } = subscriber);
});
afterAll(() => subscriber.close());


describe('delivery: at least once, in order for each patient', () => {
  const change = (id: string, patient: string) => fhir('PUT', `/Procedure/${id}`, { resourceType: 'Procedure', id, status: 'completed', subject: { reference: `Patient/${patient}` } });

  it('holds back later events of a patient whose event is refused, and not those of others; then gives up, and shows it', async () => {
    const bad = await hookServer();
    let refuses = true;
    bad.answer = ({ text }) => (refuses && text.includes('/Procedure/bad"') ? 500 : 200);
    const id = await subscribe({ topic: `${topics}/procedure-change`, maxCount: 1, channel: { endpoint: bad.base } });
    const arrived = () => bad.received.map(({ text }) => told(JSON.parse(text))).filter(({ type }) => type === 'event-notification').flatMap(({ focus }) => focus.map((one) => one?.slice('Procedure/'.length)));
    for (const [one, patient] of [['bad', 'lan'], ['lan2', 'lan'], ['hai1', 'hai']] as const) await change(one, patient);
    await expect.poll(() => arrived().includes('hai1'), patiently).toBe(true);
    expect(arrived().includes('lan2')).toBe(false);
    await expect.poll(() => {
      server.db.clock.advance(30_000); // all waits together are 37 minutes
      return arrived().includes('lan2');
    }, patiently).toBe(true);
    expect(arrived().filter((one) => one === 'bad').length).toBe(12);
    const shown = (await fhir('GET', `/Subscription/${id}/$status`)).body.entry[0].resource.parameter;
    expect(shown.find(({ name }: Json) => name === 'error').valueCodeableConcept.text).toMatch(/^1 events could not be delivered/);
    const letters = (await fhir('GET', `/Subscription/${id}/$dead-letters`)).body.parameter;
    expect(letters.map(({ part }: Json) => Object.fromEntries(part.map((one: Json) => [one.name, one.valueString ?? one.valueReference?.reference ?? one.valueUnsignedInt])))).toMatchObject([
      { 'event-number': '1', focus: 'Procedure/bad/_history/1', attempts: 12, failure: 'HTTP 500' },
    ]);
    refuses = false;
    expect((await fhir('POST', `/Subscription/${id}/$replay`, { resourceType: 'Parameters' })).body.parameter[0].valueUnsignedInt).toBe(1);
    await expect.poll(() => arrived().filter((one) => one === 'bad').length, patiently).toBe(13);
    await expect.poll(async () => (await fhir('GET', `/Subscription/${id}/$dead-letters`)).body.parameter, patiently).toBeUndefined();
    await fhir('DELETE', `/Subscription/${id}`);
    await bad.close();
  });

  it('lets only an administrator see and replay dead letters', async () => {
    const { issueToken } = await import('../../server/src/modules/security/index.ts');
    const authorization = `Bearer ${await issueToken(server.db.work(), 'bacsi', 1)}`;
    expect((await fhir('GET', '/Subscription/$dead-letters', undefined, { authorization })).status).toBe(403);
    expect((await fhir('GET', '/Subscription/$dead-letters')).status).toBe(200);
  });

  it('keeps all that an endpoint missed while it did not answer, in order; turns to error after long, and goes on after an update', async () => {
    let moody = await hookServer();
    const id = await subscribe({ topic: `${topics}/procedure-change`, content: 'id-only', channel: { endpoint: moody.base } });
    const port = Number(new URL(moody.base).port);
    await moody.close();
    for (const one of ['p1', 'p2', 'p3']) await change(one, 'lan');
    await expect.poll(async () => {
      server.db.clock.advance(60_000);
      return status(id);
    }, patiently).toBe('error');
    const failed = (await fhir('GET', `/Subscription/${id}`)).body;
    expect(failed.error).toMatch(/^The endpoint does not take notifications: \w+\.$/);
    await change('p4', 'lan');
    moody = await hookServer(port);
    await fhir('PUT', `/Subscription/${id}`, { ...failed, status: 'requested' });
    const arrived = () => moody.received.map(({ text }) => told(JSON.parse(text))).flatMap(({ numbers }) => numbers);
    await expect.poll(arrived, patiently).toEqual(['1', '2', '3', '4']);
    await fhir('DELETE', `/Subscription/${id}`);
    await moody.close();
  });

  it('comes once from several servers on one database: one delivers, the others stand by', async () => {
    const others = [1, 2].map(() => runDeliveries(server.db.house, openLog('silent'), () => 'http://localhost/fhir/R4'));
    await subscribe({ topic: `${topics}/procedure-change`, path: '/once', maxCount: 1 });
    for (let one = 1; one <= 20; one++) await change(`once${one}`, one % 2 === 0 ? 'lan' : 'hai');
    const arrived = () => hook.received.filter(({ path }) => path === '/once').flatMap(({ text }) => told(JSON.parse(text)).numbers);
    await expect.poll(() => arrived().length, patiently).toBe(20);
    for (const other of others) await other.stop();
    expect(arrived()).toEqual(Array.from({ length: 20 }, (_, at) => String(at + 1)));
  });
});
