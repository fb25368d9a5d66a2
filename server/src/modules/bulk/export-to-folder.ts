import { createWriteStream } from 'node:fs';
import { mkdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { once } from 'node:events';
import { finished } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import type { Work } from '../../platform/work.ts';
import { exportResources, listExportTypes, takeSnapshot } from '../record/index.ts';

export interface FolderExport {
  readonly folder: string;
  /** All that were ever written when undefined. */
  readonly types?: readonly string[];
  /** ms since 1970 */
  readonly since?: number;
  readonly gzip: boolean;
  /** True when no further batch may be written. */
  isStopped(): boolean;
}

/** Hears how the export goes on. */
export interface ExportProgress {
  wrote(type: string, resources: number): void;
}

const BATCH = 2_000;

/**
 * Writes the record as it is now into a folder, one NDJSON file a type; a file appears under its name when it is whole. Gives the number of
 * resources by type, without those that have none.
 */
export async function exportToFolder(work: Work, asked: FolderExport, progress: ExportProgress): Promise<Map<string, number>> {
  const snapshot = await takeSnapshot(work.db);
  const counts = new Map<string, number>();
  await mkdir(asked.folder, { recursive: true });
  for (const type of await listExportTypes(work.db, 'system', asked.types)) {
    if (asked.isStopped()) break;
    const count = await writeType(work, asked, type, snapshot, progress);
    if (count > 0) counts.set(type, count);
  }
  return counts;
}

async function writeType(work: Work, asked: FolderExport, type: string, snapshot: string, progress: ExportProgress): Promise<number> {
  const path = join(asked.folder, `${type}.ndjson${asked.gzip ? '.gz' : ''}`);
  let file: OpenFile | undefined;
  let count = 0;
  for await (const resources of batches(work, asked, type, snapshot)) {
    file ??= openFile(`${path}.part`, asked.gzip);
    await file.write(Buffer.concat(resources.flatMap((json) => [json, newline])));
    count += resources.length;
    progress.wrote(type, resources.length);
  }
  await file?.close();
  if (file !== undefined && !asked.isStopped()) await rename(`${path}.part`, path);
  return count;
}

const newline = Buffer.from('\n');

async function* batches(work: Work, asked: FolderExport, type: string, snapshot: string): AsyncGenerator<readonly Buffer[]> {
  const since = asked.since === undefined ? undefined : { updated: asked.since };
  let after: string | undefined;
  do {
    const { found, next } = await exportResources(work, { type, snapshot, since, after, limit: BATCH });
    if (found.length > 0) yield found;
    after = next;
  } while (after !== undefined && !asked.isStopped());
}

interface OpenFile {
  write(bytes: Buffer): Promise<void>;
  close(): Promise<void>;
}

/** A file that takes no more than the disk does. */
function openFile(path: string, gzip: boolean): OpenFile {
  const file = createWriteStream(path, { flush: true });
  const target = gzip ? createGzip({ level: 1 }) : file;
  if (target !== file) target.pipe(file);
  const done = finished(file);
  done.catch(() => target.destroy()); // a full disk must reach whoever waits for room
  return {
    write: async (bytes) => {
      if (!target.write(bytes)) await Promise.race([once(target, 'drain'), done]);
    },
    close: async () => {
      target.end();
      await done;
    },
  };
}
