// What a kill -9 leaves behind: a PostgreSQL without its server, its orphans, and files that name dead processes.
import { existsSync, readFileSync, readdirSync, realpathSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { commandOf, isAlive, processesIn, waitUntil } from '../processes.ts';

/** Ends every PostgreSQL that still works on the cluster and removes what would stop the next one. */
export async function clearLeftovers(clusterFolder: string, socketFolder: string): Promise<void> {
  if (existsSync(clusterFolder)) {
    const cluster = realpathSync(clusterFolder);
    const pid = readPostmasterPid(cluster);
    if (pid !== undefined && isPostmasterOf(pid, cluster)) await endPostmaster(pid);
    await endOrphans(cluster);
    // The number in the file is in use again by a stranger: PostgreSQL would believe that the stranger is itself.
    if (pid !== undefined && isAlive(pid)) rmSync(join(cluster, 'postmaster.pid'), { force: true });
  }
  for (const name of existsSync(socketFolder) ? readdirSync(socketFolder) : []) rmSync(join(socketFolder, name), { force: true });
}

/** Process number of the postmaster that the cluster's lock file names. */
export function readPostmasterPid(cluster: string): number | undefined {
  const lines = readPostmasterFile(cluster);
  const pid = Number.parseInt(lines[0] ?? '', 10);
  return pid > 0 ? pid : undefined;
}

/** Lines of postmaster.pid; the eighth is the state (`starting`, `ready`, `stopping`). Empty when there is none. */
export function readPostmasterFile(cluster: string): string[] {
  try {
    return readFileSync(join(cluster, 'postmaster.pid'), 'utf8').split('\n');
  } catch {
    return [];
  }
}

/** Stops a PostgreSQL: at once but in order, then without order, then by force. */
export async function endPostmaster(pid: number): Promise<void> {
  const steps: [NodeJS.Signals, number][] = [['SIGINT', 60_000], ['SIGQUIT', 10_000], ['SIGKILL', 10_000]];
  for (const [signal, timeoutMs] of steps) {
    send(pid, signal);
    if (await waitUntil(() => !isAlive(pid), timeoutMs)) return;
  }
}

async function endOrphans(cluster: string): Promise<void> {
  const none = () => (processesIn(cluster) ?? []).length === 0;
  // Orphans notice within moments that their postmaster is gone; one busy with a long query does not.
  if (await waitUntil(none, 2_000)) return;
  for (const pid of processesIn(cluster) ?? []) send(pid, 'SIGKILL');
  await waitUntil(none, 10_000);
}

function isPostmasterOf(pid: number, cluster: string): boolean {
  if (!isAlive(pid)) return false;
  const inside = processesIn(cluster);
  if (inside !== undefined) return inside.includes(pid);
  const command = commandOf(pid);
  return command.includes('postgres') && command.includes(cluster);
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // already gone
  }
}
