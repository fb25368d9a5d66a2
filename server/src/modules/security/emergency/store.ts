// Every query of emergency access.
import type { Queryable } from '../../../platform/database.ts';
import type { Emergency, Reason, Verdict } from './emergency.ts';

interface Row {
  id: string; account: string; name: string; patient: string; reason: Reason; explanation: string; opened_at: Date; until: Date; closed_at: Date | null;
  review_due: Date; reviewer: string | null; reviewer_name: string | null; reviewed_at: Date | null; verdict: Verdict | null; note: string | null; day_count: number;
}

const columns = `id, account, name, patient, reason, explanation, opened_at, until, closed_at, review_due, reviewer, reviewer_name, reviewed_at, verdict, note,
  (SELECT count(*)::int FROM security.emergency o WHERE o.account = e.account AND o.opened_at <= e.opened_at AND o.opened_at > e.opened_at - interval '24 hours') AS day_count`;

/** What an account has open: for whoever builds its actor. */
export async function emergenciesOf(db: Queryable, account: string, now: number): Promise<{ patient: string; until: number }[]> {
  const { rows } = await db.query<{ patient: string; until: Date }>({
    name: 'security.emergencies-of',
    text: 'SELECT patient, max(until) AS until FROM security.emergency WHERE account = $1 AND until > $2 AND closed_at IS NULL GROUP BY patient',
    values: [account, new Date(now)],
  });
  return rows.map(({ patient, until }) => ({ patient, until: until.getTime() }));
}

export async function listOwnOpen(db: Queryable, account: string, now: number): Promise<Emergency[]> {
  return list(db, 'own-open', `WHERE account = $1 AND until > $2 AND closed_at IS NULL ORDER BY until`, [account, new Date(now)]);
}

export async function listUnreviewed(db: Queryable, limit: number): Promise<Emergency[]> {
  return list(db, 'unreviewed', 'WHERE verdict IS NULL ORDER BY review_due, id LIMIT $1', [limit]);
}

export async function listReviewed(db: Queryable, limit: number): Promise<Emergency[]> {
  return list(db, 'reviewed', 'WHERE verdict IS NOT NULL ORDER BY reviewed_at DESC, id LIMIT $1', [limit]);
}

async function list(db: Queryable, name: string, where: string, values: readonly unknown[]): Promise<Emergency[]> {
  const { rows } = await db.query<Row>({ name: `security.emergencies-${name}`, text: `SELECT ${columns} FROM security.emergency e ${where}`, values });
  return rows.map(emergencyOf);
}

/** Makes those who open records for the same account wait for one another, so that none is opened twice. The number keeps these locks apart from others. */
export async function lockEmergenciesOf(db: Queryable, account: string): Promise<void> {
  await db.query({ name: 'security.lock-emergencies-of', text: 'SELECT pg_advisory_xact_lock(9102, hashtext($1))', values: [account] });
}

export async function countSince(db: Queryable, account: string, since: number): Promise<number> {
  const { rows } = await db.query<{ count: number }>({
    name: 'security.count-emergencies', text: 'SELECT count(*)::int AS count FROM security.emergency WHERE account = $1 AND opened_at > $2', values: [account, new Date(since)],
  });
  return rows[0]!.count;
}

export async function addEmergency(db: Queryable, emergency: Emergency): Promise<void> {
  const { id, account, name, patient, reason, explanation, openedAt, until, reviewDue } = emergency;
  await db.query({
    name: 'security.add-emergency',
    text: `INSERT INTO security.emergency (id, account, name, patient, reason, explanation, opened_at, until, review_due) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    values: [id, account, name, patient, reason, explanation, new Date(openedAt), new Date(until), new Date(reviewDue)],
  });
}

/** Loads one and keeps others from changing it until the transaction ends. */
export async function lockEmergency(db: Queryable, id: string): Promise<Emergency | undefined> {
  const { rows } = await db.query<Row>({ name: 'security.lock-emergency', text: `SELECT ${columns} FROM security.emergency e WHERE id = $1 FOR UPDATE`, values: [id] });
  return rows[0] && emergencyOf(rows[0]);
}

export async function endEmergency(db: Queryable, id: string, now: number): Promise<void> {
  await db.query({ name: 'security.end-emergency', text: 'UPDATE security.emergency SET closed_at = $2 WHERE id = $1 AND closed_at IS NULL AND until > $2', values: [id, new Date(now)] });
}

/** Id of the Practitioner that the holder of an account is. */
export async function practitionerOf(db: Queryable, account: string): Promise<string | undefined> {
  const { rows } = await db.query<{ practitioner: string | null }>({ name: 'security.practitioner-of', text: 'SELECT practitioner FROM security.account WHERE id = $1', values: [account] });
  return rows[0]?.practitioner ?? undefined;
}

export async function storeReview(db: Queryable, id: string, { reviewer, name, at, verdict, note }: NonNullable<Emergency['review']>): Promise<void> {
  await db.query({
    name: 'security.review-emergency',
    text: 'UPDATE security.emergency SET reviewer = $2, reviewer_name = $3, reviewed_at = $4, verdict = $5, note = $6 WHERE id = $1',
    values: [id, reviewer, name, new Date(at), verdict, note],
  });
}

export async function countUnreviewed(db: Queryable, now: number): Promise<{ waiting: number; overdue: number }> {
  const { rows } = await db.query<{ waiting: number; overdue: number }>({
    name: 'security.count-unreviewed',
    text: 'SELECT count(*)::int AS waiting, (count(*) FILTER (WHERE review_due <= $1))::int AS overdue FROM security.emergency WHERE verdict IS NULL',
    values: [new Date(now)],
  });
  return rows[0]!;
}

/** Takes those whose review has become late since the last time. */
export async function takeOverdue(db: Queryable, now: number): Promise<string[]> {
  const { rows } = await db.query<{ id: string }>({
    name: 'security.take-overdue-emergencies',
    text: 'UPDATE security.emergency SET escalated_at = $1 WHERE verdict IS NULL AND escalated_at IS NULL AND review_due <= $1 RETURNING id',
    values: [new Date(now)],
  });
  return rows.map(({ id }) => id);
}

function emergencyOf(row: Row): Emergency {
  const { id, account, name, patient, reason, explanation } = row;
  const review = row.verdict === null ? undefined : { reviewer: row.reviewer!, name: row.reviewer_name!, at: row.reviewed_at!.getTime(), verdict: row.verdict, note: row.note ?? '' };
  return {
    id, account, name, patient, reason, explanation, openedAt: row.opened_at.getTime(), until: row.until.getTime(), reviewDue: row.review_due.getTime(), dayCount: row.day_count,
    ...(row.closed_at === null ? {} : { closedAt: row.closed_at.getTime() }), ...(review === undefined ? {} : { review }),
  };
}
