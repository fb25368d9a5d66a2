// kill -9 of the server and of PostgreSQL, in turn and together, while clients write.
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { issueToken } from '../../server/src/modules/security/index.ts';
import { readSettings } from '../../server/src/platform/config.ts';
import { readPostmasterPid } from '../../server/src/platform/postgres/leftover.ts';
import { processesIn, waitUntil } from '../../server/src/platform/processes.ts';
import { withHouse } from '../../server/src/start/with-house.ts';
import { brokenPromises } from './check-promises.ts';
import { emptyPromises, keepWriting } from './writer.ts';
import type { Promised, Target } from './writer.ts';
import { freePort } from '../../server/src/platform/free-port.ts';

export interface KillPlan {
  readonly dataFolder: string;
  readonly rounds: number;
  readonly writers: number;
  /** Longest pause before a kill, in ms. */
  readonly pauseMs: number;
  readonly say: (line: string) => void;
}

export interface KillReport {
  readonly kills: Readonly<Record<Victim, number>>;
  readonly acknowledgedUpdates: number;
  readonly acknowledgedBundles: number;
  readonly broken: readonly string[];
}

type Victim = 'server' | 'postgres' | 'both' | 'backend';
const victims: readonly Victim[] = ['server', 'postgres', 'both', 'backend'];
const root = fileURLToPath(new URL('../../', import.meta.url));

/** Runs the rounds and checks every promise afterwards. Leaves the data folder, stopped. */
export async function killInRounds(plan: KillPlan): Promise<KillReport> {
  const env = { SEN_DATA: plan.dataFolder, SEN_PORT: String(await freePort()), SEN_DEMO: 'false', SEN_BUILD_WEB: 'false', SEN_POSTGRES_MEMORY_MB: '128', SEN_LOG_LEVEL: 'fatal' };
  const token = await withHouse(readSettings(env), makeToken);
  const target: Target = { base: `http://127.0.0.1:${env.SEN_PORT}`, token };
  const promised = emptyPromises();
  let server = await startServer(env, target);
  let over = false;
  const writing = Array.from({ length: plan.writers }, (_, index) => keepWriting(target, `w${index}`, promised, () => over));
  const fault = Promise.all(writing).then(() => undefined, (error: unknown) => error);
  const kills: Record<Victim, number> = { server: 0, postgres: 0, both: 0, backend: 0 };
  for (let round = 0; round < plan.rounds; round++) {
    await pause(50 + Math.random() * plan.pauseMs);
    const victim = victims[round % victims.length] as Victim;
    kills[victim] += 1;
    await killVictim(victim, server, plan.dataFolder);
    if (victim === 'server' || victim === 'both') server = await startServer(env, target);
    else await untilReady(server, target);
    plan.say(`${round + 1}/${plan.rounds} ${victim}: ${countAcknowledged(promised).updates} updates, ${countAcknowledged(promised).bundles} bundles acknowledged`);
  }
  await pause(plan.pauseMs);
  over = true;
  const failure = await fault;
  const broken = [...(failure === undefined ? [] : [String(failure)]), ...(await brokenPromises(target, promised))];
  await stopServer(server);
  const { updates, bundles } = countAcknowledged(promised);
  return { kills, acknowledgedUpdates: updates, acknowledgedBundles: bundles, broken };
}

async function makeToken(house: Parameters<Parameters<typeof withHouse>[1]>[0]): Promise<string> {
  return issueToken(house.systemWork(), undefined, 24);
}

async function killVictim(victim: Victim, server: ChildProcess, dataFolder: string): Promise<void> {
  const cluster = join(dataFolder, 'postgres', 'cluster');
  const postmaster = readPostmasterPid(cluster);
  if (victim === 'backend') return killBackend(postmaster);
  if (victim !== 'server' && postmaster !== undefined) process.kill(postmaster, 'SIGKILL');
  // Only a new number in the file shows that it has come back: until the server notices, it would still call itself ready.
  if (victim === 'postgres') return void (await waitUntil(() => ![undefined, postmaster].includes(readPostmasterPid(cluster)), 60_000));
  const gone = new Promise((resolve) => server.once('exit', resolve));
  server.kill('SIGKILL');
  await gone;
}

/** One child of the postmaster: PostgreSQL then throws all its memory away and recovers, as after a crash. */
function killBackend(postmaster: number | undefined): void {
  if (postmaster === undefined || process.platform !== 'linux') return;
  const family = (processesIn(readlinkSync(`/proc/${postmaster}/cwd`)) ?? []).filter((pid) => pid !== postmaster);
  const chosen = family.at(-1);
  if (chosen !== undefined) process.kill(chosen, 'SIGKILL');
}

interface Words {
  text: string;
}

/** What each server told its terminal last: the reason when one does not come back. */
const lastWords = new WeakMap<ChildProcess, Words>();

async function startServer(env: Readonly<Record<string, string>>, target: Target): Promise<ChildProcess> {
  const child = spawn(process.execPath, [join(root, 'server/src/main.ts')], { cwd: root, env: { ...process.env, ...env }, stdio: ['ignore', 'ignore', 'pipe'] });
  const words: Words = { text: '' };
  child.stderr.on('data', (chunk: Buffer) => (words.text = `${words.text}${chunk.toString()}`.slice(-4000)));
  lastWords.set(child, words);
  await untilReady(child, target);
  return child;
}

async function untilReady(child: ChildProcess, target: Target): Promise<void> {
  const ready = await waitUntil(async () => {
    if (child.exitCode !== null || child.signalCode !== null) throw new Error(`the server ended: ${lastWords.get(child)?.text}`);
    return (await fetch(`${target.base}/readyz`, { signal: AbortSignal.timeout(5_000) }).catch(() => undefined))?.status === 200;
  }, 120_000, 50);
  if (!ready) throw new Error('the server did not become ready');
}

async function stopServer(server: ChildProcess): Promise<void> {
  const gone = new Promise((resolve) => server.once('exit', resolve));
  server.kill('SIGTERM');
  await gone;
}

function countAcknowledged(promised: Promised): { updates: number; bundles: number } {
  const updates = [...promised.updates.values()].reduce((sum, update) => sum + update.acknowledged, 0);
  return { updates, bundles: [...promised.bundles.values()].filter((bundle) => bundle.acknowledged).length };
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
