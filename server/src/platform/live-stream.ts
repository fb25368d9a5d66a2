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

/** One open screen while it follows. */
interface Screen extends LiveFollower {
  readonly hub: Hub;
  readonly stream: Readable;
  readonly hear: Ear;
  /** What has changed and was not told yet. */
  readonly waiting: Set<string>;
  /** Topic that is heard → names under which it is told. */
  names: ReadonlyMap<string, readonly string[]>;
  /** The reader takes more. */
  isWanted: boolean;
  /** Its last word is said. */
  isOver: boolean;
  /** Heartbeats since it took anything. */
  starved: number;
  gathering: NodeJS.Timeout | undefined;
}

function startStream(follower: LiveFollower, first: ReadonlyMap<string, readonly string[]>): Readable {
  const hub = hubOf(follower.database);
  const screen: Screen = {
    ...follower,
    hub,
    stream: new Readable({ highWaterMark: 4_096, read: () => takeMore(screen), destroy: (error, done) => {
      clearInterval(beating);
      leave(screen);
      done(error);
    } }),
    hear: (topic) => gather(screen, topic),
    waiting: new Set(),
    names: new Map(),
    isWanted: true,
    isOver: false,
    starved: 0,
    gathering: undefined,
  };
  const beating = setInterval(() => beat(screen), follower.heartbeatMs ?? heartbeatMs).unref();
  hub.streams.add(screen.stream);
  hub.all.add(screen.hear);
  listen(screen, first);
  push(screen, 'retry: 2000\nevent: beat\ndata:\n\n');
  return screen.stream;
}

function push(screen: Screen, text: string): void {
  if (!screen.isOver) screen.isWanted = screen.stream.push(text);
}

function takeMore(screen: Screen): void {
  screen.isWanted = true;
  if (screen.waiting.size > 0) screen.gathering ??= setTimeout(() => flush(screen), gatherMs).unref();
}

function gather(screen: Screen, topic: string): void {
  for (const name of topic === '' ? [''] : (screen.names.get(topic) ?? [])) screen.waiting.add(name);
  const isCrowded = crowded.test(topic);
  if (isCrowded && screen.gathering !== undefined) return;
  clearTimeout(screen.gathering);
  screen.gathering = setTimeout(() => flush(screen), isCrowded ? crowdedMs : gatherMs).unref();
}

function flush(screen: Screen): void {
  screen.gathering = undefined;
  if (!screen.isWanted || screen.waiting.size === 0 || screen.stream.destroyed) return;
  const told = [...screen.waiting];
  screen.waiting.clear();
  push(screen, told.map(eventOf).join(''));
  if (told.some((topic) => screen.names.get(topic)?.includes(topic))) judgeAgain(screen);
}

function beat(screen: Screen): void {
  screen.starved = screen.isWanted && !screen.isOver ? 0 : screen.starved + 1;
  if (screen.starved >= 2) screen.stream.destroy();
  if (screen.stream.destroyed || screen.isOver) return;
  if (screen.isWanted) push(screen, 'event: beat\ndata:\n\n');
  judgeAgain(screen);
}

function judgeAgain(screen: Screen): void {
  screen.follow().then(
    (judged) => {
      if (screen.stream.destroyed || screen.isOver) return;
      if (judged === undefined) endPolitely(screen);
      else listen(screen, judged);
    },
    () => screen.stream.destroy(),
  );
}

function listen(screen: Screen, judged: ReadonlyMap<string, readonly string[]>): void {
  const { hub, hear } = screen;
  const next = new Map<string, string[]>();
  for (const [name, topics] of judged) for (const topic of topics) next.set(topic, [...(next.get(topic) ?? []), name]);
  for (const topic of screen.names.keys()) if (!next.has(topic)) removeEar(hub, topic, hear);
  for (const topic of next.keys()) hub.ears.set(topic, (hub.ears.get(topic) ?? new Set()).add(hear));
  screen.names = next;
}

/** Nothing more is heard from now on; what was pushed before still goes out. */
function endPolitely(screen: Screen): void {
  deafen(screen);
  screen.isOver = true;
  screen.stream.push('event: ended\ndata:\n\n');
  screen.stream.push(null);
}

function deafen({ hub, hear, names, gathering }: Screen): void {
  clearTimeout(gathering);
  for (const topic of names.keys()) removeEar(hub, topic, hear);
  hub.all.delete(hear);
}

function leave(screen: Screen): void {
  deafen(screen);
  screen.hub.streams.delete(screen.stream);
  leaveHub(screen.database, screen.hub);
}

/** The empty topic: notices may have been missed. */
function eventOf(topic: string): string {
  return topic === '' ? 'event: resync\ndata:\n\n' : `event: changed\ndata: ${topic}\n\n`;
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
    for (const ear of new Set((topic === '' ? hub.all : hub.ears.get(topic)) ?? [])) ear(topic);
  });
  return hub;
}

/** The listening connection ends with the last stream. */
function leaveHub(database: Database, hub: Hub): void {
  if (hub.streams.size > 0 || hubs.get(database) !== hub) return;
  hubs.delete(database);
  hub.stop().catch(() => undefined);
}
