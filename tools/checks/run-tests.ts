// Runs Vitest and counts what it says.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from './check.ts';

export interface Count {
  readonly passed: number;
  readonly failed: number;
  /** Names of tests that did not run, for want of data kept elsewhere. */
  readonly notRun: readonly string[];
}

interface Report {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly testResults: readonly { readonly status: string; readonly assertionResults: readonly { readonly status: string; readonly fullName?: string }[] }[];
}

/** Runs the tests whose file or name fits `args`; what Vitest prints goes to the terminal. */
export async function runTests(args: readonly string[], env: NodeJS.ProcessEnv): Promise<Count> {
  const folder = mkdtempSync(join(tmpdir(), 'sen-report-'));
  const file = join(folder, 'report.json');
  try {
    const code = await vitest(['run', '--reporter=default', '--reporter=json', `--outputFile.json=${file}`, ...args], env);
    return countReport(existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Report) : undefined, code);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function vitest(args: readonly string[], env: NodeJS.ProcessEnv): Promise<number> {
  return new Promise((resolve, reject) => {
    const script = join(root, 'node_modules/vitest/vitest.mjs');
    const child = spawn(process.execPath, [script, ...args], { cwd: root, env, stdio: 'inherit' });
    child.on('error', reject);
    child.on('close', (code) => resolve(code ?? 1));
  });
}

/** Counts a report. A file that cannot be loaded and a bad end of Vitest itself are failures too. */
export function countReport(report: Report | undefined, code: number): Count {
  if (report === undefined) return { passed: 0, failed: 1, notRun: [] };
  const unloaded = report.testResults.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
  ).length;
  const left = report.testResults.flatMap((file) => file.assertionResults.filter((test) => test.status !== 'passed' && test.status !== 'failed'));
  const failed = report.numFailedTests + unloaded;
  return { passed: report.numPassedTests, failed: failed === 0 && code !== 0 ? 1 : failed, notRun: left.map((test) => test.fullName ?? '') };
}
