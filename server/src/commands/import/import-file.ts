// One file into the record: read, plan, and store in batches, several of them in flight.
import { parseLossless, type Resource } from '@sen/fhir';
import { importResources, type ImportResult } from '../../modules/record/index.ts';
import type { Work } from '../../platform/work.ts';
import { idMaker, listEntries, type RefusedEntry } from './entries.ts';
import type { SourceFile } from './find-files.ts';
import type { Flights } from './flights.ts';
import { planResources, type Match, type Plan, type PlannedResource } from './plan-resources.ts';
import type { BatchResult, ProgressLog } from './progress-log.ts';
import { readDocuments, UnreadableFile } from './read-documents.ts';

export interface FileReport {
  readonly path: string;
  /** Resources that were in the file and had to be stored. */
  resources: number;
  created: number;
  updated: number;
  unchanged: number;
  /** Entries that hold nothing to store: reads, outcomes, resources that `ifNoneExist` found in the record. */
  skipped: number;
  /** Resources taken over from an earlier, interrupted run. */
  resumed: number;
  readonly refused: RefusedEntry[];
  /** Why the file could not be read to its end. */
  unreadable?: string;
}

export interface ImportOptions {
  readonly batchSize: number;
  readonly maxDocumentMb: number;
  /** Makes a new unit of work for a batch. */
  work(): Work;
  match(criteria: string): Match;
  /** Hears of every resource that has been dealt with. */
  advance(resources: number): void;
  /** True when no further batch may start. */
  isStopped(): boolean;
}

/**
 * Reads one file and starts its batches; the report is complete when the flights have landed.
 * Throws only when the database is lost or a fault of ours shows, never because of the file.
 */
export async function importFile(file: SourceFile, progress: ProgressLog, flights: Flights, options: ImportOptions): Promise<FileReport> {
  const report: FileReport = { path: file.path, resources: 0, created: 0, updated: 0, unchanged: 0, skipped: 0, resumed: 0, refused: [] };
  let number = 0;
  try {
    for await (const batch of batches(file, report, options)) {
      if (options.isStopped()) break;
      const id = number++;
      const known = progress.done.get(id);
      if (known) {
        report.resumed += batch.length;
        add(report, known, batch.length, options);
        continue;
      }
      await flights.start(batch.map(keyOf), async () => {
        const result = { batch: id, ...(await storeBatch(batch, options)) };
        progress.note(result);
        add(report, result, batch.length, options);
      });
    }
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error;
    report.unreadable = error.message;
  }
  return report;
}

function add(report: FileReport, result: BatchResult, resources: number, options: ImportOptions): void {
  report.created += result.created;
  report.updated += result.updated;
  report.unchanged += result.unchanged;
  report.refused.push(...result.refused);
  options.advance(resources);
}

/** Cuts the planned resources of a file into batches, always in the same way. A batch never holds one resource twice. */
async function* batches(file: SourceFile, report: FileReport, options: ImportOptions): AsyncGenerator<PlannedResource[]> {
  let batch: PlannedResource[] = [];
  const keys = new Set<string>();
  for await (const plan of plans(file, options)) {
    report.skipped += plan.skipped;
    report.refused.push(...plan.refused);
    report.resources += plan.resources.length + plan.refused.length;
    if (plan.refused.length + plan.skipped > 0) options.advance(plan.refused.length + plan.skipped);
    for (const planned of plan.resources) {
      if (batch.length === options.batchSize || keys.has(keyOf(planned))) {
        yield batch;
        batch = [];
        keys.clear();
      }
      batch.push(planned);
      keys.add(keyOf(planned));
    }
  }
  if (batch.length > 0) yield batch;
}

async function* plans(file: SourceFile, options: ImportOptions): AsyncGenerator<Plan> {
  const makeId = idMaker();
  for await (const { text, line } of readDocuments(file.path, options.maxDocumentMb)) {
    let document: unknown;
    try {
      document = parseLossless(text);
    } catch (error) {
      yield { resources: [], refused: [notJson(error as Error, line)], skipped: 0 };
      continue;
    }
    yield planResources(listEntries(document, line, makeId), options.match);
  }
}

/** The parser's own message quotes the text, which may be a patient's: only the place is passed on. */
function notJson(error: Error, line: number | undefined): RefusedEntry {
  const at = /position \d+|line \d+ column \d+/.exec(error.message)?.[0];
  const diagnostics = `Not valid JSON${at === undefined ? '' : ` (${at})`}.`;
  return { position: line === undefined ? 'file' : `line ${line}`, issues: [{ severity: 'error', code: 'structure', diagnostics }] };
}

async function storeBatch(batch: readonly PlannedResource[], options: ImportOptions): Promise<Omit<BatchResult, 'batch'>> {
  const results = await importResources(options.work(), batch.map(({ resource }) => resource));
  const count = (outcome: ImportResult['outcome']) => results.filter((one) => one.outcome === outcome).length;
  const refused = results.flatMap((result, index): RefusedEntry[] => {
    const { position = '' } = batch[index] ?? {};
    return result.outcome === 'refused' ? [{ position, type: result.type, id: result.id, issues: result.issues ?? [] }] : [];
  });
  return { created: count('created'), updated: count('updated'), unchanged: count('unchanged'), refused };
}

function keyOf({ resource }: { resource: Resource }): string {
  return `${resource.resourceType}/${resource.id}`;
}
