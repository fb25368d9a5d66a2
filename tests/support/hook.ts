// A small server that stands for a subscriber: it keeps what it is sent, and answers as it is told.
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Received {
  readonly method: string;
  /** Path below the endpoint's host. */
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

export interface HookServer {
  /** `http://127.0.0.1:40123` */
  readonly base: string;
  readonly host: string;
  readonly received: Received[];
  /** Status for a request, 200 unless set; undefined leaves it without an answer. */
  answer: (request: Received) => number | undefined;
  close(): Promise<void>;
}

/** Listens on a free port, or on the given one. */
export async function hookServer(port = 0): Promise<HookServer> {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const one = { method: request.method ?? '', path: request.url ?? '', headers: request.headers, text: Buffer.concat(chunks).toString() };
      received.push(one);
      const status = hook.answer(one);
      if (status !== undefined) response.writeHead(status).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  const { port: taken } = server.address() as AddressInfo;
  const hook: HookServer = {
    base: `http://127.0.0.1:${taken}`,
    host: `127.0.0.1:${taken}`,
    received,
    answer: () => 200,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return hook;
}
