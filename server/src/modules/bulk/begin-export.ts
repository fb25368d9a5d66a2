import type { Work } from '../../platform/work.ts';
import { listExportTypes, takeSnapshot } from '../record/index.ts';
import { bulkHouse, filePath } from './bulk-house.ts';
import { outcomeLine } from './fhir.ts';
import { emptyFile, type ExportJob, type ExportPlan } from './job.ts';
import { listCohort } from './list-cohort.ts';
import { noteFile, notePlan, snapshotAt } from './store.ts';
import { finishFile, writeLines } from './write-lines.ts';

/** Decides once what an export holds: the state of the record, the time told for it, the types, the patients. */
export async function beginExport(work: Work, job: ExportJob): Promise<{ plan: ExportPlan; snapshot: string }> {
  const { asked } = job;
  const transactionTime = await freeTime(work, bulkHouse().systemWork().now);
  const snapshot = await takeSnapshot(work.db);
  const types = await listExportTypes(work.db, asked.level === 'system' ? 'system' : 'Patient', asked.types);
  const patients = await listCohort(work, asked);
  const sinceFeed = asked.since === undefined ? undefined : await snapshotAt(work.db, asked.since);
  const output = types.map((type) => ({ purpose: 'output' as const, type }));
  const deleted = asked.since === undefined ? [] : types.map((type) => ({ purpose: 'deleted' as const, type }));
  const plan: ExportPlan = { parts: [...output, ...deleted], ...(patients === undefined ? {} : { patients }), ...(sinceFeed === undefined ? {} : { sinceFeed }) };
  await work.transact(async (inner) => {
    await notePlan(inner.db, job.id, { transactionTime, snapshot, plan });
    await tellIgnored(inner, job);
  });
  return { plan, snapshot };
}

/** The first time from `now` on that no export has answered with: it stands for one state of the record only. */
async function freeTime(work: Work, now: number): Promise<number> {
  let time = now;
  while ((await snapshotAt(work.db, time)) !== undefined) time++;
  return time;
}

/** What a lenient client does not get is told in a file of its own (IG 2.0.0: error in the manifest). */
async function tellIgnored(work: Work, { id, asked }: ExportJob): Promise<void> {
  if (asked.ignored.length === 0) return;
  const path = filePath(id, 1);
  const lines = asked.ignored.map((diagnostics) => outcomeLine([{ severity: 'warning', code: 'not-supported', diagnostics }]));
  await noteFile(work.db, id, await finishFile(path, await writeLines(path, emptyFile(1, 'error', 'OperationOutcome'), lines)));
}
