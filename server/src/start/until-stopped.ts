/** Waits for Ctrl-C or SIGTERM; a second one then ends the process at once, as usual. */
export function untilStopped(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => resolve());
    process.once('disconnect', () => resolve()); // tools/run.mjs was killed
  });
}
