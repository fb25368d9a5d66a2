// What consents say of content that stands in no row: what is about to be stored, past versions.
import type { Queryable } from '../../../platform/database.ts';
import type { Actor } from '../../../platform/work.ts';
import { consentCondition, permittedCondition, type ConsentColumns } from './condition.ts';

export interface ConsentQuestion {
  readonly patient: bigint;
  /** Number of the resource type. */
  readonly type: number;
  readonly marks: number;
  readonly key: bigint;
}

export interface ConsentDecision {
  readonly denied: boolean;
  /** A consent names the actor and permits it. */
  readonly permitted: boolean;
}

const columns: ConsentColumns = { patient: 'f.patient', type: 'f.type', marks: 'f.marks', key: 'f.key' };

/** Judges rows by the consents in force, in the order given. */
export async function consentFacts(db: Queryable, actor: Actor, rows: readonly ConsentQuestion[], now: number): Promise<ConsentDecision[]> {
  const values: unknown[] = [rows.map(({ patient }) => patient.toString()), rows.map(({ type }) => type), rows.map(({ marks }) => marks), rows.map(({ key }) => key.toString())];
  const add = (value: unknown): string => `$${values.push(value)}`;
  const [allowed, permitted] = [consentCondition(actor, columns, add, now), permittedCondition(actor, columns, add, now)];
  const found = await db.query<ConsentDecision>({
    name: 'security.consent-facts',
    text: `SELECT not ${allowed} AS denied, ${permitted} AS permitted
      FROM unnest($1::bigint[], $2::smallint[], $3::int[], $4::bigint[]) WITH ORDINALITY AS f(patient, type, marks, key, n) ORDER BY n`,
    values,
  });
  return found.rows;
}
