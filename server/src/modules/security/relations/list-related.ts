import type { Queryable } from '../../../platform/database.ts';
import type { Actor } from '../../../platform/work.ts';
import { inTime } from './relation-condition.ts';
import { careSubjects, departments } from './subjects.ts';

/** Lists the patients (keys of the record) to whom the actor stands in a relation, as relationCondition says it; undefined when there are more than `most`. */
export async function listRelated(db: Queryable, actor: Actor, relation: 'care' | 'department', now: number, most: number): Promise<bigint[] | undefined> {
  const subjects = relation === 'care' ? careSubjects(actor) : departments(actor);
  if (subjects.length === 0) return [];
  const values: unknown[] = [subjects, most + 1];
  const condition = inTime(relation, (value) => `$${values.push(value)}`, now);
  const { rows } = await db.query<{ patient: string }>({
    name: `security.list-related-${relation}`,
    text: `select distinct c.patient from security.care_relation c where c.subject = any($1::text[]) and ${condition} limit $2`,
    values,
  });
  return rows.length > most ? undefined : rows.map(({ patient }) => BigInt(patient));
}
