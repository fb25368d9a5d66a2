// The people of the day at the doors of the hospital: patients come, desks receive, doctors call, stations serve, screens follow.
import type { DeskTicket, QueueTurn } from '@sen/contracts';
import type { Door } from './door.ts';
import type { ModelTime } from './model-time.ts';
import type { ShapedRoom } from './shape.ts';
import { roomId, stations, type StagedPerson } from './stage.ts';

export interface Play {
  readonly door: Door;
  readonly time: ModelTime;
  /** Midnight of the day, in ms since 1970. */
  readonly midnight: number;
  readonly tokens: { readonly desks: readonly string[]; readonly doctorOf: ReadonlyMap<string, string>; readonly stationOf: ReadonlyMap<string, string>; readonly manager: string; readonly kiosk: string };
  readonly people: readonly StagedPerson[];
  /** Keys of the waiting-room screens, and which one shows a room. */
  readonly boardOf: ReadonlyMap<string, string>;
  /** Opens the app of a patient: their session. */
  readonly openApp: (person: StagedPerson) => Promise<string | undefined>;
  readonly log: DayLog;
}

/** What the generator saw happen, to be held against what the server says in the end. */
export interface DayLog {
  readonly received: Map<string, number>;
  readonly began: Map<string, number>;
  readonly ended: Map<string, number>;
  readonly problems: string[];
}

const minute = 60_000;
/** A line of those who work at a desk: the next free one serves. */
interface Desks {
  take(): Promise<string>;
  give(token: string): void;
}

interface Bell {
  /** Resolves at the next ring or at the instant, whichever is first. */
  wait(until: number): Promise<void>;
  ring(): void;
}

/** Sets everybody on their way; the time plays them. Gives the promises of all. */
export function startPlay(play: Play, rooms: readonly ShapedRoom[]): Promise<unknown> {
  const bells = new Map([...rooms.map(({ key }) => roomId(key)), ...stations.map(({ id }) => id)].map((id) => [id, bellOf(play)]));
  const byId = new Map(play.people.map((person) => [person.id, person]));
  const desks = desksOf(play.tokens.desks);
  const closing = Math.max(...rooms.flatMap(({ sessions }) => sessions.map(({ until }) => until))) + 150;
  return Promise.all([
    ...play.people.map((person) => comes(play, person, desks, bells)),
    ...rooms.map((room) => sees(play, room, byId, bells)),
    ...stations.map((station) => serves(play, station.id, byId, bells, closing)),
    watches(play, closing),
  ]);
}

async function comes(play: Play, person: StagedPerson, desks: Desks, bells: ReadonlyMap<string, Bell>): Promise<void> {
  const { time, midnight, door, tokens, log } = play;
  const { shaped } = person;
  if (shaped.booked?.comes === false) return;
  const arrives = midnight + shaped.arrivesAt * minute;
  const hasApp = shaped.booked?.channel === 'app';
  await time.until(arrives);
  // Four of ten booked people use the machine at the door, which has no line; whom it cannot help goes to a desk.
  const usesKiosk = shaped.booked !== undefined && Number(person.citizenNumber.slice(-2)) % 10 < 4;
  const seen = usesKiosk ? await time.during(door.ask<{ outcome: string }>('kiosk: check in', 'POST', '/api/kiosk/check-in', { scanned: person.card }, { token: tokens.kiosk })) : undefined;
  let ticket: DeskTicket | undefined;
  if (seen?.outcome !== 'arrived') {
    const desk = await desks.take();
    const began = time.now();
    ticket = await atDesk(play, person, desk);
    await time.until(began + (shaped.booked === undefined ? 70_000 : 20_000));
    desks.give(desk);
  }
  log.received.set(person.id, time.now());
  bells.get(ticket?.room.id ?? roomId(shaped.roomKey))?.ring();
  if (hasApp) await follows(play, person);
}

async function atDesk(play: Play, person: StagedPerson, token: string): Promise<DeskTicket | undefined> {
  const { door, time, log } = play;
  const { shaped } = person;
  const read = await time.during(door.ask<{ patients: { patient: { id: string } }[] }>('desk: read a card', 'POST', '/api/card-readings', { text: person.card }, { token }));
  const known = read?.patients[0]?.patient.id;
  if (known !== person.id) log.problems.push(`the card of ${person.id} named ${known ?? 'nobody'}`);
  const priority = shaped.declared === undefined ? {} : { priority: [shaped.declared] };
  const arrival = shaped.booked === undefined ? { patientId: person.id, room: roomId(shaped.roomKey), over: true, ...priority } : { patientId: person.id, ...priority };
  const ticket = await time.during(door.ask<DeskTicket>('desk: receive', 'POST', '/api/desk/arrivals', arrival, { token }));
  await time.during(door.ask('desk: list', 'GET', '/api/desk/day', undefined, { token }));
  return ticket;
}

/** On one's own phone: opened on arrival, looked at every six minutes until inside. */
async function follows(play: Play, person: StagedPerson): Promise<void> {
  const { time, door, log } = play;
  const token = await time.during(play.openApp(person));
  if (token === undefined) return;
  for (let i = 0; i < 30 && !log.began.has(person.id); i++) {
    await time.during(door.ask('phone: place in line', 'GET', '/api/my/visits', undefined, { token, address: person.address }));
    await time.until(time.now() + 6 * minute);
  }
}

/** A doctor in a room, from the first session to the last patient. */
async function sees(play: Play, room: ShapedRoom, people: ReadonlyMap<string, StagedPerson>, bells: ReadonlyMap<string, Bell>): Promise<void> {
  const { time, midnight, tokens } = play;
  const id = roomId(room.key);
  const token = tokens.doctorOf.get(room.key)!;
  const sent = new Set<string>();
  for (const session of room.sessions) {
    // Doctors begin up to eight minutes late.
    await time.until(midnight + session.from * minute + (Number(room.key.slice(1)) % 9) * minute);
    await time.during(play.door.ask('doctor: open the room', 'POST', `/api/rooms/${id}/open`, {}, { token }));
    await callAll(play, { id, token, until: midnight + session.until * minute, people, bells, sent });
  }
}

interface Calling {
  readonly id: string;
  readonly token: string;
  /** The session ends then, or when nobody is left. */
  readonly until: number;
  readonly people: ReadonlyMap<string, StagedPerson>;
  readonly bells: ReadonlyMap<string, Bell>;
  readonly sent: Set<string>;
}

async function callAll(play: Play, calling: Calling): Promise<void> {
  const { time } = play;
  let current: string | null = null;
  for (let idle = 0; idle < 5; ) {
    const next: { called: QueueTurn | null; waiting: number } | undefined = await time.during(
      play.door.ask('doctor: next', 'POST', `/api/rooms/${calling.id}/next`, { current }, { token: calling.token }));
    const turn = next?.called ?? undefined;
    current = null;
    if (turn !== undefined) {
      idle = 0;
      current = await seesOne(play, calling, turn);
      continue;
    }
    // Nobody waits: until the bell rings. After the session those away at tests are still waited for, two hours at most.
    if (time.now() >= calling.until) idle++;
    await calling.bells.get(calling.id)!.wait(Math.max(calling.until, time.now() + 30 * minute));
  }
}

/** Gives the turn that is still inside, which the next call finishes. */
async function seesOne(play: Play, { id, token, people, bells, sent }: Calling, turn: QueueTurn): Promise<string | null> {
  const { time, door, log } = play;
  const person = people.get(turn.patientId);
  if (person === undefined) {
    log.problems.push(`room ${id} called ${turn.patientId}, who is nobody of this day`);
    return turn.id;
  }
  const { shaped } = person;
  const board = play.boardOf.get(id);
  if (board !== undefined) await time.during(door.ask('board: show', 'GET', `/api/board/${board}`, undefined, {}));
  await time.until(time.now() + 30_000);
  await time.during(door.ask('doctor: begin', 'POST', `/api/turns/${turn.id}/begin`, {}, { token }));
  if (!log.began.has(person.id)) log.began.set(person.id, time.now());
  await time.during(door.ask('doctor: list', 'GET', `/api/rooms/${id}/queue`, undefined, { token }));
  const isBack = sent.has(person.id);
  await time.until(time.now() + (isBack ? shaped.returnMinutes : shaped.visitMinutes) * minute);
  if (!isBack && shaped.tests.length > 0) {
    sent.add(person.id);
    const ways = ['payment' as const, ...shaped.tests.map(({ kind }) => kind)].map((kind) => ({ kind, roomId: placeOf(kind, person) }));
    await time.during(door.ask('doctor: send to tests', 'POST', `/api/turns/${turn.id}/send`, { stations: ways }, { token }));
    bells.get(ways[0]!.roomId)?.ring();
    return null;
  }
  log.ended.set(person.id, time.now());
  return turn.id;
}

function placeOf(kind: (typeof stations)[number]['kind'], person: StagedPerson): string {
  const places = stations.filter((station) => station.kind === kind);
  return places[Number(person.citizenNumber.slice(-4)) % places.length]!.id;
}

/** One place of a station: whoever is next, as long as it takes; then the next station of that person hears of it. */
async function serves(play: Play, id: string, people: ReadonlyMap<string, StagedPerson>, bells: ReadonlyMap<string, Bell>, closing: number): Promise<void> {
  const { time, door, midnight, tokens } = play;
  const token = tokens.stationOf.get(id)!;
  const kind = stations.find((station) => station.id === id)!.kind;
  await time.until(midnight + 6.5 * 60 * minute);
  await time.during(door.ask('station: open', 'POST', `/api/rooms/${id}/open`, {}, { token }));
  while (time.now() < midnight + closing * minute) {
    const next = await time.during(door.ask<{ called: QueueTurn | null }>('station: next', 'POST', `/api/rooms/${id}/next`, { current: null }, { token }));
    const turn = next?.called ?? undefined;
    if (turn === undefined) {
      await bells.get(id)!.wait(midnight + closing * minute);
      continue;
    }
    const person = people.get(turn.patientId)!;
    await time.during(door.ask('station: begin', 'POST', `/api/turns/${turn.id}/begin`, {}, { token }));
    await time.until(time.now() + (kind === 'payment' ? 1.5 : person.shaped.tests.find((test) => test.kind === kind)!.minutes) * minute);
    await time.during(door.ask('station: finish', 'POST', `/api/turns/${turn.id}/finish`, {}, { token }));
    const after = kind === 'payment' ? person.shaped.tests[0]?.kind : person.shaped.tests[person.shaped.tests.findIndex((test) => test.kind === kind) + 1]?.kind;
    bells.get(after === undefined ? roomId(person.shaped.roomKey) : placeOf(after, person))?.ring();
  }
}

/** The manager looks once a minute. */
async function watches(play: Play, closing: number): Promise<void> {
  const { time, midnight, door, tokens } = play;
  for (let at = midnight + 6.5 * 60 * minute; at < midnight + closing * minute; at += minute) {
    await time.until(at);
    await time.during(door.ask('manager: board', 'GET', '/api/day/board', undefined, { token: tokens.manager }));
  }
}

function desksOf(tokens: readonly string[]): Desks {
  const free = [...tokens];
  const line: ((token: string) => void)[] = [];
  return {
    take: () => new Promise((resolve) => {
      const token = free.pop();
      if (token === undefined) line.push(resolve);
      else resolve(token);
    }),
    give: (token) => {
      const next = line.shift();
      if (next === undefined) free.push(token);
      else next(token);
    },
  };
}

function bellOf(play: Play): Bell {
  let waiting: (() => void) | undefined;
  let rang = false;
  return {
    wait: (until) => {
      if (rang) {
        rang = false;
        return Promise.resolve();
      }
      return new Promise((resolve) => {
        const done = () => {
          if (waiting !== done) return;
          waiting = undefined;
          resolve();
        };
        waiting = done;
        void play.time.until(until).then(done);
      });
    },
    ring: () => {
      if (waiting === undefined) rang = true;
      else waiting();
    },
  };
}
