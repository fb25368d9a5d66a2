// A plain HTTP port that only leads to https.
import { createServer, type Server } from 'node:http';
import { once } from 'node:events';
import type { Settings } from '../../platform/config.ts';
import { hostJudge } from './host.ts';

/** Listens on a port and answers everything with the https address of the same page; names that are not ours get 421. */
export async function redirectToHttps(settings: Pick<Settings, 'host' | 'redirectPort' | 'publicUrl' | 'hosts'>, httpsPort: number): Promise<Server> {
  const isOurs = hostJudge(settings);
  const server = createServer({ headersTimeout: 10_000, requestTimeout: 10_000, maxHeaderSize: 16_384 }, (request, response) => {
    const host = request.headers.host ?? '';
    if (!isOurs(host) || !/^\/[\x21-\x7e]*$/.test(request.url ?? '')) return void response.writeHead(421, { connection: 'close' }).end();
    const name = host.replace(/:\d+$/, '');
    // 308 keeps method and body (RFC 9110 §15.4.9); what was sent in the clear is the client's fault, but it is told at once.
    response.writeHead(308, { location: `https://${name}${httpsPort === 443 ? '' : `:${httpsPort}`}${request.url}`, connection: 'close' }).end();
  });
  server.listen({ host: settings.host, port: settings.redirectPort });
  await once(server, 'listening');
  return server;
}
