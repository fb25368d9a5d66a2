import { openLog } from '../../../platform/log.ts';
import type { House } from '../../../platform/module.ts';
import { startSearchParameters } from '../search-parameters/start-search-parameters.ts';
import { checkIndexForm } from './check-index-form.ts';
import { startReindexing } from './start-reindexing.ts';

/** Makes the index follow the search parameters that the house defines, and this version and its settings. Gives what stops it. */
export async function startIndexing({ database, settings, systemWork }: House): Promise<() => Promise<void>> {
  const log = openLog(settings.logLevel);
  const isOld = await checkIndexForm(systemWork(), settings.timeZone);
  if (isOld) log.warn('the index was made by another version or time zone and is being made anew in the background; searches may miss resources until then', { module: 'record' });
  const stopParameters = await startSearchParameters(database, log);
  const reindexing = startReindexing(database, systemWork, log, { loadPercent: settings.reindexLoadPercent });
  return async () => {
    await reindexing.stop();
    await stopParameters();
    log.flush();
  };
}
