// Reads one document with its content.
import type { ChartDocument, DocumentPart } from '@sen/contracts';
import type { Work } from '../../platform/work.ts';
import { documentOf, partsOf, reportDocumentOf } from './fhir-documents.ts';
import { findDocument, noSuchDocument } from './find-document.ts';

/** Reads a document of this patient. Refuses with `encounters.no-such-document`, also when it is another patient's. */
export async function readDocument(work: Work, patientId: string, documentId: string): Promise<{ document: ChartDocument; parts: DocumentPart[] }> {
  const resource = await findDocument(work, patientId, documentId);
  const document = (resource.resourceType === 'DocumentReference' ? documentOf : reportDocumentOf)(resource, work.language);
  if (document === undefined) throw noSuchDocument();
  return { document, parts: partsOf(resource) };
}
