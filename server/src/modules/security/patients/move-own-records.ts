// Two records of one person were merged, or parted again: the accounts that open the one open the other.
import type { Work } from '../../../platform/work.ts';
import { tellSessionsChanged } from '../tell-sessions-changed.ts';
import type { AccountId } from '../account.ts';

/** Moves all accounts that open a patient, or those given; gives their ids, for the way back. An account that opens both already is left. */
export async function moveOwnRecords(work: Work, { from, to, accounts }: { from: string; to: string; accounts?: readonly string[] }): Promise<AccountId[]> {
  const { rows } = await work.db.query<{ id: AccountId }>({
    name: 'security.move-own-records',
    text: `UPDATE security.account SET patients = array_replace(patients, $1, $2)
      WHERE $1 = ANY(patients) AND NOT $2 = ANY(patients) AND ($3::text[] IS NULL OR id::text = ANY($3)) RETURNING id`,
    values: [from, to, accounts ?? null],
  });
  const moved = rows.map(({ id }) => id);
  if (moved.length === 0) return [];
  await work.db.query({ name: 'security.move-sources', text: 'UPDATE security.upstream_identity SET sources = array_replace(sources, $1, $2) WHERE account_id = ANY($3)', values: [`Patient/${from}`, `Patient/${to}`, moved] });
  for (const id of moved) await tellSessionsChanged(work.db, id);
  return moved;
}
