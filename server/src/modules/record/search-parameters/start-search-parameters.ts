import type { Database } from '../../../platform/database.ts';
import { listenTo } from '../../../platform/listen.ts';
import { faultFields, type Log } from '../../../platform/log.ts';
import { definitionsChannel, keepDefinitions } from '../keep-definitions.ts';
import { reindexChannel } from '../store.ts';
import { keepSearchParameters } from './keep-search-parameters.ts';
import { forgetSearchParameters, reloadSearchParameters } from './reload-search-parameters.ts';

keepDefinitions(['SearchParameter'], keepSearchParameters);

/** Loads the search parameters that the house has defined, and again whenever another process changes them. Gives what stops it. */
export async function startSearchParameters(database: Database, log: Log): Promise<() => Promise<void>> {
  forgetSearchParameters();
  await reloadSearchParameters(database);
  let stopped = false;
  let running: Promise<unknown> = Promise.resolve();
  const reload = (): void => {
    if (stopped) return;
    running = reloadSearchParameters(database).catch((error: unknown) => {
      if (!stopped) log.error('search parameters not read again', { module: 'record', ...faultFields(error) });
    });
  };
  const stops = [
    listenTo(database, definitionsChannel, (payload) => {
      if (payload === 'SearchParameter' || payload === '') reload();
    }),
    listenTo(database, reindexChannel, reload),
  ];
  return async () => {
    stopped = true;
    await Promise.all(stops.map((stop) => stop()));
    await running;
  };
}
