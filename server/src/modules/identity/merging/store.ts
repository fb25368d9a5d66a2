// Merges, and all that each of them wrote.
import type { Queryable } from '../../../platform/database.ts';

export interface Merge {
  readonly id: string;
  readonly kept: string;
  readonly gone: string;
  readonly at: Date;
  readonly by_name: string;
  readonly moved: number;
  readonly accounts: readonly string[];
  readonly undone_at: Date | null;
  readonly undone_by: string | null;
  readonly stayed: number | null;
}

export interface Move {
  readonly type: string;
  readonly id: string;
  readonly before: number;
  readonly after: number;
}

const columns = 'id, kept, gone, at, by_name, moved, accounts, undone_at, undone_by, stayed';

export async function addMerge(db: Queryable, merge: { kept: string; gone: string; byId: string; byName: string; moved: number; accounts: readonly string[] }, now: number): Promise<string> {
  const { rows } = await db.query<{ id: string }>({
    name: 'identity.add-merge', text: 'INSERT INTO identity.merge (kept, gone, at, by_id, by_name, moved, accounts) VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id',
    values: [merge.kept, merge.gone, new Date(now), merge.byId, merge.byName, merge.moved, merge.accounts],
  });
  return rows[0]!.id;
}

export async function addMoves(db: Queryable, mergeId: string, moves: readonly Move[]): Promise<void> {
  await db.query({
    name: 'identity.add-moves',
    text: 'INSERT INTO identity.merge_move (merge_id, type, id, before, after) SELECT $1, * FROM unnest($2::text[], $3::text[], $4::int[], $5::int[])',
    values: [mergeId, moves.map(({ type }) => type), moves.map(({ id }) => id), moves.map(({ before }) => before), moves.map(({ after }) => after)],
  });
}

export async function findMerge(db: Queryable, id: string): Promise<Merge | undefined> {
  const { rows } = await db.query<Merge>({ name: 'identity.find-merge', text: `SELECT ${columns} FROM identity.merge WHERE id = $1 FOR UPDATE`, values: [id] });
  return rows[0];
}

export async function movesOf(db: Queryable, mergeId: string): Promise<Move[]> {
  const { rows } = await db.query<Move>({ name: 'identity.moves-of', text: 'SELECT type, id, before, after FROM identity.merge_move WHERE merge_id = $1 ORDER BY type, id', values: [mergeId] });
  return rows;
}

export interface Renewed {
  readonly type: string;
  readonly id: string;
  /** Version whose content stands again, and the version that it is now. */
  readonly was: number;
  readonly now: number;
}

/** What a later merge wrote over and its undoing put back is untouched for the earlier merge: it can be undone as exactly. */
export async function followRenewed(db: Queryable, renewed: readonly Renewed[]): Promise<void> {
  if (renewed.length === 0) return;
  await db.query({
    name: 'identity.follow-renewed',
    text: `UPDATE identity.merge_move m SET after = r.now FROM identity.merge g, unnest($1::text[], $2::text[], $3::int[], $4::int[]) AS r(type, id, was, now)
      WHERE g.id = m.merge_id AND g.undone_at IS NULL AND m.type = r.type AND m.id = r.id AND m.after = r.was`,
    values: [renewed.map(({ type }) => type), renewed.map(({ id }) => id), renewed.map(({ was }) => was), renewed.map(({ now }) => now)],
  });
}

export async function endMerge(db: Queryable, id: string, by: string, stayed: number, now: number): Promise<void> {
  await db.query({ name: 'identity.end-merge', text: 'UPDATE identity.merge SET undone_at = $2, undone_by = $3, stayed = $4 WHERE id = $1', values: [id, new Date(now), by, stayed] });
}

export async function latestMerges(db: Queryable, patient: string | undefined): Promise<Merge[]> {
  const { rows } = await db.query<Merge>({
    name: 'identity.latest-merges', text: `SELECT ${columns} FROM identity.merge WHERE $1::text IS NULL OR kept = $1 OR gone = $1 ORDER BY at DESC LIMIT 100`, values: [patient ?? null],
  });
  return rows;
}
