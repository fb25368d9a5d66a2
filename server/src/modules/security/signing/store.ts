// Every query of the keys with which people sign.
import type { Queryable } from '../../../platform/database.ts';

export interface SigningKey {
  readonly id: string;
  readonly accountId: string;
  readonly kind: 'software' | 'remote';
  readonly certificates: readonly Buffer[];
  readonly keySealed: string | null;
  readonly credential: string | null;
  readonly wrongPins: number;
  readonly blockedUntil: Date | null;
}

const columns = 'id, account_id AS "accountId", kind, certificates, key_sealed AS "keySealed", credential, wrong_pins AS "wrongPins", blocked_until AS "blockedUntil"';

/** The key that an account signs with. */
export async function findSigningKey(db: Queryable, account: string): Promise<SigningKey | undefined> {
  const { rows } = await db.query<SigningKey>({
    name: 'security.find-signing-key', text: `SELECT ${columns} FROM security.signing_key WHERE account_id = $1 AND withdrawn_at IS NULL`, values: [account],
  });
  return rows[0];
}

/** Takes a new key into use in place of the one before. Inside a transaction. */
export async function putSigningKey(db: Queryable, key: Omit<SigningKey, 'wrongPins' | 'blockedUntil'>, now: number): Promise<void> {
  await withdrawSigningKey(db, key.accountId, now);
  await db.query({
    text: 'INSERT INTO security.signing_key (id, account_id, kind, certificates, key_sealed, credential, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7)',
    values: [key.id, key.accountId, key.kind, key.certificates, key.keySealed, key.credential, new Date(now)],
  });
}

export async function withdrawSigningKey(db: Queryable, account: string, now: number): Promise<boolean> {
  const { rowCount } = await db.query({ text: 'UPDATE security.signing_key SET withdrawn_at = $2 WHERE account_id = $1 AND withdrawn_at IS NULL', values: [account, new Date(now)] });
  return rowCount > 0;
}

/** Takes one guess at the PIN, before it is looked at: guesses that come at once are counted too. False when there are none left for now. */
export async function takeGuess(db: Queryable, id: string, now: number, most: number, blockMs: number): Promise<boolean> {
  const { rowCount } = await db.query({
    text: `UPDATE security.signing_key SET
             wrong_pins = CASE WHEN blocked_until IS NOT NULL THEN 1 ELSE wrong_pins + 1 END,
             blocked_until = CASE WHEN blocked_until IS NULL AND wrong_pins + 1 >= $3 THEN $4::timestamptz END
           WHERE id = $1 AND (blocked_until IS NULL OR blocked_until <= $2)`,
    values: [id, new Date(now), most, new Date(now + blockMs)],
  });
  return rowCount > 0;
}

export async function forgetGuesses(db: Queryable, id: string): Promise<void> {
  await db.query({ text: 'UPDATE security.signing_key SET wrong_pins = 0, blocked_until = NULL WHERE id = $1', values: [id] });
}
