// `bench audit`: what the audit costs a read, from the answer to the chain: CPU of Node (with its disk threads) and of PostgreSQL. And how fast the
// chain is proved.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { settleAudit, tellRequest, verifyAudit } from '../../server/src/modules/security/index.ts';
import { readSettings } from '../../server/src/platform/config.ts';
import type { House } from '../../server/src/platform/module.ts';
import type { Trail } from '../../server/src/platform/trail.ts';
import type { Actor } from '../../server/src/platform/work.ts';
import { withHouse } from '../../server/src/start/with-house.ts';
import { gatherFacts, type Facts } from '../measure/facts.ts';
import { houseEnvironment, makeDataFolder } from '../measure/own-server.ts';
import { cpuReader, postmastersIn } from '../measure/processes.ts';

export const auditUsage = `bench audit [options]
  --reads N               reads told (100000)
  --label NAME            results/audit-NAME.json and .md (sen); --results FOLDER elsewhere than in bench/results`;

interface Cell {
  readonly clients: number;
  readonly reads: number;
  readonly readsPerSecond: number;
  /** µs of CPU a read. */
  readonly nodeUs: number;
  readonly postgresUs: number;
  /** How long an answer waits for the disk, ms. */
  readonly p50Ms: number;
  readonly p99Ms: number;
}

/** µs of CPU a read, all together. */
const target = 100;
const aim = 30;

/** Measures and writes the results. Exit code 1 when a read costs more than the target with 16 clients, or the chain is broken. */
export async function audit(args: readonly string[], resultsFolder: string): Promise<number> {
  const text = { type: 'string' as const };
  const { values } = parseArgs({ args: [...args], options: { reads: text, label: text, results: text } });
  const reads = Number(values.reads ?? 100_000);
  const facts = gatherFacts();
  const data = makeDataFolder();
  try {
    const measured = await withHouse(readSettings(houseEnvironment(data)), async (house) => {
      await tell(house, 2_000, 16, data); // warm
      const cells = [await tell(house, Math.round(reads / 20), 1, data), await tell(house, reads, 16, data), await tell(house, reads, 64, data)];
      const began = performance.now();
      const { entries, broken } = await verifyAudit(house);
      return { cells, verified: { entries, seconds: (performance.now() - began) / 1000, whole: broken === undefined } };
    });
    const label = values.label ?? 'sen';
    const folder = values.results ?? resultsFolder;
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, `audit-${label}.json`), `${JSON.stringify({ label, facts, target, ...measured }, undefined, 2)}\n`);
    writeFileSync(join(folder, `audit-${label}.md`), markdown(label, facts, measured));
    process.stdout.write(markdown(label, facts, measured));
    const [, typical] = measured.cells;
    return measured.verified.whole && typical !== undefined && typical.nodeUs + typical.postgresUs <= target ? 0 : 1;
  } finally {
    rmSync(data, { recursive: true, force: true });
  }
}

const doctor: Actor = { id: '0a1b2c3d4e5f6', kind: 'person', name: 'BS. Trần Văn Đo', roles: ['doctor'], practitioner: 'tran-van-do', session: '0a1b2c3d4e5f7' };

/** Tells reads with so many in flight, and waits until they stand in the chain. */
async function tell(house: House, reads: number, clients: number, data: string): Promise<Cell> {
  const read = cpuReader({ pids: [] }, { pids: postmastersIn(data) });
  if (read === undefined) throw new Error('CPU can only be read on Linux');
  const postgres = () => read().postgresMs;
  await settleAudit();
  const before = { node: process.cpuUsage(), postgres: postgres(), at: performance.now() };
  const waits: number[] = [];
  let left = reads;
  const client = async () => {
    while (left-- > 0) {
      const began = performance.now();
      await told(house, left);
      waits.push(performance.now() - began);
    }
  };
  await Promise.all(Array.from({ length: clients }, client));
  const seconds = (performance.now() - before.at) / 1000;
  await settleAudit();
  const { user, system } = process.cpuUsage(before.node);
  const sorted = waits.toSorted((a, b) => a - b);
  const at = (share: number) => sorted[Math.floor(share * (sorted.length - 1))] ?? 0;
  return { clients, reads, readsPerSecond: reads / seconds, nodeUs: (user + system) / reads, postgresUs: ((postgres() - before.postgres) * 1000) / reads, p50Ms: at(0.5), p99Ms: at(0.99) };
}

function told(house: House, n: number): Promise<void> {
  const trail: Trail = { patients: new Set([BigInt(n % 5000)]), touches: [{ action: 'R', type: 'Observation', id: `0a1b2c3d4${n % 9999}`, version: 1 }], note: undefined };
  return new Promise((resolve, reject) => {
    tellRequest(house.database, {
      at: Date.now(), kind: 'read', action: 'R', status: 200, code: undefined, actor: doctor, address: '10.1.2.3', door: 'GET /fhir/R4/:type/:id',
      query: undefined, request: `0a1b2c3d4e-${n}`, trail,
    }, (refusal) => (refusal === undefined ? resolve() : reject(refusal)));
  });
}

function markdown(label: string, { date, commit, processor, cores, loadAverage, node, system }: Facts, { cells, verified }: { cells: Cell[]; verified: { entries: number; seconds: number; whole: boolean } }): string {
  const rows = cells.map(({ clients, reads, readsPerSecond, nodeUs, postgresUs, p50Ms, p99Ms }) => {
    const sum = nodeUs + postgresUs;
    return `| ${clients} | ${reads} | ${Math.round(readsPerSecond)} | ${nodeUs.toFixed(1)} | ${postgresUs.toFixed(1)} | ${sum.toFixed(1)} ${sum <= target ? '✓' : '✗'} | ${p50Ms.toFixed(2)} | ${p99Ms.toFixed(2)} |`;
  });
  return [
    `# The audit: ${label}`, '', `${date}, commit ${commit}. ${processor}, ${cores} cores, load average ${loadAverage} before; Node ${node}; ${system}.`, '',
    `CPU µs a read, from the answer that is about to leave to the row in the chain with its indexes; the disk has the entry before the answer leaves (group commit). Target ${target}, aim ${aim}.`, '',
    '| clients | reads | reads/s | Node | PostgreSQL | together | wait p50 ms | wait p99 ms |', '|--:|--:|--:|--:|--:|--:|--:|--:|', ...rows, '',
    `\`sen verify-audit\`: ${verified.entries} entries in ${verified.seconds.toFixed(1)} s (${Math.round(verified.entries / verified.seconds)}/s), ${verified.whole ? 'whole' : 'BROKEN'}.`, '',
  ].join('\n');
}
