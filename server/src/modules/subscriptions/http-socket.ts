// The websocket of subscriptions: R4 (subscription.html, websocket: `bind <id>`, `bound <id>`, `ping <id>`) and the backport (channels, Websockets:
// `bind-with-token <token>`, then notification bundles).
import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';
import { readSession } from '../security/index.ts';
import type { House } from '../../platform/module.ts';
import { faultFields, type Log } from '../../platform/log.ts';
import type { Bound } from './bound.ts';
import { linkSocket } from './link-socket.ts';
import { socketPath } from './socket-url.ts';
import type { Actor } from '../../platform/work.ts';
import { tellBound } from './tell-bound.ts';

interface Line {
  readonly socket: WebSocket;
  /** Token of whoever opened it signed in: the line ends with their session. */
  readonly token: string | undefined;
  readonly bound: Map<string, Bound>;
  alive: boolean;
  /** It has had its time to bind. */
  seen: boolean;
}

/** Most subscriptions of one connection. */
const mostBound = 100;
const aliveMs = 30_000;
const mostBuffered = 8 * 1024 * 1024;

/** Takes websockets at socketPath, and tells those who are bound of what happens. Gives what ends it. */
export function serveSockets(server: Server, house: House, log: Log, base: () => string): () => void {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: 4096, clientTracking: false });
  const lines = new Set<Line>();
  const fail = (error: unknown): void => log.error('subscriptions: websocket failed', faultFields(error));
  const upgrade = (request: IncomingMessage, stream: Duplex, head: Buffer): void => {
    stream.on('error', () => stream.destroy());
    if ((request.url ?? '').split('?')[0] !== socketPath) {
      if (server.listenerCount('upgrade') === 1) stream.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\n\r\n');
      return;
    }
    signedIn(house, request).then((token) => sockets.handleUpgrade(request, stream, head, (socket) => open(socket, token)), fail);
  };
  const open = (socket: WebSocket, token: string | undefined): void => {
    const line: Line = { socket, token, bound: new Map(), alive: true, seen: false };
    lines.add(line);
    let last = Promise.resolve();
    socket.on('pong', () => (line.alive = true));
    socket.on('error', () => socket.terminate());
    socket.on('close', () => lines.delete(line));
    // one message after the other: an answer belongs before the pings that follow it
    // and no more is read meanwhile: who sends faster than the database answers must not fill our memory
    let unheard = 0;
    socket.on('message', (data) => {
      if (++unheard === 1) socket.pause();
      last = last.then(() => hear(house, base(), line, String(data))).catch(fail).finally(() => {
        if (--unheard === 0) socket.resume();
      });
    });
  };
  server.on('upgrade', upgrade);
  const polling = poll(house, lines, base, fail);
  const keepAlive = setInterval(() => lines.forEach(checkAlive), aliveMs).unref();
  return () => {
    server.off('upgrade', upgrade);
    polling();
    clearInterval(keepAlive);
    for (const { socket } of lines) socket.terminate();
  };
}

async function hear(house: House, base: string, line: Line, message: string): Promise<void> {
  if (line.socket.readyState !== line.socket.OPEN) return;
  const [, verb, argument = ''] = /^\s*(bind-with-token|bind):?\s+(\S{1,512})\s*$/.exec(message) ?? [];
  if (verb === undefined) return refuse(line, 'say "bind <id>" or "bind-with-token <token>"');
  if (verb === 'bind' && line.token === undefined) return refuse(line, 'sign in first, or bind with a token');
  const bounds = await linkSocket(house.systemWork(), verb === 'bind' ? { id: argument, asker: await askerOf(house, line.token) } : { token: argument }, base);
  if (bounds === undefined) return refuse(line, verb === 'bind' ? 'no such subscription over websocket' : 'the token is not valid or has expired');
  if (line.bound.size + bounds.length > mostBound) return refuse(line, 'too many subscriptions on one connection');
  for (const { bound, greeting } of bounds) {
    line.bound.set(bound.id, bound);
    line.socket.send(greeting);
  }
}

function refuse({ socket }: Line, reason: string): void {
  socket.close(1008, reason);
}

/** Looks every hookPollMs for what the bound subscriptions have been told of since. */
function poll(house: House, lines: ReadonlySet<Line>, base: () => string, fail: (error: unknown) => void): () => void {
  let timer: NodeJS.Timeout | undefined;
  let ended = false;
  const look = async (): Promise<void> => {
    for (const line of lines) if (line.token !== undefined && !(await isLiving(house, line.token))) refuse(line, 'the session has ended');
    const bound = [...lines].flatMap((line) => [...line.bound.values()].map((one) => ({ line, bound: one })));
    if (bound.length > 0) {
      await tellBound(house.systemWork(), base(), bound.map(({ line, bound: one }) => ({
        bound: one,
        send: (text) => sendTo(line, text),
        end: () => line.bound.delete(one.id),
      })));
    }
  };
  const again = (): void => {
    if (!ended) timer = setTimeout(() => void look().catch(fail).finally(again), house.settings.hookPollMs);
  };
  again();
  return () => {
    ended = true;
    clearTimeout(timer);
  };
}

/** One who does not read is let go, before what waits for it fills our memory; $events has what it missed. */
function sendTo({ socket }: Line, text: string): void {
  if (socket.bufferedAmount > mostBuffered) return socket.terminate();
  if (socket.readyState === socket.OPEN) socket.send(text);
}

function checkAlive(line: Line): void {
  const isStranger = line.token === undefined && line.seen && line.bound.size === 0;
  if (!line.alive || isStranger) return line.socket.terminate();
  line.alive = false;
  line.seen = true;
  line.socket.ping();
}

/** A bearer token, or the cookie of our own page: a browser names the page's origin, and another site's page may not use it. */
async function signedIn(house: House, { headers }: IncomingMessage): Promise<string | undefined> {
  const bearer = /^Bearer +([\w.~+/=-]{16,512})$/i.exec(headers.authorization ?? '')?.[1];
  const cookie = /(?:^|;\s*)(?:__Host-)?sen_session=([\w-]{43})(?:;|$)/.exec(headers.cookie ?? '')?.[1];
  const own = headers.origin !== undefined && URL.canParse(headers.origin) && new URL(headers.origin).host === headers.host;
  const token = bearer ?? (own ? cookie : undefined);
  const asker = await askerOf(house, token);
  // the token of an app is no cookie (RFC 6750 §2): a page could have been made to carry it
  return asker === undefined || (bearer === undefined && asker.grant !== undefined) ? undefined : token;
}

/** A locked or ended session listens no more, nor a token that is bound to a certificate (RFC 8705): none is looked at here. */
async function askerOf(house: House, token: string | undefined): Promise<Actor | undefined> {
  const session = token === undefined ? undefined : await readSession(house.systemWork(), token);
  return session === undefined || session.held !== undefined || session.certificate !== undefined ? undefined : session.actor;
}

async function isLiving(house: House, token: string): Promise<boolean> {
  return (await askerOf(house, token)) !== undefined;
}
