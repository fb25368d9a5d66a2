// A request of the other side together with what answering it may need.
import type { Context, Conversation, DicomPeer, DicomServices, Incoming } from '@sen/dicom/net';
import type { DicomCallTerms } from './open-association.ts';

export interface Seat {
  /** What is not there is answered as an operation we do not know. */
  readonly services: Partial<DicomServices>;
  readonly peer: DicomPeer;
  readonly identifierBytes: number;
  readonly fault: (what: string, error: unknown) => void;
  /** Requests of ours over the association of the request. */
  readonly ask: Conversation['request'];
  readonly contexts: () => ReadonlyMap<number, Context>;
  /** How to call a C-MOVE destination. */
  readonly calling: Omit<DicomCallTerms, 'address' | 'contexts'>;
}

export interface Request {
  readonly incoming: Incoming;
  readonly seat: Seat;
}
