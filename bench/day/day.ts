// `bench day`: a day of outpatients against the real server over its real doors, as fast as it can; the morning's peak at ten times the real pace.
import { parseArgs } from 'node:util';
import { gatherFacts } from '../measure/facts.ts';
import { startSen, type RunningServer } from '../measure/own-server.ts';
import { cpuReader } from '../measure/processes.ts';
import { bookEverybody } from './book.ts';
import { checkDay } from './check-day.ts';
import { openDoor, type Door } from './door.ts';
import { modelTime } from './model-time.ts';
import { startPlay, type Play } from './play.ts';
import { writeDayReport, type DayReport } from './report.ts';
import { bachMai, makeDay } from './shape.ts';
import { openPhones } from './phones.ts';
import { facility, houseResources, openAccounts, patientResource, roomId, stagedPeople, storeAll, storeSessions } from './stage.ts';
import { createAccount } from './stage-accounts.ts';

export const dayUsage = `npm run bench -- day [--patients 8000] [--label sen] [--peak-minutes 30] [--width 12]
  --patients      how many come, booked and not
  --peak-minutes  how much of the morning from 07:30 on is played at ten times the real pace, for the times of the steps; the rest goes as fast as it can
  --width         how many requests may be under way at once\n`;

const options = {
  patients: { type: 'string', default: '8000' }, label: { type: 'string', default: 'sen' }, results: { type: 'string' }, 'peak-minutes': { type: 'string', default: '30' }, width: { type: 'string', default: '12' }, help: { type: 'boolean' },
} as const;
type Values = ReturnType<typeof parseArgs<{ options: typeof options }>>['values'];
/** The next Tuesday; everybody books the day before. The sessions of the staff are made by the real clock and last until then. */
const date = nextTuesday(Date.now());
const midnight = Date.parse(`${date}T00:00:00+07:00`);
const minute = 60_000;
const peakFrom = 7.5 * 60;
const fastest = 400;

/** Runs the day and writes its results. Exit code 1 when anything does not add up. */
export async function day(args: readonly string[], usualFolder: string): Promise<number> {
  const { values } = parseArgs({ args: [...args], options });
  if (values.help === true) return say(dayUsage), 0;
  const phones = await openPhones();
  try {
    return await runDay(phones, values, usualFolder);
  } finally {
    await phones.close();
  }
}

async function runDay(phones: Awaited<ReturnType<typeof openPhones>>, values: Values, usualFolder: string): Promise<number> {
  // Each patient has an address of their own, told as a proxy would.
  const server = await startSen(say, { preload: new URL('./moved-clock.ts', import.meta.url), env: { SEN_TRUST_PROXY: '127.0.0.1, ::1', ...phones.settings } });
  try {
    const facts = gatherFacts();
    const report = await playDay(server, { patients: Number(values.patients), peakMinutes: Number(values['peak-minutes']), width: Number(values.width) }, phones);
    say(`written: ${writeDayReport(values.results ?? usualFolder, values.label, { facts, ...report }).join(', ')}`);
    return report.findings.length === 0 ? 0 : 1;
  } finally {
    await server.stop();
  }
}

interface DayOptions {
  readonly patients: number;
  readonly peakMinutes: number;
  readonly width: number;
}

async function playDay(server: RunningServer, { patients, peakMinutes, width }: DayOptions, phones: Awaited<ReturnType<typeof openPhones>>): Promise<Omit<DayReport, 'facts'>> {
  const base = new URL(server.base.origin);
  const door = openDoor(base);
  const token = server.token!;
  const inHouse = server.withHouse!;
  const moveTo = (at: number) => server.tell!({ at });
  const shaped = makeDay({ ...bachMai, patients });
  const people = stagedPeople(shaped, date);
  moveTo(midnight - 17 * 60 * minute);
  say(`the stage: ${shaped.rooms.length} rooms, ${people.length} people …`);
  await storeAll(door, token, houseResources(shaped));
  await storeAll(door, token, people.map(patientResource));
  const accounts = await inHouse((house) => openAccounts(house, shaped));
  const manager = await inHouse((house) => createAccount(house, { username: 'giam-doc', role: 'director', facility }));
  const kiosk = await inHouse((house) => createAccount(house, { username: 'may-lay-so', role: 'kiosk', facility }));
  await inHouse((house) => storeSessions(house, shaped, date, midnight));
  say('booking, the day before …');
  const booking = await bookEverybody({ door, operators: accounts.operators, people, midnight, date });
  const bookingTimes = door.times();
  say(`booked ${booking.booked} in ${booking.seconds.toFixed(1)} s, ${Math.round(booking.booked / booking.seconds)}/s`);
  const boardOf = await makeBoards(door, accounts.doctorOf.values().next().value!, shaped.rooms.map(({ key }) => roomId(key)));
  moveTo(midnight + 6 * 60 * minute);
  await new Promise((resolve) => setTimeout(resolve, 3_000)); // reminders of the evening before go out
  door.begin();
  return measured(server, { door, shaped, people, accounts, manager, kiosk, boardOf, booking: { ...booking, times: bookingTimes }, peakMinutes, width, phones, moveTo });
}

async function makeBoards(door: Door, token: string, rooms: readonly string[]): Promise<Map<string, string>> {
  const boardOf = new Map<string, string>();
  for (let i = 0; i < rooms.length; i += 10) {
    const roomIds = rooms.slice(i, i + 10);
    const board = await door.ask<{ key: string }>('make a board', 'POST', '/api/boards', { name: `Sảnh ${i / 10 + 1}`, roomIds }, { token });
    if (board === undefined) throw new Error(`no board: ${JSON.stringify(door.times())}`);
    for (const id of roomIds) boardOf.set(id, board.key);
  }
  return boardOf;
}

interface Setting {
  readonly door: Door;
  readonly shaped: ReturnType<typeof makeDay>;
  readonly people: ReturnType<typeof stagedPeople>;
  readonly accounts: Awaited<ReturnType<typeof openAccounts>>;
  readonly manager: string;
  readonly kiosk: string;
  readonly boardOf: ReadonlyMap<string, string>;
  readonly booking: DayReport['booking'];
  readonly peakMinutes: number;
  readonly width: number;
  readonly phones: Awaited<ReturnType<typeof openPhones>>;
  readonly moveTo: (at: number) => void;
}

async function measured(server: RunningServer, setting: Setting): Promise<Omit<DayReport, 'facts'>> {
  const { door, shaped, people, accounts, manager, kiosk, boardOf, booking, peakMinutes, width, phones, moveTo } = setting;
  const begin = midnight + 6 * 60 * minute;
  const time = modelTime(begin, width, moveTo);
  const log = { received: new Map<string, number>(), began: new Map<string, number>(), ended: new Map<string, number>(), problems: [] as string[] };
  const play: Play = {
    door, time, midnight, people, boardOf, log, openApp: (person) => phones.signIn(door, person),
    tokens: { desks: accounts.desks, doctorOf: accounts.doctorOf, stationOf: accounts.stationOf, manager, kiosk },
  };
  const cpu = cpuReader(server.server, server.postgres);
  const own = process.cpuUsage();
  const before = cpu?.();
  const wholeFrom = performance.now();
  const peak = playPeak(play, peakMinutes);
  // Faster than this, the answer of a request would come minutes of the day after it was asked.
  time.pace(fastest);
  const all = startPlay(play, shaped.rooms);
  const ticking = setInterval(() => say(`${new Date(time.now() + 7 * 60 * minute).toISOString().slice(11, 16)}  received ${log.received.size}, seen ${log.ended.size}${refusalsOf(door)}`), 10_000);
  await time.play();
  clearInterval(ticking);
  await all;
  const realSeconds = (performance.now() - wholeFrom) / 1000;
  const { seconds: peakSeconds, times: peakTimes } = await peak;
  const modelSeconds = (Math.max(...log.ended.values()) - begin) / 1000;
  const after = cpu?.();
  const generator = process.cpuUsage(own);
  const times = door.times();
  const requests = times.reduce((sum, { count }) => sum + count, 0) + peakTimes.reduce((sum, { count }) => sum + count, 0);
  door.close();
  const { findings, outcome } = await server.withHouse!((house) => checkDay(house, { people, log, messages: phones.received(), midnight }));
  const speed = (modelSeconds - peakMinutes * 60) / (realSeconds - peakSeconds);
  say(`${speed.toFixed(0)} times as fast as the real day; ${requests} requests`);
  for (const finding of findings) say(`✗ ${finding}`);
  return {
    patients: people.length, rooms: shaped.rooms.length, booking, times, peakTimes, peakMinutes, speed, modelSeconds, realSeconds, requests, findings, outcome,
    ...(before === undefined || after === undefined ? {} : { cpuMs: { server: after.serverMs - before.serverMs, postgres: after.postgresMs - before.postgresMs, generator: (generator.user + generator.system) / 1000 } }),
  };
}

/** Half an hour of the morning at ten times the real pace: what a desk feels at ten times the real peak. */
async function playPeak({ time, door }: Play, minutes: number): Promise<{ seconds: number; times: DayReport['times'] }> {
  if (minutes === 0) return { seconds: 0, times: [] };
  await time.until(midnight + peakFrom * minute);
  door.begin();
  const from = performance.now();
  time.pace(10);
  await time.until(midnight + (peakFrom + minutes) * minute);
  const times = door.times();
  time.pace(fastest);
  door.begin();
  return { seconds: (performance.now() - from) / 1000, times };
}

function refusalsOf(door: Door): string {
  return door.times().flatMap(({ step, refused }) => Object.entries(refused).map(([why, count]) => `; ${step} ${why} ${count}×`)).join('');
}

function nextTuesday(now: number): string {
  const day = new Date(now + 7 * 3_600_000);
  day.setUTCDate(day.getUTCDate() + (((2 - day.getUTCDay() + 7) % 7) || 7));
  return day.toISOString().slice(0, 10);
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
