import type { Work } from '../../platform/work.ts';
import type { PatientMove } from '../identity/index.ts';

/** Moves messages with the merge of two records; its undoing moves exactly those back. What each person has chosen stays with the record it was said for. */
export async function moveMessages({ db }: Work, { from, to, mergeId, undo }: PatientMove): Promise<number> {
  if (undo) {
    const { rowCount } = await db.query({
      name: 'messages.move-back',
      text: 'WITH back AS (DELETE FROM messages.moved WHERE merge = $3 RETURNING message) UPDATE messages.message m SET patient = $2 FROM back WHERE m.id = back.message AND m.patient = $1', values: [from, to, mergeId],
    });
    return rowCount;
  }
  const { rowCount } = await db.query({
    name: 'messages.move',
    text: 'WITH moving AS (UPDATE messages.message SET patient = $2 WHERE patient = $1 RETURNING id) INSERT INTO messages.moved (merge, message) SELECT $3, id FROM moving ON CONFLICT DO NOTHING', values: [from, to, mergeId],
  });
  return rowCount;
}
