// The provinces by which the first three digits of a citizen number name the place of registration of birth.
import { starterTables } from '../code-lists/starter-tables.ts';

interface BirthProvince {
  readonly name: string;
  /** Code of the province of today that took it up (resolution 202/2025/QH15). */
  readonly now: string;
}

/** By prefix: `001` to `096`. */
export const birthProvinces: ReadonlyMap<string, BirthProvince> = new Map(rows('provinces-63-to-34.tsv').map(([, prefix = '', name = '', now = '']) => [prefix, { name, now }]));

/** The 34 provinces of today by code. */
export const provincesNow: ReadonlyMap<string, string> = new Map(rows('provinces-34.tsv').map(([code = '', name = '']) => [code, name]));

function rows(table: string): string[][] {
  return (starterTables[table]?.text ?? '').split('\n').slice(1).map((line) => line.split('\t'));
}
