import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hookServer, type HookServer } from '../support/hook.ts';
import { testServer, type TestServer } from '../support/server.ts';
import { clientOf, glucose, issueOf, lan, type Client, type Json } from './client.ts';

let server: TestServer;
let fhir: Client;
let hook: HookServer;
beforeAll(async () => {
  hook = await hookServer();
  server = await testServer({ env: { SEN_HOOK_HOSTS: hook.host, SEN_HOOK_POLL_MS: '20' } });
  fhir = clientOf(server);
  for (const id of ['lan', 'hai']) await fhir('PUT', `/Patient/${id}`, lan({ id }));
});
afterAll(async () => {
  await server.close();
  await hook.close();
});

const patiently = { timeout: 15_000, interval: 20 };

function subscription(criteria: string, path: string, channel: object = {}): Json {
  return { resourceType: 'Subscription', status: 'requested', reason: 'Theo dõi kết quả', criteria, channel: { type: 'rest-hook', endpoint: `${hook.base}${path}`, ...channel } };
}

const sentTo = (path: string) => hook.received.filter((one) => one.path.startsWith(path));
const status = async (id: string) => (await fhir('GET', `/Subscription/${id}`)).body.status;

async function subscribe(resource: Json): Promise<string> {
  const { status: code, body } = await fhir('POST', '/Subscription', resource);
  expect([code, body.status]).toEqual([201, 'requested']);
  await expect.poll(() => status(body.id), patiently).toBe('active');
  return body.id;
}

describe('R4 subscription.html, rest-hook', () => {
  it('becomes active, then tells of a matching create and update by an empty POST, and of nothing else', async () => {
    await subscribe(subscription('Observation?code=http://loinc.org|2345-7&subject=Patient/lan', '/empty'));
    await fhir('PUT', '/Observation/e1', { ...glucose('Patient/lan', 5, '2026-01-01'), id: 'e1' });
    await fhir('PUT', '/Observation/e2', { ...glucose('Patient/hai', 5, '2026-01-01'), id: 'e2' });
    await fhir('PUT', '/Observation/e1', { ...glucose('Patient/lan', 6, '2026-01-01'), id: 'e1' });
    await fhir('DELETE', '/Observation/e1');
    await fhir('PUT', '/Observation/e3', { ...glucose('Patient/lan', 7, '2026-01-01'), id: 'e3' });
    await expect.poll(() => sentTo('/empty').length, patiently).toBe(3);
    expect(sentTo('/empty').map(({ method, path, text }) => [method, path, text])).toEqual([1, 2, 3].map(() => ['POST', '/empty', '']));
  });

  it('puts the resource below the endpoint when a payload is asked for, as that version was stored, with the headers asked for', async () => {
    await subscribe(subscription('Patient?gender=female&_id=mai', '/full/', { payload: 'application/fhir+json', header: ['Authorization: Bearer bi-mat', 'X-Khoa: noi'] }));
    const first = await fhir('PUT', '/Patient/mai', lan({ id: 'mai' }));
    const second = await fhir('PUT', '/Patient/mai', lan({ id: 'mai', active: true }));
    await expect.poll(() => sentTo('/full').length, patiently).toBe(2);
    expect(sentTo('/full').map(({ method, path, text }) => [method, path, text])).toEqual([
      ['PUT', '/full/Patient/mai', first.text],
      ['PUT', '/full/Patient/mai', second.text],
    ]);
    expect(sentTo('/full')[0]!.headers).toMatchObject({ authorization: 'Bearer bi-mat', 'x-khoa': 'noi', 'content-type': 'application/fhir+json' });
  });

  it('sends XML when the payload is XML', async () => {
    await subscribe(subscription('Patient?_id=xml', '/xml', { payload: 'application/fhir+xml' }));
    await fhir('PUT', '/Patient/xml', lan({ id: 'xml' }));
    await expect.poll(() => sentTo('/xml').length, patiently).toBe(1);
    expect(sentTo('/xml')[0]).toMatchObject({ method: 'PUT', path: '/xml/Patient/xml', text: expect.stringMatching(/^<\?xml[^>]*><Patient xmlns="http:\/\/hl7.org\/fhir"><id value="xml"\/>/) });
    expect(sentTo('/xml')[0]!.headers['content-type']).toBe('application/fhir+xml');
  });

  it('judges criteria that only a search can judge: dates, texts, chains', async () => {
    await subscribe(subscription('Observation?date=ge2026-02-01&value-quantity=gt10', '/dates'));
    await subscribe(subscription('Observation?subject:Patient.name=tran&date=ge2026-02-01', '/chains'));
    for (const [id, value, day] of [['d1', 12, '2026-01-31'], ['d2', 9, '2026-02-02'], ['d3', 12, '2026-02-03']] as const) {
      await fhir('PUT', `/Observation/${id}`, { ...glucose('Patient/lan', value, day), id });
    }
    await expect.poll(() => [sentTo('/dates').length, sentTo('/chains').length], patiently).toEqual([1, 2]);
  });

  it('is told of in a transaction and by conditional writes too', async () => {
    await subscribe(subscription('Patient?identifier=http://bvsen.vn/ma|tx', '/tx', { payload: 'application/fhir+json' }));
    const patient = lan({ identifier: [{ system: 'http://bvsen.vn/ma', value: 'tx' }] });
    await fhir('POST', '/', { resourceType: 'Bundle', type: 'transaction', entry: [{ resource: patient, request: { method: 'POST', url: 'Patient' } }] });
    await expect.poll(() => sentTo('/tx').length, patiently).toBe(1);
    await fhir('PUT', '/Patient?identifier=http://bvsen.vn/ma|tx', { ...patient, active: true });
    await expect.poll(() => sentTo('/tx').map(({ text }) => JSON.parse(text).active), patiently).toEqual([undefined, true]);
  });

  it('tells nothing of what happened before it was asked for', async () => {
    await fhir('PUT', '/Observation/old', { ...glucose('Patient/hai', 5, '2026-01-01'), id: 'old' });
    server.db.clock.advance(1000);
    await subscribe(subscription('Observation?subject=Patient/hai', '/since'));
    await fhir('PUT', '/Observation/new', { ...glucose('Patient/hai', 5, '2026-01-02'), id: 'new' });
    await expect.poll(() => sentTo('/since').length, patiently).toBe(1);
  });

  it('is silent when it is off or deleted', async () => {
    const off = await subscribe(subscription('Patient?_id=silent', '/off'));
    const gone = await subscribe(subscription('Patient?_id=silent', '/gone'));
    await subscribe(subscription('Patient?_id=silent', '/loud'));
    await fhir('PUT', `/Subscription/${off}`, { ...subscription('Patient?_id=silent', '/off'), id: off, status: 'off' });
    await fhir('DELETE', `/Subscription/${gone}`);
    await fhir('PUT', '/Patient/silent', lan({ id: 'silent' }));
    await expect.poll(() => sentTo('/loud').length, patiently).toBe(1);
    expect([sentTo('/off').length, sentTo('/gone').length]).toEqual([0, 0]);
  });

  it('is turned off at its end', async () => {
    const end = new Date(server.db.clock() + 60_000).toISOString();
    const id = await subscribe({ ...subscription('Patient?_id=ends', '/ends'), end });
    server.db.clock.advance(61_000);
    await expect.poll(() => status(id), patiently).toBe('off');
  });
});

describe('R4 subscription.html: what cannot be done is refused in the write', () => {
  const refused = async (resource: Json) => {
    const answer = await fhir('POST', '/Subscription', resource);
    return [answer.status, issueOf(answer).details.coding[0]?.code];
  };

  it.each(['email', 'sms', 'message'])('channel %s', async (type) => {
    expect(await refused(subscription('Patient?', '/x', { type, endpoint: 'mailto:a@example.org' }))).toEqual([422, 'subscriptions.unsupported-channel']);
  });

  it('criteria that are no search, or that the search does not understand', async () => {
    expect(await refused(subscription('Nothing?code=1', '/x'))).toEqual([422, 'subscriptions.bad-criteria']);
    expect(await refused(subscription('Patient?nonsense=1', '/x'))).toEqual([422, 'subscriptions.bad-criteria']);
    expect(await refused(subscription('Patient?_sort=name', '/x'))).toEqual([422, 'subscriptions.bad-criteria']);
  });

  it('an endpoint at a host that is not allowed, a payload or a header that cannot be sent', async () => {
    expect(await refused(subscription('Patient?', '/x', { endpoint: 'http://127.0.0.1:1/x' }))).toEqual([422, 'subscriptions.host-not-allowed']);
    expect(await refused(subscription('Patient?', '/x', { endpoint: 'https://hooks.example.org/x' }))).toEqual([422, 'subscriptions.host-not-allowed']);
    expect(await refused(subscription('Patient?', '/x', { endpoint: 'ftp://example.org' }))).toEqual([422, 'subscriptions.bad-subscription']);
    expect(await refused(subscription('Patient?', '/x', { payload: 'text/plain' }))).toEqual([422, 'subscriptions.unsupported-payload']);
    expect(await refused(subscription('Patient?', '/x', { header: ['Host: elsewhere'] }))).toEqual([422, 'subscriptions.bad-subscription']);
  });

  it('but what rests is stored, whatever it asks for', async () => {
    const resting = { ...subscription('Patient?nonsense=1', '/x', { type: 'email', endpoint: 'mailto:a@example.org' }), status: 'off' };
    const { status: code, body } = await fhir('POST', '/Subscription', resting);
    expect([code, (await fhir('GET', `/Subscription/${body.id}`)).body.status]).toEqual([201, 'off']);
  });

  it('leaves nothing behind', async () => {
    const before = (await fhir('GET', '/Subscription?_summary=count')).body.total;
    await refused(subscription('Patient?nonsense=1', '/x'));
    expect((await fhir('GET', '/Subscription?_summary=count')).body.total).toBe(before);
  });
});

describe('R4 subscription.html, discovery', () => {
  it('/metadata tells the address of the websocket, the profile of the backport and the topics', async () => {
    const [rest] = (await fhir('GET', '/metadata')).body.rest;
    expect(rest.extension).toEqual([{ url: 'http://hl7.org/fhir/StructureDefinition/capabilitystatement-websocket', valueUri: `${server.base.replace('http', 'ws')}/ws/subscriptions` }]);
    const entry = rest.resource.find(({ type }: Json) => type === 'Subscription');
    expect(entry.supportedProfile).toContain('http://hl7.org/fhir/uv/subscriptions-backport/StructureDefinition/backport-subscription');
    const topics = entry.extension.filter(({ url }: Json) => url.endsWith('/capabilitystatement-subscriptiontopic-canonical')).map(({ valueCanonical }: Json) => valueCanonical);
    expect(topics).toEqual(expect.arrayContaining(['https://sen.vn/fhir/SubscriptionTopic/encounter-start', 'https://sen.vn/fhir/SubscriptionTopic/medication-request-change']));
    expect(entry.operation.map(({ name }: Json) => name)).toEqual(expect.arrayContaining(['status', 'events', 'get-ws-binding-token', 'dead-letters', 'replay']));
  });
});
