// Finds a document in the chart of a patient.
import { Refusal } from '../../platform/refusal.ts';
import type { Work } from '../../platform/work.ts';
import { readResource } from '../record/index.ts';
import type { StoredDocument } from './fhir-signatures.ts';
import { patientIdOf } from './fhir.ts';

/** Gives the resource behind a document of the chart (`DocumentReference.x`). Refuses with `encounters.no-such-document`, also when it is another patient's. */
export async function findDocument(work: Work, patientId: string, documentId: string): Promise<StoredDocument> {
  const dot = documentId.indexOf('.');
  const resource = await readResource(work, documentId.slice(0, dot), documentId.slice(dot + 1));
  if (resource !== undefined && patientIdOf(resource) === patientId) return resource;
  throw noSuchDocument();
}

export function noSuchDocument(): Refusal {
  return new Refusal('not-found', 'encounters.no-such-document', { vi: 'Không có tài liệu này trong hồ sơ.', en: 'This document is not in the chart.' });
}
