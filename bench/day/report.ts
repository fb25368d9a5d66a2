// The day as JSON for machines and Markdown for people.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Facts } from '../measure/facts.ts';
import type { TimedBooking } from './book.ts';
import type { DayOutcome } from './check-day.ts';
import type { StepTimes } from './door.ts';

export interface DayReport {
  readonly facts: Facts;
  readonly patients: number;
  readonly rooms: number;
  readonly booking: TimedBooking;
  readonly times: readonly StepTimes[];
  readonly peakTimes: readonly StepTimes[];
  readonly peakMinutes: number;
  /** Model time by real time, outside the peak. */
  readonly speed: number;
  readonly modelSeconds: number;
  readonly realSeconds: number;
  readonly requests: number;
  readonly cpuMs?: { readonly server: number; readonly postgres: number; readonly generator: number };
  /** What does not add up; empty when all does. */
  readonly findings: readonly string[];
  readonly outcome: DayOutcome;
}

const speedTarget = 60;
const deskTargetMs = 100;

/** Writes `day-<label>.json` and `.md`; returns their paths. */
export function writeDayReport(folder: string, label: string, report: DayReport): string[] {
  mkdirSync(folder, { recursive: true });
  const path = (ending: string) => join(folder, `day-${label}.${ending}`);
  writeFileSync(path('json'), `${JSON.stringify(report, undefined, 2)}\n`);
  writeFileSync(path('md'), markdown(report));
  return [path('json'), path('md')];
}

function markdown(report: DayReport): string {
  const { facts, outcome, cpuMs, findings, peakTimes, booking } = report;
  const slowest = Math.max(0, ...peakTimes.filter(({ step }) => step.startsWith('desk')).map(({ p99Ms }) => p99Ms));
  return [
    '# A day of outpatients', '',
    `${facts.date}, commit ${facts.commit}. ${facts.processor}, ${facts.cores} cores, ${facts.ramGiB} GiB, load average ${facts.loadAverage} before; Node ${facts.node}; ${facts.system}. Generator, server and database share the machine.`, '',
    `${report.patients} people, ${report.rooms} rooms with a doctor each, the shape of bench/day/shape.ts.`, '',
    '| | reached | target | |', '|---|--:|--:|---|',
    `| times as fast as the real day | ${report.speed.toFixed(0)} | ≥ ${speedTarget} | ${report.speed >= speedTarget ? '✓' : '✗'} |`,
    ...(peakTimes.length === 0 ? [] : [`| p99 of the slowest desk action, ${report.peakMinutes} minutes from 07:30 at ten times the real pace, ms | ${slowest.toFixed(0)} | ≤ ${deskTargetMs} | ${slowest <= deskTargetMs ? '✓' : '✗'} |`]),
    `| does the day add up | ${findings.length === 0 ? 'yes' : findings.join('; ')} | yes | ${findings.length === 0 ? '✓' : '✗'} |`, '',
    `${outcome.visits} visits, ${outcome.finished} finished; ${outcome.booked} booked, ${outcome.noShows} did not come; ${outcome.messages} messages. Booked people with the doctor within 15 minutes of their slot (of their arrival, where that was later): ${((100 * outcome.onTime) / Math.max(1, outcome.onTimeOf)).toFixed(1)} %. Wait of all: median ${outcome.medianWaitMinutes.toFixed(0)} min, 90 of 100 under ${outcome.p90WaitMinutes.toFixed(0)} min.`, '',
    `${report.requests} requests, ${(report.modelSeconds / 3600).toFixed(1)} h of model time in ${report.realSeconds.toFixed(0)} s.${cpuMs === undefined ? '' : ` CPU: server ${(cpuMs.server / 1000).toFixed(0)} s, PostgreSQL ${(cpuMs.postgres / 1000).toFixed(0)} s, generator ${(cpuMs.generator / 1000).toFixed(0)} s; ${((cpuMs.server + cpuMs.postgres) / report.requests).toFixed(2)} ms a request.`}`, '',
    `Booked the day before: ${booking.booked} in ${booking.seconds.toFixed(1)} s (${Math.round(booking.booked / booking.seconds)}/s).`, '',
    ...(peakTimes.length === 0 ? [] : [`## ${report.peakMinutes} minutes from 07:30 at ten times the real pace`, '', ...table(peakTimes)]),
    '## The rest of the day, as fast as it can', '', ...table(report.times),
    '## Booking', '', ...table(booking.times), '',
  ].join('\n');
}

function table(times: readonly StepTimes[]): string[] {
  const line = ({ step, count, p50Ms, p99Ms, maxMs, refused }: StepTimes) =>
    `| ${step} | ${count} | ${p50Ms.toFixed(1)} | ${p99Ms.toFixed(1)} | ${maxMs.toFixed(0)} | ${Object.entries(refused).map(([why, many]) => `${why}: ${many}`).join(', ')} |`;
  return ['| step | count | p50 ms | p99 ms | max ms | refused |', '|---|--:|--:|--:|--:|---|', ...times.map(line), ''];
}
