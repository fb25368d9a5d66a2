import { createReadStream } from 'node:fs';
import type { Readable } from 'node:stream';
import type { Work } from '../../platform/work.ts';
import { filePath } from './bulk-house.ts';
import { fileNumber, ownerOf } from './job.ts';
import { isSigned, type Link } from './link-signature.ts';
import { badLink, fileNotFound, linkExpired } from './refusals.ts';
import { linkKey, listFiles, loadJob } from './store.ts';

/**
 * Opens a file of a link as gzip, for whoever began the job: a link that was forwarded, or stands in the log of a proxy, opens nothing. Refuses a link that is
 * not ours (403), that has expired (410), the job of somebody else and a file that is no more (404).
 */
export async function openFile(work: Work, link: Link, signature: string): Promise<{ gzip: Readable; bytes: number }> {
  if (!isSigned(await linkKey(work.db), link, signature)) throw badLink();
  if (work.now > link.expires) throw linkExpired();
  if ((await loadJob(work.db, link.job))?.owner !== ownerOf(work.actor)) throw fileNotFound();
  const number = fileNumber(link.file);
  const file = (await listFiles(work.db, link.job)).find((one) => one.number === number && one.finished);
  if (file === undefined) throw fileNotFound();
  return { gzip: createReadStream(filePath(link.job, file.number)), bytes: file.bytes };
}
