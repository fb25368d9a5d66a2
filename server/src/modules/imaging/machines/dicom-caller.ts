// How the house calls machines: given by whoever opens the doors (start/answer-machines.ts), so that nothing here knows a socket.
import type { DicomAddress, EventReport, Outcome } from '@sen/dicom/net';

export interface DicomCaller {
  /** C-ECHO; the status of the answer. Rejects when nobody answers or the association is refused. */
  echo(address: DicomAddress): Promise<number>;
  /** N-EVENT-REPORT over an association of ours. */
  report(address: DicomAddress, event: EventReport): Promise<Outcome>;
}

let held: DicomCaller | undefined;

/** Gives it, or takes it back. */
export function holdDicomCaller(caller: DicomCaller | undefined): void {
  held = caller;
}

/** Undefined while DICOM is off. */
export function heldDicomCaller(): DicomCaller | undefined {
  return held;
}
