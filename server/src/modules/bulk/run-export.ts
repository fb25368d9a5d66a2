import type { Work } from '../../platform/work.ts';
import { exportDeletions, exportResources, type ExportQuery } from '../record/index.ts';
import { beginExport } from './begin-export.ts';
import { bulkHouse, filePath } from './bulk-house.ts';
import { deletionLine } from './fhir.ts';
import { emptyFile, type ExportJob, type ExportPart, type ExportPlace, type ExportPlan, type Job, type JobFile } from './job.ts';
import { recordExport } from './record-export.ts';
import { runJob, type SliceOutcome } from './run-job.ts';
import { listFiles, noteFile, notePlace } from './store.ts';
import { finishFile, writeLines } from './write-lines.ts';

/** How long a slice lasts: shorter than the 10 s that a stopping server waits for it. */
const SLICE_MS = 5_000;
/** Resources a batch: 2,000 of the usual 1.7 kB are 3.4 MB. */
const BATCH = 2_000;

/** Works on an export until it is done or its slice of time is over, in memory that does not grow with it. */
export async function runExport(work: Work, id: string): Promise<void> {
  await runJob(work, id, (owned, job: Job) => exportSlice(owned, job as ExportJob));
}

async function exportSlice(work: Work, job: ExportJob): Promise<SliceOutcome> {
  const begun = job.plan === undefined ? await beginExport(work, job) : { plan: job.plan, snapshot: job.snapshot as string };
  const files = await listFiles(work.db, job.id);
  const writing: Writing = { work, job, ...begun, open: files.findLast(({ finished }) => !finished), files: files.length };
  const end = performance.now() + SLICE_MS;
  let place: ExportPlace = job.place ?? { part: 0 };
  while (place.part < begun.plan.parts.length) {
    if (performance.now() > end) return 'more';
    const next = await writeBatch(writing, place);
    if (next === undefined) return 'cancelled';
    place = next;
  }
  await recordExport(work, { ...job, ...begun });
  return 'done';
}

interface Writing {
  readonly work: Work;
  readonly job: ExportJob;
  readonly plan: ExportPlan;
  readonly snapshot: string;
  /** The file that grows. */
  open: JobFile | undefined;
  /** Files so far. */
  files: number;
}

/** Writes and notes one batch; gives where the next one begins, undefined when the job is no more. */
async function writeBatch(writing: Writing, place: ExportPlace): Promise<ExportPlace | undefined> {
  const part = writing.plan.parts[place.part] as ExportPart;
  const { lines, resources, after } = await linesOf(writing, part, place.after);
  const next: ExportPlace = after === undefined ? { part: place.part + 1 } : { part: place.part, after };
  const file = await fileAfter(writing, part, lines, after === undefined);
  const noted = await writing.work.transact(async (inner) => {
    if (!(await notePlace(inner.db, writing.job.id, next, resources))) return false;
    if (file !== undefined) await noteFile(inner.db, writing.job.id, file);
    return true;
  });
  if (!noted) return undefined;
  writing.open = file?.finished === false ? file : undefined;
  return next;
}

async function linesOf(writing: Writing, { purpose, type }: ExportPart, after: string | undefined) {
  const query = queryOf(writing, type, after);
  if (purpose === 'output') {
    const { found, next } = await exportResources(writing.work, query);
    return { lines: found, resources: found.length, after: next };
  }
  const { found, next } = await exportDeletions(writing.work, query);
  return { lines: found.length === 0 ? [] : [deletionLine(type, found)], resources: found.length, after: next };
}

function queryOf({ job: { asked }, plan, snapshot }: Writing, type: string, after: string | undefined): ExportQuery {
  const everyone = asked.level === 'Patient' ? ('every' as const) : undefined;
  const since = asked.since === undefined ? undefined : { updated: asked.since };
  return {
    type, snapshot, after, limit: BATCH,
    since: plan.sinceFeed === undefined ? since : { feed: plan.sinceFeed },
    patients: plan.patients ?? everyone,
    filters: asked.filters[type],
    elements: asked.elements,
  };
}

/** The file with the lines in it: the open one or a new one, finished when it is full or its part is over. */
async function fileAfter(writing: Writing, { purpose, type }: ExportPart, lines: readonly Buffer[], over: boolean): Promise<JobFile | undefined> {
  if (lines.length === 0 && writing.open === undefined) return undefined;
  let file = writing.open ?? emptyFile(++writing.files, purpose, type);
  const path = filePath(writing.job.id, file.number);
  if (lines.length > 0) file = await writeLines(path, file, lines);
  return over || file.count >= bulkHouse().settings.bulkFileResources ? finishFile(path, file) : file;
}
