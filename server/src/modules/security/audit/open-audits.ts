// Which journal the entries of a house go to.
import type { Database } from '../../../platform/database.ts';
import type { Journal } from './open-journal.ts';

export interface OpenAudit {
  readonly journal: Journal;
  /** Moves what has been told so far into the chain, at once. */
  settle(): Promise<void>;
}

const audits = new Map<Database, OpenAudit>();

/** Without a database: of the house that started last. */
export function auditOf(database?: Database): OpenAudit | undefined {
  return database === undefined ? [...audits.values()].at(-1) : audits.get(database);
}

export function keepAudit(database: Database, audit: OpenAudit | undefined): void {
  audits.delete(database);
  if (audit !== undefined) audits.set(database, audit);
}
