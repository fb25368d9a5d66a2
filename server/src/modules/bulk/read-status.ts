import type { Work } from '../../platform/work.ts';
import { fileName, ownerOf, type ImportJob, type Job, type JobFile } from './job.ts';
import { signedQuery } from './link-signature.ts';
import { jobNotFound } from './refusals.ts';
import { linkKey, listFiles, loadJob } from './store.ts';

export type Status =
  | { readonly state: 'running'; readonly progress: string; readonly retryAfterSeconds: number }
  | { readonly state: 'failed'; readonly outcome: object }
  | { readonly state: 'done'; readonly manifest: object; readonly expiresAt: number };

/** Tells its owner how a job goes (Bulk Data IG 2.0.0, status request). Refuses (404) jobs of others and those that are no more. */
export async function readStatus(work: Work, id: string): Promise<Status> {
  const job = await loadJob(work.db, id);
  if (job === undefined || job.owner !== ownerOf(work.actor)) throw jobNotFound();
  if (job.state === 'failed') return { state: 'failed', outcome: outcomeOf(job, work.language) };
  if (job.state === 'running') return { state: 'running', progress: progressOf(job), retryAfterSeconds: patience(work.now - job.createdAt) };
  const expiresAt = job.expiresAt as number;
  return { state: 'done', expiresAt, manifest: await manifestOf(work, job, expiresAt) };
}

function progressOf(job: Job): string {
  if (job.kind === 'import') return `${job.doneResources} resources, source ${(job.place?.source ?? 0) + 1} of ${job.asked.sources.length}`;
  if (job.plan === undefined) return 'waiting';
  const part = job.place?.part ?? 0;
  return `${job.doneResources} resources, part ${Math.min(part + 1, job.plan.parts.length)} of ${job.plan.parts.length} (${job.plan.parts[part]?.type ?? 'closing'})`;
}

/** A tenth of the time it has taken so far, between 1 s and 1 min. */
function patience(ranMs: number): number {
  return Math.max(1, Math.min(60, Math.round(ranMs / 10_000)));
}

function outcomeOf({ failure }: Job, language: 'vi' | 'en'): object {
  const { code, text, diagnostics } = failure!;
  const details = { coding: [{ system: 'urn:sen:refusal', code }], text: text[language] };
  const told = diagnostics.length > 0 ? diagnostics : [text.en];
  return { resourceType: 'OperationOutcome', issue: told.map((one) => ({ severity: 'error', code: 'processing', details, diagnostics: one })) };
}

async function manifestOf(work: Work, job: Job, expires: number): Promise<object> {
  const key = await linkKey(work.db);
  const files = await listFiles(work.db, job.id);
  const link = (file: JobFile) => {
    const name = fileName(file);
    return { type: file.purpose === 'deleted' ? 'Bundle' : file.type, url: `${job.base}/_bulk/${job.id}/${name}?${signedQuery(key, { job: job.id, file: name, expires })}`, count: file.count };
  };
  const of = (purpose: JobFile['purpose']) => files.filter((file) => file.purpose === purpose && file.count > 0).map(link);
  return {
    transactionTime: new Date(job.transactionTime as number).toISOString(),
    request: job.request,
    // beside the signature, which names the job, the file and the end of its life: only whoever began the job gets its files
    requiresAccessToken: true,
    output: job.kind === 'export' ? of('output') : importedOf(job),
    ...(job.kind === 'export' && job.asked.since !== undefined ? { deleted: of('deleted') } : {}),
    error: of('error'),
  };
}

function importedOf({ asked, place }: ImportJob): object[] {
  return (place?.counts ?? []).flatMap((counts, source) => Object.entries(counts).map(([type, { created, updated, unchanged, refused }]) => {
    const { url } = asked.sources[source] ?? {};
    return { type, ...(url === undefined ? {} : { inputUrl: url }), count: created + updated + unchanged, extension: { created, updated, unchanged, refused } };
  }));
}
