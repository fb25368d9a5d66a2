// Listens where the settings say, or refuses clearly.
import { lookup } from 'node:dns/promises';
import { createServer } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { redirectToHttps } from '../edges/http/redirect.ts';
import type { Settings } from '../platform/config.ts';
import { Refusal } from '../platform/refusal.ts';

/** Starts to listen and tells the address for a browser. Refuses (`platform.port-taken`) a port in use. */
export async function listen(app: FastifyInstance, settings: Pick<Settings, 'host' | 'port' | 'tlsCertificate'>): Promise<string> {
  const { host, port } = settings;
  try {
    await app.listen({ host, port });
  } catch (error) {
    throw explain(error as NodeJS.ErrnoException, settings);
  }
  const address = app.server.address();
  const chosen = address !== null && typeof address === 'object' ? address.port : port;
  const everywhere = host === '0.0.0.0' || host === '::';
  const secure = settings.tlsCertificate !== '';
  return `http${secure ? 's' : ''}://${everywhere ? 'localhost' : host.includes(':') ? `[${host}]` : host}:${chosen}`;
}

/** Opens the port that leads to https, where the settings name one; gives what closes it. */
export async function listenForRedirects(settings: Settings, address: string): Promise<() => void> {
  if (settings.tlsCertificate === '' || settings.redirectPort === 0) return () => undefined;
  try {
    const server = await redirectToHttps(settings, Number(new URL(address).port || 443));
    return () => void server.close();
  } catch (error) {
    throw explain(error as NodeJS.ErrnoException, { host: settings.host, port: settings.redirectPort });
  }
}

/** Refuses early, before the database starts: asking all addresses of the name, of which the browser may take any. */
export async function refuseTakenPort(settings: Pick<Settings, 'host' | 'port'>): Promise<void> {
  if (settings.port === 0) return;
  const addresses = await lookup(settings.host, { all: true }).catch((error: NodeJS.ErrnoException) => {
    throw explain(error, settings);
  });
  for (const { address } of addresses) {
    const error = await tryListen(address, settings.port);
    // An address that the machine lacks (IPv6 switched off) is no reason to refuse the others.
    if (error !== undefined && error.code !== 'EADDRNOTAVAIL' && error.code !== 'EAFNOSUPPORT') throw explain(error, settings);
  }
}

function tryListen(host: string, port: number): Promise<NodeJS.ErrnoException | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', resolve);
    server.listen({ host, port, exclusive: true }, () => server.close(() => resolve(undefined)));
  });
}

function explain(error: NodeJS.ErrnoException, { host, port }: Pick<Settings, 'host' | 'port'>): unknown {
  if (error.code === 'EADDRINUSE') {
    return new Refusal('conflict', 'platform.port-taken', {
      vi: `Cổng ${port} đang bị chương trình khác dùng. Dừng chương trình đó, hoặc đặt cổng khác: SEN_PORT=${port + 1} npm start.`,
      en: `Port ${port} is used by another program. Stop that program, or choose another port: SEN_PORT=${port + 1} npm start.`,
    });
  }
  if (error.code === 'EACCES') {
    return new Refusal('forbidden', 'platform.port-forbidden', {
      vi: `Không được phép lắng nghe ở cổng ${port}. Đặt SEN_PORT từ 1024 trở lên.`,
      en: `Listening on port ${port} is not allowed. Set SEN_PORT to 1024 or more.`,
    });
  }
  if (error.code === 'ENOTFOUND' || error.code === 'EAI_AGAIN' || error.code === 'EADDRNOTAVAIL') {
    return new Refusal('incorrect', 'platform.host-unknown', {
      vi: `SEN_HOST: máy này không có địa chỉ "${host}". Dùng localhost, hoặc 0.0.0.0 cho mọi địa chỉ.`,
      en: `SEN_HOST: this machine has no address "${host}". Use localhost, or 0.0.0.0 for all addresses.`,
    });
  }
  return error;
}
