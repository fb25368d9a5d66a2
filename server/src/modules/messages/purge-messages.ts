import { join } from 'node:path';
import type { Work } from '../../platform/work.ts';
import { purgeOutbox } from './channels/write-outbox.ts';
import { meansNow } from './means-now.ts';
import { purgeOld } from './store-lists.ts';

/** Forgets what need no longer be known. */
export async function purgeMessages(work: Work): Promise<void> {
  const settings = meansNow()?.settings;
  if (settings === undefined) return;
  await purgeOld(work.db, settings.messageDays, work.now);
  await purgeOutbox(join(settings.data, 'outbox'), settings.outboxHours);
}
