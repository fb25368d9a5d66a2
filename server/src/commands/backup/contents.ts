// What a backup says of itself: first what it is, last what it must hold.
import { version } from './software.ts';
import type { CopiedTable, SequenceNote, TableNote } from './tables.ts';

export const FORMAT = 1;

export interface Beginning {
  readonly format: typeof FORMAT;
  readonly software: string;
  /** ISO 8601. */
  readonly made: string;
  /** Migrations that the tables have had: a restore begins with exactly these. */
  readonly migrations: readonly { readonly module: string; readonly number: number }[];
  /** Version of the tables of the queue (pg-boss). */
  readonly queue: number;
  readonly tables: readonly TableNote[];
}

export interface Ending {
  readonly tables: readonly CopiedTable[];
  readonly sequences: readonly SequenceNote[];
  readonly objects: number;
}

export function beginningOf(made: string, found: Pick<Beginning, 'migrations' | 'queue' | 'tables'>): Beginning {
  return { format: FORMAT, software: version, made, ...found };
}

/** Name of a part of a table: `tables/0012/000001`. */
export function partName(table: number, part: number): string {
  return `tables/${String(table).padStart(4, '0')}/${String(part).padStart(6, '0')}`;
}

/** Place in the list of tables of a part; undefined for other entries. */
export function tableOfPart(name: string): number | undefined {
  const [, table] = /^tables\/(\d{4})\/\d{6}$/.exec(name) ?? [];
  return table === undefined ? undefined : Number(table);
}
