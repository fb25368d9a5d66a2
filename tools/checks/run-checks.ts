// Runs checks side by side and says of each how long it took and what it found.
import { availableParallelism } from 'node:os';
import type { Check } from './check.ts';

export interface Outcome {
  readonly name: string;
  readonly findings: readonly string[];
  readonly ms: number;
}

const longestShown = 6000; // characters: the first findings matter, the thousandth does not

/** Runs every check, two at a time on the smallest machine, and prints each as it ends. */
export async function runChecks(checks: readonly Check[], print: (line: string) => void): Promise<Outcome[]> {
  const waiting = [...checks];
  const outcomes: Outcome[] = [];
  const lane = async () => {
    for (let check = waiting.shift(); check !== undefined; check = waiting.shift()) {
      const outcome = await runCheck(check);
      outcomes.push(outcome);
      print(inWords(outcome));
    }
  };
  await Promise.all(Array.from({ length: Math.min(4, Math.max(2, availableParallelism())) }, lane));
  return outcomes;
}

async function runCheck({ name, findings }: Check): Promise<Outcome> {
  const began = performance.now();
  const found = await findings().catch((error: unknown) => [error instanceof Error ? (error.stack ?? error.message) : String(error)]);
  return { name, findings: found, ms: performance.now() - began };
}

function inWords({ name, findings, ms }: Outcome): string {
  const head = `${findings.length === 0 ? '✓' : '✗'} ${name} (${(ms / 1000).toFixed(1)} s)`;
  const text = findings.join('\n').slice(0, longestShown);
  return findings.length === 0 ? head : `${head}\n${text.replace(/^/gm, '    ')}`;
}
