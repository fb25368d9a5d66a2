// What the audit of a test server has been told.
import { auditOf } from '../../server/src/modules/security/audit/open-audits.ts';
import type { Entry } from '../../server/src/modules/security/audit/entry.ts';
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
  const { rows } = await database.query<{ seq: string; entry: string }>({ text: 'select seq, entry from security.audit order by seq' });
  return rows.map(({ seq, entry }) => ({ seq: Number(seq), entry: JSON.parse(entry) as Entry }));
}
