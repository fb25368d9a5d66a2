// What a DICOM listener and a caller need to know of the hospital's wishes.
import type { NegotiationPolicy } from '@sen/dicom/net';

export interface DicomTls {
  readonly key: string | Buffer;
  readonly certificate: string | Buffer;
  /** Authorities whose certificates are believed. */
  readonly authorities?: string | Buffer;
  /** SHA-256 fingerprints (hexadecimal, lower case) of certificates believed by themselves. */
  readonly pins: readonly string[];
  /** Whether the other side must show a certificate that is believed (DICOM PS3.15 2024e, annex B). */
  readonly mutual: boolean;
}

export interface DicomDoor {
  readonly host: string;
  /** 0: any free port. */
  readonly port: number;
  readonly tls?: DicomTls;
}

export interface DicomLimits {
  readonly associationsMax: number;
  /** From one network address. */
  readonly associationsPerPeerMax: number;
  /** Longest P-DATA-TF we ask for; the other side may know no larger than 131,072. */
  readonly pduBytes: number;
  /** Memory of one association: what arrived and is not yet written. */
  readonly heldBytes: number;
  readonly datasetBytes: number;
  /** Longest identifier of a query, worklist item or report. */
  readonly identifierBytes: number;
  /** Operations of one association at once, where it negotiates a window. */
  readonly operations: number;
  /** ARTIM: from the connection to its proposal, and from our last word to the end of the connection. */
  readonly artimMs: number;
  /** Nothing came though it is the other side's turn. */
  readonly idleMs: number;
  /** One PDU from its first byte to its last, however the bytes drip. */
  readonly pduMs: number;
}

export interface DicomListenerSettings {
  readonly doors: readonly DicomDoor[];
  readonly limits: DicomLimits;
  /** Our title, where C-MOVE calls others. */
  readonly aeTitle: string;
  /** What C-MOVE shows to destinations that speak TLS. */
  readonly tls?: DicomTls;
  /** A fault of ours or of a service; without patient data. */
  readonly fault: (what: string, error: unknown) => void;
}

const MiB = 1024 * 1024;

export const usualLimits: DicomLimits = {
  associationsMax: 200, associationsPerPeerMax: 40, pduBytes: 131_072, heldBytes: 2 * MiB, datasetBytes: 64 * 1024 * MiB, identifierBytes: 4 * MiB,
  operations: 8, artimMs: 30_000, idleMs: 300_000, pduMs: 60_000,
};

/** Who we are in associations: a UUID-derived identifier (DICOM PS3.5 2024e, B.2), no root of ours is needed. */
export const implementation: Pick<NegotiationPolicy, 'implementationClass' | 'implementationVersion'> = {
  implementationClass: '2.25.266844164746460588497615366885973476280', implementationVersion: 'SEN_DICOM_1',
};
