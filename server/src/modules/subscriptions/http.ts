// Deliveries and websockets live as long as the HTTP server does: a command over the same data delivers nothing.
import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { openLog } from '../../platform/log.ts';
import type { House } from '../../platform/module.ts';
import { runDeliveries, type Deliveries } from './run-deliveries.ts';
import { serveSockets } from './http-socket.ts';
import { closeHooks } from './send-hook.ts';

/** Starts delivering when the server is ready, and ends it before the server closes. */
export function addSubscriptions(app: FastifyInstance, house: House): void {
  const log = openLog(house.settings.logLevel);
  const base = (): string => baseOf(app, house);
  let deliveries: Deliveries | undefined;
  let endSockets: (() => void) | undefined;
  app.addHook('onReady', async () => {
    deliveries = runDeliveries(house, log, base);
    endSockets = serveSockets(app.server, house, log, base);
  });
  app.addHook('preClose', async () => {
    endSockets?.();
    await deliveries?.stop();
    closeHooks();
    log.flush();
  });
}

/** Notifications answer no request, so their addresses come from the setting, else from where we listen. */
function baseOf(app: FastifyInstance, { settings }: House): string {
  if (settings.publicUrl !== '') return `${settings.publicUrl.replace(/\/+$/, '')}/fhir/R4`;
  const address = app.server.address() as AddressInfo | null;
  return `http://localhost:${address?.port ?? settings.port}/fhir/R4`;
}
