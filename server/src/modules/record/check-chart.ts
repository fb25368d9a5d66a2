import { Refusal } from '../../platform/refusal.ts';
import type { Work } from '../../platform/work.ts';
import { accessOf } from '../security/index.ts';
import { admittedContents, type Content } from './access/admitted-contents.ts';
import { loadSeen } from './access/load-seen.ts';
import { viewerOf } from './access/sight.ts';

/**
 * Refuses (403 `security.record-closed`) the chart of a patient whom the actor may find but has nothing to do with, or who has closed it to the actor: an
 * empty one would say that there are no allergies. The screen offers to open it in an emergency to those who may.
 */
export async function checkChartOpen(work: Work, patientId: string): Promise<void> {
  const access = accessOf(work.actor);
  if (access.unlimited) return;
  const plain = chartTypes.map((type): Content => ({ type, id: 'none', updated: work.now, resource: () => ({ resourceType: type, subject: { reference: `Patient/${patientId}` } }) }));
  if ((await admittedContents(work.db, viewerOf(work), 'read', plain)).includes(true)) return;
  if ((await loadSeen(work, 'Patient', patientId))?.json === undefined) return; // who is not to be found is not there
  throw new Refusal('forbidden', 'security.record-closed', {
    vi: 'Bệnh án này đang đóng với bạn. Khi cấp cứu, người có quyền mở khẩn cấp được mở, có ghi lý do.',
    en: 'This record is closed to you. In an emergency those who have the right may open it, giving a reason.',
  });
}

/** What every clinician sees of those they care for: one of these without a label tells whether the chart is open. */
const chartTypes = ['Condition', 'Observation', 'Encounter', 'MedicationRequest'] as const;
