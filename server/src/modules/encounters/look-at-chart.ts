// Notes that a reader looks at a chart and tells what became known since the look before.
import type { ChartChange } from '@sen/contracts';
import type { Work } from '../../platform/work.ts';
import { readPatient } from '../identity/index.ts';
import { searchResources } from '../record/index.ts';
import { documentOf, referenceElements } from './fhir-documents.ts';
import { medicineElements, medicineOf } from './fhir-medicines.ts';
import { resultElements, resultOf } from './fhir-results.ts';
import { known, problemElements, problemOf, vaccinationOf, visitElements, visitOf } from './fhir.ts';
import { isCritical, isOutOfRange } from './marks.ts';
import { noteLook } from './store.ts';

const changesShown = 4;
const readOfEach = 20;

type Found = Awaited<ReturnType<typeof searchResources>>['resources'][number];

interface Source {
  readonly type: string;
  readonly elements: string;
  /** The clinical date: many facts may have become known in the same instant, and the newest of them counts. */
  readonly sort: string;
  change(work: Work, resource: Found): ChartChange | undefined;
}

// What a reader wants to know first stands first.
const sources: readonly Source[] = [
  { type: 'Observation', elements: resultElements, sort: '-date', change: resultChange },
  { type: 'Condition', elements: problemElements, sort: '-recorded-date', change: problemChange },
  { type: 'MedicationRequest', elements: medicineElements, sort: '-authoredon', change: medicineChange },
  { type: 'Encounter', elements: visitElements, sort: '-date', change: visitChange },
  { type: 'Immunization', elements: 'status,vaccineCode,occurrence,performer,location', sort: '-date', change: vaccinationChange },
  { type: 'DocumentReference', elements: referenceElements, sort: '-date', change: documentChange },
];

interface Look {
  readonly since?: string;
  readonly changes: ChartChange[];
  readonly more: number;
  readonly counted: boolean;
}

/** Tells at most four changes, what is out of range first, and how many more there are. The first look has no `since`. Refuses with `identity.no-such-patient`. */
export async function lookAtChart(work: Work, patientId: string): Promise<Look> {
  await readPatient(work, patientId);
  const since = await noteLook(work.db, work.actor.id, patientId, work.now);
  if (since === undefined) return { changes: [], more: 0, counted: true };
  const found = await Promise.all(sources.map((source) => changesOf(work, patientId, since, source)));
  const changes = found.flatMap((part) => part.changes).sort((a, b) => weight(b) - weight(a));
  return { since, changes: changes.slice(0, changesShown), more: Math.max(0, changes.length - changesShown), counted: found.every((part) => part.whole) };
}

async function changesOf(work: Work, patientId: string, since: string, source: Source): Promise<{ changes: ChartChange[]; whole: boolean }> {
  const query = `patient=Patient/${patientId}&_lastUpdated=gt${encodeURIComponent(since)}&_sort=${source.sort}&_count=${readOfEach}&_elements=${source.elements}`;
  const { resources, next } = await searchResources(work, source.type, query);
  return { changes: onePerTitle(resources.flatMap((resource) => source.change(work, resource) ?? [])), whole: next === undefined };
}

function onePerTitle(changes: readonly ChartChange[]): ChartChange[] {
  const held = new Map<string, ChartChange>();
  for (const change of changes) {
    const before = held.get(change.title);
    if (before === undefined || (change.when ?? '') > (before.when ?? '')) held.set(change.title, change);
  }
  return [...held.values()];
}

function weight(change: ChartChange): number {
  return isCritical(change.mark) ? 3 : isOutOfRange(change.mark) ? 2 : change.kind === 'result' ? 0 : 1;
}

function resultChange(work: Work, observation: Found): ChartChange | undefined {
  const result = resultOf(observation, work.language);
  if (result === undefined) return undefined;
  return known({ kind: 'result' as const, title: result.name, value: result.value, unit: result.unit, when: result.when, mark: result.mark });
}

function problemChange(work: Work, condition: Found): ChartChange | undefined {
  const problem = problemOf(condition, work.language);
  return problem === undefined ? undefined : known({ kind: 'problem' as const, title: problem.name, line: problem.code, when: problem.until ?? problem.since });
}

function medicineChange(work: Work, request: Found): ChartChange | undefined {
  const medicine = medicineOf(request, [], work.now, work.language);
  return medicine === undefined || medicine.name === '' ? undefined : known({ kind: 'medicine' as const, title: medicine.name, line: medicine.sig, when: medicine.prescribed });
}

function visitChange(work: Work, encounter: Found): ChartChange | undefined {
  const visit = visitOf(encounter, work.language);
  return known({ kind: 'visit' as const, title: visit.title, line: visit.by, when: visit.when });
}

function vaccinationChange(work: Work, immunization: Found): ChartChange | undefined {
  const event = vaccinationOf(immunization, work.language);
  return event === undefined ? undefined : known({ kind: 'vaccination' as const, title: event.line ?? event.title, line: event.by, when: event.when });
}

function documentChange(work: Work, reference: Found): ChartChange | undefined {
  const document = documentOf(reference, work.language);
  return document === undefined ? undefined : known({ kind: 'document' as const, title: document.title, line: document.author, when: document.when });
}
