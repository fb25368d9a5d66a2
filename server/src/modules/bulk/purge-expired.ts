import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Work } from '../../platform/work.ts';
import { jobFolder, jobsFolder } from './bulk-house.ts';
import { jobExists, removeExpired } from './store.ts';

/** A folder without a job that nobody has written to for so long was left by a process that died while it received an upload. */
const ABANDONED_MS = 3_600_000;

/** Removes jobs whose files have expired, and what dead processes left behind. */
export async function purgeExpired(work: Work): Promise<void> {
  for (const id of await removeExpired(work.db, work.now)) await rm(jobFolder(id), { recursive: true, force: true });
  for (const id of await readdir(jobsFolder()).catch(() => [])) {
    if (work.now - (await lastWritten(jobFolder(id))) < ABANDONED_MS || (await jobExists(work.db, id))) continue;
    await rm(jobFolder(id), { recursive: true, force: true });
  }
}

async function lastWritten(folder: string): Promise<number> {
  const paths = [folder, ...(await readdir(folder).catch(() => [])).map((name) => join(folder, name))];
  const times = await Promise.all(paths.map((path) => stat(path).then(({ mtimeMs }) => mtimeMs, () => 0)));
  return Math.max(...times);
}
