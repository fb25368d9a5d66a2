import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hookServer, type HookServer } from '../../../../tests/support/hook.ts';
import { sendHook, type Hook } from './send-hook.ts';

let hook: HookServer;
beforeAll(async () => {
  hook = await hookServer();
});
afterAll(() => hook.close());

const send = (more: Partial<Hook> = {}) => sendHook({ method: 'POST', url: `${hook.base}/x`, headers: [], body: Buffer.from('{}'), mime: 'application/fhir+json', timeoutMs: 2000, allowed: '127.0.0.1', ...more });

describe('sending a notification', () => {
  it('is delivered by 2xx, refused by any other status; a redirect is not followed', async () => {
    expect(await send()).toEqual({ kind: 'delivered' });
    for (const status of [302, 400, 500]) {
      hook.answer = () => status;
      expect(await send()).toEqual({ kind: 'refused', why: `HTTP ${status}` });
    }
    hook.answer = () => 204;
    expect(await send()).toEqual({ kind: 'delivered' });
    expect(hook.received.length).toBe(5);
  });

  it('waits no longer than it may', async () => {
    hook.answer = () => undefined;
    expect(await send({ timeoutMs: 100 })).toEqual({ kind: 'unreachable', why: 'timeout' });
    hook.answer = () => 200;
  });

  it('says why nothing answers, and nothing else', async () => {
    const gone = await hookServer();
    await gone.close();
    expect(await send({ url: gone.base })).toEqual({ kind: 'unreachable', why: 'ECONNREFUSED' });
  });

  it('reaches no private address by a public name, and nothing that is no longer allowed', async () => {
    const before = hook.received.length;
    const url = hook.base.replace('127.0.0.1', 'localhost');
    expect(await send({ url, allowed: '*' })).toEqual({ kind: 'unreachable', why: 'EPRIVATE' });
    expect(await send({ allowed: '*' })).toEqual({ kind: 'unreachable', why: 'host not allowed' });
    expect(await send({ allowed: '' })).toEqual({ kind: 'unreachable', why: 'host not allowed' });
    expect(hook.received.length).toBe(before);
    expect(await send({ url, allowed: 'localhost' })).toEqual({ kind: 'delivered' });
  });

  it('is not held up by an endpoint that switches protocols, answers without end or says nothing sensible', async () => {
    const answers = ['HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n', 'HTTP/1.1 200 OK\r\n\r\n', 'nonsense\r\n\r\n'];
    const outcomes = [];
    for (const answer of answers) {
      const rude = createServer((socket) => {
        socket.on('error', () => undefined);
        socket.once('data', () => {
          socket.write(answer);
          const more = () => { while (!socket.destroyed && socket.write('x'.repeat(65_536)));  };
          socket.on('drain', more);
          if (answer.includes('200')) more();
        });
      });
      await new Promise<void>((resolve) => rude.listen(0, '127.0.0.1', resolve));
      outcomes.push(await send({ url: `http://127.0.0.1:${(rude.address() as AddressInfo).port}/` }));
      rude.close();
    }
    expect(outcomes).toEqual([{ kind: 'refused', why: 'HTTP 101' }, { kind: 'delivered' }, { kind: 'unreachable', why: 'HPE_INVALID_CONSTANT' }]);
  });
});
