// What a listener asks of those who know the archive. The types stand here, below both, so that neither knows the other.
import type { UserIdentity } from './pdu.ts';

/** The other side of an association, as it presented itself. */
export interface DicomPeer {
  readonly callingAe: string;
  readonly calledAe: string;
  readonly address: string;
  readonly port: number;
  /** Over TLS. */
  readonly secure: boolean;
  readonly certificate?: PeerCertificate;
  readonly implementationClass: string;
  readonly implementationVersion: string;
  /** The passcode in it must never be logged. */
  readonly identity?: UserIdentity;
}

export interface PeerCertificate {
  readonly subject: string;
  /** SHA-256 of the certificate, hexadecimal, lower case, no colons. */
  readonly fingerprint: string;
}

export type Admission = 'allowed' | 'calling-ae-unknown' | 'called-ae-unknown' | 'address-unknown' | 'certificate-unknown' | 'busy';

/** Sign of life of a machine. Counts and times only, no patient. */
export type MachineSign =
  | { readonly kind: 'associated' | 'released' | 'aborted' | 'lost' | 'timed-out'; readonly peer: DicomPeer }
  | { readonly kind: 'refused'; readonly peer: DicomPeer; readonly because: Exclude<Admission, 'allowed'> | 'too-many' }
  | { readonly kind: 'request'; readonly peer: DicomPeer; readonly operation: DicomOperation; readonly status: number };

export type DicomOperation = 'echo' | 'store' | 'find' | 'move' | 'get' | 'event-report' | 'n-get' | 'n-set' | 'n-action' | 'n-create' | 'n-delete' | 'unknown';

/** How an operation ended; `comment` is shown to the technician at the machine, in ASCII, without patient data. */
export interface Outcome {
  readonly status: number;
  readonly comment?: string;
  /** Tags as numbers. */
  readonly offendingElements?: readonly number[];
}

/** Thrown by a service to answer with a status of its choice. Anything else thrown is a fault and answered without detail. */
export class DicomStatus extends Error {
  readonly outcome: Outcome;

  constructor(status: number, comment?: string) {
    super(`DICOM status ${status.toString(16)}`);
    this.name = 'DicomStatus';
    this.outcome = { status, ...(comment !== undefined && { comment }) };
  }
}

interface Asked {
  readonly peer: DicomPeer;
  readonly sopClass: string;
  readonly transferSyntax: string;
  /** Aborted by C-CANCEL and by the end of the association. */
  readonly cancelled: AbortSignal;
}

export interface StoreRequest extends Asked {
  readonly sopInstance: string;
  /** Who asked for it to be sent here by C-MOVE. */
  readonly originator?: { readonly aeTitle: string; readonly messageId: number };
  /** The dataset as it comes; each slice may be kept, none is written to again. Throws when the sender is gone. */
  readonly data: AsyncIterable<Uint8Array>;
}

export interface FindRequest extends Asked {
  readonly identifier: Uint8Array;
  /** Extended negotiation granted: persons found by sound or without marks. */
  readonly priority: number;
}

/** One match in the transfer syntax of the request. */
export interface Match {
  readonly identifier: Uint8Array;
  /** Keys asked for that were not looked at. */
  readonly unsupportedKeys?: boolean;
}

export interface RetrieveRequest extends FindRequest {
  /** C-MOVE: to whom; C-GET: absent. */
  readonly destination?: string;
}

export interface RetrievePlan {
  readonly instances: readonly PlannedInstance[];
  /** C-MOVE: where the destination listens. */
  readonly destination?: DicomAddress;
}

export interface PlannedInstance {
  readonly sopClass: string;
  readonly sopInstance: string;
  /** As stored first, then those it can be turned into. */
  readonly transferSyntaxes: readonly string[];
  /** The dataset, without preamble and file meta information. */
  open(transferSyntax: string): AsyncIterable<Uint8Array>;
}

export interface DicomAddress {
  readonly host: string;
  readonly port: number;
  readonly aeTitle: string;
  /** Our title towards it; otherwise that of the listener. */
  readonly callingAe?: string;
  readonly secure: boolean;
}

export interface NormalizedRequest extends Asked {
  readonly operation: 'event-report' | 'n-get' | 'n-set' | 'n-action' | 'n-create' | 'n-delete';
  readonly sopInstance?: string;
  /** N-EVENT-REPORT's event or N-ACTION's action. */
  readonly type?: number;
  /** N-GET: the attributes wanted; none means all. */
  readonly attributes: readonly number[];
  readonly data?: Uint8Array;
  /** Tells an event to the same peer while its association stands; rejects afterwards. */
  report(event: EventReport): Promise<Outcome>;
}

export interface EventReport {
  readonly sopClass: string;
  readonly sopInstance: string;
  readonly event: number;
  readonly data: Uint8Array;
}

export interface NormalizedOutcome extends Outcome {
  /** N-CREATE: the identifier given when the request had none. */
  readonly sopInstance?: string;
  readonly data?: Uint8Array;
}

export interface DicomServices {
  mayAssociate(peer: DicomPeer): Promise<Admission>;
  heard(sign: MachineSign): void;
  /** Answers success only when the object is safe. What is left unread of the data is thrown away. */
  store(request: StoreRequest): Promise<Outcome>;
  /** Queries and the worklist: the SOP class says which. */
  find(request: FindRequest): AsyncIterable<Match>;
  retrieve(request: RetrieveRequest): Promise<RetrievePlan>;
  normalized(request: NormalizedRequest): Promise<NormalizedOutcome>;
}
