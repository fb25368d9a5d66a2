// A person signs a document.
import { asHouse } from '../../platform/as-house.ts';
import type { OperationAnswer, OperationCall } from '../../platform/operation.ts';
import { badOperationParameter, operationParameters } from '../../platform/operation-parameters.ts';
import { Refusal } from '../../platform/refusal.ts';
import type { Work } from '../../platform/work.ts';
import { createResource, readCurrent, readResource, updateResource } from '../record/index.ts';
import { signContent, type SignatureFinding, type SignedContent } from '../security/index.ts';
import { contentOf, parametersOf, provenanceOf, withContent, type Content, type StoredDocument } from './fhir-signatures.ts';
import { findDocument } from './find-document.ts';
import { bytesOf, findingsOf } from './verify-signatures.ts';

/** Signs a document of this patient with the key of whoever is at work. Refuses as signContent does, and a document without content (`encounters.nothing-to-sign`). */
export async function signDocument(work: Work, patientId: string, documentId: string, pin: string): Promise<{ signatures: SignatureFinding[]; maySign: boolean }> {
  const signatures = await sign(work, await findDocument(work, patientId, documentId), pin);
  return { signatures: [...signatures], maySign: true };
}

/** Answers `DocumentReference/[id]/$sign` with the parameter `pin`. */
export async function answerSign(work: Work, call: OperationCall): Promise<OperationAnswer> {
  const pin = operationParameters(call).text('pin');
  if (pin === undefined || call.query.has('pin')) throw badOperationParameter('pin', 'the PIN of one’s key, in the body,');
  await readCurrent(work, 'DocumentReference', call.id ?? '');
  const document = await readResource(work, 'DocumentReference', call.id ?? '');
  return { resource: parametersOf(document === undefined ? [] : await sign(work, document, pin)) };
}

async function sign(work: Work, document: StoredDocument, pin: string): Promise<readonly SignatureFinding[]> {
  const content = contentOf(document);
  const bytes = content && (await bytesOf(work, content));
  if (content === undefined || bytes === undefined || bytes.length === 0) throw nothingToSign();
  const target = `${document.resourceType}/${document.id ?? ''}`;
  const { contentType } = content;
  const signed = await signContent(work, { name: target, contentType, bytes }, pin);
  const { practitioner, name } = work.actor;
  const provenance = provenanceOf(signed, { target, name, now: work.now, contentType, ...(practitioner === undefined ? {} : { practitioner }) });
  // To sign what one may read is a right of its own: it adds a signature and changes nothing else.
  await asHouse(work).transact(async (inner) => {
    if (signed.content !== undefined) await putContent(inner, document, content, signed.content, bytes);
    await createResource(inner, { type: 'Provenance', resource: provenance });
  });
  return findingsOf(work, (await readResource(work, document.resourceType, document.id ?? '')) ?? document);
}

/** Lays the signed content in the place of the unsigned, if nobody has laid another there meanwhile. */
async function putContent(work: Work, document: StoredDocument, content: Content, signed: NonNullable<SignedContent['content']>, before: Uint8Array): Promise<void> {
  const versionOf = (resource: StoredDocument) => `W/"${resource.meta?.versionId ?? ''}"`;
  if (content.binary !== undefined) {
    const binary = await readResource(work, 'Binary', content.binary);
    if (binary === undefined || binary['data'] !== Buffer.from(before).toString('base64')) throw nothingToSign();
    await updateResource(work, { type: 'Binary', id: content.binary, resource: { ...binary, data: Buffer.from(signed).toString('base64') }, ifMatch: versionOf(binary) });
  }
  await updateResource(work, { type: document.resourceType, id: document.id ?? '', resource: withContent(document, signed), ifMatch: versionOf(document) });
}

function nothingToSign(): Refusal {
  return new Refusal('rule', 'encounters.nothing-to-sign', { vi: 'Tài liệu không có nội dung lưu tại đây để ký, hoặc vừa bị thay đổi.', en: 'The document has no content here that could be signed, or was just changed.' });
}
