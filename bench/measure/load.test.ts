import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { openConnection, requestBytes } from './connection.ts';
import { runLoad } from './load.ts';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close().closeAllConnections();
});

async function serve(listener: RequestListener): Promise<URL> {
  const server = createServer(listener);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/fhir`);
}

describe('the HTTP client of the benches', () => {
  it('reads replies with a length, in chunks and without a body, over one connection', async () => {
    const long = 'Nguyễn '.repeat(200_000);
    const base = await serve((request, response) => {
      if (request.url === '/fhir/length') return response.setHeader('Content-Length', 4).end('xin!');
      if (request.url === '/fhir/none') return response.writeHead(204).end();
      response.write(long);
      setTimeout(() => response.end('hết'), 5);
    });
    const connection = openConnection(base);
    const get = async (path: string) => {
      const { status, body } = await connection.send(requestBytes(base, 'secret', 'GET', path));
      return { status, text: body.toString() };
    };
    expect(await get('length')).toEqual({ status: 200, text: 'xin!' });
    expect(await get('chunks')).toEqual({ status: 200, text: `${long}hết` });
    expect(await get('none')).toEqual({ status: 204, text: '' });
    expect(await get('length')).toEqual({ status: 200, text: 'xin!' });
    connection.close();
  });

  it('connects again after the server closed the connection', async () => {
    const base = await serve((_request, response) => response.setHeader('Connection', 'close').end('ok'));
    const connection = openConnection(base);
    for (let turn = 0; turn < 3; turn++) expect((await connection.send(requestBytes(base, undefined, 'GET', 'x'))).body.toString()).toBe('ok');
    connection.close();
  });
});

describe('the load of the benches', () => {
  it('counts every wrong reply, by kind, and leaves none out of the latencies', async () => {
    let count = 0;
    const base = await serve((_request, response) => {
      count++;
      if (count % 4 === 0) response.statusCode = 500;
      response.end('body');
    });
    const request = requestBytes(base, undefined, 'GET', 'x');
    const check = ({ status }: { status: number }) => (status === 200 ? undefined : `status ${status}`);
    const result = await runLoad({ base, clients: 2, warmUpMs: 50, measureMs: 300, next: () => ({ request, check }), cpu: undefined });
    expect(result.requests).toBeGreaterThan(50);
    expect(result.errors / result.requests).toBeCloseTo(0.25, 1);
    expect(result.errorKinds).toEqual({ 'status 500': result.errors });
    expect(result.checkedInFull).toBeGreaterThan(0);
    expect(result.p99Ms).toBeGreaterThanOrEqual(result.p50Ms);
  });

  it('reports a server that is gone as errors', async () => {
    const base = await serve((request) => request.socket.destroy());
    const request = requestBytes(base, undefined, 'GET', 'x');
    const result = await runLoad({ base, clients: 1, warmUpMs: 10, measureMs: 200, next: () => ({ request, check: () => undefined }), cpu: undefined });
    expect(result.requests).toBeGreaterThan(0);
    expect(result.errors).toBe(result.requests);
  });
});
