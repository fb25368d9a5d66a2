// Finds SIPp, the caller of the telephone tests, and installs it where it is missing. Never skips in silence.
import { spawnSync } from 'node:child_process';

/** Name of the program. Throws with what to do when it is neither there nor can be installed. */
export function sippPath(): string {
  const named = process.env['SEN_SIPP'] ?? 'sipp';
  if (runs(named)) return named;
  if (process.getuid?.() === 0 && spawnSync('apt-get', ['-o', 'DPkg::Lock::Timeout=300', 'install', '-y', '--no-install-recommends', 'sip-tester'], { timeout: 600_000 }).status === 0 && runs(named)) return named;
  throw new Error('The telephone tests need SIPp (Debian: apt-get install sip-tester; macOS: brew install sipp), or SEN_SIPP as the path of its program.');
}

function runs(program: string): boolean {
  return /SIPp v/.test(spawnSync(program, ['-v'], { encoding: 'utf8' }).stdout ?? '');
}
