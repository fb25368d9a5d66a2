// What an interrupted import had finished: a line a batch, beside the data, so that the next run goes on from there.
import { createHash } from 'node:crypto';
import { appendFileSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { SourceFile } from './find-files.ts';
import type { RefusedEntry } from './entries.ts';

export interface BatchResult {
  readonly batch: number;
  readonly created: number;
  readonly updated: number;
  readonly unchanged: number;
  readonly refused: readonly RefusedEntry[];
}

export interface ProgressLog {
  /** Results of batches finished by an earlier, interrupted run. */
  readonly done: ReadonlyMap<number, BatchResult>;
  /** Notes a batch after its commit. Lost in a crash, the batch is imported once more, which changes nothing. */
  note(result: BatchResult): void;
}

/** Folder of the progress of imports inside the data folder. */
export function progressFolder(dataFolder: string): string {
  return join(dataFolder, 'imports');
}

/** Opens the progress of one file. A file that changed, another database or another batch size starts anew. */
export function openProgress(folder: string, file: SourceFile, target: string, batchSize: number): ProgressLog {
  const path = logPath(folder, file, target, batchSize);
  mkdirSync(folder, { recursive: true });
  return { done: readLog(path), note: (result) => appendFileSync(path, `${JSON.stringify(result)}\n`) };
}

/** Forgets the progress of files: the import they belong to has come to its end. */
export function forgetProgress(folder: string, files: readonly SourceFile[], target: string, batchSize: number): void {
  for (const file of files) rmSync(logPath(folder, file, target, batchSize), { force: true });
}

function logPath(folder: string, file: SourceFile, target: string, batchSize: number): string {
  const name = createHash('sha256').update(JSON.stringify([file.path, file.bytes, file.changedMs, target, batchSize])).digest('hex');
  return join(folder, `${name.slice(0, 32)}.ndjson`);
}

function readLog(path: string): ReadonlyMap<number, BatchResult> {
  const done = new Map<number, BatchResult>();
  for (const line of linesOf(path)) {
    try {
      const result = JSON.parse(line) as BatchResult;
      done.set(result.batch, result);
    } catch {
      // the last line, torn by the kill
    }
  }
  return done;
}

function linesOf(path: string): string[] {
  try {
    return readFileSync(path, 'utf8').split('\n').filter((line) => line !== '');
  } catch {
    return [];
  }
}
