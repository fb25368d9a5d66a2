// Lists documents and reports, newest first, without their content.
import type { ChartDocument } from '@sen/contracts';
import type { Work } from '../../platform/work.ts';
import { searchResources } from '../record/index.ts';
import { documentOf, isImaging, isNote, referenceElements, reportDocumentOf, reportElements } from './fhir-documents.ts';
import { listOf, textOf } from './fhir.ts';
import { mergeStreams, type Stream } from './merge-streams.ts';
import { continuation, readProgress, writeProgress } from './paging.ts';

const pageSize = 40;

/** Lists the next 40 documents: DocumentReferences, reports of imaging, and notes that no DocumentReference already tells of. */
export async function listDocuments(work: Work, patientId: string, cursor?: string): Promise<{ documents: ChartDocument[]; next?: string }> {
  const { items, progress } = await mergeStreams([references(work, patientId), reports(work, patientId)], pageSize, readProgress(cursor));
  const next = writeProgress(progress);
  return { documents: items, ...(next !== undefined && { next }) };
}

function references(work: Work, patientId: string): Stream<ChartDocument> {
  const query = `patient=Patient/${patientId}&_sort=-date&_count=${pageSize}&_elements=${referenceElements}`;
  return {
    name: 'DocumentReference',
    read: async (place) => {
      const found = await searchResources(work, 'DocumentReference', continuation(query, place));
      const items = found.resources.flatMap((one) => documentOf(one, work.language) ?? []);
      return found.next === undefined ? { items } : { items, next: found.next };
    },
  };
}

function reports(work: Work, patientId: string): Stream<ChartDocument> {
  const query = `patient=Patient/${patientId}&_sort=-date&_count=${pageSize}&_elements=${reportElements}`;
  return {
    name: 'DiagnosticReport',
    read: async (place) => {
      const found = await searchResources(work, 'DiagnosticReport', continuation(query, place));
      const readable = found.resources.filter((one) => isImaging(one) || isNote(one));
      const told = await alreadyTold(work, patientId, readable.filter(isNote).map((one) => one.id ?? ''));
      const items = readable.filter((one) => !told.has(one.id ?? '')).flatMap((one) => reportDocumentOf(one, work.language) ?? []);
      return found.next === undefined ? { items } : { items, next: found.next };
    },
  };
}

/** Which notes a DocumentReference repeats: US Core sources write each note twice and name the report in the reference's identifier. */
async function alreadyTold(work: Work, patientId: string, reportIds: readonly string[]): Promise<Set<string>> {
  if (reportIds.length === 0) return new Set();
  const identifiers = reportIds.map((id) => `urn:uuid:${id}`).join(',');
  const found = await searchResources(work, 'DocumentReference', `patient=Patient/${patientId}&identifier=${identifiers}&_count=${reportIds.length}&_elements=identifier`);
  const values = found.resources.flatMap((one) => listOf<{ value?: string }>(one['identifier']).map((identifier) => textOf(identifier.value)));
  return new Set(values.flatMap((value) => (value?.startsWith('urn:uuid:') ? [value.slice('urn:uuid:'.length)] : [])));
}
