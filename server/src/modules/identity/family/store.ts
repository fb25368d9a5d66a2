// Requests to act for a relative.
import type { RelationKind } from '@sen/contracts';
import type { Queryable } from '../../../platform/database.ts';

export interface FamilyRequest {
  readonly id: string;
  readonly account: string;
  /** The one record that is the requester. */
  readonly requester: string;
  readonly patient: string | null;
  readonly relation: RelationKind;
  readonly asked_at: Date;
}

const columns = 'id, account, requester, patient, relation, asked_at';

export async function openRequests(db: Queryable, account: string): Promise<FamilyRequest[]> {
  const { rows } = await db.query<FamilyRequest>({ name: 'identity.open-requests', text: `SELECT ${columns} FROM identity.family_request WHERE account = $1 AND state = 'asked' ORDER BY asked_at DESC LIMIT 20`, values: [account] });
  return rows;
}

export async function requestsFor(db: Queryable, patient: string): Promise<FamilyRequest[]> {
  const { rows } = await db.query<FamilyRequest>({ name: 'identity.requests-for', text: `SELECT ${columns} FROM identity.family_request WHERE patient = $1 AND state = 'asked' ORDER BY asked_at DESC LIMIT 20`, values: [patient] });
  return rows;
}

export async function countLately(db: Queryable, account: string, since: number): Promise<number> {
  const { rows } = await db.query<{ n: number }>({ name: 'identity.count-requests', text: 'SELECT count(*)::int AS n FROM identity.family_request WHERE account = $1 AND asked_at > $2', values: [account, new Date(since)] });
  return rows[0]?.n ?? 0;
}

export async function addRequest(db: Queryable, request: Omit<FamilyRequest, 'id' | 'asked_at'>, id: string, code: { hash: string; until: number } | undefined, now: number): Promise<void> {
  await db.query({
    name: 'identity.add-request', text: 'INSERT INTO identity.family_request (id, account, requester, patient, relation, asked_at, code_hash, code_until) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)',
    values: [id, request.account, request.requester, request.patient, request.relation, new Date(now), code?.hash ?? null, code === undefined ? null : new Date(code.until)],
  });
}

/** Counts a try and gives the request while its code holds: five tries. Counted in a statement of its own, so that a wrong code does not take it back. */
export async function tryCode(db: Queryable, id: string, account: string, now: number): Promise<(FamilyRequest & { code_hash: string }) | undefined> {
  const { rows } = await db.query<FamilyRequest & { code_hash: string }>({
    name: 'identity.try-code',
    text: `UPDATE identity.family_request SET tries = tries + 1 WHERE id = $1 AND account = $2 AND state = 'asked' AND code_hash IS NOT NULL AND code_until > $3 AND tries < 5 RETURNING ${columns}, code_hash`,
    values: [id, account, new Date(now)],
  });
  return rows[0];
}

export async function settleRequest(db: Queryable, id: string, state: 'confirmed' | 'refused'): Promise<FamilyRequest | undefined> {
  const { rows } = await db.query<FamilyRequest>({ name: 'identity.settle-request', text: `UPDATE identity.family_request SET state = $2 WHERE id = $1 AND state = 'asked' RETURNING ${columns}`, values: [id, state] });
  return rows[0];
}
