// Pairs of records that may be one person.
import type { Queryable } from '../../../platform/database.ts';
import type { Likeness } from '../likeness/likeness.ts';
import { weightsVersion } from '../likeness/weights.ts';

export interface Pair {
  readonly id: string;
  readonly left_id: string;
  readonly right_id: string;
  readonly bits: number;
  readonly score: number;
  readonly grade: Likeness['grade'];
  readonly reasons: readonly { code: string; bits: number }[];
  readonly found_at: Date;
  readonly decision: string | null;
  readonly decided_at: Date | null;
  readonly decided_by: string | null;
}

const columns = 'id, left_id, right_id, bits, score, grade, reasons, found_at, decision, decided_at, decided_by';
const waiting = "(decision IS NULL OR decision = 'later')";

/** Keeps a pair for review; one that somebody has judged stays judged. */
export async function keepPair(db: Queryable, a: string, b: string, { bits, score, grade, reasons }: Likeness, now: number): Promise<void> {
  const [left, right] = a < b ? [a, b] : [b, a];
  await db.query({
    name: 'identity.keep-pair',
    text: `INSERT INTO identity.duplicate_pair (left_id, right_id, bits, score, grade, reasons, weights, found_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
      ON CONFLICT (left_id, right_id) DO UPDATE SET bits = excluded.bits, score = excluded.score, grade = excluded.grade, reasons = excluded.reasons, weights = excluded.weights
      WHERE identity.duplicate_pair.decision IS NULL OR identity.duplicate_pair.decision = 'later'`,
    values: [left, right, bits, score, grade, JSON.stringify(reasons.map((one) => ({ code: one.code, bits: one.bits }))), weightsVersion, new Date(now)],
  });
}

/** Clears the pairs of a record that no longer look alike, except those given. */
export async function dropPairs(db: Queryable, patient: string, except: readonly string[]): Promise<void> {
  await db.query({
    name: 'identity.drop-pairs',
    text: `DELETE FROM identity.duplicate_pair WHERE decision IS NULL AND ((left_id = $1 AND NOT right_id = ANY($2)) OR (right_id = $1 AND NOT left_id = ANY($2)))`,
    values: [patient, except],
  });
}

export async function waitingPairs(db: Queryable, after: { bits: number; id: string } | undefined, limit: number): Promise<Pair[]> {
  const { rows } = await db.query<Pair>({
    name: 'identity.waiting-pairs',
    text: `SELECT ${columns} FROM identity.duplicate_pair WHERE ${waiting} AND ($1::real IS NULL OR (bits, id) < ($1::real, $2::uuid)) ORDER BY bits DESC, id DESC LIMIT $3`,
    values: [after?.bits ?? null, after?.id ?? null, limit],
  });
  return rows;
}

export async function countWaiting(db: Queryable): Promise<number> {
  const { rows } = await db.query<{ n: number }>({ name: 'identity.count-waiting', text: `SELECT count(*)::int AS n FROM identity.duplicate_pair WHERE ${waiting}` });
  return rows[0]?.n ?? 0;
}

export async function findPair(db: Queryable, id: string): Promise<Pair | undefined> {
  const { rows } = await db.query<Pair>({ name: 'identity.find-pair', text: `SELECT ${columns} FROM identity.duplicate_pair WHERE id = $1`, values: [id] });
  return rows[0];
}

export async function decidePair(db: Queryable, id: string, decision: string, by: string, now: number): Promise<void> {
  await db.query({ name: 'identity.decide-pair', text: "UPDATE identity.duplicate_pair SET decision = $2, decided_at = $3, decided_by = $4 WHERE id = $1 AND decision IS DISTINCT FROM 'merged'", values: [id, decision, new Date(now), by] });
}

/** Of a merge and its undoing: the pair is settled, or open again. */
export async function settlePair(db: Queryable, a: string, b: string, decision: 'merged' | null, by: string, now: number): Promise<void> {
  const [left, right] = a < b ? [a, b] : [b, a];
  await db.query({
    name: 'identity.settle-pair', text: 'UPDATE identity.duplicate_pair SET decision = $3, decided_at = $4, decided_by = $5 WHERE left_id = $1 AND right_id = $2',
    values: [left, right, decision, new Date(now), by],
  });
}

export async function keepJudged(db: Queryable, a: string, b: string, by: string, now: number): Promise<void> {
  const [left, right] = a < b ? [a, b] : [b, a];
  await db.query({
    name: 'identity.keep-judged',
    text: `INSERT INTO identity.duplicate_pair (left_id, right_id, bits, score, grade, reasons, weights, found_at, decision, decided_at, decided_by)
      VALUES ($1, $2, 0, 0, 'possible', '[]', $3, $4, 'different', $4, $5) ON CONFLICT (left_id, right_id) DO NOTHING`,
    values: [left, right, weightsVersion, new Date(now), by],
  });
}
