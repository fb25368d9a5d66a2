// Every query of the register of breaches.
import type { Queryable } from '../../../platform/database.ts';

export interface Breach {
  readonly id: string;
  /** ms since 1970. */
  readonly foundAt: number;
  readonly noticeDue: number;
  readonly what: string;
  readonly dataKinds: string;
  readonly people?: number;
  readonly measures: string;
  readonly recordedBy: { readonly id: string; readonly name: string };
  readonly notifiedAt?: number;
  readonly noticeNumber?: string;
  readonly subjectsToldAt?: number;
  readonly closedAt?: number;
}

interface Row {
  id: string; found_at: Date; notice_due: Date; what: string; data_kinds: string; people: number | null; measures: string; recorded_by: string; recorded_name: string;
  notified_at: Date | null; notice_number: string | null; subjects_told_at: Date | null; closed_at: Date | null;
}

const columns = 'id, found_at, notice_due, what, data_kinds, people, measures, recorded_by, recorded_name, notified_at, notice_number, subjects_told_at, closed_at';

export async function listBreaches(db: Queryable): Promise<Breach[]> {
  const { rows } = await db.query<Row>({ name: 'security.breaches', text: `SELECT ${columns} FROM security.breach ORDER BY closed_at IS NOT NULL, notified_at IS NOT NULL, notice_due LIMIT 200` });
  return rows.map(breachOf);
}

export async function lockBreach(db: Queryable, id: string): Promise<Breach | undefined> {
  const { rows } = await db.query<Row>({ name: 'security.lock-breach', text: `SELECT ${columns} FROM security.breach WHERE id = $1 FOR UPDATE`, values: [id] });
  return rows[0] && breachOf(rows[0]);
}

export async function addBreach(db: Queryable, breach: Breach, now: number): Promise<void> {
  const { id, foundAt, noticeDue, what, dataKinds, people, measures, recordedBy } = breach;
  await db.query({
    name: 'security.add-breach',
    text: `INSERT INTO security.breach (id, found_at, notice_due, what, data_kinds, people, measures, recorded_by, recorded_name, recorded_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    values: [id, new Date(foundAt), new Date(noticeDue), what, dataKinds, people ?? null, measures, recordedBy.id, recordedBy.name, new Date(now)],
  });
}

export async function storeBreach(db: Queryable, { id, notifiedAt, noticeNumber, subjectsToldAt, closedAt }: Breach): Promise<void> {
  await db.query({
    name: 'security.store-breach',
    text: 'UPDATE security.breach SET notified_at = $2, notice_number = $3, subjects_told_at = $4, closed_at = $5 WHERE id = $1',
    values: [id, date(notifiedAt), noticeNumber ?? null, date(subjectsToldAt), date(closedAt)],
  });
}

export async function countUnnotified(db: Queryable, now: number): Promise<{ waiting: number; overdue: number }> {
  const { rows } = await db.query<{ waiting: number; overdue: number }>({
    name: 'security.count-breaches',
    text: 'SELECT count(*)::int AS waiting, (count(*) FILTER (WHERE notice_due <= $1))::int AS overdue FROM security.breach WHERE notified_at IS NULL AND closed_at IS NULL',
    values: [new Date(now)],
  });
  return rows[0]!;
}

const date = (ms: number | undefined): Date | null => (ms === undefined ? null : new Date(ms));

function breachOf(row: Row): Breach {
  return {
    id: row.id, foundAt: row.found_at.getTime(), noticeDue: row.notice_due.getTime(), what: row.what, dataKinds: row.data_kinds, measures: row.measures,
    recordedBy: { id: row.recorded_by, name: row.recorded_name },
    ...(row.people === null ? {} : { people: row.people }),
    ...(row.notified_at === null ? {} : { notifiedAt: row.notified_at.getTime() }),
    ...(row.notice_number === null ? {} : { noticeNumber: row.notice_number }),
    ...(row.subjects_told_at === null ? {} : { subjectsToldAt: row.subjects_told_at.getTime() }),
    ...(row.closed_at === null ? {} : { closedAt: row.closed_at.getTime() }),
  };
}
