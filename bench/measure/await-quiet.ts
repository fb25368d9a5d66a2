import { setTimeout } from 'node:timers/promises';
import type { RunningServer } from './own-server.ts';
import { cpuReader } from './processes.ts';

const windowMs = 2000;
/** CPU of server and database within a window, below which nothing goes on in the background. */
const quietMs = 60;

/** Waits until what a load left behind (index of texts, statistics, vacuum) is worked off: at least `seconds`, at most ten minutes. */
export async function awaitQuiet(server: RunningServer, seconds: number): Promise<void> {
  const until = performance.now() + 600_000;
  await setTimeout(seconds * 1000);
  for (let quiet = 0; quiet < 2 && performance.now() < until; ) {
    const read = cpuReader(server.server, server.postgres);
    if (read === undefined) return;
    const before = read();
    await setTimeout(windowMs);
    const after = read();
    quiet = after.serverMs + after.postgresMs - before.serverMs - before.postgresMs < quietMs ? quiet + 1 : 0;
  }
}
