import type { Work } from '../../platform/work.ts';
import { recordAudit } from '../security/index.ts';
import type { ExportJob } from './job.ts';

/** Tells the audit whose data an export has written, before anybody can fetch its files. */
export async function recordExport(work: Work, { id, owner, asked, plan }: ExportJob): Promise<void> {
  await recordAudit(work, {
    kind: 'export', action: 'R', door: '$export', actor: { id: owner, kind: 'person', name: '', roles: [] },
    // Without a group or a list it is the data of everybody.
    ...(plan?.patients === undefined ? { everyone: true } : { patients: plan.patients }),
    detail: { job: id, level: asked.level },
  });
}
