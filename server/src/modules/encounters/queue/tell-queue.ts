// What a change in a line tells: the screens that follow it, the modules above, and the audit.
import { tellLive } from '../../../platform/live.ts';
import type { Work } from '../../../platform/work.ts';
import { tellAudit } from '../../security/index.ts';

interface Changed {
  readonly facility: string;
  readonly rooms: readonly string[];
  readonly visits: readonly string[];
}

/** Tells screens, with the commit. */
export async function tellQueue(work: Work, { facility, rooms, visits }: Changed): Promise<void> {
  const topics = [...rooms.map((id) => `room/${id}`), ...visits.map((id) => `visit/${id}`), `desk/${facility}`, `day/${facility}`];
  await tellLive(work, ...new Set(topics));
}

/** Notes for the audit that the work saw or changed a visit. */
export function noteVisit(work: Work, visitId: string, patientId: string, action: 'R' | 'U' | 'C'): void {
  tellAudit(work, { patients: [patientId] });
  work.trail.touches.push({ action, type: 'Encounter', id: visitId });
}

type VisitEvent = 'arrived' | 'called' | 'began' | 'finished' | 'left';

/** Tells modules above what happened to a visit: ids only. */
export async function tellVisit(work: Work, what: VisitEvent, visit: { readonly visitId: string; readonly appointmentId: string | null; readonly roomId: string; readonly facility: string }): Promise<void> {
  const { visitId, appointmentId, roomId, facility } = visit;
  await work.tell({ name: `encounters.visit-${what}`, data: { visitId, roomId, facility, ...(appointmentId !== null && { appointmentId }) } });
}
