// CPU time of a server and its PostgreSQL, read from Linux's process tables (proc(5)).
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/** Chooses processes: the trees below these pids, or below every process whose command line matches. */
export interface ProcessChoice {
  readonly pids: readonly number[];
  readonly match?: RegExp;
}

export interface CpuTimes {
  readonly serverMs: number;
  readonly postgresMs: number;
}

interface Process {
  readonly pid: number;
  readonly parent: number;
  readonly name: string;
  /** Own time and that of children already buried, so that a backend which ends is still counted, once. */
  readonly cpuMs: number;
}

// Linux reports times in ticks of 1/100 s to user space on every architecture Node runs on (USER_HZ).
const msPerTick = 10;

/** Makes a reader of CPU time so far of both process groups, or undefined where there is no /proc. A process of PostgreSQL below the server counts for PostgreSQL. */
export function cpuReader(server: ProcessChoice, postgres: ProcessChoice): (() => CpuTimes) | undefined {
  if (process.platform !== 'linux') return undefined;
  return () => {
    const all = listProcesses();
    const database = treeOf(all, postgres);
    const rest = [...treeOf(all, server)].filter((pid) => !database.has(pid));
    const sum = (pids: Iterable<number>) => [...pids].reduce((total, pid) => total + (all.get(pid)?.cpuMs ?? 0), 0);
    return { serverMs: sum(rest), postgresMs: sum(database) };
  };
}

/** Counts the processes that run now in both groups: with none, nothing would be measured. */
export function countProcesses(server: ProcessChoice, postgres: ProcessChoice): { readonly server: number; readonly postgres: number } {
  const all = listProcesses();
  const database = treeOf(all, postgres);
  return { server: [...treeOf(all, server)].filter((pid) => !database.has(pid)).length, postgres: database.size };
}

/** Finds the PostgreSQL postmasters that work in a folder or below it. */
export function postmastersIn(folder: string): number[] {
  const all = listProcesses();
  const inFolder = (pid: number) => {
    const cwd = attempt(() => readlinkSync(`/proc/${pid}/cwd`)) ?? '';
    return cwd === folder || cwd.startsWith(`${folder}/`);
  };
  return [...all.values()]
    .filter((one) => one.name === 'postgres' && all.get(one.parent)?.name !== 'postgres' && inFolder(one.pid))
    .map((one) => one.pid);
}

function listProcesses(): Map<number, Process> {
  const all = new Map<number, Process>();
  for (const entry of readdirSync('/proc')) {
    if (!/^\d+$/.test(entry)) continue;
    const found = attempt(() => parseStat(readFileSync(`/proc/${entry}/stat`, 'utf8')));
    if (found) all.set(found.pid, found);
  }
  return all;
}

/** proc_pid_stat(5): pid (comm) state ppid … utime(14) stime(15) cutime(16) cstime(17). The name may hold spaces and brackets. */
function parseStat(text: string): Process {
  const open = text.indexOf('(');
  const close = text.lastIndexOf(')');
  const fields = text.slice(close + 2).split(' ');
  const ticks = [11, 12, 13, 14].reduce((total, index) => total + Number(fields[index]), 0);
  return { pid: Number(text.slice(0, open)), parent: Number(fields[1]), name: text.slice(open + 1, close), cpuMs: ticks * msPerTick };
}

function treeOf(all: ReadonlyMap<number, Process>, choice: ProcessChoice): Set<number> {
  const tree = new Set<number>(choice.pids.filter((pid) => all.has(pid)));
  if (choice.match) for (const pid of all.keys()) if (pid !== process.pid && choice.match.test(commandLine(pid))) tree.add(pid);
  for (let before = -1; before !== tree.size; ) {
    before = tree.size;
    for (const one of all.values()) if (tree.has(one.parent)) tree.add(one.pid);
  }
  return tree;
}

function commandLine(pid: number): string {
  return (attempt(() => readFileSync(`/proc/${pid}/cmdline`, 'utf8')) ?? '').replaceAll('\0', ' ');
}

/** A process may end between listing and reading. */
function attempt<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}
