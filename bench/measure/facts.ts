// The machine and the code that were measured.
import { execFileSync } from 'node:child_process';
import os from 'node:os';

export interface Facts {
  readonly date: string;
  readonly commit: string;
  readonly cores: number;
  readonly processor: string;
  readonly ramGiB: number;
  readonly loadAverage: number;
  readonly node: string;
  readonly system: string;
}

/** Gathers what a reader needs to judge the figures. */
export function gatherFacts(): Facts {
  return {
    date: new Date().toISOString(),
    commit: commit(),
    cores: os.availableParallelism(),
    processor: os.cpus()[0]?.model ?? 'unknown',
    ramGiB: Math.round(os.totalmem() / 2 ** 30),
    loadAverage: Number(os.loadavg()[0]?.toFixed(1)),
    node: process.version,
    system: `${os.type()} ${os.release()}`,
  };
}

function commit(): string {
  try {
    const git = (...args: string[]) => execFileSync('git', args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
    return `${git('rev-parse', '--short', 'HEAD')}${git('status', '--porcelain') === '' ? '' : ' with uncommitted changes'}`;
  } catch {
    return 'unknown';
  }
}
