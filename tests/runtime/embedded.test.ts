import { spawn } from 'node:child_process';
import { chmodSync, cpSync, lstatSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { program, readyBinaries, restoreLinks } from '../../server/src/platform/postgres/binaries.ts';
import { startEmbedded } from '../../server/src/platform/postgres/embedded.ts';
import type { EmbeddedPostgres } from '../../server/src/platform/postgres/embedded.ts';
import { canRun } from '../../server/src/platform/postgres/run-as.ts';
import { isAlive, processesIn, waitUntil } from '../../server/src/platform/processes.ts';
import { startProgram, temporaryDataFolder } from '../support/program.ts';

const root = process.getuid?.() === 0;

describe('the embedded PostgreSQL', () => {
  let data: ReturnType<typeof temporaryDataFolder>;
  const started: EmbeddedPostgres[] = [];
  beforeAll(() => {
    data = temporaryDataFolder();
  });
  afterEach(async () => {
    for (const server of started.splice(0)) await server.stop();
  });
  afterAll(() => data.remove());
  const start = async (dataFolder = data.path) => {
    const server = await startEmbedded({ dataFolder, user: '', tcpPort: 0, memoryMb: 64, maxConnections: 20, durable: true, say: () => undefined });
    started.push(server);
    return server;
  };

  it('keeps its data over a stop and a start, and listens on no outside address', async () => {
    const first = await start();
    await ask(first, 'CREATE TABLE note AS SELECT 7 AS n');
    expect(await ask(first, 'SHOW listen_addresses')).toEqual([{ listen_addresses: process.platform === 'win32' ? '127.0.0.1' : '' }]);
    await first.stop();
    expect(await ask(await start(), 'SELECT n FROM note')).toEqual([{ n: 7 }]);
  });

  it('is created in UTF8 with the locale that every machine sorts alike', async () => {
    const sql = "SELECT datlocale, datlocprovider, pg_encoding_to_char(encoding) AS encoding FROM pg_database WHERE datname = 'postgres'";
    expect(await ask(await start(), sql)).toEqual([{ datlocale: 'C.UTF-8', datlocprovider: 'b', encoding: 'UTF8' }]);
  });

  it('asks for its password', async () => {
    const url = new URL((await start()).urlOf('postgres'));
    url.password = 'wrong';
    await expect(query(url.href, 'SELECT 1')).rejects.toMatchObject({ code: '28P01' });
  });

  it('comes back at the same address after kill -9', async () => {
    const server = await start();
    await ask(server, 'CREATE TABLE kept AS SELECT 7 AS n');
    const pid = server.pid();
    process.kill(pid as number, 'SIGKILL');
    expect(await waitUntil(async () => (await ask(server, 'SELECT n FROM kept').catch(() => [])).length === 1, 30_000, 50)).toBe(true);
    expect(server.pid()).not.toBe(pid);
  });

  it('ends the one that a killed server left behind, busy as it may be, and takes its place', async () => {
    const left = startProgram('server/src/cli.ts', ['start-database'], { SEN_DATA: data.path });
    const [url] = await left.says(/postgres:\S+/);
    const busy = query(url, 'SELECT pg_sleep(600)').catch((error: unknown) => error);
    left.child.kill('SIGKILL');
    await left.ended;
    const next = await start();
    expect(await ask(next, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    expect(await busy).toBeInstanceOf(Error);
  });

  it('starts although its old process number belongs to a stranger now', async () => {
    const first = await start();
    await first.stop();
    const stranger = spawn('sleep', ['60']);
    const cluster = join(data.path, 'postgres', 'cluster');
    writeFileSync(join(cluster, 'postmaster.pid'), `${stranger.pid}\n${cluster}\n1700000000\n5432\n\n\n\n`);
    expect(await ask(await start(), 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
    expect(isAlive(stranger.pid as number)).toBe(true);
    stranger.kill();
  });

  it('leaves no process behind when it stops', async () => {
    const server = await start();
    await server.stop();
    expect(processesIn(join(data.path, 'postgres', 'cluster')) ?? []).toEqual([]);
  });

  it('forgets a creation that a kill cut short', async () => {
    const other = temporaryDataFolder();
    mkdirSync(join(other.path, 'postgres', 'unfinished-1', 'base'), { recursive: true });
    await (await start(other.path)).stop();
    expect(readdirSync(join(other.path, 'postgres')).filter((name) => name.startsWith('unfinished'))).toEqual([]);
    await other.remove();
  });

  it('refuses data of another PostgreSQL version, saying which', async () => {
    await (await start()).stop();
    const file = join(data.path, 'postgres', 'cluster', 'PG_VERSION');
    writeFileSync(file, '19\n');
    await expect(start()).rejects.toMatchObject({ code: 'platform.postgres-major', text: { en: expect.stringContaining('PostgreSQL 19') } });
    writeFileSync(file, '18\n');
  });

  it('writes no value of a failed statement into its log', async () => {
    const server = await start();
    await ask(server, 'CREATE TABLE patient (name text PRIMARY KEY)');
    await ask(server, "INSERT INTO patient VALUES ('Nguyễn Văn Kín')");
    await expect(ask(server, "INSERT INTO patient VALUES ('Nguyễn Văn Kín')")).rejects.toMatchObject({ code: '23505' });
    expect(readFileSync(join(data.path, 'postgres', 'postgres.log'), 'utf8')).not.toContain('Kín');
  });

  it.runIf(root)('says what to do when its user cannot reach the data folder', async () => {
    const closed = join(data.path, 'closed');
    mkdirSync(closed, { mode: 0o700 });
    chmodSync(data.path, 0o711);
    await expect(start(join(closed, 'data'))).rejects.toMatchObject({
      code: 'platform.data-unreachable',
      text: { vi: expect.stringContaining(`chmod o+x ${closed}`), en: expect.stringContaining(`chmod o+x ${closed}`) },
    });
  });
});

describe('the binaries of the embedded PostgreSQL', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'sen-binaries-'));
    chmodSync(folder, 0o755);
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
  const copyWithoutLinks = async (): Promise<string> => {
    const { folder: installed } = await readyBinaries({}, join(folder, 'unused'));
    const native = join(folder, 'native');
    cpSync(installed, native, { recursive: true, filter: (path) => !lstatSync(path).isSymbolicLink() });
    return native;
  };

  it.runIf(process.platform === 'linux')('get the library links back that a blocked install script did not make', async () => {
    const native = await copyWithoutLinks();
    const ask = () => canRun(program({ folder: native }, 'postgres'), ['--version'], {});
    expect(await ask()).toBe(false);
    expect(restoreLinks(native)).toBe(true);
    expect(await ask()).toBe(true);
  });

  it.runIf(root)('are copied beside the data when the user cannot reach the installed ones', async () => {
    const nobody = { uid: 65534, gid: 65534, name: 'nobody' };
    const closed = join(folder, 'closed');
    mkdirSync(closed, { mode: 0o700 });
    renameSync(await copyWithoutLinks(), join(closed, 'native'));
    const copied = await readyBinaries(nobody, join(folder, 'copy'), { folder: join(closed, 'native'), version: '18.4.0', major: 18 });
    expect(copied.folder).toBe(join(folder, 'copy', '18.4.0', 'native'));
    expect(await canRun(program(copied, 'postgres'), ['--version'], nobody)).toBe(true);
  });
});

async function ask(server: EmbeddedPostgres, sql: string): Promise<object[]> {
  return query(server.urlOf('postgres'), sql);
}

async function query(url: string, sql: string): Promise<object[]> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query(sql)).rows as object[];
  } finally {
    await client.end();
  }
}
