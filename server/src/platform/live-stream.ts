// One open screen: a stream of Server-Sent Events (WHATWG HTML, 9.2) that names the topics that changed. A slow reader is told each topic once.
import { Readable } from 'node:stream';
import type { Database } from './database.ts';
import { listenTo } from './listen.ts';
import { liveChannel } from './live.ts';

export interface LiveFollower {
  readonly database: Database;
  /** What to listen to for each name under which it is told; undefined ends the stream: the right to it, or the session, is over. */
  readonly follow: () => Promise<ReadonlyMap<string, readonly string[]> | undefined>;
  readonly heartbeatMs?: number;
}

/** Several changes within this time are told together. */
const gatherMs = 60;
/** What changes all day long (the desk, the board of the day) is told once a second at most. */
const crowdedMs = 1_000;
const crowded = /^(?:desk|day)\//;
/** Proxies close what is silent for a minute. */
const heartbeatMs = 20_000;

type Ear = (topic: string) => void;
interface Hub {
  readonly ears: Map<string, Set<Ear>>;
  readonly all: Set<Ear>;
  readonly streams: Set<Readable>;
  stop: () => Promise<void>;
}
const hubs = new WeakMap<Database, Hub>();

/** Opens the stream; undefined when nothing may be followed. It ends by itself with the right to it, and when its reader reads nothing for two heartbeats. */
export async function openLiveStream(follower: LiveFollower): Promise<Readable | undefined> {
  const first = await follower.follow();
  return first === undefined ? undefined : startStream(follower, first);
}

/** Counts the open streams of a database in this process. */
export function countLiveStreams(database: Database): number {
  return hubs.get(database)?.streams.size ?? 0;
}

/** Ends all streams, so that a server can close. */
export function endLiveStreams(database: Database): void {
  for (const stream of hubs.get(database)?.streams ?? []) stream.destroy();
}

function startStream({ database, follow, heartbeatMs: every = heartbeatMs }: LiveFollower, first: ReadonlyMap<string, readonly string[]>): Readable {
  const hub = hubOf(database);
  const waiting = new Set<string>();
  let names = new Map<string, string[]>();
  let wanted = true;
  let starved = 0;
  let gathering: NodeJS.Timeout | undefined;

  const push = (text: string) => {
    wanted = stream.push(text);
  };
  const flush = () => {
    gathering = undefined;
    if (!wanted || waiting.size === 0 || stream.destroyed) return;
    const told = [...waiting];
    waiting.clear();
    push(told.map(eventOf).join(''));
    if (told.some((topic) => names.get(topic)?.includes(topic))) refresh().catch(() => stream.destroy());
  };
  const hear: Ear = (topic) => {
    if (topic === '') waiting.add('');
    else for (const name of names.get(topic) ?? []) waiting.add(name);
    const isCrowded = crowded.test(topic);
    if (!isCrowded) clearTimeout(gathering);
    gathering = isCrowded && gathering !== undefined ? gathering : setTimeout(flush, isCrowded ? crowdedMs : gatherMs).unref();
  };
  const listen = (judged: ReadonlyMap<string, readonly string[]>) => {
    const next = new Map<string, string[]>();
    for (const [name, topics] of judged) for (const topic of topics) next.set(topic, [...(next.get(topic) ?? []), name]);
    for (const topic of names.keys()) if (!next.has(topic)) removeEar(hub, topic, hear);
    for (const topic of next.keys()) hub.ears.set(topic, (hub.ears.get(topic) ?? new Set()).add(hear));
    names = next;
  };
  const refresh = async () => {
    const judged = await follow();
    if (stream.destroyed) return;
    if (judged === undefined) endPolitely(stream);
    else listen(judged);
  };
  const beat = () => {
    starved = wanted ? 0 : starved + 1;
    if (starved >= 2) return stream.destroy();
    if (wanted) push('event: beat\ndata:\n\n');
    refresh().catch(() => stream.destroy());
  };
  const stream = new Readable({
    highWaterMark: 4_096,
    read: () => {
      wanted = true;
      if (waiting.size > 0) gathering ??= setTimeout(flush, gatherMs).unref();
    },
    destroy: (error, done) => {
      clearInterval(beating);
      clearTimeout(gathering);
      for (const topic of names.keys()) removeEar(hub, topic, hear);
      hub.all.delete(hear);
      hub.streams.delete(stream);
      leaveHub(database, hub);
      done(error);
    },
  });
  const beating = setInterval(beat, every).unref();
  hub.streams.add(stream);
  hub.all.add(hear);
  listen(first);
  push('retry: 2000\nevent: beat\ndata:\n\n');
  return stream;
}

/** The empty topic: notices may have been missed. */
function eventOf(topic: string): string {
  return topic === '' ? 'event: resync\ndata:\n\n' : `event: changed\ndata: ${topic}\n\n`;
}

function endPolitely(stream: Readable): void {
  stream.push('event: ended\ndata:\n\n');
  stream.push(null);
}

function removeEar(hub: Hub, topic: string, ear: Ear): void {
  const ears = hub.ears.get(topic);
  ears?.delete(ear);
  if (ears?.size === 0) hub.ears.delete(topic);
}

function hubOf(database: Database): Hub {
  const known = hubs.get(database);
  if (known) return known;
  const hub: Hub = { ears: new Map(), all: new Set(), streams: new Set(), stop: async () => undefined };
  hubs.set(database, hub);
  hub.stop = listenTo(database, liveChannel, (topic) => {
    for (const ear of [...((topic === '' ? hub.all : hub.ears.get(topic)) ?? [])]) ear(topic);
  });
  return hub;
}

/** The listening connection ends with the last stream. */
function leaveHub(database: Database, hub: Hub): void {
  if (hub.streams.size > 0 || hubs.get(database) !== hub) return;
  hubs.delete(database);
  hub.stop().catch(() => undefined);
}
