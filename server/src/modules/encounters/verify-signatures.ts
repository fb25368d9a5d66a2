// Verifies the signatures of a document from what lies in the record now.
import { asHouse } from '../../platform/as-house.ts';
import type { OperationAnswer, OperationCall } from '../../platform/operation.ts';
import type { Work } from '../../platform/work.ts';
import { readCurrent, readResource, searchResources } from '../record/index.ts';
import { accessOf, verifyContent, type SignatureFinding } from '../security/index.ts';
import { bytesOfBinary, contentOf, parametersOf, signaturesToldBy, type StoredDocument } from './fhir-signatures.ts';
import { findDocument } from './find-document.ts';

/** Verifies a document of this patient, and tells whether who asks may sign it. Refuses with `encounters.no-such-document`. */
export async function verifySignatures(work: Work, patientId: string, documentId: string): Promise<{ signatures: SignatureFinding[]; maySign: boolean }> {
  const document = await findDocument(work, patientId, documentId);
  const signatures = await findingsOf(work, document);
  return { signatures: [...signatures], maySign: contentOf(document) !== undefined && accessOf(work.actor).permits('document.sign') };
}

/** Answers `DocumentReference/[id]/$verify-signature`. */
export async function answerVerify(work: Work, call: OperationCall): Promise<OperationAnswer> {
  await readCurrent(work, 'DocumentReference', call.id ?? '');
  const document = await readResource(work, 'DocumentReference', call.id ?? '');
  return { resource: parametersOf(document === undefined ? [] : await findingsOf(work, document)) };
}

/** What holds of every signature. One of which the record tells and that the content no longer carries is broken, not forgotten. */
export async function findingsOf(work: Work, document: StoredDocument): Promise<readonly SignatureFinding[]> {
  const content = contentOf(document);
  const bytes = content === undefined ? undefined : await bytesOf(work, content);
  // Whoever may read a document may know whether its signatures hold: what the record tells of them is looked up by the house.
  const told = await searchResources(asHouse(work), 'Provenance', `target=${document.resourceType}/${document.id ?? ''}&_count=100`);
  const { detached, inside } = signaturesToldBy(told.resources);
  const findings = await verifyContent({ contentType: content?.contentType ?? '', bytes: bytes ?? new Uint8Array(), detached }, work.now);
  const missing = inside - findings.filter(({ format }) => format !== 'JAdES').length;
  return [...findings, ...Array.from({ length: Math.max(0, missing) }, () => removed(content?.contentType))];
}

export async function bytesOf(work: Work, { data, binary }: NonNullable<ReturnType<typeof contentOf>>): Promise<Uint8Array | undefined> {
  if (data !== undefined) return data;
  const found = await readResource(work, 'Binary', binary ?? '');
  return found && bytesOfBinary(found);
}

function removed(contentType = ''): SignatureFinding {
  return { format: contentType === 'application/pdf' ? 'PAdES' : 'XAdES', state: 'broken', reason: 'removed', revocation: 'not-checked' };
}
