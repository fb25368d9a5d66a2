// Signed content in FHIR: where the bytes of a document lie, and signatures as Provenance (R4 §6.3, Signature datatype).
import type { Resource } from '@sen/fhir';
import type { SignatureFinding, SignedContent } from '../security/index.ts';
import { listOf, textOf } from './fhir.ts';

/** A document as it lies in the record. */
export type StoredDocument = Resource;

export interface Content {
  /** Lower case, without parameters. */
  readonly contentType: string;
  /** In the resource itself. */
  readonly data?: Buffer;
  /** Id of the Binary that holds it. */
  readonly binary?: string;
}

interface Attachment {
  contentType?: string;
  data?: string;
  url?: string;
  size?: number;
  hash?: string;
}

/** The first content of a DocumentReference or DiagnosticReport; undefined when it has none that lies here. */
export function contentOf(resource: Resource): Content | undefined {
  const attachment = attachmentOf(resource);
  if (attachment === undefined) return undefined;
  const contentType = (attachment.contentType ?? 'application/octet-stream').split(';')[0]?.trim().toLowerCase() ?? '';
  if (attachment.data !== undefined) return { contentType, data: Buffer.from(attachment.data, 'base64') };
  const binary = /(?:^|\/)Binary\/([A-Za-z0-9.-]{1,64})$/.exec(attachment.url ?? '')?.[1];
  return binary === undefined ? undefined : { contentType, binary };
}

/** The same resource with other content in the same place; size and hash, told of the old content, go. */
export function withContent(resource: Resource, bytes: Uint8Array): Resource {
  const copy = structuredClone(resource);
  const attachment = attachmentOf(copy);
  if (attachment === undefined) return copy;
  if (attachment.data !== undefined) attachment.data = Buffer.from(bytes).toString('base64');
  delete attachment.size;
  delete attachment.hash;
  return copy;
}

export function bytesOfBinary(binary: Resource): Buffer {
  return Buffer.from(textOf(binary['data']) ?? '', 'base64');
}

export interface SigningFacts {
  /** `DocumentReference/1` */
  readonly target: string;
  /** Practitioner of the signer, where known. */
  readonly practitioner?: string;
  readonly name: string;
  readonly now: number;
  readonly contentType: string;
}

/** Tells in the record that a document was signed; a detached signature lies in it. The proof is the signature alone. */
export function provenanceOf(signed: SignedContent, facts: SigningFacts): Resource {
  const when = new Date(facts.now).toISOString();
  const who = { ...(facts.practitioner === undefined ? {} : { reference: `Practitioner/${facts.practitioner}` }), display: facts.name };
  return {
    resourceType: 'Provenance',
    target: [{ reference: facts.target }],
    recorded: when,
    activity: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/v3-DocumentCompletion', code: 'LA', display: 'legally authenticated' }] },
    agent: [{ type: { coding: [{ system: 'http://terminology.hl7.org/CodeSystem/provenance-participant-type', code: 'legal', display: 'Legal Authenticator' }] }, who }],
    signature: [{
      // ASTM E1762-95: the signature of who stands for the content.
      type: [{ system: 'urn:iso-astm:E1762-95:2013', code: '1.2.840.10065.1.12.1.5', display: 'Verification Signature' }],
      when, who, targetFormat: facts.contentType,
      sigFormat: signed.detached?.contentType ?? facts.contentType,
      ...(signed.detached === undefined ? {} : { data: Buffer.from(signed.detached.text).toString('base64') }),
    }],
  } as unknown as Resource;
}

export interface ToldSignatures {
  /** Detached signatures that lie in the record. */
  readonly detached: readonly string[];
  /** How many signatures the content itself must hold. */
  readonly inside: number;
}

/** What the record says was signed. */
export function signaturesToldBy(provenances: readonly Resource[]): ToldSignatures {
  const signatures = provenances.flatMap((one) => listOf<{ data?: string; sigFormat?: string; targetFormat?: string }>(one['signature']));
  const jws = signatures.filter(({ sigFormat, data }) => sigFormat?.startsWith('application/jose') === true && data !== undefined);
  return {
    detached: jws.map(({ data }) => Buffer.from(data ?? '', 'base64').toString('utf8')),
    inside: signatures.filter(({ sigFormat, targetFormat, data }) => data === undefined && sigFormat !== undefined && sigFormat === targetFormat).length,
  };
}

/** The answer of `$sign` and `$verify-signature`. */
export function parametersOf(findings: readonly SignatureFinding[]): object {
  return {
    resourceType: 'Parameters',
    parameter: findings.map((finding) => ({
      name: 'signature',
      part: Object.entries(finding).map(([name, value]) => (name === 'signedAt' ? { name, valueInstant: value } : name === 'signer' || name === 'organization' ? { name, valueString: value } : { name, valueCode: value })),
    })),
  };
}

function attachmentOf(resource: Resource): Attachment | undefined {
  if (resource.resourceType === 'DocumentReference') return listOf<{ attachment?: Attachment }>(resource['content'])[0]?.attachment;
  return listOf<Attachment>(resource['presentedForm'])[0];
}
