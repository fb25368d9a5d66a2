import { operationParameters, valueOf } from '../../platform/operation-parameters.ts';
import type { OperationAnswer, OperationCall } from '../../platform/operation.ts';
import type { Work } from '../../platform/work.ts';
import { listExportTypes } from '../record/index.ts';
import { beginJob } from './begin-job.ts';
import { bulkHouse } from './bulk-house.ts';
import type { ImportSource, Job } from './job.ts';
import { checkAsynchronous } from './read-export.ts';
import { badExport } from './refusals.ts';
import { accepted } from './request-export.ts';
import { sourceAddress } from './source-address.ts';

const formats = new Set(['application/fhir+ndjson', 'application/ndjson', 'ndjson']);

/**
 * Starts an import of files by reference in the background (SMART bulk import, "ping": Parameters with inputFormat, inputSource, storageDetail and
 * input) and answers 202. Refuses hosts that SEN_IMPORT_HOSTS does not name (403).
 */
export async function requestImport(work: Work, call: OperationCall): Promise<OperationAnswer> {
  checkAsynchronous(call);
  const given = operationParameters(call);
  const format = given.text('inputFormat');
  if (format === undefined || !formats.has(format)) throw badExport('inputFormat', 'application/fhir+ndjson is expected.');
  const storage = given.parts('storageDetail').flat().filter(({ name }) => name === 'type').map(valueOf);
  if (storage.some((type) => type !== 'https' && type !== 'http')) throw badExport('storageDetail', 'only files at https (or http) addresses are read.');
  const sources = given.parts('input').map((parts): ImportSource => {
    const text = (...names: string[]) => parts.filter(({ name }) => names.includes(String(name))).map(valueOf).find((value) => typeof value === 'string') as string | undefined;
    const type = text('type', 'resourceType');
    const url = sourceAddress(text('url') ?? '', bulkHouse().settings.importHosts).href;
    return type === undefined ? { url } : { url, type };
  });
  if (sources.length === 0) throw badExport('input', 'at least one file (parts type and url) is expected.');
  await listExportTypes(work.db, 'system', sources.flatMap(({ type }) => type ?? []));
  return accepted(call.base, await beginJob(work, { kind: 'import', base: call.base, request: `${call.base}/$import`, asked: { sources } } as Pick<Job, 'kind' | 'base' | 'request' | 'asked'>));
}
