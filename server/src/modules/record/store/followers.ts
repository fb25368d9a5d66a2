import type { Queryable } from '../../../platform/database.ts';

/** Takes a follower's position until the transaction ends; undefined when another process holds it. A new follower stands at `start`. */
export async function lockFollower(db: Queryable, name: string, start: string): Promise<string | undefined> {
  await db.query({ name: 'follower-begins', text: 'insert into record.follower (name, cursor) values ($1, $2) on conflict do nothing', values: [name, start] });
  const { rows } = await db.query<{ cursor: string }>({
    name: 'follower-lock',
    text: 'select cursor from record.follower where name = $1 for update skip locked',
    values: [name],
  });
  return rows[0]?.cursor;
}

/** Moves a follower whose position the transaction holds. */
export async function moveFollower(db: Queryable, name: string, cursor: string): Promise<void> {
  await db.query({ name: 'follower-moves', text: 'update record.follower set cursor = $2, updated_at = now() where name = $1', values: [name, cursor] });
}
