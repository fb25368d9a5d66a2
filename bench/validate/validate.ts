// `bench validate`: what validation and indexing cost a resource, ours against the libraries. No server, no database.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { makeExtractor, validateResource, zoneOf, type Resource } from '@sen/fhir';
import { gatherFacts, type Facts } from '../measure/facts.ts';
import { makePerson } from '../record/population.ts';
import { bundleOf } from '../record/resources.ts';
import { fhirpathExtractor, medplumValidator } from './libraries.ts';

export const validateUsage = `bench validate [options]
  --label NAME            results/validate-NAME.json and .md (sen); --results FOLDER elsewhere than in bench/results`;

interface Cell {
  readonly type: string;
  readonly bytes: number;
  /** µs of CPU a resource. */
  readonly validate: number;
  readonly medplum: number;
  readonly extract: number;
  readonly fhirpath: number;
}

const targets = { validate: 60, extract: 15 } as const;

/** Measures and writes the results. Exit code 1 when a resource of the bench is not valid to us. */
export async function validate(args: readonly string[], resultsFolder: string): Promise<number> {
  const text = { type: 'string' as const };
  const { values } = parseArgs({ args: [...args], options: { label: text, results: text } });
  const facts = gatherFacts();
  const byType = samples();
  const extract = makeExtractor(zoneOf('Asia/Ho_Chi_Minh'));
  const [medplum, fhirpath] = [medplumValidator(), fhirpathExtractor()];
  const cells: Cell[] = [];
  for (const [type, resources] of byType) {
    if (resources.some((one) => validateResource(one).some(({ severity }) => severity === 'error'))) throw new Error(`a ${type} of the bench is not valid`);
    const cell: Cell = {
      type,
      bytes: Math.round(resources.reduce((total, one) => total + JSON.stringify(one).length, 0) / resources.length),
      validate: microseconds(resources, validateResource),
      medplum: microseconds(resources, medplum),
      extract: microseconds(resources, extract),
      fhirpath: microseconds(resources, fhirpath),
    };
    cells.push(cell);
    process.stdout.write(`${line(cell)}\n`);
  }
  const label = values.label ?? 'sen';
  const folder = values.results ?? resultsFolder;
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `validate-${label}.json`), `${JSON.stringify({ label, facts, targets, cells }, undefined, 2)}\n`);
  writeFileSync(join(folder, `validate-${label}.md`), markdown(label, facts, cells));
  return 0;
}

/** Typical resources of a hospital, by type; ids as after a write. */
function samples(): Map<string, Resource[]> {
  const byType = new Map<string, Resource[]>();
  for (let index = 1; index <= 40; index++) {
    for (const { resource } of bundleOf(makePerson(index, 'validate-1')).entry as unknown as { resource: Resource }[]) {
      const list = byType.get(resource.resourceType) ?? [];
      if (list.length < 200) list.push({ ...resource, id: `b${index}-${list.length}`, meta: { versionId: '1', lastUpdated: '2026-01-01T00:00:00.000Z' } });
      byType.set(resource.resourceType, list);
    }
  }
  return byType;
}

/** CPU µs a call: the best of five rounds of at least 150 ms, after a warm-up. */
function microseconds(resources: readonly Resource[], run: (resource: Resource) => unknown): number {
  const round = (ms: number): number => {
    let calls = 0;
    const began = process.cpuUsage();
    const until = performance.now() + ms;
    while (performance.now() < until) for (const one of resources) if (run(one) !== undefined) calls++;
    const { user, system } = process.cpuUsage(began);
    return (user + system) / calls;
  };
  round(300);
  return Math.min(...Array.from({ length: 5 }, () => round(150)));
}

function line({ type, bytes, ...times }: Cell): string {
  return `${type.padEnd(20)} ${String(bytes).padStart(5)} B  ${Object.entries(times).map(([name, value]) => `${name} ${value.toFixed(1)}`).join('  ')} µs`;
}

function markdown(label: string, facts: Facts, cells: readonly Cell[]): string {
  const mark = (value: number, target: number) => `${value.toFixed(1)} ${value <= target ? '✓' : '✗'}`;
  return [
    `# Validation and indexing: ${label}`, '',
    `${facts.date}, commit ${facts.commit}. ${facts.processor}, ${facts.cores} cores, load average ${facts.loadAverage} before; Node ${facts.node}; ${facts.system}.`, '',
    'CPU µs a resource, best of five rounds after a warm-up; typical resources of the record bench. Both of ours run on every write. The libraries: `validateResource` of @medplum/core with R4\'s StructureDefinitions; the expressions of R4\'s search parameters, compiled once, by fhirpath.', '',
    `| type | JSON bytes | validate (≤ ${targets.validate}) | @medplum/core | times | index (≤ ${targets.extract}) | fhirpath | times |`, '|---|--:|--:|--:|--:|--:|--:|--:|',
    ...cells.map((cell) => `| ${[cell.type, cell.bytes, mark(cell.validate, targets.validate), cell.medplum.toFixed(0), (cell.medplum / cell.validate).toFixed(0), mark(cell.extract, targets.extract), cell.fhirpath.toFixed(0), (cell.fhirpath / cell.extract).toFixed(0)].join(' | ')} |`),
    '',
  ].join('\n');
}
