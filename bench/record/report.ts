// The results as JSON for machines and Markdown for people.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Facts } from '../measure/facts.ts';
import type { LoadResult } from '../measure/load.ts';
import { judge, type RowResult, type Verdict } from './compare.ts';

export interface RecordReport {
  readonly label: string;
  readonly server: string;
  readonly facts: Facts;
  readonly seed: { readonly patients: number; readonly resources: number; readonly seconds: number; readonly databaseBytes?: number };
  readonly warmUpSeconds: number;
  readonly measureSeconds: number;
  readonly rows: readonly RowResult[];
}

/** Writes `record-<label>.json` and `.md` into a folder; returns their paths. */
export function writeReport(folder: string, report: RecordReport): string[] {
  mkdirSync(folder, { recursive: true });
  const path = (ending: string) => join(folder, `record-${report.label}.${ending}`);
  writeFileSync(path('json'), `${JSON.stringify({ ...report, verdicts: judge(report.rows).map(plainVerdict) }, undefined, 2)}\n`);
  writeFileSync(path('md'), markdown(report));
  return [path('json'), path('md')];
}

function plainVerdict({ row, cpuMs, rate, reached, target, load }: Verdict) {
  return { row, clients: load.clients, cpuMs, targetCpuMs: target.cpuMs, rate, targetRate: target.resourcesPerSecond, reached };
}

/** The report for people. */
function markdown(report: RecordReport): string {
  const { facts, seed } = report;
  const verdicts = judge(report.rows);
  const failed = report.rows.flatMap((row) => row.loads.filter((load) => load.errors > 0).map((load) => errorLine(row, load)));
  return [
    `# Record bench: ${report.label}`,
    '',
    `${report.server}, ${facts.date}, commit ${facts.commit}. ${facts.processor}, ${facts.cores} cores, ${facts.ramGiB} GiB, load average ${facts.loadAverage} before; Node ${facts.node}; ${facts.system}.`,
    '',
    `Load generator, server and database share the machine, so CPU time is the fair figure and the rate a floor. ${report.measureSeconds} s a cell after ${report.warmUpSeconds} s of warm-up.`,
    `Data: ${seed.patients} patients, ${seed.resources} resources${seeding(seed)}.`,
    '',
    '## Targets',
    '',
    '| operation | clients | CPU ms, target | CPU ms, reached | server + PostgreSQL | Medplum | rate | Medplum | |',
    '|---|--:|--:|--:|--:|--:|--:|--:|---|',
    ...verdicts.map(verdictLine),
    '',
    '## All measurements',
    '',
    '| operation | clients | requests/s | p50 ms | p99 ms | max ms | CPU ms: server | PostgreSQL | load generator | requests | checked in full | errors |',
    '|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|',
    ...report.rows.flatMap((row) => row.loads.map((load) => loadLine(row, load))),
    ...(failed.length > 0 ? ['', '## Errors', '', ...failed] : []),
    '',
  ].join('\n');
}

function seeding(seed: RecordReport['seed']): string {
  if (seed.seconds === 0) return ', seeded by an earlier run';
  const rate = Math.round(seed.resources / seed.seconds);
  const size = seed.databaseBytes === undefined ? '' : `; data folder ${Math.round(seed.databaseBytes / 2 ** 20)} MiB`;
  return `, seeded in ${seed.seconds.toFixed(1)} s (${rate} resources/s) by transactions of one patient each${size}`;
}

function verdictLine({ title, load, target, cpuMs, rate, reached, row }: Verdict): string {
  const { medplum } = target;
  const unit = row === 'transaction' ? ' res/s' : '/s';
  const per = row === 'transaction' ? ' per resource' : '';
  const mark = reached === undefined ? 'CPU not known' : reached ? '✓ reached' : '✗ not reached';
  const split = cpuMs === undefined ? '–' : splitCpu(load, cpuMs);
  const wanted = target.resourcesPerSecond === undefined ? '' : `, ≥ ${target.resourcesPerSecond} res/s`;
  return `| ${title} | ${load.clients} | ≤ ${target.cpuMs}${per}${wanted} | ${ms(cpuMs)} | ${split} | ${medplum.serverMs} + ${medplum.postgresMs} | ${whole(rate)}${unit} | ${whole(medplum.rate)}${unit} | ${mark}${load.errors > 0 ? ` (${load.errors} errors)` : ''} |`;
}

function splitCpu(load: LoadResult, cpuMs: number): string {
  const server = load.serverCpuMs ?? 0;
  const postgres = load.postgresCpuMs ?? 0;
  const scale = server + postgres === 0 ? 1 : cpuMs / (server + postgres);
  return `${ms(server * scale)} + ${ms(postgres * scale)}`;
}

function loadLine(row: RowResult, load: LoadResult): string {
  const times = [load.p50Ms, load.p99Ms, load.maxMs].map((value) => value.toFixed(1));
  const cpu = [load.serverCpuMs, load.postgresCpuMs, load.generatorCpuMs].map(ms);
  const cells = [row.title, load.clients, whole(load.perSecond), ...times, ...cpu, load.requests, load.checkedInFull, load.errors];
  return `| ${cells.join(' | ')} |`;
}

function errorLine(row: RowResult, load: LoadResult): string {
  const kinds = Object.entries(load.errorKinds).map(([kind, count]) => `${count} × ${kind}`);
  return `- ${row.title}, ${load.clients} clients: ${kinds.join('; ')}`;
}

function ms(value: number | undefined): string {
  return value === undefined ? '–' : value.toFixed(value < 0.995 ? 2 : 1);
}

function whole(value: number): string {
  return Math.round(value).toLocaleString('en');
}
