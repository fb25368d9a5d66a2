// Reads one document with its content.
import type { ChartDocument, DocumentPart } from '@sen/contracts';
import { Refusal } from '../../platform/refusal.ts';
import type { Work } from '../../platform/work.ts';
import { readResource } from '../record/index.ts';
import { documentOf, partsOf, reportDocumentOf } from './fhir-documents.ts';
import { patientIdOf } from './fhir.ts';

/** Reads a document of this patient. Refuses with `encounters.no-such-document`, also when it is another patient's. */
export async function readDocument(work: Work, patientId: string, documentId: string): Promise<{ document: ChartDocument; parts: DocumentPart[] }> {
  const dot = documentId.indexOf('.');
  const type = documentId.slice(0, dot);
  const resource = await readResource(work, type, documentId.slice(dot + 1));
  const document = resource === undefined || patientIdOf(resource) !== patientId ? undefined : (type === 'DocumentReference' ? documentOf : reportDocumentOf)(resource, work.language);
  if (resource === undefined || document === undefined) {
    throw new Refusal('not-found', 'encounters.no-such-document', { vi: 'Không có tài liệu này trong hồ sơ.', en: 'This document is not in the chart.' });
  }
  return { document, parts: partsOf(resource) };
}
