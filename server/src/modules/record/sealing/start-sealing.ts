import { openLog } from '../../../platform/log.ts';
import type { House } from '../../../platform/module.ts';
import { openContentKeys } from '../store/open-content-keys.ts';

/** Holds the keys of sealed contents. Those that cannot be opened are told: documents under them are refused until the master key is back. */
export async function startSealing({ settings, database }: House): Promise<void> {
  const closed = await openContentKeys(database);
  if (closed.length === 0) return;
  const log = openLog(settings.logLevel);
  log.error('content keys cannot be opened with the master keys that are here; documents under them are refused', { module: 'record', code: 'record.content-key', count: closed.length });
  log.flush();
}
