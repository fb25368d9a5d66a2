// `bench booking`: how many attempts to hold a seat a second, many clients on few seats, with the rules, the lock and the exclusion constraint; and whether a
// seat was ever given twice or lost.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { findStarts, holdSeat } from '../../server/src/modules/booking/index.ts';
import { readSettings } from '../../server/src/platform/config.ts';
import type { House } from '../../server/src/platform/module.ts';
import { Refusal } from '../../server/src/platform/refusal.ts';
import { withHouse } from '../../server/src/start/with-house.ts';
import { gatherFacts, type Facts } from '../measure/facts.ts';
import { houseEnvironment, makeDataFolder } from '../measure/own-server.ts';
import { cpuReader, postmastersIn } from '../measure/processes.ts';

export const bookingUsage = `bench booking [options]
  --seats N               seats to fight for (480)
  --clients N             clients at once (80)
  --attempts N            attempts in all (20000)
  --label NAME            results/booking-NAME.json and .md (sen); --results FOLDER elsewhere than in bench/results`;

/** Of a prototype with nothing but the constraint (design/anchors.md §3). */
const rawConstraintPerSecond = 6_609;

interface Measured {
  readonly seats: number;
  readonly clients: number;
  readonly attempts: number;
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly nodeMs: number;
  readonly postgresMs: number;
  readonly given: number;
  readonly doubles: number;
  readonly daysMs: number;
}

/** Measures and writes the results. Exit code 1 when a seat was given twice or lost. */
export async function booking(args: readonly string[], resultsFolder: string): Promise<number> {
  const text = { type: 'string' as const };
  const { values } = parseArgs({ args: [...args], options: { seats: text, clients: text, attempts: text, label: text, results: text } });
  const [seats, clients, attempts] = [Number(values.seats ?? 480), Number(values.clients ?? 80), Number(values.attempts ?? 20_000)];
  const facts = gatherFacts();
  const data = makeDataFolder();
  try {
    const measured = await withHouse(readSettings(houseEnvironment(data)), async (house) => {
      await laySeats(house, seats);
      return fight(house, data, seats, clients, attempts);
    });
    const label = values.label ?? 'sen';
    const folder = values.results ?? resultsFolder;
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, `booking-${label}.json`), `${JSON.stringify({ label, facts, ...measured }, undefined, 2)}\n`);
    writeFileSync(join(folder, `booking-${label}.md`), markdown(label, facts, measured));
    process.stdout.write(markdown(label, facts, measured));
    return measured.doubles === 0 && measured.given === seats ? 0 : 1;
  } finally {
    rmSync(data, { recursive: true, force: true });
  }
}

/** Sessions of tomorrow: 24 seats each, one room for each. */
async function laySeats(house: House, seats: number): Promise<void> {
  const { database } = house;
  await database.query({ text: "INSERT INTO booking.specialty (id, facility, name) VALUES ('bench-khoa', 'bench', 'Khoa Đo')" });
  await database.query({
    text: `INSERT INTO booking.session (id, facility, day, room_id, room_name, specialty_id, during, step_minutes, lanes)
      SELECT gen_random_uuid(), 'bench', $1::date, 'bench-' || n, 'Phòng ' || n, 'bench-khoa', tstzrange($2::timestamptz, $2::timestamptz + interval '6 hours'), 15, 1 FROM generate_series(1, $3::int) n`,
    values: [tomorrow(house), new Date(`${tomorrow(house)}T07:00:00+07:00`), Math.ceil(seats / 24)],
  });
}

function tomorrow(house: House): string {
  return new Date(house.systemWork().now + 31 * 3_600_000).toISOString().slice(0, 10);
}

async function fight(house: House, data: string, seats: number, clients: number, attempts: number): Promise<Measured> {
  const work = house.systemWork();
  const wanted = await findStarts(work, { facility: 'bench', specialty: 'bench-khoa', date: tomorrow(house), only: 'free' });
  const daysBegan = performance.now();
  for (let i = 0; i < 20; i++) await findStarts(house.systemWork(), { facility: 'bench', specialty: 'bench-khoa', date: tomorrow(house) });
  const daysMs = (performance.now() - daysBegan) / 20;
  const cpu = cpuReader({ pids: [] }, { pids: postmastersIn(data) });
  if (cpu === undefined) throw new Error('CPU can only be read on Linux');
  const before = { node: process.cpuUsage(), postgres: cpu().postgresMs, at: performance.now() };
  const waits: number[] = [];
  let left = attempts;
  const client = async (name: number) => {
    for (let i = name * 7; left-- > 0; i += 13) {
      const start = wanted[i % wanted.length]!;
      const began = performance.now();
      await attempt(house, start.session, Date.parse(start.start), `bench:${name}`);
      waits.push(performance.now() - began);
    }
  };
  await Promise.all(Array.from({ length: clients }, (_, name) => client(name)));
  const seconds = (performance.now() - before.at) / 1000;
  const { user, system } = process.cpuUsage(before.node);
  const sorted = waits.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.floor(share * (sorted.length - 1))] ?? 0;
  return {
    seats, clients, attempts, perSecond: attempts / seconds, p50Ms: at(0.5), p99Ms: at(0.99), nodeMs: (user + system) / 1000 / attempts,
    postgresMs: (cpu().postgresMs - before.postgres) / attempts, ...(await counted(house)), daysMs,
  };
}

async function attempt(house: House, session: string, start: number, holder: string): Promise<void> {
  try {
    await holdSeat(house.systemWork(), { session, start }, { channel: 'app', holder, holdsMost: 100_000 });
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
  }
}

async function counted(house: House): Promise<{ given: number; doubles: number }> {
  const { rows } = await house.database.query<{ given: number; doubles: number }>({
    text: `SELECT (SELECT count(*)::int FROM booking.claim) AS given, (SELECT count(*)::int FROM booking.claim a JOIN booking.claim b ON a.session_id = b.session_id AND a.lane = b.lane
      AND a.id < b.id AND a.during && b.during) AS doubles`,
  });
  return rows[0]!;
}

function markdown(label: string, facts: Facts, measured: Measured): string {
  const { seats, clients, attempts, perSecond, p50Ms, p99Ms, nodeMs, postgresMs, given, doubles, daysMs } = measured;
  return `# Booking: ${label}

${clients} clients fight for ${seats} seats: ${attempts} attempts to hold, with the rules of channels, the lock of the session and the exclusion constraint. In the process, without HTTP.
${JSON.stringify(facts)}

| | |
|---|--:|
| attempts a second | ${perSecond.toFixed(0)} (a bare constraint, in the design's trial: ${rawConstraintPerSecond}) |
| p50 / p99 | ${p50Ms.toFixed(1)} / ${p99Ms.toFixed(1)} ms |
| CPU of an attempt, Node + PostgreSQL | ${nodeMs.toFixed(2)} + ${postgresMs.toFixed(2)} ms |
| seats given | ${given} of ${seats} |
| seats given twice | ${doubles} |
| starts of a day of the specialty (${Math.ceil(seats / 24)} rooms) | ${daysMs.toFixed(1)} ms |
`;
}
