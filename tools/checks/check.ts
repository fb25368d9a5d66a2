// A check: one named thing `npm test` holds the tree to.
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export interface Check {
  readonly name: string;
  /** Resolves to what is wrong, one finding each; nothing wrong is an empty list. */
  readonly findings: () => Promise<readonly string[]>;
}

/** The repository's folder, without a slash at its end. */
export const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/[\\/]$/, '');

export interface ProgramResult {
  readonly code: number;
  readonly output: string;
}

/** Runs a program of node_modules under this very Node and collects what it prints. */
export function runProgram(script: string, args: readonly string[], cwd = root): Promise<ProgramResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [script, ...args], { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
    const parts: Buffer[] = [];
    child.stdout.on('data', (part: Buffer) => parts.push(part));
    child.stderr.on('data', (part: Buffer) => parts.push(part));
    child.on('error', reject);
    child.on('close', (code) => resolve({ code: code ?? 1, output: Buffer.concat(parts).toString('utf8').trim() }));
  });
}

/** The findings of a program that says what is wrong and then leaves with a code other than 0. */
export async function programFindings(script: string, args: readonly string[], cwd = root): Promise<string[]> {
  const { code, output } = await runProgram(script, args, cwd);
  return code === 0 ? [] : [output === '' ? `left with code ${code}` : output];
}
