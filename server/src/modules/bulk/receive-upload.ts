import { rm } from 'node:fs/promises';
import type { OperationAnswer } from '../../platform/operation.ts';
import type { Work } from '../../platform/work.ts';
import { beginJob, newJobId } from './begin-job.ts';
import { bulkHouse, jobFolder, sourcePath } from './bulk-house.ts';
import type { Job } from './job.ts';
import { accepted } from './request-export.ts';
import { writeSource } from './write-source.ts';

/** Takes NDJSON (or its gzip) as it streams in, and starts its import once all of it is on the disk. Refuses (413) more than SEN_IMPORT_SOURCE_MAX_MB. */
export async function receiveUpload(work: Work, base: string, bytes: AsyncIterable<Uint8Array>): Promise<OperationAnswer> {
  const id = newJobId();
  try {
    await writeSource(sourcePath(id, 0), bytes, bulkHouse().settings.importSourceMaxMb * 2 ** 20);
    const job = { kind: 'import', base, request: `${base}/_bulk`, asked: { sources: [{}] } } as Pick<Job, 'kind' | 'base' | 'request' | 'asked'>;
    return accepted(base, await beginJob(work, job, id));
  } catch (error) {
    await rm(jobFolder(id), { recursive: true, force: true });
    throw error;
  }
}
