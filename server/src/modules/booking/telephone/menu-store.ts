// Queries on where the calls of an outside switchboard stand.
import type { Queryable } from '../../../platform/database.ts';
import type { MenuState } from './menu.ts';
import type { Said } from './run-menu-step.ts';

export interface StoredMenu {
  readonly turn: number;
  readonly state: MenuState | null;
  readonly answer: Said | null;
}

/** Begins a call, or begins it anew. */
export async function beginMenu(db: Queryable, key: string, now: number): Promise<void> {
  const text = `INSERT INTO booking.call_menu (key, turn, at) VALUES ($1, 0, $2) ON CONFLICT (key) DO UPDATE SET turn = 0, state = NULL, answer = NULL, at = excluded.at`;
  await db.query({ name: 'booking.begin-menu', text, values: [key, new Date(now)] });
}

/** Lets one step begin: the one that follows the last answered; undefined when it does not, or that one is still being done. */
export async function takeTurn(db: Queryable, key: string, turn: number | undefined, now: number): Promise<StoredMenu | undefined> {
  const { rows } = await db.query<StoredMenu>({
    name: 'booking.take-turn',
    text: `UPDATE booking.call_menu SET turn = turn + 1, answer = NULL, at = $3 WHERE key = $1 AND ($2::int IS NULL OR turn = $2 - 1) AND answer IS NOT NULL RETURNING turn, state, answer`,
    values: [key, turn ?? null, new Date(now)],
  });
  return rows[0];
}

export async function loadMenu(db: Queryable, key: string): Promise<StoredMenu | undefined> {
  return (await db.query<StoredMenu>({ name: 'booking.load-menu', text: 'SELECT turn, state, answer FROM booking.call_menu WHERE key = $1', values: [key] })).rows[0];
}

/** Keeps what was said; a call that was hung up meanwhile is not kept. */
export async function storeMenu(db: Queryable, key: string, turn: number, state: MenuState, answer: Said): Promise<void> {
  const text = 'UPDATE booking.call_menu SET state = $3, answer = $4 WHERE key = $1 AND turn = $2';
  await db.query({ name: 'booking.store-menu', text, values: [key, turn, JSON.stringify(state), JSON.stringify(answer)] });
}

/** Forgets a call, and with it those of which nothing was heard for half an hour. */
export async function forgetMenu(db: Queryable, key: string, now: number): Promise<void> {
  await db.query({ name: 'booking.forget-menu', text: 'DELETE FROM booking.call_menu WHERE key = $1 OR at < $2', values: [key, new Date(now - 1_800_000)] });
}
