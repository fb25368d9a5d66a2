import { openSecret, sealSecret } from '../../platform/seal.ts';
import type { Work } from '../../platform/work.ts';

/** Reads a secret of the module, or makes and keeps it: the first process wins, all others read what it made. */
export async function keepSecret(work: Work, name: string, make: () => string): Promise<string> {
  const known = await readSecret(work, name);
  if (known !== undefined) return known;
  await work.db.query({
    name: 'messages.add-secret', text: 'INSERT INTO messages.secret (name, value_sealed, changed_at) VALUES ($1, $2, to_timestamp($3::float8 / 1000)) ON CONFLICT DO NOTHING',
    values: [name, sealSecret(make(), `messages:${name}`), work.now],
  });
  const kept = await readSecret(work, name);
  if (kept === undefined) throw new Error(`the secret ${name} was not kept`);
  return kept;
}

async function readSecret(work: Work, name: string): Promise<string | undefined> {
  const { rows } = await work.db.query<{ value_sealed: string }>({ name: 'messages.read-secret', text: 'SELECT value_sealed FROM messages.secret WHERE name = $1', values: [name] });
  return rows[0] === undefined ? undefined : openSecret(rows[0].value_sealed, `messages:${name}`);
}
