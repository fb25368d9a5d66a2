import { connect as connectTcp } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { issueOf, type Json } from './client.ts';
import { openSubscriber, patiently, told, topics, type Subscriber } from './subscription-bundles.ts';

let subscriber: Subscriber;
let { server, fhir, status, subscribe } = {} as Subscriber;
beforeAll(async () => {
  subscriber = await openSubscriber();
  ({ server, fhir, status, subscribe } = subscriber);
});
afterAll(() => subscriber.close());


describe('websockets', () => {
  async function connect(headers: Record<string, string> = {}): Promise<{ socket: WebSocket; said: string[]; closed: Promise<[number, string]> }> {
    const socket = new WebSocket(`${server.base.replace('http', 'ws')}/ws/subscriptions`, { headers });
    const said: string[] = [];
    socket.on('message', (data) => said.push(String(data)));
    const closed = new Promise<[number, string]>((resolve) => socket.on('close', (code, reason) => resolve([code, String(reason)])));
    await new Promise((resolve, reject) => socket.once('open', resolve).once('error', reject));
    return { socket, said, closed };
  }
  const websocket = { type: 'websocket', endpoint: undefined };

  it('R4 subscription.html, websocket: bind, bound, ping', async () => {
    const { body } = await fhir('POST', '/Subscription', { resourceType: 'Subscription', status: 'requested', reason: 'x', criteria: 'Flag?subject=Patient/lan', channel: { type: 'websocket' } });
    await expect.poll(() => status(body.id), patiently).toBe('active');
    const { socket, said } = await connect({ authorization: `Bearer ${server.token}` });
    socket.send(`bind ${body.id}`);
    await expect.poll(() => said, patiently).toEqual([`bound ${body.id}`]);
    const flag = (patient: string) => fhir('POST', '/Flag', { resourceType: 'Flag', status: 'active', code: { text: 'Dị ứng' }, subject: { reference: `Patient/${patient}` } });
    await flag('hai');
    await flag('lan');
    await expect.poll(() => said, patiently).toEqual([`bound ${body.id}`, `ping ${body.id}`]);
    await flag('lan');
    await expect.poll(() => said.length, patiently).toBe(3);
    socket.close();
  });

  it('stand at one address only, and a request for another does no harm', async () => {
    const ask = (path: string) =>
      new Promise<string>((resolve) => {
        const socket = connectTcp(Number(new URL(server.base).port), '127.0.0.1');
        socket.on('data', (data) => (resolve(String(data).split('\r\n')[0] ?? ''), socket.destroy()));
        socket.write(`GET ${path} HTTP/1.1\r\nHost: here\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n`);
      });
    for (const path of ['/', '//', '/fhir/R4', '/%']) expect(await ask(path)).toBe('HTTP/1.1 404 Not Found');
    expect(await ask('/ws/subscriptions')).toBe('HTTP/1.1 101 Switching Protocols');
  });

  it('does not bind who has not signed in, nor to what is no websocket', async () => {
    const stranger = await connect();
    stranger.socket.send('bind 1');
    expect(await stranger.closed).toEqual([1008, 'sign in first, or bind with a token']);
    const known = await connect({ authorization: `Bearer ${server.token}` });
    known.socket.send('bind nothing');
    expect(await known.closed).toEqual([1008, 'no such subscription over websocket']);
    const { body } = await fhir('POST', '/Subscription', { resourceType: 'Subscription', status: 'requested', reason: 'x', criteria: 'Flag?subject=Patient/lan', channel: { type: 'websocket' } });
    await expect.poll(() => status(body.id), patiently).toBe('active');
    const other = await connect({ authorization: `Bearer ${(await server.as('doctor')).token}` });
    other.socket.send(`bind ${body.id}`);
    expect(await other.closed).toEqual([1008, 'no such subscription over websocket']);
    const forged = await connect();
    forged.socket.send('bind-with-token abc');
    expect(await forged.closed).toEqual([1008, 'the token is not valid or has expired']);
  });

  it('backport, channels: Websockets: a token binds; handshake, notifications and heartbeats follow, and $events has what was missed', async () => {
    const id = await subscribe({ topic: `${topics}/flag-change`, content: 'full-resource', channel: websocket, heartbeat: 60 });
    const flag = (text: string) => fhir('POST', '/Flag', { resourceType: 'Flag', status: 'active', code: { text }, subject: { reference: 'Patient/lan' } });
    await flag('trước');
    await expect.poll(async () => told((await fhir('GET', `/Subscription/${id}/$events`)).body).numbers, patiently).toEqual(['1']);
    const answer = (await fhir('GET', `/Subscription/${id}/$get-ws-binding-token`)).body;
    const value = (name: string) => Object.entries(answer.parameter.find((one: Json) => one.name === name)).find(([key]) => key.startsWith('value'))?.[1] as string;
    expect([value('subscription'), value('websocket-url')]).toEqual([id, `${server.base.replace('http', 'ws')}/ws/subscriptions`]);
    expect(Date.parse(value('expiration'))).toBeGreaterThan(server.db.clock());
    const { socket, said } = await connect();
    socket.send(`bind-with-token ${value('token')}`);
    await expect.poll(() => said.map((text) => told(JSON.parse(text)).type), patiently).toEqual(['handshake']);
    await flag('sau');
    await expect.poll(() => said.length, patiently).toBe(2);
    expect(told(JSON.parse(said[1]!))).toMatchObject({ type: 'event-notification', since: '2', numbers: ['2'] });
    expect(JSON.parse(said[1]!).entry[1].resource.code.text).toBe('sau');
    server.db.clock.advance(61_000);
    await expect.poll(() => said.slice(2).map((text) => told(JSON.parse(text)).type), patiently).toEqual(['heartbeat']);
    socket.close();
    server.db.clock.advance(600_000);
    const late = await connect();
    late.socket.send(`bind-with-token ${value('token')}`);
    expect((await late.closed)[0]).toBe(1008);
  });

  it('gives no token for a rest-hook', async () => {
    const id = await subscribe({ topic: `${topics}/flag-change`, path: '/nows' });
    const answer = await fhir('GET', `/Subscription/${id}/$get-ws-binding-token`);
    expect([answer.status, issueOf(answer).details.coding[0]?.code]).toEqual([422, 'subscriptions.only-websockets']);
  });
});
