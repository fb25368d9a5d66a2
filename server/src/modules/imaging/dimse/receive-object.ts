// C-STORE: into the archive, and what the machine is told of it (DICOM PS3.4 2024e, B.2.3).
import { status, type Outcome, type StoreRequest } from '@sen/dicom/net';
import { Refusal } from '../../../platform/refusal.ts';
import { receiveInstance, type Archive, type Received } from '../archive/receive-instance.ts';
import type { Machine } from '../machines/machine.ts';

/** Kept, but a person has to look (B.2.3: data set does not match SOP class). */
const keptForAPerson = 0xb007;

/** Files the object; success only when it is on the disk and in the index. */
export async function receiveObject(archive: Archive, machine: Machine, { sopClass, sopInstance, transferSyntax, data }: StoreRequest): Promise<Outcome> {
  if (!machine.mayStore) return { status: status.notAuthorized, comment: 'this machine may not store here' };
  try {
    return outcomeOf(await receiveInstance(archive, { source: machine.aeTitle, facility: machine.facility, command: { sopClass, sopInstance, transferSyntax } }, data));
  } catch (error) {
    return noRoom(error);
  }
}

/** Another object under a UID that is taken is kept too: the machine has done its part. */
function outcomeOf(received: Received): Outcome {
  return received.outcome === 'quarantined' ? { status: keptForAPerson, comment: `kept for review: ${received.code}` } : { status: status.success };
}

/** A machine that is told so keeps the object and sends it again; what else goes wrong is a fault. */
function noRoom(error: unknown): Outcome {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (error instanceof Refusal && code === 'platform.blob-too-large') return { status: status.outOfResources, comment: 'object too large' };
  if (code === 'ENOSPC' || code === 'EDQUOT') return { status: status.outOfResources, comment: 'no room on the disk' };
  throw error;
}
