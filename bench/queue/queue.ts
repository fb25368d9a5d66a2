// `bench queue`: what a click at the door of a room costs: CPU of Node and of PostgreSQL for receiving, calling (the one before is finished with it) and
// letting in, each with its Encounter, its event and its notices in one transaction.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { hospitalResources } from '../../packages/demo/src/hospital.ts';
import { beginTurn, callNext, receiveVisit } from '../../server/src/modules/encounters/index.ts';
import { updateResource } from '../../server/src/modules/record/index.ts';
import { readSettings } from '../../server/src/platform/config.ts';
import type { House } from '../../server/src/platform/module.ts';
import { withHouse } from '../../server/src/start/with-house.ts';
import { gatherFacts, type Facts } from '../measure/facts.ts';
import { houseEnvironment, makeDataFolder } from '../measure/own-server.ts';
import { cpuReader, postmastersIn } from '../measure/processes.ts';

export const queueUsage = `bench queue [options]
  --people N              in each of 10 rooms (60)
  --results FOLDER        elsewhere than in bench/results`;

interface Row {
  readonly act: string;
  readonly times: number;
  /** CPU of one, ms. */
  readonly nodeMs: number;
  readonly postgresMs: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

/** CPU of `next`, Node and PostgreSQL together, ms. */
const target = 3;
const doctor = 'le-minh-quang';
const roomIds = ['101', '102', '103', '205', '206', '301', '302', '303', '304', '305'].map((room) => `sen-hong-${room}`);

/** Measures and writes results/queue.json and .md. Exit code 1 when a call costs more than the target. */
export async function queue(args: readonly string[], resultsFolder: string): Promise<number> {
  const text = { type: 'string' as const };
  const { values } = parseArgs({ args: [...args], options: { people: text, results: text } });
  const people = Number(values.people ?? 60);
  const facts = gatherFacts();
  const data = makeDataFolder();
  try {
    const rows = await withHouse(readSettings(houseEnvironment(data)), (house) => measure(house, people, data));
    const folder = values.results ?? resultsFolder;
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'queue.json'), `${JSON.stringify({ facts, target, people, rows }, undefined, 2)}\n`);
    writeFileSync(join(folder, 'queue.md'), markdown(facts, people, rows));
    process.stdout.write(markdown(facts, people, rows));
    const next = rows.find(({ act }) => act === 'next');
    return next !== undefined && next.nodeMs + next.postgresMs <= target ? 0 : 1;
  } finally {
    rmSync(data, { recursive: true, force: true });
  }
}

async function measure(house: House, people: number, data: string): Promise<Row[]> {
  for (const resource of hospitalResources()) await updateResource(house.systemWork(), { type: resource.resourceType, id: resource.id!, resource });
  await updateResource(house.systemWork(), { type: 'Practitioner', id: doctor, resource: { resourceType: 'Practitioner', id: doctor, name: [{ text: 'Lê Minh Quang' }] } });
  const places = Array.from({ length: people }, (_, i) => roomIds.map((roomId, r) => ({ roomId, patientId: `p-${r}-${i}` }))).flat();
  for (const { patientId } of places) {
    await updateResource(house.systemWork(), { type: 'Patient', id: patientId, resource: { resourceType: 'Patient', id: patientId, name: [{ text: `Trần Văn ${patientId}` }], birthDate: '1980-05-01' } });
  }
  const read = cpuReader({ pids: [] }, { pids: postmastersIn(data) });
  if (read === undefined) throw new Error('CPU can only be read on Linux');
  const hand = new Map<string, string>();
  const receive = await timed('receive', places, read, ({ roomId, patientId }) => receiveVisit(house.systemWork(), { roomId, patientId }));
  const parts = { next: [] as Row[], begin: [] as Row[] };
  for (let round = 0; round < people; round++) {
    const rooms = roomIds.map((roomId) => ({ roomId }));
    const next = await timed('next', rooms, read, async ({ roomId }) => {
      const { called } = await callNext(house.systemWork(), { roomId, current: hand.get(roomId) ?? null, doctor });
      hand.set(roomId, called!.id);
    });
    const begin = await timed('begin', rooms, read, ({ roomId }) => beginTurn(house.systemWork(), { turnId: hand.get(roomId)!, doctor }));
    if (round === 0) continue; // nobody is finished by the first call
    parts.next.push(next);
    parts.begin.push(begin);
  }
  return [receive, together(parts.next), together(parts.begin)];
}

/** One after the other, as clicks come; the CPU of all is divided by their number. */
async function timed<T>(act: string, all: readonly T[], read: () => { postgresMs: number }, one: (of: T) => Promise<unknown>): Promise<Row> {
  const before = { node: process.cpuUsage(), postgres: read().postgresMs };
  const waits: number[] = [];
  for (const each of all) {
    const began = performance.now();
    await one(each);
    waits.push(performance.now() - began);
  }
  const { user, system } = process.cpuUsage(before.node);
  const sorted = waits.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.floor(share * (sorted.length - 1))] ?? 0;
  return { act, times: all.length, nodeMs: (user + system) / 1000 / all.length, postgresMs: (read().postgresMs - before.postgres) / all.length, p50Ms: at(0.5), p99Ms: at(0.99) };
}

function together(rows: readonly Row[]): Row {
  const mean = (of: (row: Row) => number) => rows.reduce((sum, row) => sum + of(row), 0) / rows.length;
  const middle = (of: (row: Row) => number) => rows.map(of).toSorted((a, b) => a - b)[Math.floor(rows.length / 2)] ?? 0;
  return {
    act: rows[0]!.act, times: rows.length * rows[0]!.times, nodeMs: mean(({ nodeMs }) => nodeMs), postgresMs: mean(({ postgresMs }) => postgresMs),
    p50Ms: middle(({ p50Ms }) => p50Ms), p99Ms: Math.max(...rows.map(({ p99Ms }) => p99Ms)),
  };
}

function markdown({ date, commit, processor, cores, loadAverage, node, system }: Facts, people: number, rows: readonly Row[]): string {
  const lines = rows.map(({ act, times, nodeMs, postgresMs, p50Ms, p99Ms }) => {
    const sum = nodeMs + postgresMs;
    const mark = act === 'next' ? (sum <= target ? ' ✓' : ' ✗') : '';
    return `| ${act} | ${times} | ${nodeMs.toFixed(2)} | ${postgresMs.toFixed(2)} | ${sum.toFixed(2)}${mark} | ${p50Ms.toFixed(1)} | ${p99Ms.toFixed(1)} |`;
  });
  return [
    '# A click in the queue', '', `${date}, commit ${commit}. ${processor}, ${cores} cores, load average ${loadAverage} before; Node ${node}; ${system}.`, '',
    `10 rooms with ${people} people each, one click after the other, by use case (without HTTP, session and audit, which \`bench record\` and \`bench audit\` measure). \`next\` finishes the one before: two states of turns, a visit, an Encounter, events, notices. Target of \`next\`: ${target} ms of CPU.`, '',
    '| act | times | Node ms | PostgreSQL ms | together | wait p50 ms | p99 ms |', '|---|--:|--:|--:|--:|--:|--:|', ...lines, '',
  ].join('\n');
}
