// Queries on visitors of the public page.
import type { Queryable } from '../../../platform/database.ts';

/** The telephone of a visitor token that still holds. */
export async function findVisitor(db: Queryable, tokenHash: Buffer, now: number): Promise<string | undefined> {
  const text = 'SELECT phone FROM booking.visitor WHERE token_hash = $1 AND until > $2';
  return (await db.query<{ phone: string }>({ name: 'booking.find-visitor', text, values: [tokenHash, new Date(now)] })).rows[0]?.phone;
}

export async function countAsked(db: Queryable, phone: string, address: string, since: number): Promise<{ ofPhone: number; ofAddress: number }> {
  const { rows } = await db.query<{ ofPhone: number; ofAddress: number }>({
    name: 'booking.count-visitor-codes',
    text: `SELECT (SELECT count(*)::int FROM booking.visitor WHERE phone = $1 AND asked_at > $3) AS "ofPhone",
      (SELECT count(*)::int FROM booking.visitor WHERE address = $2 AND asked_at > $3) AS "ofAddress"`,
    values: [phone, address, new Date(since)],
  });
  return rows[0]!;
}

export async function addVisitor(db: Queryable, visitor: { id: string; phone: string; address: string; codeHash: Buffer; askedAt: number; until: number }): Promise<void> {
  await db.query({
    name: 'booking.add-visitor',
    text: 'INSERT INTO booking.visitor (id, phone, address, code_hash, asked_at, until) VALUES ($1, $2, $3, $4, $5, $6)',
    values: [visitor.id, visitor.phone, visitor.address, visitor.codeHash, new Date(visitor.askedAt), new Date(visitor.until)],
  });
}

/** The newest code of a telephone, one try more noted against it; undefined when none may be tried. */
export async function tryVisitor(db: Queryable, phone: string, triesMost: number, now: number): Promise<{ id: string; codeHash: Buffer } | undefined> {
  const { rows } = await db.query<{ id: string; codeHash: Buffer }>({
    name: 'booking.try-visitor',
    text: `UPDATE booking.visitor SET tries = tries + 1 WHERE id = (SELECT id FROM booking.visitor WHERE phone = $1 ORDER BY asked_at DESC LIMIT 1)
      AND NOT taken AND tries < $2 AND until > $3 RETURNING id, code_hash AS "codeHash"`,
    values: [phone, triesMost, new Date(now)],
  });
  return rows[0];
}

export async function admitVisitor(db: Queryable, id: string, tokenHash: Buffer, until: number): Promise<boolean> {
  const text = 'UPDATE booking.visitor SET taken = true, token_hash = $2, until = $3 WHERE id = $1 AND NOT taken';
  return (await db.query({ name: 'booking.admit-visitor', text, values: [id, tokenHash, new Date(until)] })).rowCount === 1;
}
