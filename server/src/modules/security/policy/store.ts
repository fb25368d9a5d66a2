// Every query of the policy.
import type { Queryable } from '../../../platform/database.ts';

export interface StoredPolicy {
  readonly version: number;
  readonly effectiveFrom: number;
  readonly document: unknown;
  readonly changedBy: string;
  readonly reason: string;
  readonly createdAt: number;
}

interface Row {
  version: number;
  effective_from: Date;
  document: unknown;
  changed_by: string;
  reason: string;
  created_at: Date;
}

const columns = 'version, effective_from, document, changed_by, reason, created_at';

/** Channel of NOTIFY: a new version was stored. */
export const policyChannel = 'sen_policy';

export async function findPolicyInForce(db: Queryable, now: number): Promise<StoredPolicy | undefined> {
  const text = `SELECT ${columns} FROM security.policy WHERE effective_from <= $1 ORDER BY version DESC LIMIT 1`;
  const { rows } = await db.query<Row>({ text, values: [new Date(now)] });
  return rows.map(policyOf)[0];
}

/** When the next version comes into force; undefined when none is waiting. */
export async function findNextChange(db: Queryable, now: number): Promise<number | undefined> {
  const { rows } = await db.query<{ next: Date | null }>({ text: 'SELECT min(effective_from) AS next FROM security.policy WHERE effective_from > $1', values: [new Date(now)] });
  return rows[0]?.next?.getTime();
}

/** The versions, the newest first. */
export async function listPolicies(db: Queryable): Promise<StoredPolicy[]> {
  const { rows } = await db.query<Row>({ text: `SELECT ${columns} FROM security.policy ORDER BY version DESC` });
  return rows.map(policyOf);
}

/** Adds a version and tells the other processes; false when that number is already taken. */
export async function addPolicy(db: Queryable, policy: StoredPolicy): Promise<boolean> {
  const { version, effectiveFrom, document, changedBy, reason, createdAt } = policy;
  const { rowCount } = await db.query({
    text: `WITH added AS (
             INSERT INTO security.policy (${columns}) VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (version) DO NOTHING RETURNING version
           ) SELECT pg_notify('${policyChannel}', version::text) FROM added`,
    values: [version, new Date(effectiveFrom), JSON.stringify(document), changedBy, reason, new Date(createdAt)],
  });
  return rowCount === 1;
}

function policyOf({ version, effective_from, document, changed_by, reason, created_at }: Row): StoredPolicy {
  return { version, effectiveFrom: effective_from.getTime(), document, changedBy: changed_by, reason, createdAt: created_at.getTime() };
}
