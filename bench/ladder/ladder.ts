// `bench ladder`: does a search grow slower as the hospital grows? The same questions at 1,000, 4,000, 16,000 and 64,000 patients.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { gatherFacts, type Facts } from '../measure/facts.ts';
import { runLoad, type LoadResult } from '../measure/load.ts';
import { awaitQuiet } from '../measure/await-quiet.ts';
import { startSen, type RunningServer } from '../measure/own-server.ts';
import { cpuReader } from '../measure/processes.ts';
import { seed, type Seeded } from '../record/seed.ts';
import { ladderQueries } from './queries.ts';

export const ladderUsage = `bench ladder [options]
  --steps 1000,4000,…     patients at each step (1000,4000,16000,64000), about 33 resources each
  --seconds N             measured time of a question (4); --warm-up N before it (1)
  --settle N              seconds of rest after seeding (20)
  --label NAME            results/ladder-NAME.json and .md (sen); --results FOLDER elsewhere than in bench/results`;

interface Cell extends LoadResult {
  readonly name: string;
  readonly title: string;
}

interface Step {
  readonly patients: number;
  readonly resources: number;
  readonly seedSeconds: number;
  readonly perSecond: number;
  readonly jsonBytes: number;
  readonly storedBytes: number;
  readonly serverRssMiB: number | undefined;
  readonly cells: readonly Cell[];
}

/** Median at the top against that at the bottom; p99 against p50 (issue: 1.5 and 5). */
const limits = { topToBottom: 1.5, tail: 5, disk: 2.5 } as const;

/** Climbs the ladder and writes its results. Exit code 1 when a reply was wrong. */
export async function ladder(args: readonly string[], resultsFolder: string): Promise<number> {
  const text = { type: 'string' as const };
  const { values } = parseArgs({ args: [...args], options: { steps: text, seconds: text, 'warm-up': text, settle: text, label: text, results: text } });
  const sizes = (values.steps ?? '1000,4000,16000,64000').split(',').map(Number);
  const server = await startSen(say);
  try {
    const facts = gatherFacts();
    const steps: Step[] = [];
    let people: readonly Seeded[] = [];
    for (const size of sizes) {
      const [step, known] = await climb(server, size, people, { seconds: Number(values.seconds ?? 4), warmUp: Number(values['warm-up'] ?? 1), settle: Number(values.settle ?? 20) }, steps.at(-1)?.resources ?? 0);
      steps.push(step);
      people = known;
    }
    const label = values.label ?? 'sen';
    const folder = values.results ?? resultsFolder;
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, `ladder-${label}.json`), `${JSON.stringify({ label, facts, steps }, undefined, 2)}\n`);
    writeFileSync(join(folder, `ladder-${label}.md`), markdown(label, facts, steps));
    return steps.some(({ cells }) => cells.some(({ errors, requests }) => errors > 0 || requests === 0)) ? 1 : 0;
  } finally {
    await server.stop();
  }
}

interface Times {
  readonly seconds: number;
  readonly warmUp: number;
  readonly settle: number;
}

async function climb(server: RunningServer, patients: number, known: readonly Seeded[], times: Times, before: number): Promise<[Step, readonly Seeded[]]> {
  say(`seeding up to ${patients} patients …`);
  const seeded = await seed({ base: server.base, token: server.token, patients, population: 'ladder-1', clients: 8, known, tell: say });
  await awaitQuiet(server, times.settle);
  await server.restart?.();
  await awaitQuiet(server, 3);
  const cells: Cell[] = [];
  for (const { name, title, next } of ladderQueries({ base: server.base, token: server.token, people: seeded.people })) {
    const cpu = cpuReader(server.server, server.postgres);
    const load = await runLoad({ base: server.base, clients: 1, warmUpMs: times.warmUp * 1000, measureMs: times.seconds * 1000, next, cpu });
    cells.push({ name, title, ...load });
    say(`${String(patients).padStart(6)} ${name.padEnd(12)} p50 ${load.p50Ms.toFixed(2)} p99 ${load.p99Ms.toFixed(2)} ms, CPU ${load.serverCpuMs?.toFixed(2)} + ${load.postgresCpuMs?.toFixed(2)}${load.errors > 0 ? ` ${load.errors} ERRORS ${Object.keys(load.errorKinds)[0]}` : ''}`);
  }
  const size = await server.storedBytes?.();
  const step: Step = {
    patients,
    resources: before + seeded.resources,
    seedSeconds: seeded.seconds,
    perSecond: seeded.resources / seeded.seconds,
    jsonBytes: size?.json ?? 0,
    storedBytes: size?.stored ?? 0,
    serverRssMiB: server.rssMiB?.(),
    cells,
  };
  return [step, seeded.people];
}

function markdown(label: string, facts: Facts, steps: readonly Step[]): string {
  const names = steps[0]?.cells.map(({ name }) => name) ?? [];
  const cell = (step: Step | undefined, name: string) => step?.cells.find((one) => one.name === name);
  const [bottom, top] = [steps[0], steps.at(-1)];
  const lines = names.map((name) => {
    const medians = steps.map((step) => cell(step, name)?.p50Ms.toFixed(2) ?? '–');
    const growth = (cell(top, name)?.p50Ms ?? NaN) / (cell(bottom, name)?.p50Ms ?? NaN);
    const tail = (cell(top, name)?.p99Ms ?? NaN) / (cell(top, name)?.p50Ms ?? NaN);
    const cpu = (one: Cell | undefined) => (one?.serverCpuMs === undefined ? '–' : (one.serverCpuMs + (one.postgresCpuMs ?? 0)).toFixed(2));
    return `| ${[cell(bottom, name)?.title, ...medians, mark(growth, limits.topToBottom), mark(tail, limits.tail), `${cpu(cell(bottom, name))} → ${cpu(cell(top, name))}`].join(' | ')} |`;
  });
  return [
    `# Ladder: ${label}`, '',
    `${facts.date}, commit ${facts.commit}. ${facts.processor}, ${facts.cores} cores, ${facts.ramGiB} GiB, load average ${facts.loadAverage} before; Node ${facts.node}; ${facts.system}.`, '',
    'One client, closed loop, values sampled from the people who are there; server and database restarted before the questions of each step. Load generator on the same machine.',
    `The limits: the median at the top at most ${limits.topToBottom} times that at the bottom, p99 at most ${limits.tail} times p50, disk at most ${limits.disk} times the JSON.`, '',
    `| question: p50 in ms at … patients | ${steps.map(({ patients }) => patients.toLocaleString('en')).join(' | ')} | top : bottom | p99 : p50 at the top | CPU ms, bottom → top |`,
    `|---|${steps.map(() => '--:').join('|')}|--:|--:|--:|`,
    ...lines, '',
    '| patients | resources | seeded at, resources/s | JSON MiB | stored MiB | stored : JSON | server RSS MiB |', '|--:|--:|--:|--:|--:|--:|--:|',
    ...steps.map((step) => `| ${[step.patients.toLocaleString('en'), step.resources.toLocaleString('en'), Math.round(step.perSecond), mib(step.jsonBytes), mib(step.storedBytes), mark(step.storedBytes / step.jsonBytes, limits.disk), step.serverRssMiB?.toFixed(0) ?? '–'].join(' | ')} |`),
    '',
  ].join('\n');
}

function mark(ratio: number, limit: number): string {
  return `${ratio.toFixed(2)} ${ratio <= limit ? '✓' : '✗'}`;
}

function mib(bytes: number): string {
  return Math.round(bytes / 2 ** 20).toLocaleString('en');
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
