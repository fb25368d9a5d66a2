// What tokens stand for (record.token_text): tokens whose spelling begins with a text, or is one.
import type { Queryable } from '../../../../platform/database.ts';
import { placePrefix, PREFIX_LENGTH } from '../../store/place-prefix.ts';
import { SPELLING_LENGTH } from '../../store/spellings.ts';
import type { Scope } from './scope.ts';
import { LAST } from './string.ts';

/** The tokens at some places whose spelling begins with one of the texts; none until they are looked up. */
export function tokensSpelt(scope: Scope, starts: readonly { place: bigint; text: string }[]): bigint[] {
  return [...new Set(starts.flatMap(({ place, text }) => spellingsAt(scope, place, text, false).map(({ token }) => token)))];
}

export interface SpeltToken {
  readonly text: string;
  readonly token: bigint;
}

/** All spellings at a place that begin with a text, looked up before the statement is written; none until then. */
export function spellingsAt(scope: Scope, place: bigint, start: string, exactly: boolean): readonly SpeltToken[] {
  return scope.parameters.lookups.answer(`spelling|${place}|${exactly}|${start}`, (db) => loadSpellings(db, place, start, exactly)) ?? [];
}

async function loadSpellings(db: Queryable, place: bigint, start: string, exactly: boolean): Promise<SpeltToken[]> {
  const text = placePrefix(place) + start.slice(0, SPELLING_LENGTH);
  const { rows } = await db.query<{ text: string; token: string }>({
    name: exactly ? 'spelling-exactly' : 'spelling-begins',
    text: `select distinct substr(text, ${PREFIX_LENGTH + 1}) as text, token from record.token_text where ${exactly ? 'text = $1' : 'text >= $1 and text < $2'}`,
    values: exactly ? [text] : [text, text + LAST],
  });
  return rows.map((row) => ({ text: row.text, token: BigInt(row.token) }));
}
