// Starts the hospital and stops it in order on Ctrl-C or SIGTERM.
import { sayFailure, say } from './start/say.ts';
import { serve } from './start/serve.ts';
import { StartStopped } from './start/stopped.ts';

const stopping = new AbortController();
// A request that hangs, or a database that does not stop, must not keep a machine from shutting down.
const LAST_RESORT_MS = 90_000;
// One Ctrl-C reaches us twice: from the terminal and, forwarded, from npm.
const SAME_SIGNAL_MS = 1_000;
let stopRequestedAt = 0;

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, requestStop);
process.on('disconnect', requestStop); // tools/run.mjs was killed
process.on('unhandledRejection', fail);
process.on('uncaughtException', fail);

try {
  const serving = await serve(process.env, stopping.signal);
  if (!stopping.signal.aborted) await new Promise((resolve) => stopping.signal.addEventListener('abort', resolve));
  await serving.stop();
  process.exit(process.exitCode ?? 0);
} catch (error) {
  if (!(error instanceof StartStopped)) sayFailure(error);
  process.exit(error instanceof StartStopped ? 0 : 1);
}

function requestStop(): void {
  if (stopping.signal.aborted && Date.now() - stopRequestedAt < SAME_SIGNAL_MS) return;
  if (stopping.signal.aborted) {
    say({ vi: 'Dừng ngay.', en: 'Stopping at once.' });
    process.exit(130);
  }
  say({ vi: 'Đang dừng… (nhấn lần nữa để dừng ngay)', en: 'Stopping… (again to stop at once)' });
  setTimeout(() => process.exit(1), LAST_RESORT_MS).unref();
  stopRequestedAt = Date.now();
  stopping.abort();
}

/** A fault that nobody caught: the state is unknown, so stop in order and let the next start begin clean. */
function fail(error: unknown): void {
  sayFailure(error);
  process.exitCode = 1;
  if (!stopping.signal.aborted) requestStop();
}
