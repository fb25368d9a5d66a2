import { existsSync, statfsSync } from 'node:fs';
import { tmpdir } from 'node:os';

/** Memory where there is enough of it: a clone is 380 files, and making them on disk takes three times as long. */
export function fastFolder(): string {
  const memory = '/dev/shm';
  if (!existsSync(memory)) return tmpdir();
  const { bavail, bsize } = statfsSync(memory);
  return bavail * bsize > 2 * 1024 ** 3 ? memory : tmpdir();
}
