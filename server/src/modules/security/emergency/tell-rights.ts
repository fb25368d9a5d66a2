// What an account may do has changed: its remembered sessions are read again, and the audit says why.
import type { Work } from '../../../platform/work.ts';
import { tellAudit } from '../audit/tell-audit.ts';
import { forgetSessionsOf } from '../remembered-sessions.ts';
import { tellSessionsChanged } from '../tell-sessions-changed.ts';
import type { Emergency } from './emergency.ts';

/** Has every process read the sessions of the emergency's account again, and tells the audit what was done. */
export async function tellRights(work: Work, { id, account, patient, reason, explanation }: Emergency, act: 'open' | 'close'): Promise<void> {
  tellAudit(work, { kind: 'emergency', patients: [patient], detail: { emergency: id, act, reason, explanation } });
  await tellSessionsChanged(work.db, account);
  await work.afterCommit(async () => forgetSessionsOf(account)); // what was remembered anew while the transaction was open
}
