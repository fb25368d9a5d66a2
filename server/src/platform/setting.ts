// The kinds of settings: how a text from the environment becomes a value, or is refused with a reason.
import { Refusal } from './refusal.ts';
import type { RefusalText } from './refusal.ts';

export interface Setting<T> {
  /** Environment variable. */
  readonly name: string;
  readonly kind: 'text' | 'whole number' | 'yes or no' | 'choice';
  /** Unit of the value; empty when it has none. */
  readonly unit: string;
  readonly fallback: T;
  readonly description: RefusalText;
  /** What is accepted, for the documentation: `0 to 65535`. */
  readonly accepts: string;
  /** Turns the text into the value; undefined when it cannot be one. */
  readonly parse: (text: string) => T | undefined;
}

interface Row<T> {
  readonly name: string;
  readonly unit?: string;
  readonly fallback: T;
  readonly vi: string;
  readonly en: string;
}

export function text(row: Row<string> & { readonly accepts?: string; readonly valid?: (text: string) => boolean }): Setting<string> {
  const parse = (value: string) => (row.valid === undefined || row.valid(value) ? value : undefined);
  return { ...named(row), kind: 'text', accepts: row.accepts ?? 'any text', parse };
}

export function whole(row: Row<number> & { readonly min: number; readonly max: number }): Setting<number> {
  const parse = (value: string) => {
    const number = Number(value);
    return /^\d+$/.test(value) && number >= row.min && number <= row.max ? number : undefined;
  };
  return { ...named(row), kind: 'whole number', accepts: `${row.min} to ${row.max}`, parse };
}

export function choice<const C extends string>(row: Row<C> & { readonly choices: readonly C[] }): Setting<C> {
  const parse = (value: string) => row.choices.find((known) => known === value);
  return { ...named(row), kind: 'choice', accepts: row.choices.join(', '), parse };
}

export function yesNo(row: Row<boolean>): Setting<boolean> {
  const words = new Map([['true', true], ['1', true], ['yes', true], ['false', false], ['0', false], ['no', false]]);
  return { ...named(row), kind: 'yes or no', accepts: 'true, false', parse: (value) => words.get(value.toLowerCase()) };
}

/** Reads one setting; an absent or empty variable means the default. Never repeats the value of a secret. */
export function readSetting<T>(setting: Setting<T>, env: Readonly<Record<string, string | undefined>>): T {
  const given = env[setting.name]?.trim();
  if (given === undefined || given === '') return setting.fallback;
  const value = setting.parse(given);
  if (value !== undefined) return value;
  const shown = setting.name === 'DATABASE_URL' ? '' : ` "${given}"`;
  throw new Refusal('incorrect', 'platform.bad-setting', {
    vi: `Thiết lập ${setting.name} không nhận giá trị${shown}; hãy dùng: ${setting.accepts}.`,
    en: `The setting ${setting.name} does not take the value${shown}; use: ${setting.accepts}.`,
  });
}

function named<T>(row: Row<T>) {
  return { name: row.name, unit: row.unit ?? '', fallback: row.fallback, description: { vi: row.vi, en: row.en } };
}
