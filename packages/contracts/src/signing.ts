// Signatures of documents, and the keys with which people sign.
import Type, { type Static } from 'typebox';
import { contract } from './route.ts';

export const DocumentSignature = Type.Object({
  format: Type.Union([Type.Literal('PAdES'), Type.Literal('XAdES'), Type.Literal('JAdES')]),
  /** `valid`: whole, trusted, timestamped. `untimestamped`: only the signer says when. `untrusted`: whole, but by whom is not known. `broken`: does not hold. */
  state: Type.Union([Type.Literal('valid'), Type.Literal('untimestamped'), Type.Literal('untrusted'), Type.Literal('broken')]),
  /** Code of why, such as `changed`, `revoked`, `expired`, `unknown-issuer`. */
  reason: Type.Optional(Type.String()),
  signer: Type.Optional(Type.String()),
  organization: Type.Optional(Type.String()),
  serial: Type.Optional(Type.String()),
  signedAt: Type.Optional(Type.String()),
  /** Whether a list of withdrawn certificates was at hand. */
  revocation: Type.Union([Type.Literal('good'), Type.Literal('revoked'), Type.Literal('not-checked')]),
});
export type DocumentSignature = Static<typeof DocumentSignature>;

const OfDocument = Type.Object({
  patientId: Type.String({ pattern: '^[A-Za-z0-9.-]{1,64}$' }),
  documentId: Type.String({ pattern: '^(DocumentReference|DiagnosticReport)\\.[A-Za-z0-9.\\-]{1,64}$' }),
});
const Signatures = Type.Object({
  signatures: Type.Array(DocumentSignature),
  /** Who asks may sign it now. */
  maySign: Type.Boolean(),
});
const Pin = Type.String({ minLength: 6, maxLength: 64 });

export const verifyDocument = contract({
  method: 'GET', path: '/api/patients/:patientId/documents/:documentId/signatures', summary: 'Verifies the signatures of a document, anew on every view.',
  needs: 'signature.verify', params: OfDocument, response: Signatures,
});

export const signDocument = contract({
  method: 'POST', path: '/api/patients/:patientId/documents/:documentId/signatures', summary: 'Signs a document with one’s own key.',
  needs: 'document.sign', params: OfDocument, body: Type.Object({ pin: Pin }), response: Signatures,
});

export const SigningKey = Type.Object({
  kind: Type.Union([Type.Literal('software'), Type.Literal('remote')]),
  holder: Type.String(),
  issuer: Type.String(),
  notAfter: Type.String(),
});
export type SigningKey = Static<typeof SigningKey>;

export const readSigningKey = contract({
  method: 'GET', path: '/api/my/signing-key', summary: 'Tells with which key one signs.', needs: 'document.sign', response: Type.Object({ key: Type.Optional(SigningKey) }),
});

export const importSigningKey = contract({
  method: 'PUT', path: '/api/my/signing-key', summary: 'Takes a key into use: a PKCS #12 file under a PIN, or a credential at the provider of remote signing.', needs: 'document.sign', needsFresh: true,
  body: Type.Union([
    Type.Object({ file: Type.String({ pattern: '^[A-Za-z0-9+/=]+$', maxLength: 100_000 }), password: Type.String({ maxLength: 256 }), pin: Pin }, { additionalProperties: false }),
    Type.Object({ credential: Type.String({ minLength: 1, maxLength: 256 }) }, { additionalProperties: false }),
  ]),
  response: Type.Null(),
});

export const withdrawSigningKey = contract({
  method: 'DELETE', path: '/api/my/signing-key', summary: 'Stops using one’s key; what it has signed stays signed.', needs: 'document.sign', response: Type.Null(),
});

export const readEncryption = contract({
  method: 'GET', path: '/api/encryption', summary: 'Ids of the master keys, and which is in use.', needs: 'key.manage',
  response: Type.Object({ keys: Type.Array(Type.Object({ id: Type.String(), inUse: Type.Boolean() })) }),
});
