// NOTIFY of PostgreSQL, heard by this process: one connection for all channels of a database, opened again when it breaks.
import type pg from 'pg';
import type { Database } from './database.ts';

/** The empty payload says that anything may have changed: on connecting, and after a time in which notices may have been missed. */
export type OnNotice = (payload: string) => void;

interface Ear {
  readonly channels: Map<string, Set<OnNotice>>;
  client: pg.Client | undefined;
  connected: boolean;
  stopped: boolean;
  /** Ends a pause before the next attempt. */
  wake: () => void;
  running: Promise<void> | undefined;
}

const ears = new WeakMap<Database, Ear>();

/** First pause before a new attempt to connect, doubled up to the second. */
const PAUSE_MS = 250;
const PAUSE_MAX_MS = 5_000;

/**
 * Calls `onNotice` for each notice of a channel, and with the empty payload whenever the connection is (again) there. Gives a function that
 * stops it; the connection ends with its last listener. A process that has nothing else to do is not kept alive.
 */
export function listenTo(database: Database, channel: string, onNotice: OnNotice): () => Promise<void> {
  const ear = ears.get(database) ?? newEar(database);
  const listeners = ear.channels.get(channel) ?? new Set();
  const isNew = listeners.size === 0;
  ear.channels.set(channel, listeners.add(onNotice));
  ear.running ??= keepListening(database, ear);
  if (ear.connected && isNew) listenOn(ear, channel).then(() => onNotice(''), () => undefined); // it failed: the connection is gone, and the next one listens to all
  if (ear.connected && !isNew) queueMicrotask(() => onNotice(''));
  return async () => {
    listeners.delete(onNotice);
    if (listeners.size === 0) ear.channels.delete(channel);
    if (ear.channels.size === 0) await closeEar(database, ear);
  };
}

function newEar(database: Database): Ear {
  const ear: Ear = { channels: new Map(), client: undefined, connected: false, stopped: false, wake: () => undefined, running: undefined };
  ears.set(database, ear);
  return ear;
}

async function closeEar(database: Database, ear: Ear): Promise<void> {
  if (ears.get(database) === ear) ears.delete(database);
  ear.stopped = true;
  ear.wake();
  if (ear.connected) await ear.client?.end().catch(() => undefined);
  await ear.running;
}

async function keepListening(database: Database, ear: Ear): Promise<void> {
  for (let failures = 0; !ear.stopped; ) {
    const heard = await listenOnce(database, ear);
    failures = heard ? 0 : failures + 1;
    if (!ear.stopped) await pause(ear, Math.min(PAUSE_MS * 2 ** failures, PAUSE_MAX_MS));
  }
}

/** Listens until the connection ends; false when there was none. */
async function listenOnce(database: Database, ear: Ear): Promise<boolean> {
  const client = database.ownClient();
  const ended = new Promise<void>((resolve) => void client.once('end', resolve));
  client.on('error', () => undefined); // 'end' follows
  client.on('notification', ({ channel, payload }) => tell(ear, channel, payload ?? ''));
  ear.client = client;
  try {
    await client.connect();
    (client as unknown as { unref(): void }).unref(); // pg has it, its types do not
    for (const channel of ear.channels.keys()) await listenOn(ear, channel);
    if (ear.stopped) throw new Error('stopped while connecting');
  } catch {
    await client.end().catch(() => undefined);
    return false;
  }
  ear.connected = true;
  for (const channel of ear.channels.keys()) tell(ear, channel, '');
  await ended;
  ear.connected = false;
  return true;
}

async function listenOn(ear: Ear, channel: string): Promise<void> {
  await ear.client?.query(`LISTEN ${ear.client.escapeIdentifier(channel)}`);
}

function tell(ear: Ear, channel: string, payload: string): void {
  for (const onNotice of ear.channels.get(channel) ?? []) onNotice(payload);
}

function pause(ear: Ear, ms: number): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms).unref();
    ear.wake = () => {
      clearTimeout(timer);
      resolve();
    };
  });
}
