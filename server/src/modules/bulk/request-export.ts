import type { OperationAnswer, OperationCall } from '../../platform/operation.ts';
import type { Work } from '../../platform/work.ts';
import { readCurrent } from '../record/index.ts';
import { beginJob } from './begin-job.ts';
import type { Job } from './job.ts';
import { listCohort } from './list-cohort.ts';
import { readExport } from './read-export.ts';

/**
 * Starts an export in the background (Bulk Data IG 2.0.0, kick-off request) and answers 202 with the address of its status. Refuses what it
 * cannot export, a group that is not there, patients outside it, and more than SEN_BULK_JOBS_MAX jobs at once.
 */
export async function requestExport(work: Work, call: OperationCall): Promise<OperationAnswer> {
  const asked = await readExport(work, call);
  if (asked.group !== undefined) await readCurrent(work, 'Group', asked.group);
  await listCohort(work, asked);
  const address = [call.base, call.type, call.id, '$export'].filter((part) => part !== undefined).join('/');
  const request = call.query.size === 0 ? address : `${address}?${call.query}`;
  return accepted(call.base, await beginJob(work, { kind: 'export', base: call.base, request, asked } as Pick<Job, 'kind' | 'base' | 'request' | 'asked'>));
}

/** 202 with the address at which to ask how a job goes. */
export function accepted(base: string, job: string): OperationAnswer {
  const status = `${base}/_bulk/${job}`;
  const diagnostics = `The work goes on in the background; ask ${status} how far it has come.`;
  return { status: 202, headers: { 'Content-Location': status }, resource: { resourceType: 'OperationOutcome', issue: [{ severity: 'information', code: 'informational', diagnostics }] } };
}
