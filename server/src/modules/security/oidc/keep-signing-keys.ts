// Keys that sign id tokens: made at the first need, renewed each quarter, told for another quarter after they have signed their last.
import { exportJWK, generateKeyPair, type JWK } from 'jose';
import { randomId } from '../../../platform/ids.ts';
import { openSecret, sealSecret } from '../../../platform/seal.ts';
import type { Queryable } from '../../../platform/database.ts';
import type { Work } from '../../../platform/work.ts';

const algorithms = ['RS256', 'ES256'] as const;
const dayMs = 86_400_000;
const signsForMs = 90 * dayMs;
const toldForMs = 90 * dayMs;
/** One of the house's locks: two processes that start at once must not make two keys. */
const keyLock = 7_302_711_904;

/** Gives the private keys, those that sign first. Makes what is missing or too old. */
export async function keepSigningKeys(work: Work): Promise<JWK[]> {
  const known = await readKeys(work.db, work.now);
  const isCurrent = algorithms.every((algorithm) => known.some((key) => key.algorithm === algorithm && key.retired_at === null && work.now - key.created_at.getTime() < signsForMs));
  const rows = isCurrent ? known : await work.transact(renewKeys);
  return rows.map((row) => JSON.parse(openSecret(row.private_key_sealed, `oidc-key:${row.id}`)) as JWK);
}

interface KeyRow {
  id: string;
  algorithm: string;
  private_key_sealed: string;
  created_at: Date;
  retired_at: Date | null;
}

async function readKeys(db: Queryable, now: number): Promise<KeyRow[]> {
  const { rows } = await db.query<KeyRow>({
    name: 'security.read-oidc-keys',
    text: 'SELECT id, algorithm, private_key_sealed, created_at, retired_at FROM security.oidc_key WHERE retired_at IS NULL OR retired_at > $1 ORDER BY retired_at DESC NULLS FIRST, algorithm DESC',
    values: [new Date(now - toldForMs)],
  });
  return rows;
}

async function renewKeys(work: Work): Promise<KeyRow[]> {
  await work.db.query({ text: 'SELECT pg_advisory_xact_lock($1)', values: [keyLock] });
  await work.db.query({ text: 'UPDATE security.oidc_key SET retired_at = $1 WHERE retired_at IS NULL AND created_at <= $2', values: [new Date(work.now), new Date(work.now - signsForMs)] });
  await work.db.query({ text: 'DELETE FROM security.oidc_key WHERE retired_at <= $1', values: [new Date(work.now - toldForMs)] });
  const kept = await readKeys(work.db, work.now);
  for (const algorithm of algorithms) if (!kept.some((key) => key.algorithm === algorithm && key.retired_at === null)) await addKey(work, algorithm);
  return readKeys(work.db, work.now);
}

async function addKey(work: Work, algorithm: (typeof algorithms)[number]): Promise<void> {
  const { privateKey } = await generateKeyPair(algorithm, { extractable: true, modulusLength: 3072 });
  const id = randomId();
  const jwk: JWK = { ...(await exportJWK(privateKey)), kid: id, alg: algorithm, use: 'sig' };
  await work.db.query({
    text: 'INSERT INTO security.oidc_key (id, algorithm, private_key_sealed, created_at) VALUES ($1, $2, $3, $4)',
    values: [id, algorithm, sealSecret(JSON.stringify(jwk), `oidc-key:${id}`), new Date(work.now)],
  });
}
