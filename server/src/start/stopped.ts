/** Thrown when a person stops the start itself. */
export class StartStopped extends Error {}

/** Ends the start between two steps. */
export function refuseWhenStopped(stopped: AbortSignal): void {
  if (stopped.aborted) throw new StartStopped();
}
