// `bench soak`: an hour of what a hospital does, at a steady rate; does the server's memory stay flat?
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { openConnection } from '../measure/connection.ts';
import { gatherFacts, type Facts } from '../measure/facts.ts';
import type { Shot } from '../measure/load.ts';
import { startSen, type RunningServer } from '../measure/own-server.ts';
import { makeRows } from '../record/rows.ts';
import { seed } from '../record/seed.ts';

export const soakUsage = `bench soak [options]
  --minutes N             how long (60)
  --rate N                requests a second in all (60)
  --patients N            patients to seed (2000)
  --label NAME            results/soak-NAME.json and .md (sen); --results FOLDER elsewhere than in bench/results`;

interface Sample {
  readonly minute: number;
  readonly rssMiB: number;
  readonly requests: number;
  readonly errors: number;
}

/** Requests of each row in a round of the mix: mostly reads and searches, as wards and clinics ask. */
const mix: Readonly<Record<string, number>> = { read: 12, name: 4, identifier: 4, observation: 8, sorted: 4, revinclude: 3, chained: 1, everything: 1, create: 3, update: 4, transaction: 1 };

/** Growth allowed between the first tenth after the warm-up and the last tenth. */
const growthMax = 1.1;

/** Runs the load and writes how memory went. Exit code 1 when a reply was wrong or memory grew by 10 % or more. */
export async function soak(args: readonly string[], resultsFolder: string): Promise<number> {
  const text = { type: 'string' as const };
  const { values } = parseArgs({ args: [...args], options: { minutes: text, rate: text, patients: text, label: text, results: text } });
  const [minutes, rate] = [Number(values.minutes ?? 60), Number(values.rate ?? 60)];
  const server = await startSen(say);
  try {
    const facts = gatherFacts();
    const seeded = await seed({ base: server.base, token: server.token, patients: Number(values.patients ?? 2000), population: 'soak-1', clients: 4, tell: say });
    const rows = makeRows({ base: server.base, token: server.token, seeded, nonce: 'soak' });
    const shots = Object.entries(mix).flatMap(([name, times]) => new Array<(client: number) => Shot>(times).fill(rows.find((row) => row.name === name)!.next));
    const { samples, faults } = await load(server, shots, minutes, rate);
    const growth = growthOf(samples);
    const label = values.label ?? 'sen';
    const folder = values.results ?? resultsFolder;
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, `soak-${label}.json`), `${JSON.stringify({ label, facts, minutes, rate, growth, faults: Object.fromEntries(faults), samples }, undefined, 2)}\n`);
    writeFileSync(join(folder, `soak-${label}.md`), markdown(label, facts, { minutes, rate, growth, faults }, samples));
    say(`resident memory: ${growth.toFixed(3)} times the beginning`);
    return faults.size > 0 || growth >= growthMax ? 1 : 0;
  } finally {
    await server.stop();
  }
}

async function load(server: RunningServer, shots: readonly ((client: number) => Shot)[], minutes: number, rate: number): Promise<{ samples: Sample[]; faults: Map<string, number> }> {
  const samples: Sample[] = [];
  const faults = new Map<string, number>();
  const began = performance.now();
  const until = began + minutes * 60_000;
  let sent = 0;
  const client = async (number: number): Promise<void> => {
    const connection = openConnection(server.base);
    for (;;) {
      const due = began + (sent++ * 1000) / rate;
      if (due >= until) break;
      await setTimeout(Math.max(0, due - performance.now()));
      const shot = shots[(sent * 7) % shots.length]!(number);
      const fault = await connection.send(shot.request).then((reply) => shot.check(reply, sent % 16 === 0), (error: Error) => `no reply: ${error.message}`);
      if (fault !== undefined) faults.set(fault, (faults.get(fault) ?? 0) + 1);
    }
    connection.close();
  };
  const watch = setInterval(() => {
    samples.push({ minute: (performance.now() - began) / 60_000, rssMiB: server.rssMiB?.() ?? 0, requests: sent, errors: [...faults.values()].reduce((a, b) => a + b, 0) });
  }, 15_000);
  await Promise.all(Array.from({ length: 8 }, (_, number) => client(number)));
  clearInterval(watch);
  return { samples, faults };
}

// The heap fills to its working size in the first minutes: growth is counted from after the first tenth.
function growthOf(samples: readonly Sample[]): number {
  const tenth = Math.max(1, Math.floor(samples.length / 10));
  const mean = (part: readonly Sample[]) => part.reduce((total, { rssMiB }) => total + rssMiB, 0) / Math.max(1, part.length);
  return mean(samples.slice(-tenth)) / mean(samples.slice(tenth, 2 * tenth));
}

interface Outcome {
  readonly minutes: number;
  readonly rate: number;
  readonly growth: number;
  readonly faults: ReadonlyMap<string, number>;
}

function markdown(label: string, facts: Facts, { minutes, rate, growth, faults }: Outcome, samples: readonly Sample[]): string {
  const shown = samples.filter((_sample, i) => i % Math.max(1, Math.floor(samples.length / 20)) === 0);
  return [
    `# Soak: ${label}`, '',
    `${facts.date}, commit ${facts.commit}. ${facts.processor}, ${facts.cores} cores, ${facts.ramGiB} GiB; Node ${facts.node}; ${facts.system}.`, '',
    `${minutes} minutes of mixed load at ${rate} requests/s (${Object.entries(mix).map(([name, times]) => `${times} ${name}`).join(', ')} in turn); ${samples.at(-1)?.requests ?? 0} requests, ${[...faults.values()].reduce((a, b) => a + b, 0)} faults.`,
    `Resident memory of the server in the last tenth: **${growth.toFixed(3)} times** that of the second tenth; less than ${growthMax} is asked. ${growth < growthMax ? '✓' : '✗'}`, '',
    '| minute | resident MiB | requests so far |', '|--:|--:|--:|',
    ...shown.map(({ minute, rssMiB, requests }) => `| ${minute.toFixed(1)} | ${rssMiB.toFixed(0)} | ${requests} |`),
    ...(faults.size === 0 ? [] : ['', ...[...faults].map(([fault, count]) => `- ${count} × ${fault}`)]),
    '',
  ].join('\n');
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
