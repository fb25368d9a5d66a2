import type { Queryable } from '../../../platform/database.ts';
import type { Actor } from '../../../platform/work.ts';
import type { Relation } from '../policy/access.ts';
import { relationCondition } from './relation-condition.ts';

/** Gives those of some patients (keys of the record) to whom the actor stands in a relation: what relationCondition says, for content that is not stored. */
export async function relatedPatients(db: Queryable, actor: Actor, relation: Relation, patients: readonly bigint[], now: number): Promise<Set<bigint>> {
  if (relation === 'any') return new Set(patients);
  const values: unknown[] = [patients.map(String)];
  const condition = relationCondition(actor, relation, 'p.key', (value) => `$${values.push(value)}`, now);
  if (condition === 'false' || patients.length === 0) return new Set();
  const { rows } = await db.query<{ key: string }>({ text: `select p.key::text as key from unnest($1::bigint[]) as p(key) where ${condition}`, values });
  return new Set(rows.map(({ key }) => BigInt(key)));
}
