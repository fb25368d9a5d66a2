// Builds the web when its sources are not those of the last build; compares content, because a clone has no useful times.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isAlive } from '../platform/processes.ts';
import { Refusal } from '../platform/refusal.ts';
import type { RefusalText } from '../platform/refusal.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));
const web = join(root, 'web');
const dist = join(web, 'dist');
const stamp = join(dist, '.sen-build');
const sources = ['web/src', 'web/public', 'web/index.html', 'web/package.json', 'web/vite.config.ts', 'packages/contracts/src', 'package-lock.json'];

/** Builds the web if it is stale. An older build stays in use when a new one fails; without any, refuses. */
export async function buildWeb(say: (text: RefusalText) => void): Promise<void> {
  if (!existsSync(join(web, 'index.html'))) return;
  const wanted = webFingerprint();
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  say({ vi: 'Đang dựng giao diện web…', en: 'Building the web…' });
  removeAbandoned();
  const fresh = `dist.new-${process.pid}`;
  const { code, output } = await runVite(fresh);
  if (code === 0) return putInPlace(join(web, fresh), wanted);
  rmSync(join(web, fresh), { recursive: true, force: true });
  const failure = new Refusal('unavailable', 'platform.web-not-built', {
    vi: `Không dựng được giao diện web:\n${output.slice(-2000)}`,
    en: `The web could not be built:\n${output.slice(-2000)}`,
  });
  if (!existsSync(join(dist, 'index.html'))) throw failure;
  say(failure.text);
}

/** A start that was refused or killed while it built leaves its folder behind. */
function removeAbandoned(): void {
  for (const name of readdirSync(web)) {
    const pid = Number(/^dist\.new-(\d+)$/.exec(name)?.[1]);
    if (pid > 0 && !isAlive(pid)) rmSync(join(web, name), { recursive: true, force: true });
  }
}

/** Fingerprint of everything that the built web depends on. */
function webFingerprint(): string {
  const hash = createHash('sha256');
  for (const file of sources.flatMap((path) => filesUnder(join(root, path)))) {
    hash.update(relative(root, file).replaceAll('\\', '/')).update('\0').update(readFileSync(file)).update('\0');
  }
  return hash.digest('hex');
}

function filesUnder(path: string): string[] {
  if (!existsSync(path)) return [];
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path).sort().flatMap((name) => filesUnder(join(path, name)));
}

function putInPlace(fresh: string, fingerprint: string): void {
  writeFileSync(join(fresh, '.sen-build'), fingerprint);
  rmSync(dist, { recursive: true, force: true });
  renameSync(fresh, dist);
}

function runVite(outDir: string): Promise<{ code: number; output: string }> {
  const vite = join(dirname(createRequire(join(web, 'package.json')).resolve('vite/package.json')), 'bin', 'vite.js');
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [vite, 'build', '--outDir', outDir, '--emptyOutDir', '--logLevel', 'warn'], { cwd: web, stdio: ['ignore', 'pipe', 'pipe'], windowsHide: true });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.on('error', (error) => resolve({ code: 1, output: error.message }));
    child.on('close', (code) => resolve({ code: code ?? 1, output }));
  });
}
