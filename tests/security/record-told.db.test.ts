// What the record tells by itself, later and elsewhere: exports and subscriptions hold what whoever asked may see on the day (issue 4, Rights).
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { asynchronous, bulkServer, linesOf, outcomeOf, type BulkServer } from '../conformance/bulk-server.ts';
import type { Json } from '../conformance/client.ts';
import type { TestCaller } from '../support/server.ts';

let server: BulkServer;
beforeAll(async () => {
  server = await bulkServer({ SEN_PROFILES: 'off', SEN_HOOK_POLL_MS: '50', SEN_HOOK_HOSTS: '*' });
  for (const resource of people) await put(resource);
}, 60_000);
afterAll(() => server?.close());

const patiently = { timeout: 15_000, interval: 50 };
const result = (id: string, more: object = {}): Json => ({ resourceType: 'Observation', id, status: 'final', code: { text: 'Đường huyết' }, subject: { reference: 'Patient/lan' }, ...more });
const hiv = { meta: { security: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'HIV' }] } };
const people: readonly Json[] = [
  { resourceType: 'Patient', id: 'lan', name: [{ family: 'Trần', given: ['Lan'] }] }, result('plain'), result('labelled', hiv),
  result('once-labelled', hiv), result('once-labelled'),
];

async function ask(caller: Pick<TestCaller, 'call'>, method: string, path: string, body?: Json, headers: Record<string, string> = {}): Promise<{ status: number; headers: Headers; body: Json }> {
  const answer = await caller.call(`/fhir/R4${path}`, { method, headers: { ...(body === undefined ? {} : { 'content-type': 'application/fhir+json' }), ...headers }, ...(body === undefined ? {} : { body: JSON.stringify(body) }) });
  const text = await answer.text();
  return { status: answer.status, headers: answer.headers, body: text === '' ? undefined : JSON.parse(text) };
}
const put = (resource: Json): Promise<unknown> => ask(server, 'PUT', `/${resource.resourceType}/${resource.id}`, resource);

async function exported(caller: TestCaller): Promise<{ status: number; ids: string[] }> {
  const kicked = await ask(caller, 'GET', '/$export?_type=Observation', undefined, asynchronous);
  const { body, status } = await outcomeOf({ ...server, ...caller }, kicked.headers.get('content-location')!);
  const lines = await Promise.all((body.output ?? []).map(({ url }: Json) => linesOf(url, caller.token)));
  return { status, ids: lines.flat().map(({ id }: Json) => id).sort() };
}

describe('issue 4, rights: bulk export', () => {
  it('holds what whoever began it may see, and nothing that a read would refuse', async () => {
    expect((await exported(server)).ids).toEqual(['labelled', 'once-labelled', 'plain']);
    expect((await exported(await server.as('records'))).ids).toEqual(['once-labelled', 'plain']);
  });

  it('is refused to whoever has no permission, and ends when the permission has gone', async () => {
    expect((await ask(await server.as('doctor'), 'GET', '/$export', undefined, asynchronous)).status).toBe(403);
    const records = await server.as('records');
    await server.db.database.query({ text: 'create function bulk.wait() returns trigger language plpgsql as $$ begin new.acts_for = jsonb_set(new.acts_for, array[\'id\'], to_jsonb(\'nobody\'::text)); return new; end $$' });
    await server.db.database.query({ text: 'create trigger wait before insert on bulk.job for each row execute function bulk.wait()' });
    const { status, ids } = await exported(records);
    await server.db.database.query({ text: 'drop trigger wait on bulk.job' });
    expect([status, ids]).toEqual([500, []]);
  });
});

describe('issue 4, rights: subscriptions', () => {
  const wish = { resourceType: 'Subscription', status: 'requested', reason: 'Theo dõi', criteria: 'Observation?status=final', channel: { type: 'websocket' } };
  const eventsOf = async (id: string): Promise<number> => {
    const { rows } = await server.db.database.query<{ events: string }>({ text: 'select events from subscriptions.subscription where id = $1', values: [id] });
    return Number(rows[0]?.events);
  };

  it('tell nobody, nor count for them, what they may not see', async () => {
    const administrator = await server.as('administrator');
    const [all, none] = [(await ask(server, 'POST', '/Subscription', wish)).body.id, (await ask(administrator, 'POST', '/Subscription', { ...wish, reason: 'Khác' })).body.id];
    await expect.poll(async () => (await ask(server, 'GET', `/Subscription/${none}`)).body.status, patiently).toBe('active');
    server.db.clock.advance(1000);
    await put(result('news'));
    await expect.poll(() => eventsOf(all), patiently).toBe(1);
    expect(await eventsOf(none)).toBe(0);
  });
});
