// Finds the Chrome or Chromium that screen tests drive, and installs one where there is none. Never skips in silence.
import { execFileSync, spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, readdirSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { homedir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { chromium } from 'playwright-core';

const commands = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome', 'microsoft-edge'];

const usualPlaces = [
  '/usr/lib/chromium/chromium',
  '/opt/google/chrome/chrome',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
];

// Inside Playwright's cache, below a folder such as `chromium-1200`.
const insideCache = [
  'chrome-linux64/chrome',
  'chrome-linux/chrome',
  'chrome-mac-arm64/Google Chrome for Testing.app/Contents/MacOS/Google Chrome for Testing',
  'chrome-mac-x64/Google Chrome for Testing.app/Contents/MacOS/Google Chrome for Testing',
  'chrome-mac/Chromium.app/Contents/MacOS/Chromium',
  'chrome-win64/chrome.exe',
  'chrome-win/chrome.exe',
];

/** Path of a browser that starts; installs one when none is found. Throws with what to do when neither works. */
export function browserPath(): string {
  const named = process.env['SEN_CHROMIUM'];
  if (named !== undefined && named !== '') {
    if (starts(named)) return named;
    throw new Error(`SEN_CHROMIUM is ${named}, which does not start. Point it to a Chrome or Chromium, or unset it.`);
  }
  return findBrowser() ?? installBrowser();
}

/** The first installed browser that starts: on PATH, in the usual places, in Playwright's cache. */
function findBrowser(): string | undefined {
  return [...onPath(), ...usualPlaces, ...inPlaywrightCache()].find((path) => existsSync(path) && starts(path));
}

function onPath(): string[] {
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  return commands.flatMap((command) => folders.map((folder) => join(folder, command)));
}

function inPlaywrightCache(): string[] {
  const cache = process.env['PLAYWRIGHT_BROWSERS_PATH'] ?? usualCache();
  const builds = existsSync(cache) ? readdirSync(cache).filter((name) => /^chromium-\d+$/.test(name)) : [];
  const newestFirst = builds.sort((a, b) => Number(b.slice(9)) - Number(a.slice(9)));
  return [chromium.executablePath(), ...newestFirst.flatMap((build) => insideCache.map((path) => join(cache, build, path)))];
}

function usualCache(): string {
  if (process.platform === 'darwin') return join(homedir(), 'Library/Caches/ms-playwright');
  if (process.platform === 'win32') return join(process.env['LOCALAPPDATA'] ?? homedir(), 'ms-playwright');
  return join(process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache'), 'ms-playwright');
}

// A file is not enough: Ubuntu's `chromium-browser` only tells you to use snap, and a copied build may lack its libraries.
function starts(path: string): boolean {
  try {
    if (!statSync(path).isFile()) return false;
    accessSync(path, constants.X_OK);
    if (process.platform === 'win32') return true; // chrome.exe opens a window for --version
    return /\d+\.\d+\.\d+/.test(execFileSync(path, ['--version'], { encoding: 'utf8', timeout: 30_000, stdio: 'pipe' }));
  } catch {
    return false;
  }
}

function installBrowser(): string {
  const tried: string[] = [];
  for (const [name, install] of [['Playwright', fromPlaywright], ['Debian', fromDebian]] as const) {
    const outcome = install();
    const found = findBrowser();
    if (found !== undefined) return found;
    tried.push(`${name}: ${outcome}`);
  }
  throw new Error(
    'Screen tests need Chrome or Chromium, none is installed and none could be installed.\n' +
      tried.map((line) => `  ${line}\n`).join('') +
      'Install one (Debian: apt-get install chromium; elsewhere: npx playwright-core install --with-deps chromium) ' +
      'or set SEN_CHROMIUM to the path of its program.',
  );
}

function fromPlaywright(): string {
  const manifest = createRequire(import.meta.url).resolve('playwright-core/package.json');
  return run(process.execPath, [join(dirname(manifest), 'cli.js'), 'install', 'chromium'], {
    PLAYWRIGHT_DOWNLOAD_CONNECTION_TIMEOUT: '15000',
  });
}

function fromDebian(): string {
  if (process.getuid?.() !== 0) return 'not root, so apt-get cannot install it';
  if (!existsSync('/usr/bin/apt-get')) return 'no apt-get on this system';
  const wait = ['-o', 'DPkg::Lock::Timeout=300'];
  const updated = run('apt-get', [...wait, 'update']);
  if (updated !== 'done') return updated;
  return run('apt-get', [...wait, 'install', '-y', '--no-install-recommends', 'chromium'], { DEBIAN_FRONTEND: 'noninteractive' });
}

function run(command: string, args: string[], extra: Record<string, string> = {}): string {
  const result = spawnSync(command, args, { encoding: 'utf8', env: { ...process.env, ...extra }, timeout: 600_000 });
  if (result.status === 0) return 'done';
  const said = `${result.stderr ?? ''}\n${result.stdout ?? ''}`.trim().split('\n').slice(-1)[0] ?? '';
  return `${command} ${args.slice(-2).join(' ')} failed: ${result.error?.message ?? said}`;
}
