// record.token_text: what tokens stand for, each once. A hospital writes the same few thousand texts, units and codes again and again: what this
// process has seen committed is not written again.
import { textOfCode, wordTails, type IndexEntry, type Spelling } from '@sen/fhir';
import type { Queryable } from '../../../platform/database.ts';
import { int8Array } from './binary-arrays.ts';
import { placePrefix } from './place-prefix.ts';

/** An entry of an index holds at most 2,700 bytes. */
export const SPELLING_LENGTH = 600;

const KNOWN_MAX = 200_000; // some 10 MB
let known = new Set<bigint>();
let knownBefore = new Set<bigint>();

/** Part of a statement that stores resources; empty when all their spellings are known. */
export interface NewSpellings {
  readonly text: string;
  readonly name: string;
  /** Column of the statement's rows that says which of them stood there, committed, before. */
  readonly column: string;
  readonly values: readonly unknown[];
}

const nothing: NewSpellings = { text: '', name: '', column: '', values: [] };

/** What of the spellings of entries must be written, as part of a statement whose parameters are numbered after the first `used`. */
export function unknownSpellings(entries: readonly IndexEntry[], used: number): NewSpellings {
  const rows = rowsOf(entries);
  if (rows.texts.length === 0) return nothing;
  const given = `unnest($${used + 1}::text[], $${used + 2}::bigint[]) as s(text, token)`;
  return {
    text: `, spelt as (${insertFrom(given)})`,
    name: '-spelling',
    column: `, ${knownIn(given)} as known`,
    values: [rows.texts, int8Array(rows.tokens)],
  };
}

/** Writes the spellings of entries that are not known yet: for index rows that are made again. */
export async function keepSpellings(db: Queryable, entries: readonly IndexEntry[]): Promise<void> {
  const rows = rowsOf(entries);
  if (rows.texts.length === 0) return;
  const given = 'unnest($1::text[], $2::bigint[]) as s(text, token)';
  const { rows: answered } = await db.query<{ known: string[] | null }>({
    name: 'keep-spellings',
    text: `with spelt as (${insertFrom(given)}) select ${knownIn(given)} as known`,
    values: [rows.texts, int8Array(rows.tokens)],
  });
  noteKnown(answered[0]?.known);
}

/** Remembers tokens whose spellings are there to stay. */
export function noteKnown(tokens: readonly string[] | null | undefined): void {
  if (tokens === null || tokens === undefined) return;
  for (const token of tokens) known.add(BigInt(token));
  if (known.size > KNOWN_MAX) [known, knownBefore] = [new Set(), known];
}

/** Forgets what was known: at start, when the database may be another. */
export function forgetKnown(): void {
  known = new Set();
  knownBefore = new Set();
}

function rowsOf(entries: readonly IndexEntry[]): { texts: string[]; tokens: bigint[] } {
  const texts: string[] = [];
  const tokens: bigint[] = [];
  const met = new Set<bigint>();
  for (const { spellings } of entries) {
    for (const spelling of spellings) {
      const { token } = spelling;
      if (known.has(token) || met.has(token)) continue;
      if (knownBefore.has(token)) {
        known.add(token);
        continue;
      }
      met.add(token);
      for (const text of textsOf(spelling)) {
        texts.push(placePrefix(spelling.place) + text);
        tokens.push(token);
      }
    }
  }
  return { texts, tokens };
}

function textsOf({ text, byWord }: Spelling): string[] {
  if (!byWord) return [text.slice(0, SPELLING_LENGTH)];
  return wordTails(textOfCode(text));
}

// Without a unique key, so that nobody waits for the transaction of another: at worst a spelling stands there twice.
function insertFrom(given: string): string {
  return `insert into record.token_text (text, token) select s.text, s.token from ${given}
    where not exists (select from record.token_text t where t.text = s.text and t.token = s.token)`;
}

/** Those that stood there before this transaction: its own may yet be rolled back. */
function knownIn(given: string): string {
  return `(select array_agg(distinct t.token)::text[] from ${given} join record.token_text t on t.text = s.text and t.token = s.token
    where t.xmin::text <> pg_current_xact_id()::xid::text)`;
}
