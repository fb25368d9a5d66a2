// What a key of a query means (DICOM PS3.4 2024e, C.2.2.2), as a condition over a column. Pure.
import { foldName } from '@sen/dicom';

/** `list`: a column with several values, one of which has to match. */
export type Matching = 'text' | 'name' | 'range' | 'uid' | 'number' | 'list';

export interface Matched {
  readonly sql: string;
  readonly matching: Matching;
  readonly words?: string;
}

/** Takes a value in, gives its place in the statement: `$3`. */
export type Place = (value: unknown) => string;

/** The condition of one key; undefined where the key leaves everything open (C.2.2.2.3). */
export function conditionOf({ sql, matching, words }: Matched, values: readonly string[], place: Place): string | undefined {
  const wanted = values.filter((value) => value !== '' && !/^\*+$/.test(value));
  if (wanted.length === 0) return undefined;
  switch (matching) {
    case 'uid': return `${sql} = ANY (${place(wanted)}::text[])`;
    case 'number': return numbers(sql, wanted, place);
    case 'range': return anyOf(wanted.map((value) => range(sql, value, place)));
    case 'name': return anyOf(wanted.map((value) => named(words ?? sql, value, place)));
    case 'list': return `EXISTS (SELECT 1 FROM unnest(${sql}) AS one(value) WHERE ${anyOf(wanted.map((value) => text('one.value', value, place)))})`;
    case 'text': return anyOf(wanted.map((value) => text(sql, value, place)));
  }
}

function anyOf(conditions: readonly string[]): string {
  return conditions.length === 1 ? conditions[0]! : `(${conditions.join(' OR ')})`;
}

function numbers(sql: string, wanted: readonly string[], place: Place): string {
  const whole = wanted.map(Number).filter((value) => Number.isInteger(value) && Math.abs(value) < 2 ** 31);
  return `${sql} = ANY (${place(whole)}::int[])`;
}

/** C.2.2.2.1 and C.2.2.2.4: `*` any letters, `?` one. */
function text(sql: string, value: string, place: Place): string {
  if (!/[*?]/.test(value)) return `${sql} = ${place(value)}`;
  const pattern = value.replaceAll(/[\\%_]/g, (sign) => `\\${sign}`).replaceAll('*', '%').replaceAll('?', '_');
  return `${sql} LIKE ${place(pattern)}`;
}

/** Dates and times stand as text and compare as such; one of a coarser grain means all within it (C.2.2.2.5). */
function range(sql: string, value: string, place: Place): string {
  const bare = value.replaceAll(/[:\s]/g, '').replaceAll(/(?<=^\d{4})\.(?=\d{2}\.)|(?<=^\d{4}\.\d{2})\./g, '');
  const dash = bare.indexOf('-');
  if (dash === -1) return /[*?]/.test(bare) ? text(sql, bare, place) : `${sql} LIKE ${place(`${bare.replaceAll(/[\\%_]/g, '')}%`)}`;
  const [from, to] = [bare.slice(0, dash), bare.slice(dash + 1)];
  const conditions = [...(from === '' ? [] : [`${sql} >= ${place(from)}`]), ...(to === '' ? [] : [`${sql} <= ${place(`${to}~`)}`])];
  return conditions.length === 0 ? `${sql} IS NOT NULL` : `(${conditions.join(' AND ')})`;
}

/**
 * Every word asked for is a word of the name, with marks or without, in any order: people write given names first, machines last.
 * The words stand folded, each between spaces.
 */
function named(words: string, value: string, place: Place): string {
  const wanted = foldName(value).split(' ').filter((word) => word !== '' && !/^\*+$/.test(word));
  if (wanted.length === 0) return 'true';
  return `(${wanted.map((word) => `${words} ~ ${place(` ${patternOf(word)} `)}`).join(' AND ')})`;
}

function patternOf(word: string): string {
  return [...word].map((sign) => (sign === '*' ? '[^ ]*' : sign === '?' ? '[^ ]' : sign.replace(/[\\^$.|+()[\]{}]/, '\\$&'))).join('');
}
