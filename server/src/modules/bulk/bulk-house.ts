// What the module keeps of the house from its start: operations are given a unit of work only, and need settings too.
import { join } from 'node:path';
import type { House } from '../../platform/module.ts';

let kept: House | undefined;

/** Keeps the house. Call at start. */
export function setBulkHouse(house: House): void {
  kept = house;
}

/** The house. */
export function bulkHouse(): House {
  if (kept === undefined) throw new Error('the module bulk has not been started');
  return kept;
}

/** Folder of the files of all jobs. */
export function jobsFolder(): string {
  return join(bulkHouse().settings.data, 'bulk');
}

/** Folder of the files of one job. */
export function jobFolder(job: string): string {
  return join(jobsFolder(), job);
}

/** Path of an output file. */
export function filePath(job: string, number: number): string {
  return join(jobFolder(job), `${number}.ndjson.gz`);
}

/** Path of what is to be imported, as plain NDJSON. */
export function sourcePath(job: string, source: number): string {
  return join(jobFolder(job), `source-${source}.ndjson`);
}
