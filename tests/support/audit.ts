// What the audit of a test server has been told.
import { auditOf } from '../../server/src/modules/security/audit/open-audits.ts';
import { bodyOf, linesOf } from '../../server/src/modules/security/audit/block.ts';
import { entryOf, type Entry } from '../../server/src/modules/security/audit/entry.ts';
import type { TestDatabase } from './database.ts';

export interface AuditEntry {
  readonly seq: number;
  readonly entry: Entry;
}

/** Moves what has been told so far into the chain. */
export async function settleAudit({ database }: TestDatabase): Promise<void> {
  await auditOf(database)?.settle();
}

export async function auditEntries({ database }: TestDatabase): Promise<AuditEntry[]> {
  const { rows } = await database.query<{ first_seq: string; body: Buffer; links: 'block' | 'entries' }>({ text: 'select first_seq, body, links from security.audit_block order by first_seq' });
  return rows.flatMap(({ first_seq, body, links }) => linesOf(body, links).map((line, i) => ({ seq: Number(first_seq) + i, entry: entryOf(line) })));
}

/** As somebody with the password of the database would: past the triggers. */
export async function asDatabaseOwner({ database }: Pick<TestDatabase, 'database'>, text: string, values: unknown[] = []): Promise<void> {
  await database.transaction(async (tx) => {
    await tx.query({ text: 'set local session_replication_role = replica' });
    await tx.query({ text, values });
  });
}

/** Puts other lines in place of those of the block that begins with an entry; its hash and columns stay. */
export async function forgeBlock(db: Pick<TestDatabase, 'database'>, firstSeq: number, forge: (line: string) => string): Promise<void> {
  const { rows } = await db.database.query<{ body: Buffer }>({ text: `select body from security.audit_block where first_seq = $1 and links = 'block'`, values: [firstSeq] });
  await asDatabaseOwner(db, 'update security.audit_block set body = $2 where first_seq = $1', [firstSeq, bodyOf(linesOf(rows[0]!.body, 'block').map(forge))]);
}
