// Queries of storage commitment: who asked for what, and whether it was told.
import type { Queryable } from '../../../platform/database.ts';

export interface CommitmentItem {
  readonly sopClass: string;
  readonly sopInstance: string;
}

export interface Commitment {
  readonly id: string;
  readonly machine: string;
  readonly transactionUid: string;
  readonly asked: readonly CommitmentItem[];
}

export async function insertCommitment(db: Queryable, { id, machine, transactionUid, asked }: Commitment, now: number, nextTryAt: number): Promise<void> {
  const text = 'INSERT INTO imaging.commitment (id, machine, transaction_uid, asked, asked_at, next_try_at) VALUES ($1, $2, $3, $4, $5, $6)';
  await db.query({ name: 'imaging.insert-commitment', text, values: [id, machine, transactionUid, JSON.stringify(asked), new Date(now), new Date(nextTryAt)] });
}

export async function setTold(db: Queryable, id: string, now: number): Promise<void> {
  await db.query({ name: 'imaging.commitment-told', text: 'UPDATE imaging.commitment SET told_at = $2, tries = tries + 1 WHERE id = $1 AND told_at IS NULL', values: [id, new Date(now)] });
}

export async function setUntold(db: Queryable, id: string, nextTryAt: number): Promise<void> {
  await db.query({ name: 'imaging.commitment-untold', text: 'UPDATE imaging.commitment SET tries = tries + 1, next_try_at = $2 WHERE id = $1', values: [id, new Date(nextTryAt)] });
}

export interface DueCommitment extends Commitment {
  readonly tries: number;
}

export async function dueCommitments(db: Queryable, now: number, triesMost: number): Promise<readonly DueCommitment[]> {
  const { rows } = await db.query<DueCommitment>({
    name: 'imaging.commitments-due',
    text: `SELECT id, machine, transaction_uid AS "transactionUid", asked, tries FROM imaging.commitment WHERE told_at IS NULL AND next_try_at <= $1 AND tries < $2 ORDER BY next_try_at LIMIT 20`,
    values: [new Date(now), triesMost],
  });
  return rows;
}

export interface KeptObject {
  readonly uid: string;
  readonly sopClass: string;
  readonly object: string;
  readonly bytes: string;
}

export async function keptObjects(db: Queryable, uids: readonly string[]): Promise<readonly KeptObject[]> {
  const { rows } = await db.query<KeptObject>({ name: 'imaging.kept-objects', text: 'SELECT uid, sop_class AS "sopClass", object, bytes FROM imaging.instance WHERE uid = ANY ($1)', values: [uids] });
  return rows;
}
