// Closed-loop load: each client sends, waits, checks, sends again.
import { openConnection, type Connection, type Reply } from './connection.ts';
import type { CpuTimes } from './processes.ts';

export interface Shot {
  readonly request: Buffer;
  /** Says what is wrong with the reply, or nothing. `thorough` on a sample: parse it and compare with what is known to be stored. */
  check(reply: Reply, thorough: boolean): string | undefined;
}

export interface LoadPlan {
  readonly base: URL;
  readonly clients: number;
  readonly warmUpMs: number;
  readonly measureMs: number;
  /** Makes the next request of a client. */
  next(client: number): Shot;
  readonly cpu: (() => CpuTimes) | undefined;
}

export interface LoadResult {
  readonly clients: number;
  readonly seconds: number;
  readonly requests: number;
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly maxMs: number;
  readonly errors: number;
  /** Replies parsed and compared in full. */
  readonly checkedInFull: number;
  /** What went wrong, with its count; the commonest ten. */
  readonly errorKinds: Readonly<Record<string, number>>;
  readonly serverCpuMs?: number;
  readonly postgresCpuMs?: number;
  readonly generatorCpuMs: number;
}

interface Tally {
  measuring: boolean;
  stopped: boolean;
  sent: number;
  readonly latencies: number[];
  readonly errors: Map<string, number>;
  checkedInFull: number;
}

// Parsing a page costs the generator as much as making it costs the server: one in 32 is enough to catch wrong content.
const thoroughEvery = 32;

/** Runs a load for its time and reports rate, latencies, errors and CPU per request. An error stays in the count and in the latencies. */
export async function runLoad(plan: LoadPlan): Promise<LoadResult> {
  const tally: Tally = { measuring: false, stopped: false, sent: 0, latencies: [], errors: new Map(), checkedInFull: 0 };
  const clients = Array.from({ length: plan.clients }, (_, client) => runClient(plan, client, tally));
  await pause(plan.warmUpMs);
  const cpuBefore = plan.cpu?.();
  const ownBefore = process.cpuUsage();
  const began = performance.now();
  tally.measuring = true;
  await pause(plan.measureMs);
  tally.measuring = false;
  const seconds = (performance.now() - began) / 1000;
  const own = process.cpuUsage(ownBefore);
  const cpuAfter = plan.cpu?.();
  tally.stopped = true;
  await Promise.all(clients);
  return summarize(plan, tally, seconds, (own.user + own.system) / 1000, cpuBefore, cpuAfter);
}

async function runClient(plan: LoadPlan, client: number, tally: Tally): Promise<void> {
  const connection = openConnection(plan.base);
  while (!tally.stopped) {
    const thorough = tally.sent++ % thoroughEvery === 0;
    const { tookMs, fault, replied } = await shoot(connection, plan.next(client), thorough);
    if (!replied) await pause(10); // a dead server must not make us spin
    if (!tally.measuring) continue;
    tally.latencies.push(tookMs);
    if (thorough) tally.checkedInFull++;
    if (fault !== undefined) tally.errors.set(fault, (tally.errors.get(fault) ?? 0) + 1);
  }
  connection.close();
}

async function shoot(connection: Connection, shot: Shot, thorough: boolean) {
  const began = performance.now();
  try {
    const reply = await connection.send(shot.request);
    return { tookMs: performance.now() - began, fault: shot.check(reply, thorough), replied: true };
  } catch (error) {
    return { tookMs: performance.now() - began, fault: `no reply: ${(error as Error).message}`, replied: false };
  }
}

function summarize(plan: LoadPlan, tally: Tally, seconds: number, ownMs: number, before?: CpuTimes, after?: CpuTimes): LoadResult {
  const sorted = Float64Array.from(tally.latencies).sort();
  const requests = sorted.length;
  const at = (share: number) => sorted[Math.min(requests - 1, Math.floor(requests * share))] ?? Number.NaN;
  const each = (ms: number) => (requests === 0 ? Number.NaN : ms / requests);
  const commonest = [...tally.errors].sort((a, b) => b[1] - a[1]).slice(0, 10);
  return {
    clients: plan.clients,
    seconds,
    requests,
    perSecond: requests / seconds,
    p50Ms: at(0.5),
    p99Ms: at(0.99),
    maxMs: sorted[requests - 1] ?? Number.NaN,
    errors: [...tally.errors.values()].reduce((total, count) => total + count, 0),
    checkedInFull: tally.checkedInFull,
    errorKinds: Object.fromEntries(commonest),
    ...(before && after
      ? { serverCpuMs: each(after.serverMs - before.serverMs), postgresCpuMs: each(after.postgresMs - before.postgresMs) }
      : {}),
    generatorCpuMs: each(ownMs),
  };
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
