import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { glucose, issueOf, lan, type Json } from './client.ts';
import { ig, openSubscriber, patiently, told, topics, type Subscriber } from './subscription-bundles.ts';

let subscriber: Subscriber;
let { server, fhir, hook, status, subscription, subscribe } = {} as Subscriber;
beforeAll(async () => {
  subscriber = await openSubscriber();
  ({ server, fhir, hook, status, subscription, subscribe } = subscriber);
});
afterAll(() => subscriber.close());
afterEach(() => {
  hook.answer = () => 200;
});


const bundlesTo = (path: string): Json[] => hook.received.filter((one) => one.path === path).map(({ text }) => JSON.parse(text));
const eventsTo = (path: string) => bundlesTo(path).map(told).filter(({ type }) => type === 'event-notification');
const focusTo = (path: string) => eventsTo(path).flatMap(({ focus }) => focus);
const encounter = (id: string, state: string, patient = 'lan'): Json => ({
  resourceType: 'Encounter', id, status: state, class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'AMB' }, subject: { reference: `Patient/${patient}` },
});

describe('Subscriptions R5 Backport 1.1.0, channels: REST-Hook', () => {
  it('sends a handshake that must be accepted before the status becomes active', async () => {
    const id = await subscribe({ topic: `${topics}/encounter-start`, path: '/handshake' });
    const [bundle] = bundlesTo('/handshake');
    expect(told(bundle)).toEqual({ type: 'handshake', status: 'requested', since: '0', numbers: [], focus: [] });
    expect([bundle.type, bundle.meta.profile, bundle.entry.length]).toEqual(['history', [`${ig}/backport-subscription-notification-r4`], 1]);
    const [first] = bundle.entry;
    expect(first.fullUrl).toBe(`urn:uuid:${first.resource.id}`);
    expect(first.resource.parameter[0].valueReference.reference).toMatch(new RegExp(`/fhir/R4/Subscription/${id}$`));
    expect([first.request.method, first.request.url.endsWith(`/Subscription/${id}/$status`), first.response.status]).toEqual(['GET', true, '200']);
    expect(hook.received.at(-1)?.headers['content-type']).toBe('application/fhir+json');
  });

  it('turns to error when the handshake is not accepted, and back on by an update', async () => {
    hook.answer = () => 503;
    const { body } = await fhir('POST', '/Subscription', subscription({ topic: `${topics}/encounter-start`, path: '/shy' }));
    await expect.poll(() => status(body.id), patiently).toBe('error');
    const failed = (await fhir('GET', `/Subscription/${body.id}`)).body;
    expect(failed.error).toBe('The endpoint did not accept the handshake: HTTP 503.');
    hook.answer = () => 200;
    await fhir('PUT', `/Subscription/${body.id}`, { ...failed, status: 'requested' });
    await expect.poll(() => status(body.id), patiently).toBe('active');
    expect((await fhir('GET', `/Subscription/${body.id}`)).body.error).toBeUndefined();
  });
});

describe('Subscriptions R5 Backport 1.1.0: topics', () => {
  it('encounter-start and encounter-end tell once of each, by what the visit was before', async () => {
    await subscribe({ topic: `${topics}/encounter-start`, path: '/begins' });
    await subscribe({ topic: `${topics}/encounter-end`, path: '/ends' });
    for (const state of ['planned', 'in-progress', 'in-progress', 'finished']) await fhir('PUT', '/Encounter/v1', { ...encounter('v1', state), language: state === 'in-progress' ? 'vi' : 'en' });
    await fhir('PUT', '/Encounter/v1', { ...encounter('v1', 'finished'), language: 'vi' });
    await fhir('PUT', '/Encounter/v2', encounter('v2', 'in-progress', 'hai'));
    await expect.poll(() => focusTo('/ends').length, patiently).toBe(1);
    await expect.poll(() => focusTo('/begins'), patiently).toEqual(['Encounter/v1', 'Encounter/v2']);
    expect(focusTo('/ends')).toEqual(['Encounter/v1']);
  });

  it('observation-final is narrowed by filters of the subscription', async () => {
    await subscribe({ topic: `${topics}/observation-final`, path: '/final', filters: ['Observation?subject=Patient/lan&code=http://loinc.org|2345-7'] });
    const one = (id: string, patient: string, state: string) => fhir('PUT', `/Observation/${id}`, { ...glucose(`Patient/${patient}`, 5, '2026-01-01'), id, status: state });
    await one('o1', 'lan', 'preliminary');
    await one('o2', 'hai', 'final');
    await one('o1', 'lan', 'final');
    await one('o1', 'lan', 'amended');
    await expect.poll(() => focusTo('/final'), patiently).toEqual(['Observation/o1', 'Observation/o1']);
  });

  it('the topic of a type tells of creations, updates and deletions', async () => {
    await subscribe({ topic: `${topics}/patient-change`, path: '/patients', filters: ['Patient?_id=bao'], maxCount: 1 });
    await fhir('PUT', '/Patient/bao', lan({ id: 'bao' }));
    await fhir('PUT', '/Patient/bao', lan({ id: 'bao', active: true }));
    await fhir('DELETE', '/Patient/bao');
    await expect.poll(() => bundlesTo('/patients').slice(1).map(({ entry }) => [entry[1].request.method, entry[1].response.status]), patiently).toEqual([['POST', '201'], ['PUT', '200'], ['DELETE', '204']]);
  });

  it('a topic of the hospital is a Basic with the cross-version extensions', async () => {
    const x = 'http://hl7.org/fhir/5.0/StructureDefinition/extension-SubscriptionTopic';
    const topic = (url: string, current: string) => ({
      resourceType: 'Basic', code: { coding: [{ system: 'http://hl7.org/fhir/fhir-types', code: 'SubscriptionTopic' }] },
      extension: [
        { url: `${x}.url`, valueUri: url },
        { url: `${x}.title`, valueString: 'Khoa cấp cứu' },
        { url: 'http://hl7.org/fhir/4.3/StructureDefinition/extension-SubscriptionTopic.resourceTrigger', extension: [
          { url: 'resource', valueUri: 'http://hl7.org/fhir/StructureDefinition/Encounter' }, { url: 'supportedInteraction', valueCode: 'create' },
          { url: 'queryCriteria', extension: [{ url: 'current', valueString: current }] },
        ] },
        { url: 'http://hl7.org/fhir/4.3/StructureDefinition/extension-SubscriptionTopic.canFilterBy', extension: [{ url: 'resource', valueUri: 'Encounter' }, { url: 'filterParameter', valueString: 'subject' }] },
      ],
      modifierExtension: [{ url: `${x}.status`, valueCode: 'active' }],
    });
    expect((await fhir('POST', '/Basic', topic('http://bvsen.vn/topic/cap-cuu', 'Encounter?class=EMER'))).status).toBe(201);
    const date = await fhir('POST', '/Basic', topic('http://bvsen.vn/topic/ngay', 'date=gt2026'));
    expect([date.status, issueOf(date).details.coding[0]?.code]).toEqual([422, 'subscriptions.bad-topic']);
    const taken = await fhir('POST', '/Basic', topic('http://bvsen.vn/topic/cap-cuu', 'class=EMER'));
    expect([taken.status, issueOf(taken).details.coding[0]?.code]).toEqual([422, 'subscriptions.topic-taken']);
    const other = await fhir('POST', '/Subscription', subscription({ topic: 'http://bvsen.vn/topic/cap-cuu', filters: ['Encounter?status=planned'] }));
    expect([other.status, issueOf(other).details.coding[0]?.code]).toEqual([422, 'subscriptions.bad-filter']);
    await subscribe({ topic: 'http://bvsen.vn/topic/cap-cuu', path: '/er', filters: ['Encounter?subject=Patient/lan'] });
    const emergency = { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'EMER' };
    await fhir('PUT', '/Encounter/er1', { ...encounter('er1', 'in-progress', 'hai'), class: emergency });
    await fhir('PUT', '/Encounter/er2', { ...encounter('er2', 'in-progress'), class: emergency });
    await fhir('PUT', '/Encounter/er3', encounter('er3', 'in-progress'));
    await expect.poll(() => focusTo('/er'), patiently).toEqual(['Encounter/er2']);
  });

  it('refuses a topic that it does not know, and a filter on another type', async () => {
    const unknown = await fhir('POST', '/Subscription', subscription({ topic: `${topics}/nothing` }));
    expect([unknown.status, issueOf(unknown).details.coding[0]?.code]).toEqual([422, 'subscriptions.unknown-topic']);
    const foreign = await fhir('POST', '/Subscription', subscription({ topic: `${topics}/encounter-start`, filters: ['Patient?name=x'] }));
    expect([foreign.status, issueOf(foreign).details.coding[0]?.code]).toEqual([422, 'subscriptions.bad-filter']);
  });
});

describe('Subscriptions R5 Backport 1.1.0: payloads', () => {
  it('empty tells no topic and no resource, id-only the address, full-resource the version of the event', async () => {
    for (const content of ['empty', 'id-only', 'full-resource']) await subscribe({ topic: `${topics}/patient-change`, path: `/${content}`, content, filters: ['_id=chi'], maxCount: 1 });
    const { text } = await fhir('PUT', '/Patient/chi', lan({ id: 'chi' }));
    const last = (path: string): Json => bundlesTo(path).find(({ entry }) => told({ entry }).type === 'event-notification');
    for (const content of ['empty', 'id-only', 'full-resource']) await expect.poll(() => eventsTo(`/${content}`).length, patiently).toBe(1);
    const [empty, ids, full] = ['/empty', '/id-only', '/full-resource'].map(last);
    expect([empty.entry.length, told(empty).focus, JSON.stringify(empty).includes('chi"'), JSON.stringify(empty).includes('patient-change')]).toEqual([1, [undefined], false, false]);
    expect([ids.entry.length, told(ids).focus, ids.entry[1].resource, ids.entry[1].fullUrl.endsWith('/Patient/chi')]).toEqual([2, ['Patient/chi'], undefined, true]);
    expect([told(full).focus, JSON.stringify(full.entry[1].resource)]).toEqual([['Patient/chi'], text]);
  });

  it('gathers up to max-count events in one notification, and numbers them without gap', async () => {
    const id = await subscribe({ topic: `${topics}/location-change`, path: '/many', maxCount: 4 });
    const entry = Array.from({ length: 10 }, (_, at) => ({ resource: { resourceType: 'Location', name: `Phòng ${at}` }, request: { method: 'POST', url: 'Location' } }));
    await fhir('POST', '/', { resourceType: 'Bundle', type: 'transaction', entry });
    await expect.poll(() => eventsTo('/many').flatMap(({ numbers }) => numbers), patiently).toEqual(['1', '2', '3', '4', '5', '6', '7', '8', '9', '10']);
    expect(eventsTo('/many').map(({ numbers }) => numbers.length)).toEqual([4, 4, 2]);
    expect(told((await fhir('GET', `/Subscription/${id}/$events`)).body).numbers).toHaveLength(10);
  });
});

describe('Subscriptions R5 Backport 1.1.0: notifications', () => {
  it('sends a heartbeat when there was nothing to tell for the period', async () => {
    await subscribe({ topic: `${topics}/device-change`, path: '/beat', heartbeat: 60 });
    server.db.clock.advance(61_000);
    await expect.poll(() => bundlesTo('/beat').map((bundle) => told(bundle).type), patiently).toEqual(['handshake', 'heartbeat']);
    server.db.clock.advance(61_000);
    await expect.poll(() => bundlesTo('/beat').map((bundle) => told(bundle).type), patiently).toEqual(['handshake', 'heartbeat', 'heartbeat']);
  });

  it('$status tells of one subscription, of some, and of those with a status', async () => {
    const id = await subscribe({ topic: `${topics}/substance-change`, path: '/status' });
    await fhir('POST', '/Substance', { resourceType: 'Substance', code: { text: 'Nước' } });
    await expect.poll(() => eventsTo('/status').length, patiently).toBe(1);
    const one = (await fhir('GET', `/Subscription/${id}/$status`)).body;
    expect([one.type, one.total, one.entry[0].search.mode, one.entry[0].resource.meta.profile]).toEqual(['searchset', 1, 'match', [`${ig}/backport-subscription-status-r4`]]);
    expect(told(one)).toEqual({ type: 'query-status', status: 'active', since: '1', numbers: [], focus: [] });
    expect((await fhir('GET', `/Subscription/$status?id=${id}`)).body.total).toBe(1);
    expect((await fhir('GET', `/Subscription/$status?id=${id}&status=error`)).body.total).toBe(0);
    expect((await fhir('POST', '/Subscription/$status', { resourceType: 'Parameters', parameter: [{ name: 'id', valueId: id }] })).body.total).toBe(1);
    expect((await fhir('GET', '/Subscription/$status')).body.total).toBeGreaterThan(5);
    expect((await fhir('GET', '/Subscription/nobody/$status')).status).toBe(404);
  });

  it('$events gives past events by number, with no more content than the subscription has', async () => {
    const id = await subscribe({ topic: `${topics}/substance-change`, path: '/past', content: 'id-only' });
    for (const text of ['Một', 'Hai', 'Ba']) await fhir('POST', '/Substance', { resourceType: 'Substance', code: { text } });
    await expect.poll(() => focusTo('/past').length, patiently).toBe(3);
    const some = (await fhir('GET', `/Subscription/${id}/$events?eventsSinceNumber=2&eventsUntilNumber=3&content=full-resource`)).body;
    expect([told(some).type, told(some).numbers, some.entry[1].resource]).toEqual(['query-event', ['2', '3'], undefined]);
    const empty = (await fhir('GET', `/Subscription/${id}/$events?content=empty`)).body;
    expect([told(empty).numbers, empty.entry.length]).toEqual([['1', '2', '3'], 1]);
    expect((await fhir('GET', `/Subscription/${id}/$events?eventsSinceNumber=x`)).status).toBe(400);
  });
});
