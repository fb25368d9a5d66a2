// `bench record`: anchors §1, row by row, against our own server or any other.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { gatherFacts } from '../measure/facts.ts';
import { runLoad, type LoadResult } from '../measure/load.ts';
import { countProcesses, cpuReader, type CpuTimes, type ProcessChoice } from '../measure/processes.ts';
import { awaitQuiet } from '../measure/await-quiet.ts';
import { startSen, type RunningServer } from '../measure/own-server.ts';
import { cpuOf, judge, rowResult, type RowResult } from './compare.ts';
import { readOptions, type RecordOptions } from './options.ts';
import { writeReport } from './report.ts';
import { makeRows, type Row } from './rows.ts';
import { recallSeed, seed, type SeedResult } from './seed.ts';

/** Runs the bench and writes its results. Exit code 1 when any reply was wrong. */
export async function record(args: readonly string[], resultsFolder: string): Promise<number> {
  const options = readOptions(args, resultsFolder);
  const server = options.base === undefined ? await startSen(say) : otherServer(options, options.base);
  try {
    const facts = gatherFacts();
    const cpu = cpuOrWarning(server);
    const seeded = await seedOrRecall(options, server);
    const databaseBytes = server.dataBytes?.();
    const rows = chooseRows(makeRows({ base: server.base, token: server.token, seeded, nonce: `r${Date.now().toString(36)}` }), options.only);
    const results = await measureRows(rows, options, server, cpu);
    const paths = writeReport(options.results, {
      label: options.label,
      server: server.describe,
      facts,
      seed: { patients: seeded.people.length, resources: seeded.resources, seconds: seeded.seconds, ...(databaseBytes === undefined ? {} : { databaseBytes }) },
      warmUpSeconds: options.warmUpSeconds,
      measureSeconds: options.seconds,
      rows: results,
    });
    return conclude(results, paths);
  } finally {
    await server.stop();
  }
}

function otherServer(options: RecordOptions, base: URL): RunningServer {
  return { base, token: options.token, describe: base.host, server: options.server, postgres: options.postgres, stop: () => Promise.resolve() };
}

function cpuOrWarning(server: RunningServer): (() => CpuTimes) | undefined {
  const asked = (choice: ProcessChoice) => choice.pids.length > 0 || choice.match !== undefined;
  if (!asked(server.server) || !asked(server.postgres)) {
    say('CPU is not measured: name the processes by --server-match and --postgres-match (or -pid).');
    return undefined;
  }
  const reader = cpuReader(server.server, server.postgres);
  if (reader === undefined) {
    say('CPU is not measured: this system has no /proc.');
    return undefined;
  }
  const found = countProcesses(server.server, server.postgres);
  if (found.server === 0 || found.postgres === 0) throw new Error(`${found.server} processes of the server and ${found.postgres} of PostgreSQL match: the figures would be too good`);
  say(`CPU of ${found.server} processes of the server and ${found.postgres} of PostgreSQL.`);
  return reader;
}

async function seedOrRecall(options: RecordOptions, server: RunningServer): Promise<SeedResult> {
  if (options.seedFile !== undefined && existsSync(options.seedFile)) {
    const remembered = JSON.parse(readFileSync(options.seedFile, 'utf8')) as { population: string; ids: string[] };
    return recallSeed(remembered.population, remembered.ids);
  }
  say(`seeding ${options.patients} patients …`);
  const seeded = await seed({ base: server.base, token: server.token, patients: options.patients, population: 'bench-1', clients: 4, tell: say });
  say(`seeded ${seeded.resources} resources in ${seeded.seconds.toFixed(1)} s, ${Math.round(seeded.resources / seeded.seconds)} resources/s`);
  say(`resting ${options.settleSeconds} s …`);
  await awaitQuiet(server, options.settleSeconds);
  if (options.seedFile !== undefined) {
    writeFileSync(options.seedFile, JSON.stringify({ population: seeded.population, ids: seeded.people.map((one) => one.id) }));
  }
  return seeded;
}

function chooseRows(rows: readonly Row[], only: readonly string[] | undefined): readonly Row[] {
  const unknown = only?.find((name) => !rows.some((row) => row.name === name));
  if (unknown !== undefined) throw new Error(`no row is called "${unknown}": ${rows.map((row) => row.name).join(' ')}`);
  return only === undefined ? rows : rows.filter((row) => only.includes(row.name));
}

async function measureRows(rows: readonly Row[], options: RecordOptions, server: RunningServer, cpu: (() => CpuTimes) | undefined): Promise<RowResult[]> {
  const results = new Map<Row, RowResult>();
  for (const row of [...rows].sort((a, b) => Number(a.writes) - Number(b.writes))) {
    const loads: LoadResult[] = [];
    for (const clients of [...new Set([...options.clients, ...(row.alsoClients ?? [])])].sort((a, b) => a - b)) {
      const plan = { base: server.base, clients, warmUpMs: options.warmUpSeconds * 1000, measureMs: options.seconds * 1000, next: row.next, cpu };
      const load = await runLoad(plan);
      loads.push(load);
      say(loadLine(row, load));
    }
    results.set(row, rowResult(row, loads));
  }
  return rows.map((row) => results.get(row) as RowResult);
}

function loadLine(row: Row, load: LoadResult): string {
  const cpu = cpuOf(load);
  const split = cpu === undefined ? '' : `  CPU ${load.serverCpuMs?.toFixed(2)} + ${load.postgresCpuMs?.toFixed(2)} ms (generator ${load.generatorCpuMs.toFixed(2)})`;
  const bad = load.errors === 0 ? '' : `  ${load.errors} ERRORS: ${Object.keys(load.errorKinds)[0]}`;
  const rate = `${Math.round(load.perSecond)}/s`.padStart(8);
  return `${row.name.padEnd(12)} ${String(load.clients).padStart(2)} clients ${rate}  p50 ${load.p50Ms.toFixed(1)}  p99 ${load.p99Ms.toFixed(1)} ms${split}${bad}`;
}

function conclude(results: readonly RowResult[], paths: readonly string[]): number {
  const verdicts = judge(results);
  const missed = verdicts.filter((one) => one.reached === false).map((one) => one.row);
  say(`targets reached: ${verdicts.filter((one) => one.reached).length} of ${verdicts.length}${missed.length > 0 ? `; not: ${missed.join(', ')}` : ''}`);
  say(`written: ${paths.join(', ')}`);
  return results.some((row) => row.loads.some((load) => load.errors > 0 || load.requests === 0)) ? 1 : 0;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
