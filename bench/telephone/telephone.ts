// `bench telephone`: how many calls of the voice menu one process of Sen carries: SIPp calls, telephones of a process of their own speak, listen and book.
import { fork, spawn, type ChildProcess } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { generateHospital } from '@sen/demo';
import { ensureDemoSchedules } from '../../server/src/modules/booking/index.ts';
import { importResources } from '../../server/src/modules/record/index.ts';
import type { House } from '../../server/src/platform/module.ts';
import { sippPath } from '../../tests/support/find-sipp.ts';
import { gatherFacts, type Facts } from '../measure/facts.ts';
import { startSen, type RunningServer } from '../measure/own-server.ts';
import { cpuReader } from '../measure/processes.ts';
import type { PhoneFigures, Spread } from './figures.ts';

export const telephoneUsage = `bench telephone [options]
  --calls N               calls in all, each books once (300)
  --at-once N             calls at the same time (100)
  --rate N                new calls a second at most (10)
  --seconds N             length of a call (30)
  --label NAME            results/telephone-NAME.json and .md (sen); --results FOLDER elsewhere than in bench/results`;

interface Plan {
  readonly calls: number;
  readonly atOnce: number;
  readonly rate: number;
  readonly seconds: number;
}

interface Measured extends Plan {
  readonly phones: PhoneFigures;
  /** As SIPp counts: calls that went by the book, and others. */
  readonly successful: number;
  readonly failed: number;
  readonly booked: number;
  /** Why the menu gave callers to the operators, of whom the bench has none: it says goodbye. */
  readonly handedOver: Readonly<Record<string, number>>;
  readonly windowSeconds: number;
  /** Share of one core while all calls are up. */
  readonly serverCores: number;
  readonly postgresCores: number;
}

const firstMediaPort = 42_000;

/** Measures and writes the results. Exit code 1 when a call failed or a packet was missing. */
export async function telephone(args: readonly string[], resultsFolder: string): Promise<number> {
  const text = { type: 'string' as const };
  const { values } = parseArgs({ args: [...args], options: { calls: text, 'at-once': text, rate: text, seconds: text, label: text, results: text } });
  const plan = { calls: Number(values.calls ?? 300), atOnce: Number(values['at-once'] ?? 100), rate: Number(values.rate ?? 10), seconds: Number(values.seconds ?? 30) };
  const facts = gatherFacts();
  const sipPort = await freePort();
  const server = await startSen(say, { env: { SEN_SIP_PORT: String(sipPort), SEN_SIP_CALLS_MAX: String(plan.atOnce), SEN_SIP_OPERATOR: '' } });
  try {
    say(`a hospital with schedules, ${plan.calls} people …`);
    await server.withHouse!((house) => stage(house, plan.calls));
    await server.restart!(); // a process reads its rooms when it starts
    const measured = await measure(server, sipPort, plan);
    const label = values.label ?? 'sen';
    const folder = values.results ?? resultsFolder;
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, `telephone-${label}.json`), `${JSON.stringify({ label, facts, ...measured }, undefined, 2)}\n`);
    writeFileSync(join(folder, `telephone-${label}.md`), markdown(label, facts, measured));
    process.stdout.write(markdown(label, facts, measured));
    return measured.failed === 0 && measured.phones.lost === 0 && measured.phones.answered === plan.calls ? 0 : 1;
  } finally {
    await server.stop();
  }
}

/** The demo hospital with its weekly schedules, and a person for each telephone. */
async function stage(house: House, calls: number): Promise<void> {
  const work = house.systemWork();
  for (const batch of generateHospital({ seed: 7, now: work.now, patients: 2 })) await importResources(work, batch);
  await ensureDemoSchedules(work);
  const people = Array.from({ length: calls }, (_, at) => ({
    resourceType: 'Patient' as const, id: `caller-${at}`, active: true, name: [{ text: 'Trần Thị Hạnh' }], gender: 'female', birthDate: '1968-03-14',
    telecom: [{ system: 'phone', value: `09${10_000_000 + at}` }],
  }));
  for (let at = 0; at < people.length; at += 100) await importResources(work, people.slice(at, at + 100));
}

async function measure(server: RunningServer, sipPort: number, plan: Plan): Promise<Measured> {
  const folder = mkdtempSync(join(tmpdir(), 'sen-bench-calls-'));
  const phones = fork(new URL('./phones.ts', import.meta.url), [String(firstMediaPort), String(plan.calls)], { execArgv: ['--disable-warning=ExperimentalWarning'] });
  try {
    await once(phones, 'message');
    const read = cpuReader(server.server, server.postgres);
    if (read === undefined) throw new Error('CPU can only be read on Linux');
    const sipp = callAll(folder, sipPort, plan);
    // All calls are up from the end of the ramp until the first of the last ones cannot be followed by another.
    const ramp = plan.atOnce / plan.rate;
    const windowSeconds = Math.max(5, plan.seconds * (plan.calls / plan.atOnce) - ramp - 4);
    await pause(ramp + 2);
    const [before, began] = [read(), performance.now()];
    await pause(windowSeconds);
    const [after, lasted] = [read(), performance.now() - began];
    const counted = await sipp;
    await pause(1);
    return {
      ...plan, ...counted, phones: await figuresOf(phones), ...(await server.withHouse!(countOutcomes)), windowSeconds: lasted / 1000,
      serverCores: (after.serverMs - before.serverMs) / lasted, postgresCores: (after.postgresMs - before.postgresMs) / lasted,
    };
  } finally {
    phones.kill();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Lets SIPp make the calls; gives how it counted them. */
async function callAll(folder: string, sipPort: number, { calls, atOnce, rate, seconds }: Plan): Promise<{ successful: number; failed: number }> {
  writeFileSync(join(folder, 'call.xml'), readFileSync(new URL('./call.xml', import.meta.url), 'utf8').replace('SECONDS', String(seconds)));
  writeFileSync(join(folder, 'people.csv'), ['SEQUENTIAL', ...Array.from({ length: calls }, (_, at) => `09${10_000_000 + at};${firstMediaPort + at * 2}`)].join('\n'));
  const options = ['-sf', 'call.xml', '-inf', 'people.csv', '-m', String(calls), '-l', String(atOnce), '-r', String(rate), '-i', '127.0.0.1', '-mi', '127.0.0.1', '-nostdin', '-trace_stat', '-fd', '1', '-stf', 'stat.csv', '-timeout', '900'];
  const sipp = spawn(sippPath(), [`127.0.0.1:${sipPort}`, ...options], { cwd: folder, stdio: 'ignore' });
  await once(sipp, 'exit');
  const [head = '', ...lines] = readFileSync(join(folder, 'stat.csv'), 'utf8').trim().split('\n');
  const [names, last] = [head.split(';'), lines.at(-1)?.split(';') ?? []];
  const of = (name: string) => Number(last[names.indexOf(name)] ?? 0);
  return { successful: of('SuccessfulCall(C)'), failed: of('FailedCall(C)') };
}

async function figuresOf(phones: ChildProcess): Promise<PhoneFigures> {
  const told = once(phones, 'message');
  phones.send('stop');
  return ((await told) as [PhoneFigures])[0];
}

async function countOutcomes({ database }: House): Promise<{ booked: number; handedOver: Record<string, number> }> {
  const { rows } = await database.query<{ booked: number }>({ text: `SELECT count(*)::int AS booked FROM booking.appointment WHERE channel = 'phone'` });
  const { rows: reasons } = await database.query<{ why: string; calls: number }>({ text: 'SELECT handed_over AS why, count(*)::int AS calls FROM booking.call WHERE handed_over IS NOT NULL GROUP BY 1 ORDER BY 1' });
  return { booked: rows[0]!.booked, handedOver: Object.fromEntries(reasons.map(({ why, calls }) => [why, calls])) };
}

async function freePort(): Promise<number> {
  const socket = createSocket('udp4');
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
  const { port } = socket.address();
  socket.close();
  return port;
}

function pause(seconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, seconds * 1000));
}

function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

function markdown(label: string, facts: Facts, m: Measured): string {
  const of = ({ p50, p99, most }: Spread) => `${p50.toFixed(1)} / ${p99.toFixed(1)} / ${most.toFixed(1)}`;
  const rows: [string, string][] = [
    [`calls, ${m.atOnce} at once, ${m.seconds} s each, at most ${m.rate} new ones a second`, String(m.calls)],
    ['answered with sound', String(m.phones.answered)],
    ['ended as the caller wished, by SIPp’s count / otherwise', `${m.successful} / ${m.failed}`],
    ['went through the whole menu / appointments booked', `${m.phones.wholeBookings} / ${m.booked}`],
    ['given to an operator by the menu, of its own reasons', Object.entries(m.handedOver).map(([why, calls]) => `${why} ${calls}`).join(', ') || 'none'],
    ['RTP packets received / missing', `${m.phones.packets} / ${m.phones.lost}`],
    ['jitter of a call (RFC 3550), ms: median / 99th of 100 / most', of(m.phones.jitterMs)],
    ['spacing of two packets away from 20 ms, ms', of(m.phones.deviationMs)],
    ['of which the telephones’ own clock may be, ms', of(m.phones.ownLatenessMs)],
    [`from a key to the first sound of the answer, ms (${m.phones.answers} answers)`, of(m.phones.answerMs)],
    [`CPU of the server, of PostgreSQL, in cores, over ${m.windowSeconds.toFixed(0)} s`, `${m.serverCores.toFixed(2)}, ${m.postgresCores.toFixed(2)}`],
  ];
  return `# bench telephone, ${label}

${facts.date}, commit ${facts.commit}, ${facts.cores} cores ${facts.processor}, load ${facts.loadAverage} before, Node ${facts.node}

| measured | |
|---|---|
${rows.map(([name, value]) => `| ${name} | ${value} |`).join('\n')}

Server, PostgreSQL, SIPp and the telephones shared the machine.
`;
}
