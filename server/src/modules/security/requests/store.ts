// Every query of the requests of data subjects.
import type { Queryable } from '../../../platform/database.ts';
import type { Channel, DataRequest, Identity, Kind, Reason, State } from './request.ts';

interface Row {
  id: string; number: string; patient: string; kind: Kind; details: string; channel: Channel; identity: Identity | null; state: State;
  received_at: Date; received_by: string; received_name: string; answer_due: string; work_due: string; answered_at: Date | null; closed_at: Date | null;
  reason: Reason | null; reply: string | null; result: string | null; copy_until: Date | null; copied_at: Date | null;
}

const columns = `id, number, patient, kind, details, channel, identity, state, received_at, received_by, received_name, answer_due::text, work_due::text,
  answered_at, closed_at, reason, reply, result, copy_until, copied_at`;

export async function listOpenRequests(db: Queryable): Promise<DataRequest[]> {
  return list(db, 'open', "WHERE closed_at IS NULL ORDER BY CASE WHEN state = 'received' THEN answer_due ELSE work_due END, received_at LIMIT 200", []);
}

export async function listClosedRequests(db: Queryable): Promise<DataRequest[]> {
  return list(db, 'closed', 'WHERE closed_at IS NOT NULL ORDER BY closed_at DESC LIMIT 200', []);
}

export async function listRequestsOf(db: Queryable, patients: readonly string[]): Promise<DataRequest[]> {
  return list(db, 'of', 'WHERE patient = ANY($1::text[]) ORDER BY received_at DESC LIMIT 200', [patients]);
}

export async function lockRequest(db: Queryable, id: string): Promise<DataRequest | undefined> {
  return (await list(db, 'lock', 'WHERE id = $1 FOR UPDATE', [id]))[0];
}

export async function findRequest(db: Queryable, id: string): Promise<DataRequest | undefined> {
  return (await list(db, 'find', 'WHERE id = $1', [id]))[0];
}

async function list(db: Queryable, name: string, where: string, values: readonly unknown[]): Promise<DataRequest[]> {
  const { rows } = await db.query<Row>({ name: `security.requests-${name}`, text: `SELECT ${columns} FROM security.data_request ${where}`, values });
  return rows.map(requestOf);
}

/** Days of the limit in force on a day. */
export async function findLimit(db: Queryable, kind: Kind, day: string): Promise<{ answerDays: number; workDays: number }> {
  const { rows } = await db.query<{ answer_days: number; work_days: number }>({
    name: 'security.request-limit',
    text: 'SELECT answer_days, work_days FROM security.request_limit WHERE kind = $1 AND effective_from <= $2::date ORDER BY effective_from DESC LIMIT 1',
    values: [kind, day],
  });
  // Before the law took effect there is none: its first days hold.
  return rows[0] === undefined ? { answerDays: 2, workDays: 10 } : { answerDays: rows[0].answer_days, workDays: rows[0].work_days };
}

export async function loadCalendar(db: Queryable): Promise<Map<string, boolean>> {
  const { rows } = await db.query<{ day: string; working: boolean }>({ name: 'security.calendar', text: 'SELECT day::text, working FROM security.calendar_day' });
  return new Map(rows.map(({ day, working }) => [day, working]));
}

export async function nextNumber(db: Queryable, day: string): Promise<string> {
  const { rows } = await db.query<{ n: string }>({ name: 'security.request-number', text: `SELECT nextval('security.data_request_number') AS n` });
  return `YC-${day.slice(0, 4)}-${rows[0]!.n.padStart(6, '0')}`;
}

export async function addRequest(db: Queryable, request: DataRequest): Promise<void> {
  const { id, number, patient, kind, details, channel, identity, state, receivedAt, receivedBy, answerDue, workDue } = request;
  await db.query({
    name: 'security.add-request',
    text: `INSERT INTO security.data_request (id, number, patient, kind, details, channel, identity, state, received_at, received_by, received_name, answer_due, work_due)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
    values: [id, number, patient, kind, details, channel, identity ?? null, state, new Date(receivedAt), receivedBy.id, receivedBy.name, answerDue, workDue],
  });
}

export async function storeRequest(db: Queryable, request: DataRequest): Promise<void> {
  const { id, identity, state, answeredAt, closedAt, reason, reply, result, copyUntil, copiedAt } = request;
  await db.query({
    name: 'security.store-request',
    text: `UPDATE security.data_request SET identity = $2, state = $3, answered_at = $4, closed_at = $5, reason = $6, reply = $7, result = $8, copy_until = $9, copied_at = $10
      WHERE id = $1`,
    values: [id, identity ?? null, state, date(answeredAt), date(closedAt), reason ?? null, reply ?? null, result ?? null, date(copyUntil), date(copiedAt)],
  });
}

export interface RequestStep {
  readonly request: string;
  readonly at: number;
  readonly actor: string;
  readonly name: string;
  readonly step: string;
  readonly note?: string;
}

export async function addStep(db: Queryable, { request, at, actor, name, step, note }: RequestStep): Promise<void> {
  await db.query({
    name: 'security.add-request-step',
    text: 'INSERT INTO security.data_request_step (request, at, actor, name, step, note) VALUES ($1, $2, $3, $4, $5, $6)',
    values: [request, new Date(at), actor, name, step, note ?? null],
  });
}

export async function listSteps(db: Queryable, requests: readonly string[]): Promise<RequestStep[]> {
  const { rows } = await db.query<{ request: string; at: Date; actor: string; name: string; step: string; note: string | null }>({
    name: 'security.request-steps',
    text: 'SELECT request, at, actor, name, step, note FROM security.data_request_step WHERE request = ANY($1::text[]) ORDER BY request, position',
    values: [requests],
  });
  return rows.map(({ at, note, ...row }) => ({ ...row, at: at.getTime(), ...(note === null ? {} : { note }) }));
}

export async function countOpenRequests(db: Queryable, day: string): Promise<{ waiting: number; overdue: number }> {
  const { rows } = await db.query<{ waiting: number; overdue: number }>({
    name: 'security.count-requests',
    text: `SELECT count(*)::int AS waiting, (count(*) FILTER (WHERE CASE WHEN state = 'received' THEN answer_due ELSE work_due END < $1::date))::int AS overdue
      FROM security.data_request WHERE closed_at IS NULL`,
    values: [day],
  });
  return rows[0]!;
}

/** Takes the open requests that are due by a day and were not reminded of today. */
export async function takeDue(db: Queryable, today: string, by: string): Promise<string[]> {
  const { rows } = await db.query<{ id: string }>({
    name: 'security.take-due-requests',
    text: `UPDATE security.data_request SET reminded_on = $1::date
      WHERE closed_at IS NULL AND CASE WHEN state = 'received' THEN answer_due ELSE work_due END <= $2::date AND reminded_on IS DISTINCT FROM $1::date RETURNING id`,
    values: [today, by],
  });
  return rows.map(({ id }) => id);
}

const date = (ms: number | undefined): Date | null => (ms === undefined ? null : new Date(ms));

function requestOf(row: Row): DataRequest {
  const { id, number, patient, kind, details, channel, state } = row;
  return {
    id, number, patient, kind, details, channel, state, receivedAt: row.received_at.getTime(), receivedBy: { id: row.received_by, name: row.received_name },
    answerDue: row.answer_due, workDue: row.work_due,
    ...(row.identity === null ? {} : { identity: row.identity }),
    ...(row.answered_at === null ? {} : { answeredAt: row.answered_at.getTime() }),
    ...(row.closed_at === null ? {} : { closedAt: row.closed_at.getTime() }),
    ...(row.reason === null ? {} : { reason: row.reason }),
    ...(row.reply === null ? {} : { reply: row.reply }),
    ...(row.result === null ? {} : { result: row.result }),
    ...(row.copy_until === null ? {} : { copyUntil: row.copy_until.getTime() }),
    ...(row.copied_at === null ? {} : { copiedAt: row.copied_at.getTime() }),
  };
}
