// `bench import`: how fast a folder of FHIR files goes into an empty record, and what it costs.
import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { gatherFacts } from '../measure/facts.ts';
import { houseEnvironment, makeDataFolder } from '../measure/own-server.ts';
import { cpuReader, postmastersIn } from '../measure/processes.ts';

export const importUsage = `bench import [options] <files or folders>
  --label NAME            results/import-NAME.json and .md (name of the first folder); --results FOLDER elsewhere than in bench/results`;

interface Report {
  readonly beganAt: string;
  readonly seconds: number;
  readonly resources: number;
  readonly created: number;
  readonly unchanged: number;
  readonly refused: number;
  readonly cpuMs: number;
  readonly files: readonly unknown[];
}

interface Pass {
  readonly pass: string;
  readonly seconds: number;
  readonly resources: number;
  readonly created: number;
  readonly unchanged: number;
  readonly refused: number;
  readonly perSecond: number;
  /** CPU ms a resource; those of PostgreSQL include what it did in the background. */
  readonly serverCpuMs: number;
  readonly postgresCpuMs: number | undefined;
}

const cli = fileURLToPath(new URL('../../server/src/cli.ts', import.meta.url));

/** Imports into an empty record, then once more, and writes both. Exit code 2 when the import refused something. */
export async function importFolder(args: readonly string[], resultsFolder: string): Promise<number> {
  const text = { type: 'string' as const };
  const { values, positionals } = parseArgs({ args: [...args], options: { label: text, results: text }, allowPositionals: true });
  if (positionals.length === 0) throw new Error(`name files or folders to import\n${importUsage}`);
  const data = makeDataFolder();
  try {
    const facts = gatherFacts();
    const passes = [await pass('first, into an empty record', data, positionals), await pass('second, everything known', data, positionals)];
    const label = values.label ?? basename(resolve(positionals[0] as string));
    const folder = values.results ?? resultsFolder;
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, `import-${label}.json`), `${JSON.stringify({ label, facts, passes }, undefined, 2)}\n`);
    writeFileSync(join(folder, `import-${label}.md`), markdown(label, facts, passes));
    process.stdout.write(`${table(passes).join('\n')}\n`);
    return passes.some((one) => one.refused > 0) ? 2 : 0;
  } finally {
    rmSync(data, { recursive: true, force: true });
  }
}

async function pass(name: string, data: string, names: readonly string[]): Promise<Pass> {
  const reportPath = join(data, 'bench-report.json');
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', cli, 'import', '--report', reportPath, ...names], { env: houseEnvironment(data), stdio: 'inherit' });
  const samples: { readonly at: number; readonly ms: number }[] = [];
  const timer = setInterval(() => {
    const reader = cpuReader({ pids: [] }, { pids: postmastersIn(data) });
    if (reader) samples.push({ at: Date.now(), ms: reader().postgresMs });
  }, 100);
  const code = await new Promise<number | null>((done) => child.once('exit', done)).finally(() => clearInterval(timer));
  if (code !== 0 && code !== 2) throw new Error(`the import ended with ${code}`);
  const report = JSON.parse(readFileSync(reportPath, 'utf8')) as Report;
  const { seconds, resources, created, unchanged, refused } = report;
  const postgresMs = postgresTime(samples, Date.parse(report.beganAt), seconds * 1000);
  return {
    pass: name, seconds, resources, created, unchanged, refused,
    perSecond: resources / seconds,
    serverCpuMs: report.cpuMs / resources,
    postgresCpuMs: postgresMs === undefined ? undefined : postgresMs / resources,
  };
}

/** Start and stop of PostgreSQL lie outside the import: only what it used between the import's begin and end counts. */
function postgresTime(samples: readonly { at: number; ms: number }[], began: number, tookMs: number): number | undefined {
  const before = samples.findLast((one) => one.at <= began);
  const after = samples.find((one) => one.at >= began + tookMs && one.ms > 0) ?? samples.findLast((one) => one.ms > 0);
  return before && after ? after.ms - before.ms : undefined;
}

function table(passes: readonly Pass[]): string[] {
  return [
    '| pass | seconds | resources | created | unchanged | refused | resources/s | CPU ms a resource: import | PostgreSQL |',
    '|---|--:|--:|--:|--:|--:|--:|--:|--:|',
    ...passes.map((one) => `| ${[one.pass, one.seconds.toFixed(1), one.resources, one.created, one.unchanged, one.refused, Math.round(one.perSecond), one.serverCpuMs.toFixed(2), one.postgresCpuMs?.toFixed(2) ?? '–'].join(' | ')} |`),
  ];
}

function markdown(label: string, facts: ReturnType<typeof gatherFacts>, passes: readonly Pass[]): string {
  return [
    `# Import bench: ${label}`,
    '',
    `${facts.date}, commit ${facts.commit}. ${facts.processor}, ${facts.cores} cores, ${facts.ramGiB} GiB, load average ${facts.loadAverage} before; Node ${facts.node}; ${facts.system}.`,
    '',
    'Reading, unpacking, resolving references, checking, storing and ANALYZE are included; starting the house is not.',
    '',
    ...table(passes),
    '',
  ].join('\n');
}
