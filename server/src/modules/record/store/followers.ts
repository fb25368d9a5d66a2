import { hash64 } from '@sen/fhir';
import type { Queryable } from '../../../platform/database.ts';

/** Takes a follower's position until the transaction ends; undefined when another process holds it. A new follower stands at `start`. */
export async function lockFollower(db: Queryable, name: string, start: string): Promise<string | undefined> {
  const lock = await db.query<{ held: boolean }>({
    name: 'follower-lock',
    text: 'select pg_try_advisory_xact_lock($1) as held',
    values: [String(hash64(`follower|${name}`))],
  });
  if (lock.rows[0]?.held !== true) return undefined;
  const { rows } = await db.query<{ cursor: string }>({
    name: 'follower-position',
    text: 'select cursor from record.follower where name = $1',
    values: [name],
  });
  return rows[0]?.cursor ?? start;
}

/** Moves a follower whose position the transaction holds. */
export async function moveFollower(db: Queryable, name: string, cursor: string): Promise<void> {
  await db.query({
    name: 'follower-moves',
    text: `insert into record.follower (name, cursor) values ($1, $2)
      on conflict (name) do update set cursor = excluded.cursor, updated_at = now()`,
    values: [name, cursor],
  });
}
