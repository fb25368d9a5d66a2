import { Refusal } from '../../platform/refusal.ts';
import type { Work } from '../../platform/work.ts';
import { accessOf } from '../security/index.ts';
import { admittedContents, type Content } from './access/admitted-contents.ts';
import { loadSeen } from './access/load-seen.ts';
import { viewerOf } from './access/sight.ts';

/**
 * Refuses (403 `security.record-closed`) the chart of a patient whom the actor may find but has nothing to do with, where the actor may open it in an
 * emergency: the screen then offers that. Whoever may not is shown the little they may see.
 */
export async function checkChartOpen(work: Work, patientId: string): Promise<void> {
  const access = accessOf(work.actor);
  if (access.unlimited || !access.permits('emergency.open')) return;
  const plain = chartTypes.map((type): Content => ({ type, id: 'none', updated: work.now, resource: () => ({ resourceType: type, subject: { reference: `Patient/${patientId}` } }) }));
  if ((await admittedContents(work.db, viewerOf(work), 'read', plain)).includes(true)) return;
  if ((await loadSeen(work, 'Patient', patientId))?.json === undefined) return; // who is not to be found is not there
  throw new Refusal('forbidden', 'security.record-closed', {
    vi: 'Bệnh án này không thuộc phạm vi chăm sóc của bạn. Khi cấp cứu, bạn có thể mở khẩn cấp, có ghi lý do.',
    en: 'You have nothing to do with this record. In an emergency you may open it, giving a reason.',
  });
}

/** What every clinician sees of those they care for: one of these without a label tells whether the chart is open. */
const chartTypes = ['Condition', 'Observation', 'Encounter', 'MedicationRequest'] as const;
