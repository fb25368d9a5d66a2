// Triage: vital signs into the record, and how soon the visit must be seen; all in one transaction.
import type { BodyOf, ResponseOf, TriageSuggestion, triageVisit, Vitals } from '@sen/contracts';
import { asHouse } from '../../../platform/as-house.ts';
import { Refusal } from '../../../platform/refusal.ts';
import type { Work } from '../../../platform/work.ts';
import { createResource, readResource, updateResource } from '../../record/index.ts';
import { prioritizedEncounter } from '../fhir-visits.ts';
import { isVitalSignOf, vitalObservations } from '../fhir-vitals.ts';
import { lockVisit } from './change-visit.ts';
import { localDay } from './local-day.ts';
import { yearsOn } from './priority-rules.ts';
import { placeOf } from './queue-order.ts';
import { tellQueue } from './tell-queue.ts';
import { ticketText } from './ticket.ts';
import { isLater, suggestionOf } from './triage-rules.ts';
import { storePlace, turnsOfVisits } from './turn-store.ts';
import { storeTriage, type StoredVisit } from './visit-store.ts';
import { vitalFindings } from './vital-limits.ts';

type Triage = { readonly visitId: string } & BodyOf<typeof triageVisit>;

/**
 * The class is what the caller says; one later than the rule suggests needs a note. The ticket keeps its number, the place in the line of the doctor follows.
 * Refuses with `encounters.vital-sign-impossible`, `encounters.vital-signs-need-key`, `encounters.triage-needs-note`, `encounters.not-of-this-visit`.
 */
export async function recordTriage(work: Work, input: Triage): Promise<ResponseOf<typeof triageVisit>> {
  return work.transact(async (inner) => {
    const visit = await lockVisit(inner, input.visitId);
    const suggestion = judge(inner, visit, input);
    const observations = await storeVitals(inner, visit, input);
    for (const id of input.mistaken ?? []) await takeBack(inner, visit.id, id);
    await storeTriage(inner.db, visit.id, input.class, input.reasons, input.note ?? null);
    await storePriority(inner, visit, input);
    await movePlace(inner, visit, input);
    const note = input.note ?? visit.note;
    return {
      visitId: visit.id, ticket: ticketText(visit.letter, visit.number), class: input.class, reasons: [...input.reasons], observations,
      ...(note !== null && { note }), ...(suggestion !== undefined && { suggestion }),
    };
  });
}

function judge(work: Work, visit: StoredVisit, { vitals, class: decided, reasons, note }: Triage): TriageSuggestion | undefined {
  if (vitals === undefined) return undefined;
  const ageYears = visit.birthDate === null ? undefined : yearsOn(visit.birthDate, localDay(work.now));
  const wrong = vitalFindings(vitals, ageYears).filter(({ kind }) => kind === 'impossible');
  if (wrong.length > 0) throw impossible(wrong);
  const suggestion = suggestionOf({ vitals, ageYears, pregnant: reasons.includes('pregnant') });
  if (suggestion?.class !== undefined && isLater(decided, suggestion.class) && (note ?? '').trim() === '') {
    throw new Refusal('rule', 'encounters.triage-needs-note', { vi: 'Mức chọn thấp hơn mức gợi ý: ghi lý do vào ghi chú.', en: 'This is later than suggested: write why in the note.' });
  }
  return suggestion;
}

/** What was measured is written by the house: who may triage measures whoever sits there, also before a relation of care is known. */
async function storeVitals(work: Work, visit: StoredVisit, { vitals, onceKey }: { readonly vitals?: Vitals; readonly onceKey?: string }): Promise<string[]> {
  if (vitals === undefined) return [];
  if (onceKey === undefined) throw new Refusal('incorrect', 'encounters.vital-signs-need-key', { vi: 'Thiếu mã của lần ghi (onceKey).', en: 'The entry has no key (onceKey).' });
  const { actor } = work;
  const by = actor.practitioner === undefined ? undefined : { practitioner: actor.practitioner, name: actor.name };
  const made = vitalObservations(vitals, { visitId: visit.id, patientId: visit.patientId, patientName: visit.name, at: work.now, by, onceKey: `${visit.id}.${onceKey}` });
  const ids: string[] = [];
  for (const { resource, ifNoneExist } of made) ids.push((await createResource(asHouse(work), { type: 'Observation', resource, ifNoneExist })).id!);
  return ids;
}

/** A value typed by mistake stays in the history, marked as such. */
async function takeBack(work: Work, visitId: string, id: string): Promise<void> {
  const house = asHouse(work);
  const observation = await readResource(house, 'Observation', id);
  if (observation === undefined || !isVitalSignOf(observation, visitId)) {
    throw new Refusal('not-found', 'encounters.not-of-this-visit', { vi: 'Lượt khám này không có kết quả đo đó.', en: 'This visit has no such measurement.' });
  }
  if (observation['status'] !== 'entered-in-error') await updateResource(house, { type: 'Observation', id, resource: { ...observation, status: 'entered-in-error' } });
}

async function storePriority(work: Work, visit: StoredVisit, { class: decided, reasons }: Triage): Promise<void> {
  if (visit.class === decided && visit.reasons.join() === reasons.join()) return;
  const house = asHouse(work);
  const encounter = await readResource(house, 'Encounter', visit.id);
  if (encounter !== undefined) await updateResource(house, { type: 'Encounter', id: visit.id, resource: prioritizedEncounter(encounter, decided, reasons) });
}

async function movePlace(work: Work, visit: StoredVisit, { class: decided }: Triage): Promise<void> {
  const turns = await turnsOfVisits(work.db, [visit.id]);
  for (const turn of turns.filter(({ kind, state, isReturning }) => kind === 'exam' && state === 'waiting' && !isReturning)) {
    const place = placeOf({ class: decided, arrivedAt: turn.arrivedAt.getTime(), slotAt: turn.slotAt?.getTime() });
    await storePlace(work.db, turn.id, place.dueAt);
  }
  await tellQueue(work, { facility: visit.facility, rooms: turns.map(({ roomId }) => roomId), visits: [visit.id] });
}

function impossible(wrong: ReturnType<typeof vitalFindings>): Refusal {
  const issues = wrong.map(({ sign, low, high }) => ({ severity: 'error' as const, code: 'value', diagnostics: `${sign} must be from ${low} to ${high}`, vi: `${sign}: phải từ ${low} đến ${high}`, expression: sign }));
  return new Refusal('rule', 'encounters.vital-sign-impossible', { vi: 'Có số đo không thể có: xem lại số vừa gõ.', en: 'A value cannot be: look again at what was typed.' }, issues);
}
