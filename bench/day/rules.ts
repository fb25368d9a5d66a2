// The rules of the queue judged on a whole day in model time: how many booked people are seen within 15 minutes of their slot, and with first come, first served.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { lineRules, type LineRules } from '../../server/src/modules/encounters/index.ts';
import { gatherFacts } from '../measure/facts.ts';
import { bachMai, makeDay, type DayShape } from './shape.ts';
import { simulateDay, type DoctorHabits, type Order, type Seen } from './simulate.ts';

export const rulesUsage = `npm run bench -- rules [--seeds 5]
  Plays a day of 8,000 patients (bench/day/shape.ts) in model time, with the rules of the queue and with first come, first served, and varies one thing at a time.
  Results: bench/results/rules.md and .json`;

const habits: DoctorHabits = { lateStartShare: 0.15, lateStartMinutes: 10, betweenMinutes: 0.7 };
const target = 0.9;

interface Case {
  readonly name: string;
  readonly shape?: Partial<DayShape>;
  readonly rules?: Partial<LineRules>;
  readonly habits?: Partial<DoctorHabits>;
  readonly byArrival?: true;
}

const cases: readonly Case[] = [
  { name: 'our rules' },
  { name: 'first come, first served', byArrival: true },
  { name: 'seat = p50 of the doctor’s lengths', shape: { seatQuantile: 0.5 } },
  { name: 'seat = p70', shape: { seatQuantile: 0.7 } },
  { name: 'seat = p80', shape: { seatQuantile: 0.8 } },
  { name: '60 % booked', shape: { bookedShare: 0.6 } },
  { name: '80 % booked', shape: { bookedShare: 0.8 } },
  { name: 'twice as many late arrivals', shape: { lateShare: 0.16 } },
  { name: '15 % no-shows', shape: { noShowShare: 0.15 } },
  { name: 'rooms planned to be used 90 % of their time', shape: { plannedUse: 0.9 } },
  { name: 'the same, first come, first served', shape: { plannedUse: 0.9 }, byArrival: true },
  { name: 'rooms planned to be used 100 %: no reserve', shape: { plannedUse: 1 } },
  { name: 'the same, first come, first served', shape: { plannedUse: 1 }, byArrival: true },
  { name: 'every third doctor 20 min late', habits: { lateStartShare: 0.35, lateStartMinutes: 20 } },
  { name: 'walk-ins due after 60 min', rules: { walkInMinutes: 60 } },
  { name: 'walk-ins due after 120 min', rules: { walkInMinutes: 120 } },
  { name: 'no protection before a slot', rules: { protectMinutes: 0 } },
  { name: 'protection of 10 min', rules: { protectMinutes: 10 } },
  { name: 'no limit for those back from tests', rules: { returnedInRow: 99 } },
  { name: 'one back from tests in a row', rules: { returnedInRow: 1 } },
  { name: 'late by up to 5 min keep the slot', rules: { graceMinutes: 5 } },
  { name: 'no lead for priority by law', rules: { priorityLeadMinutes: 0 } },
];

interface Figures {
  readonly name: string;
  readonly booked: number;
  /** Of all booked people who came; of those who came on time. */
  readonly withinShare: number;
  readonly onTimeShare: number;
  readonly bookedP90: number;
  readonly walkInP50: number;
  readonly walkInP90: number;
  readonly walkInMax: number;
  readonly priorityWalkInP50: number;
}

/** Runs all cases; the exit code says whether our rules reach the target. */
export async function rules(args: readonly string[], folder: string): Promise<number> {
  const { values } = parseArgs({ args: [...args], options: { seeds: { type: 'string', default: '5' } } });
  const seeds = Array.from({ length: Number(values.seeds) }, (_, i) => bachMai.seed + i);
  const began = performance.now();
  const figures = cases.map((one) => figuresOf(one, seeds));
  const facts = { ...gatherFacts(), seeds: seeds.length, seconds: (performance.now() - began) / 1000 };
  await writeFile(join(folder, 'rules.json'), `${JSON.stringify({ facts, habits, lineRules, figures }, null, 1)}\n`);
  const text = report(figures, facts);
  await writeFile(join(folder, 'rules.md'), text);
  process.stdout.write(text);
  return figures[0]!.withinShare >= target ? 0 : 1;
}

function figuresOf(one: Case, seeds: readonly number[]): Figures {
  const order: Order = one.byArrival ? { by: 'arrival' } : { by: 'rules', rules: { ...lineRules, ...one.rules } };
  const seen = seeds.flatMap((seed) => simulateDay(makeDay({ ...bachMai, ...one.shape, seed }), order, { ...habits, ...one.habits }));
  const booked = seen.filter(({ person }) => person.booked !== undefined);
  const onTime = booked.filter(({ person }) => person.arrivesAt <= person.booked!.slotAt);
  const delays = booked.map(delayOf);
  const walkIns = seen.filter(({ person }) => person.booked === undefined);
  const waits = walkIns.map(({ person, seenAt }) => seenAt - Math.max(person.arrivesAt, 420));
  const first = walkIns.filter(({ person }) => person.age >= 75 || person.age < 6 || person.declared !== undefined);
  return {
    name: one.name,
    booked: booked.length / seeds.length,
    withinShare: share(booked), onTimeShare: share(onTime),
    bookedP90: quantile(delays, 0.9), walkInP50: quantile(waits, 0.5), walkInP90: quantile(waits, 0.9), walkInMax: Math.max(...waits),
    priorityWalkInP50: quantile(first.map(({ person, seenAt }) => seenAt - Math.max(person.arrivesAt, 420)), 0.5),
  };
}

function delayOf({ person, seenAt }: Seen): number {
  return seenAt - person.booked!.slotAt;
}

function share(seen: readonly Seen[]): number {
  return seen.filter((one) => delayOf(one) <= 15).length / seen.length;
}

function quantile(values: readonly number[], p: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(p * sorted.length))] ?? Number.NaN;
}

function report(figures: readonly Figures[], facts: ReturnType<typeof gatherFacts> & { seeds: number; seconds: number }): string {
  const rows = figures.map((one) => `| ${one.name} | ${percent(one.withinShare)}${one.withinShare >= target ? ' ✓' : ' ✗'} | ${percent(one.onTimeShare)} | ${one.bookedP90.toFixed(0)} | ${one.walkInP50.toFixed(0)} | ${one.walkInP90.toFixed(0)} | ${one.walkInMax.toFixed(0)} | ${one.priorityWalkInP50.toFixed(0)} |`);
  return `# The rules of the queue, on a day in model time

${facts.date}, commit ${facts.commit}. ${facts.seeds} days of 8,000 patients (bench/day/shape.ts: 70 % booked, 80 % before noon, 7 % do not come, 8 % come late, lengths log-normal), ${facts.seconds.toFixed(1)} s for all cases.
Doctors: ${habits.lateStartShare * 100} of 100 sessions begin ${habits.lateStartMinutes} min late; ${habits.betweenMinutes} min between two patients. Our rules: ${Object.entries(lineRules).map(([name, value]) => `${name} ${value}`).join(', ')}; seat = p${bachMai.seatQuantile * 100} of the doctor’s own lengths, with the second look after tests; rooms planned to be used ${bachMai.plannedUse * 100} % of their time; walk-ins go to the emptiest of three rooms.
First come, first served is given the same arrivals, thus people who come by appointment; it has no slots to keep.
The figures are of a model: they compare rules, and promise nothing of a hospital. Each case changes one thing.

| case | booked, seen within 15 min of the slot (target 90 %) | of those who came by the slot | delay p90, min | walk-in wait p50 | p90 | longest | priority walk-in p50 |
|---|--:|--:|--:|--:|--:|--:|--:|
${rows.join('\n')}
`;
}

function percent(value: number): string {
  return `${(value * 100).toFixed(1)} %`;
}
