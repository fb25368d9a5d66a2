// Chains to resources that have no column of their own (`encounter.date=…`): the keys at the far end are looked up first, while they are not very many.
// An array that PostgreSQL does not know when it plans is compared with each row instead: 20,000 keys took more than a minute.
import type { Queryable } from '../../../../platform/database.ts';
import { tableOf } from '../../store/partitions.ts';
import { anyOf, Parameters } from '../sql.ts';
import { searchStatement } from '../statement.ts';
import { hasAnyToken } from './many-tokens.ts';
import type { Scope } from './scope.ts';

const KEYS_MAX = 2000;

/** Rows that point, at one of the places, to a resource whose key is selected; `keysIn` writes `key from …` with parameters that it is given. */
export function pointsToAny(scope: Scope, places: readonly bigint[], keysIn: (parameters: Parameters) => string): string {
  const keys = selectedKeys(scope, KEYS_MAX, keysIn);
  if (keys !== 'many') return hasFewOf(scope, places.flatMap((place) => keys.map((key) => key ^ place)));
  // `is true` keeps PostgreSQL from joining anew for each row: the keys are hashed once
  const placed = places.map((place) => `(one.token in (select ${keysIn(scope.parameters).replace('key', `key # ${scope.parameters.bigint(place)}`)})) is true`);
  return `exists (select from unnest(${scope.alias}.tokens) as one(token) where ${anyOf(placed)})`;
}

/** So few rows are told to the search by their keys (range.ts too). */
export const FEW_ROWS = 500;

/** The planner takes each reference for a common one, and would walk through all rows by date for the few that are meant. */
function hasFewOf(scope: Scope, tokens: readonly bigint[]): string {
  if (tokens.length < 2 || tokens.length > FEW_ROWS || scope.depth > 0 || scope.type === 'Resource' || scope.hints.selective !== undefined) return hasAnyToken(scope, tokens);
  const keys = selectedKeys(scope, FEW_ROWS, (parameters) => `key from ${tableOf(scope.type)} where tokens && ${parameters.bigints(tokens)}`);
  return keys === 'many' ? hasAnyToken(scope, tokens) : isOneOf(scope, keys);
}

/** Rows with one of the keys. */
export function isOneOf(scope: Scope, keys: readonly bigint[]): string {
  return keys.length === 0 ? 'false' : `${scope.alias}.key = any(${scope.parameters.bigints(keys)})`;
}

/** The keys that a statement selects, looked up before the search is written (none until then); `many` when there are more than `most` rows. */
export function selectedKeys({ parameters: { lookups, sight } }: Scope, most: number, keysIn: (parameters: Parameters) => string): bigint[] | 'many' {
  const parameters = new Parameters(sight, lookups);
  const text = `select ${keysIn(parameters)} limit ${most + 1}`;
  return lookups.answer(`${text}|${JSON.stringify(parameters.values)}`, (db) => loadKeys(db, text, parameters.values, most)) ?? [];
}

async function loadKeys(db: Queryable, text: string, values: readonly unknown[], most: number): Promise<bigint[] | 'many'> {
  const { rows } = await db.query<{ key: string }>(searchStatement(text, values, false));
  return rows.length > most ? 'many' : [...new Set(rows.map(({ key }) => BigInt(key)))];
}
