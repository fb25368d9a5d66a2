import { Refusal } from '../../../platform/refusal.ts';
import type { Work } from '../../../platform/work.ts';
import { foreignEntry, seqOfEventId } from '../fhir-audit-event.ts';
import { addEntries } from './add-entries.ts';

/** A stored change of an AuditEvent, as the record tells it. */
export interface ForeignChange {
  readonly id: string;
  readonly current: unknown;
  readonly after: { readonly resource: Readonly<Record<string, unknown>>; readonly json: string } | undefined;
}

/** Adds AuditEvents that came from outside to the chain, in the transaction that stores them. Refuses to change or delete one (`security.audit-stays`). */
export async function keepForeignEvents(work: Work, changes: readonly ForeignChange[]): Promise<void> {
  const entries = changes.map(({ id, current, after }) => {
    // an id of our own entries is nobody's to take
    if (current !== undefined || after === undefined || seqOfEventId(id) !== undefined) throw auditStays();
    return foreignEntry(after.resource, after.json, work.actor.id, work.requestId, work.now);
  });
  if (entries.length > 0) await addEntries(work, entries);
}

export function auditStays(): Refusal {
  return new Refusal('unsupported', 'security.audit-stays', { vi: 'Nhật ký truy cập không được sửa hay xóa.', en: 'The audit is neither changed nor deleted.' });
}
