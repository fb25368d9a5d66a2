import { rm } from 'node:fs/promises';
import type { Work } from '../../platform/work.ts';
import { bulkHouse, filePath, sourcePath } from './bulk-house.ts';
import { collectSource } from './collect-source.ts';
import { importLines, ROUND, type ImportedLines, type NumberedLine } from './import-lines.ts';
import { addCounts, emptyFile, type ImportCounts, type ImportJob, type ImportPlace, type ImportSource, type Job, type JobFile } from './job.ts';
import { readLines } from './read-lines.ts';
import { runJob, type SliceOutcome } from './run-job.ts';
import { listFiles, noteFile, notePlace } from './store.ts';
import { finishFile, writeLines } from './write-lines.ts';

/** How long a slice lasts: shorter than the 10 s that a stopping server waits for it. */
const SLICE_MS = 5_000;
/** Bytes of lines held at once, beside the one that reaches beyond. */
const ROUND_BYTES = 16 * 1024 * 1024;

/** Works on an import until it is done or its slice of time is over; goes on behind the last line noted. */
export async function runImport(work: Work, id: string): Promise<void> {
  await runJob(work, id, (owned, job: Job) => importSlice(owned, job as ImportJob));
}

interface Importing {
  readonly work: Work;
  readonly job: ImportJob;
  /** performance.now() at which the slice is over. */
  readonly end: number;
  place: ImportPlace;
  errors: JobFile | undefined;
}

async function importSlice(work: Work, job: ImportJob): Promise<SliceOutcome> {
  const place = job.place ?? { source: 0, fetched: false, offset: 0, line: 0, counts: [] };
  const importing: Importing = { work, job, end: performance.now() + SLICE_MS, place, errors: (await listFiles(work.db, job.id))[0] };
  while (importing.place.source < job.asked.sources.length) {
    const outcome = await importSource(importing, job.asked.sources[importing.place.source] as ImportSource);
    if (outcome !== 'done') return outcome;
  }
  const { errors } = importing;
  if (errors?.finished === false) await noteFile(work.db, job.id, await finishFile(filePath(job.id, errors.number), errors));
  return 'done';
}

async function importSource(importing: Importing, { url, type }: ImportSource): Promise<SliceOutcome> {
  const path = sourcePath(importing.job.id, importing.place.source);
  if (!importing.place.fetched) {
    if (url !== undefined) await collectSource(url, path);
    if (!(await note(importing, { ...importing.place, fetched: true }, 0))) return 'cancelled';
  }
  for await (const { lines, offset, line } of rounds(path, importing.place)) {
    if (performance.now() > importing.end) return 'more';
    const imported = await importLines(importing.work, lines, type);
    const { place } = importing;
    if (!(await note(importing, { ...place, offset, line, counts: counted(place, imported) }, lines.length, imported.errors))) return 'cancelled';
  }
  await rm(path, { force: true });
  const next = { ...importing.place, source: importing.place.source + 1, fetched: false, offset: 0, line: 0 };
  return (await note(importing, next, 0)) ? 'done' : 'cancelled';
}

interface Round {
  readonly lines: readonly NumberedLine[];
  /** Where the next round begins. */
  readonly offset: number;
  readonly line: number;
}

async function* rounds(path: string, { offset: start, line: done }: ImportPlace): AsyncGenerator<Round> {
  let lines: NumberedLine[] = [];
  let bytes = 0;
  let line = done;
  let offset = start;
  for await (const raw of readLines(path, start, bulkHouse().settings.bodyLimitBytes)) {
    line++;
    offset = raw.end;
    if (!isBlank(raw.bytes)) lines.push({ bytes: raw.bytes, number: line });
    bytes += raw.bytes.length;
    if (lines.length < ROUND && bytes < ROUND_BYTES) continue;
    yield { lines, offset, line };
    lines = [];
    bytes = 0;
  }
  if (lines.length > 0) yield { lines, offset, line };
}

function isBlank(bytes: Buffer): boolean {
  return bytes.length < 1024 && bytes.toString('latin1').trim() === '';
}

function counted({ counts, source }: ImportPlace, imported: ImportedLines): ImportPlace['counts'] {
  const all: Record<string, ImportCounts>[] = counts.map((one) => ({ ...one }));
  while (all.length <= source) all.push({});
  const own = all[source] as Record<string, ImportCounts>;
  for (const [type, more] of Object.entries(imported.counts)) own[type] = addCounts(own[type], more);
  return all;
}

/** Notes what was stored; a kill before that only means that a round is stored once more, which changes nothing. False: the job is no more. */
async function note(importing: Importing, place: ImportPlace, lines: number, errors: readonly Buffer[] = []): Promise<boolean> {
  const { work, job } = importing;
  const file = importing.errors ?? emptyFile(1, 'error', 'OperationOutcome');
  const written = errors.length === 0 ? undefined : await writeLines(filePath(job.id, file.number), file, errors);
  const noted = await work.transact(async (inner) => {
    if (!(await notePlace(inner.db, job.id, place, lines))) return false;
    if (written !== undefined) await noteFile(inner.db, job.id, written);
    return true;
  });
  importing.place = place;
  importing.errors = written ?? importing.errors;
  return noted;
}
