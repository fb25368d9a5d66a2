import { connect, type AddressInfo } from 'node:net';
import fastify from 'fastify';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { bodyTimeMs, cutSlowBodies } from './slow-body.ts';

afterEach(() => {
  vi.useRealTimers();
});

describe('The time for a body', () => {
  it('grows with the length that the client announces', () => {
    expect([bodyTimeMs('0'), bodyTimeMs(String(64 * 1024 * 1024)), bodyTimeMs(undefined)]).toEqual([30_000, 2_127_152, 300_000]);
  });

  it('ends the connection of who sends a body byte by byte (slow POST), and of nobody else', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const app = fastify();
    cutSlowBodies(app);
    const arrived = Promise.withResolvers<void>();
    app.addHook('onRequest', async () => arrived.resolve());
    app.post('/', async () => ({ done: true }));
    await app.listen({ host: '127.0.0.1', port: 0 });
    const socket = connect((app.server.address() as AddressInfo).port, '127.0.0.1');
    const ended = new Promise<string>((resolve) => {
      let received = '';
      socket.on('data', (chunk: Buffer) => (received += chunk.toString()));
      socket.on('close', () => resolve(received)).on('error', () => undefined);
    });
    socket.write('POST / HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{');
    await arrived.promise;
    vi.advanceTimersByTime(bodyTimeMs('1000') - 1);
    expect(socket.destroyed).toBe(false);
    vi.advanceTimersByTime(2);
    expect(await ended).not.toContain('200');
    expect((await app.inject({ method: 'POST', url: '/', payload: { a: 1 } })).json()).toEqual({ done: true });
    await app.close();
  });
});
