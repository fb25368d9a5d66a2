// What vital signs say before they are recorded: slips of the key, and what a published rule suggests.
import type { TriageSuggestion, VitalFinding, Vitals } from '@sen/contracts';
import type { Work } from '../../../platform/work.ts';
import { localDay } from './local-day.ts';
import { yearsOn } from './priority-rules.ts';
import { noSuchVisit } from './read-ticket.ts';
import { noteVisit } from './tell-queue.ts';
import { suggestionOf } from './triage-rules.ts';
import { findVisit } from './visit-store.ts';
import { vitalFindings } from './vital-limits.ts';

export async function suggestTriage(work: Work, input: { visitId: string; vitals: Vitals; pregnant?: boolean }): Promise<{ findings: VitalFinding[]; suggestion?: TriageSuggestion }> {
  const visit = await findVisit(work.db, input.visitId);
  if (visit === undefined || (work.actor.facility !== undefined && work.actor.facility !== visit.facility)) throw noSuchVisit();
  noteVisit(work, visit.id, visit.patientId, 'R');
  const ageYears = visit.birthDate === null ? undefined : yearsOn(visit.birthDate, localDay(work.now));
  const findings = vitalFindings(input.vitals, ageYears);
  if (findings.some(({ kind }) => kind === 'impossible')) return { findings };
  const suggestion = suggestionOf({ vitals: input.vitals, ageYears, pregnant: input.pregnant ?? visit.reasons.includes('pregnant') });
  return { findings, ...(suggestion !== undefined && { suggestion }) };
}
