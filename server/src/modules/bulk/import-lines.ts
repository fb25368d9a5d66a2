import { isUtf8 } from 'node:buffer';
import { Refusal } from '../../platform/refusal.ts';
import type { Work } from '../../platform/work.ts';
import { importResources, type ImportResult } from '../record/index.ts';
import { bulkHouse } from './bulk-house.ts';
import { lineOf, outcomeLine, type Line } from './fhir.ts';
import { addCounts, type ImportCounts } from './job.ts';

export interface NumberedLine {
  readonly bytes: Buffer;
  /** From 1. */
  readonly number: number;
}

export interface ImportedLines {
  readonly counts: Readonly<Record<string, ImportCounts>>;
  /** An OperationOutcome for each line that was refused, with its number. */
  readonly errors: readonly Buffer[];
}

type Good = Extract<Line, { resource: unknown }>['resource'];
type Bad = Extract<Line, { problem: unknown }>['problem'];

interface Read {
  readonly number: number;
  readonly resource: Good;
}

interface Judged {
  readonly number: number;
  readonly type: string;
  readonly outcome: ImportResult['outcome'];
  readonly issues: Bad;
}

/** As the command-line import: batches of 300, 4 of them at once. */
const BATCH = 300;
export const ROUND = 4 * BATCH;

/** Stores a round of lines. What is wrong is refused line by line; of two lines with the same resource the later one counts. */
export async function importLines(work: Work, lines: readonly NumberedLine[], type: string | undefined): Promise<ImportedLines> {
  const read: Read[] = [];
  const judged: Judged[] = [];
  for (const { bytes, number } of lines) {
    const line = isUtf8(bytes) ? lineOf(bytes.toString(), type) : notUtf8;
    if ('resource' in line) read.push({ number, resource: line.resource });
    else judged.push({ number, type: type ?? 'unknown', outcome: 'refused', issues: line.problem });
  }
  const batches = batchesOf(read);
  if (haveSame(read)) for (const batch of batches) judged.push(...(await store(work, batch)));
  else judged.push(...(await Promise.all(batches.map((batch) => store(work, batch)))).flat());
  const refused = judged.filter(({ outcome }) => outcome === 'refused').sort((a, b) => a.number - b.number);
  return { counts: countsOf(judged), errors: refused.map(({ number, issues }) => outcomeLine(issues, `line ${number}: `)) };
}

const notUtf8: Line = { problem: [{ severity: 'error', code: 'structure', diagnostics: 'The line is not UTF-8.' }] };

function batchesOf(read: readonly Read[]): Read[][] {
  const batches: Read[][] = [];
  for (let from = 0; from < read.length; from += BATCH) batches.push(read.slice(from, from + BATCH));
  return batches;
}

/** Batches that hold the same resource must come one after the other. */
function haveSame(read: readonly Read[]): boolean {
  return new Set(read.map(({ resource: { resourceType, id } }) => `${resourceType}/${id}`)).size < read.length;
}

async function store(work: Work, batch: readonly Read[]): Promise<Judged[]> {
  try {
    const results = await importResources({ ...work, now: bulkHouse().systemWork().now }, batch.map(({ resource }) => resource));
    return results.map(({ type, outcome, issues = [] }, i) => ({ number: batch[i]!.number, type, outcome, issues }));
  } catch (error) {
    if (!(error instanceof Refusal) || error.category === 'unavailable' || error.category === 'busy') throw error;
    // A definition that the record cannot work with refuses its whole batch: the others go in without it.
    if (batch.length === 1) return [{ number: batch[0]!.number, type: batch[0]!.resource.resourceType, outcome: 'refused', issues: issuesOf(error) }];
    const half = Math.ceil(batch.length / 2);
    return [...(await store(work, batch.slice(0, half))), ...(await store(work, batch.slice(half)))];
  }
}

function issuesOf({ issues, text }: Refusal): Bad {
  return issues.length > 0 ? issues : [{ severity: 'error', code: 'processing', diagnostics: text.en }];
}

function countsOf(judged: readonly Judged[]): Record<string, ImportCounts> {
  const counts: Record<string, ImportCounts> = {};
  for (const { type, outcome } of judged) counts[type] = addCounts(counts[type], { [outcome]: 1 });
  return counts;
}
