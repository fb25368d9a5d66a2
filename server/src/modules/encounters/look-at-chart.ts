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
  change(work: Work, resource: Found): ChartChange | undefined;
}

// What a reader wants to know first stands first.
const sources: readonly Source[] = [
  { type: 'Observation', elements: resultElements, change: resultChange },
  { type: 'Condition', elements: problemElements, change: problemChange },
  { type: 'MedicationRequest', elements: medicineElements, change: medicineChange },
  { type: 'Encounter', elements: visitElements, change: visitChange },
  { type: 'Immunization', elements: 'status,vaccineCode,occurrence,performer,location', change: vaccinationChange },
  { type: 'DocumentReference', elements: referenceElements, change: documentChange },
];

/** Tells at most four changes, what is out of range first, and how many more there are. The first look has no `since`. Refuses with `identity.no-such-patient`. */
export async function lookAtChart(work: Work, patientId: string): Promise<{ since?: string; changes: ChartChange[]; more: number }> {
  await readPatient(work, patientId);
  const since = await noteLook(work.db, work.actor.id, patientId, work.now);
  if (since === undefined) return { changes: [], more: 0 };
  const found = await Promise.all(sources.map((source) => changesOf(work, patientId, since, source)));
  const changes = found.flat().sort((a, b) => weight(b) - weight(a));
  return { since, changes: changes.slice(0, changesShown), more: Math.max(0, changes.length - changesShown) };
}

async function changesOf(work: Work, patientId: string, since: string, source: Source): Promise<ChartChange[]> {
  const query = `patient=Patient/${patientId}&_lastUpdated=gt${encodeURIComponent(since)}&_sort=-_lastUpdated&_count=${readOfEach}&_elements=${source.elements}`;
  const { resources } = await searchResources(work, source.type, query);
  return onePerTitle(resources.flatMap((resource) => source.change(work, resource) ?? []));
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
  const value = result.unit === undefined ? result.value : `${result.value} ${result.unit}`;
  return known({ kind: 'result' as const, title: result.name, line: value, when: result.when, mark: result.mark });
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
