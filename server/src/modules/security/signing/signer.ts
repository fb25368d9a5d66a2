// The port through which anything is signed: a key here, or one at a provider. What is signed and in which form is none of its business.

export interface Signer {
  /** `ES256`: ECDSA P-256; `RS256`: RSA, PKCS #1 v1.5; both over SHA-256. */
  readonly algorithm: 'ES256' | 'RS256';
  /** DER, the signer's own certificate first, then its issuers. */
  readonly certificates: readonly Uint8Array[];
  /** Signs content: hashes it and gives the bare signature, for ECDSA r and s one after the other (IEEE P1363). */
  sign(content: Uint8Array): Promise<Uint8Array>;
}

/** Gives a timestamp token (RFC 3161) for content; undefined when there is no authority to ask. */
export type Timestamper = ((content: Uint8Array) => Promise<Uint8Array>) | undefined;

export type SignatureFormat = 'PAdES' | 'XAdES' | 'JAdES';

/** What a format's own checks found: all but whom to trust. */
export interface ReadSignature {
  readonly format: SignatureFormat;
  /** DER, signer first; empty when none could be read. */
  readonly certificates: readonly Uint8Array[];
  /** ms since 1970, as the signer claims. */
  readonly claimedAt?: number;
  /** DER of a timestamp token over the signature, and what it must cover. */
  readonly timestamp?: { readonly token: Uint8Array; readonly content: Uint8Array };
  /** Why the signature does not hold; absent when it does. */
  readonly broken?: BrokenReason;
}

export type BrokenReason = 'changed' | 'not-signed-by-certificate' | 'unreadable' | 'added-after' | 'not-whole' | 'weak-algorithm';
