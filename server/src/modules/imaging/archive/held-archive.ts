// The archive of this process, opened once when the module starts.
import type { Archive } from './receive-instance.ts';

let held: Archive | undefined;

export function holdArchive(archive: Archive): void {
  held = archive;
}

/** The archive; throws when the module has not been started. */
export function heldArchive(): Archive {
  if (held === undefined) throw new Error('the imaging archive has not been opened');
  return held;
}
