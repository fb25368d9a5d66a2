// The door of every npm script: runs on any Node >= 20, installs what the lockfile says, then hands over to the pinned Node.
// Plain JavaScript and builtins only: at this moment nothing may be installed.
import { spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const scripts = {
  start: 'server/src/main.ts',
  test: 'tools/test.ts',
  sen: 'server/src/cli.ts',
  bench: 'bench/main.ts',
  'new-module': 'tools/new-module.ts',
};
const windows = process.platform === 'win32';
const runtime = join(root, 'node_modules', 'node', 'bin', windows ? 'node.exe' : 'node');
const lockFile = join(root, 'package-lock.json');
const stamp = join(root, 'node_modules', '.sen-lock');
const installing = join(root, '.sen-installing');

const [verb = '', ...args] = process.argv.slice(2);
const script = Object.hasOwn(scripts, verb) ? scripts[verb] : undefined;
if (script === undefined) fail(`Không có lệnh "${verb}".`, `There is no command "${verb}". Known: ${Object.keys(scripts).join(', ')}.`);

if (!isInstalled()) await install();
if (!runtimeWorks()) repairRuntime();
run(join(root, script), args);

function isInstalled() {
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lockHash()) return true;
  if (!npmHasInstalled()) return false;
  writeFileSync(stamp, lockHash());
  return true;
}

/** True when npm's own note of what it installed agrees with the lockfile, as after a developer's `npm install <package>`. */
function npmHasInstalled() {
  const note = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(note) || !existsSync(lockFile)) return false;
  const wanted = Object.entries(JSON.parse(readFileSync(lockFile, 'utf8')).packages);
  const installed = JSON.parse(readFileSync(note, 'utf8')).packages;
  // Workspaces are folders of ours; optional packages are those of other platforms too.
  const needed = wanted.filter(([path, entry]) => path.includes('node_modules/') && !entry.optional);
  return needed.every(([path, entry]) => installed[path] !== undefined && installed[path].version === entry.version && existsSync(join(root, path)));
}

function lockHash() {
  // Content, not times: a clone or a checkout gives every file a new time.
  return existsSync(lockFile) ? createHash('sha256').update(readFileSync(lockFile, 'utf8').replaceAll('\r\n', '\n')).digest('hex') : 'no lockfile';
}

async function install() {
  await waitForOtherInstall();
  try {
    if (isInstalled()) return;
    say('Đang cài các thư viện theo package-lock.json (lần đầu mất vài phút)…', 'Installing what package-lock.json says (a few minutes the first time)…');
    const command = existsSync(lockFile) ? 'ci' : 'install';
    if (npm([command, '--include=dev', '--include=optional', '--no-audit', '--no-fund', '--loglevel=error']) !== 0) {
      fail(`\`npm ${command}\` không thành công; xem lỗi ở trên (thường là mạng hoặc quyền ghi).`, `\`npm ${command}\` failed; see its messages above (most often the network or write permission).`);
    }
    writeFileSync(stamp, lockHash());
  } finally {
    rmSync(installing, { recursive: true, force: true });
  }
}

/** Two commands started at once on a fresh clone must not install over each other; a folder can be made by one only. */
async function waitForOtherInstall() {
  for (let told = false; ; told = true) {
    try {
      mkdirSync(installing);
      writeFileSync(join(installing, 'pid'), String(process.pid));
      return;
    } catch (error) {
      if (error.code !== 'EEXIST') fail(`Không ghi được vào ${root} (${error.code}).`, `${root} cannot be written (${error.code}).`);
    }
    if (!otherInstallLives()) rmSync(installing, { recursive: true, force: true });
    else if (!told) say('Một lệnh khác đang cài đặt; xin chờ…', 'Another command is installing; waiting…');
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}

function otherInstallLives() {
  try {
    const file = join(installing, 'pid');
    // Between making the folder and writing the number there is a moment.
    if (!existsSync(file)) return Date.now() - statSync(installing).mtimeMs < 5_000;
    process.kill(Number(readFileSync(file, 'utf8')), 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
}

function npm(npmArgs) {
  const own = process.env.npm_execpath;
  const options = { cwd: root, stdio: ['inherit', process.stderr, 'inherit'], env: installEnvironment() };
  const started = own?.endsWith('.js') || own?.endsWith('.cjs')
    ? spawnSync(process.execPath, [own, ...npmArgs], options)
    : spawnSync(windows ? 'npm.cmd' : 'npm', npmArgs, { ...options, shell: windows });
  if (started.error) fail('Không tìm thấy npm.', `npm was not found: ${started.error.message}`);
  return started.status ?? 1;
}

/** The script settings of the outer npm run (such as --workspace or --omit) must not reach the install. */
function installEnvironment() {
  const dropped = /^npm_(config_(workspace|workspaces|omit|production|ignore_scripts)|command|lifecycle)/i;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !dropped.test(name) && name !== 'NODE_ENV'));
}

function runtimeWorks() {
  if (!existsSync(runtime)) return false;
  const wanted = JSON.parse(readFileSync(join(root, 'node_modules', 'node', 'package.json'), 'utf8')).version;
  const asked = spawnSync(runtime, ['--version'], { encoding: 'utf8' });
  return asked.status === 0 && asked.stdout.trim() === `v${wanted}`;
}

/** npm that blocks install scripts leaves the package `node` without its binary. */
function repairRuntime() {
  say('Thiếu Node đã ghim; đang lấy lại (npm rebuild node)…', 'The pinned Node is missing; fetching it (npm rebuild node)…');
  npm(['rebuild', 'node', '--ignore-scripts=false', '--foreground-scripts']);
  if (runtimeWorks()) return;
  fail(
    'Không có Node đã ghim trong node_modules/node/bin. npm có thể đã chặn install script: chạy `npm approve-scripts node` hoặc `npm rebuild node --ignore-scripts=false`, rồi chạy lại.',
    'The pinned Node is not in node_modules/node/bin. npm may have blocked its install script: run `npm approve-scripts node` or `npm rebuild node --ignore-scripts=false`, then try again.',
  );
}

function run(file, scriptArgs) {
  if (!existsSync(file)) fail(`Không có ${file}.`, `${file} does not exist.`);
  // Node keeps what it made of each source file, types stripped and compiled: a start takes 0.6 s less.
  const env = { NODE_COMPILE_CACHE: join(root, 'node_modules', '.cache', 'node'), ...process.env };
  const child = spawn(runtime, ['--disable-warning=ExperimentalWarning', file, ...scriptArgs], { cwd: root, env, stdio: ['inherit', 'inherit', 'inherit', 'ipc'] });
  child.on('error', (error) => fail(`Không chạy được Node đã ghim: ${error.message}`, `The pinned Node cannot be run: ${error.message}`));
  // Staying alive until the child has ended keeps the terminal; a child that hears a signal twice within a second takes it as one.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  if (process.env.npm_lifecycle_event !== undefined) stopWithoutParent(child);
  child.on('exit', (code, signal) => {
    if (signal === null) process.exit(code ?? 1);
    for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.removeAllListeners(name);
    process.kill(process.pid, signal);
  });
}

/** A SIGTERM to npm reaches only the shell between npm and us, which dies of it without a word. If we die, the child sees its channel close. */
function stopWithoutParent(child) {
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    child.kill('SIGTERM');
  }, 250);
  watch.unref();
}

function say(vi, en) {
  process.stderr.write(`${vi}\n  ${en}\n`);
}

function fail(vi, en) {
  process.stderr.write(`\n✗ ${vi}\n\n  ${en}\n\n`);
  rmSync(installing, { recursive: true, force: true });
  process.exit(1);
}
