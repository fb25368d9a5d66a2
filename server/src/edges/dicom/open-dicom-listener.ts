// The doors at which machines and other archives knock: DICOM over TCP and over TLS.
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer, Server as TlsServer, TLSSocket } from 'node:tls';
import type { DicomServices } from '@sen/dicom/net';
import { serveAssociation, type Served } from './serve-association.ts';
import type { DicomDoor, DicomListenerSettings, DicomTls } from './settings.ts';
import { isBelieved, tlsOptions } from './tls.ts';

export interface DicomListener {
  /** Ports in the order of the doors. */
  readonly ports: readonly number[];
  readonly associations: number;
  /** Shows another certificate, and believes others, from the next connection on. Throws when they cannot be used. */
  renewTls(tls: DicomTls): void;
  /** Takes no more, lets running operations end for at most `graceMs`, then aborts what is left. */
  close(graceMs?: number): Promise<void>;
}

interface Hall {
  readonly settings: DicomListenerSettings;
  readonly services: DicomServices;
  /** Every connection, with an association or still without. */
  readonly open: Map<Socket, Served>;
  readonly perAddress: Map<string, number>;
  /** In place of what the doors were opened with. */
  renewed: DicomTls | undefined;
  closing: boolean;
}

/** Opens every door. Rejects when one cannot be opened; none is then left open. */
export async function openDicomListener(settings: DicomListenerSettings, services: DicomServices): Promise<DicomListener> {
  const hall: Hall = { settings, services, open: new Map(), perAddress: new Map(), renewed: undefined, closing: false };
  const servers: Server[] = [];
  try {
    for (const door of settings.doors) servers.push(await openDoor(hall, door));
  } catch (error) {
    for (const server of servers) server.close();
    throw error;
  }
  return {
    ports: servers.map((server) => (server.address() as AddressInfo).port),
    get associations() { return hall.open.size; },
    renewTls: (tls) => {
      for (const server of servers) if (server instanceof TlsServer) server.setSecureContext(tlsOptions(tls));
      hall.renewed = tls;
    },
    close: (graceMs = 10_000) => closeHall(hall, servers, graceMs),
  };
}

async function openDoor(hall: Hall, door: DicomDoor): Promise<Server> {
  const server = door.tls === undefined ? createServer({ highWaterMark: WRITE_AHEAD }, (socket) => admit(hall, socket)) : tlsServer(hall, door.tls);
  // Beyond what is answered politely a connection costs nothing but its closing.
  server.maxConnections = 2 * hall.settings.limits.associationsMax;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(door.port, door.host, resolve);
  });
  server.removeAllListeners('error');
  server.on('error', (error) => hall.settings.fault('a DICOM port', error));
  return server;
}

/** Values of 128 KiB shall not wait for each other. */
const WRITE_AHEAD = 256 * 1024;

function tlsServer(hall: Hall, tls: DicomTls): Server {
  const server = createTlsServer({ ...tlsOptions(tls), handshakeTimeout: hall.settings.limits.artimMs, highWaterMark: WRITE_AHEAD }, (socket) => {
    if (tls.mutual && !isBelieved(socket, hall.renewed ?? tls)) socket.destroy();
    else admit(hall, socket);
  });
  // A failed handshake is the other side's affair; without a listener it would be thrown.
  server.on('tlsClientError', (_error, socket) => socket.destroy());
  return server;
}

function admit(hall: Hall, socket: Socket): void {
  if (hall.closing || socket.remoteAddress === undefined) return void socket.destroy();
  const { limits } = hall.settings;
  const address = socket.remoteAddress;
  const count = (hall.perAddress.get(address) ?? 0) + 1;
  const tls = hall.renewed ?? hall.settings.tls;
  const tooMany = hall.open.size >= limits.associationsMax || count > limits.associationsPerPeerMax;
  hall.perAddress.set(address, count);
  hall.open.set(socket, serveAssociation(socket, { ...hall.settings, ...(tls !== undefined && { tls }), services: hall.services, tooMany, secure: socket instanceof TLSSocket }));
  socket.on('close', () => {
    hall.open.delete(socket);
    const left = (hall.perAddress.get(address) ?? 1) - 1;
    if (left === 0) hall.perAddress.delete(address);
    else hall.perAddress.set(address, left);
  });
}

async function closeHall(hall: Hall, servers: readonly Server[], graceMs: number): Promise<void> {
  hall.closing = true;
  const closed = servers.map((server) => new Promise<void>((resolve) => server.close(() => resolve())));
  const until = performance.now() + graceMs;
  while (hall.open.size > 0 && performance.now() < until) {
    for (const served of hall.open.values()) if (served.idle) served.stop();
    await pause(20);
  }
  for (const [socket, served] of hall.open) {
    served.stop();
    socket.destroySoon();
  }
  const lastWord = setTimeout(() => [...hall.open.keys()].forEach((socket) => socket.destroy()), 500);
  await Promise.all(closed);
  clearTimeout(lastWord);
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}
