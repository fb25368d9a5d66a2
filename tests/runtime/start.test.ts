import { existsSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest';
import { processesIn } from '../../server/src/platform/processes.ts';
import { startProgram, temporaryDataFolder } from '../support/program.ts';
import type { Program } from '../support/program.ts';
import { admin, withDatabase } from '../support/postgres.ts';

const main = 'server/src/main.ts';
const running = /running at:\s+(http:\S+)/;

describe('npm start', () => {
  let data: ReturnType<typeof temporaryDataFolder>;
  const programs: Program[] = [];
  beforeAll(() => {
    data = temporaryDataFolder();
  });
  afterEach(async () => {
    for (const program of programs.splice(0)) {
      program.child.kill('SIGTERM');
      await program.ended;
    }
  });
  afterAll(() => data.remove());
  const start = (env: Record<string, string> = {}) => {
    const program = startProgram(main, [], { SEN_DATA: data.path, ...env });
    programs.push(program);
    return program;
  };
  const cluster = () => join(data.path, 'postgres', 'cluster');

  it('is ready, stops in order on SIGTERM and leaves no process, no lock behind', async () => {
    const program = start();
    const [, address] = await program.says(running);
    expect((await fetch(`${address}/readyz`)).status).toBe(200);
    program.child.kill('SIGTERM');
    expect(await program.ended).toBe(0);
    expect(processesIn(cluster()) ?? []).toEqual([]);
    expect(existsSync(join(data.path, 'sen.lock'))).toBe(false);
  });

  it('starts a second time in less than 5 s', { retry: 2 }, async () => {
    const from = performance.now();
    await start().says(running);
    expect(performance.now() - from).toBeLessThan(5_000);
  });

  it('stops in the middle of its start as well', async () => {
    const program = start();
    await new Promise((resolve) => setTimeout(resolve, 400));
    program.child.kill('SIGINT');
    expect([0, 'SIGINT']).toContain(await program.ended);
    expect(processesIn(cluster()) ?? []).toEqual([]);
  });

  it('refuses a second instance on the same data', async () => {
    await start().says(running);
    const second = start();
    expect(await second.ended).toBe(1);
    expect(second.output()).toMatch(/đang dùng dữ liệu này[^]*is using these data[^]*platform\.data-in-use/);
  });

  it('refuses a taken port and says which setting to change, whichever address of localhost is taken', async () => {
    const other = createServer();
    await new Promise<void>((listening) => other.listen(0, '127.0.0.1', listening));
    const { port } = other.address() as AddressInfo;
    const program = start({ SEN_PORT: String(port) });
    expect(await program.ended).toBe(1);
    expect(program.output()).toMatch(new RegExp(`Cổng ${port} đang bị[^]*Port ${port} is used[^]*SEN_PORT=${port + 1}`));
    other.close();
  });

  it('refuses a broken DATABASE_URL without telling its password', async () => {
    const broken = [['postgres://sen:s3cret@127.0.0.1:1/sen', /127\.0\.0\.1:1\/sen[^]*nothing listens there/], ['mysql://sen:s3cret@host/sen', /DATABASE_URL does not take the value/]] as const;
    for (const [url, expected] of broken) {
      const program = start({ DATABASE_URL: url });
      expect(await program.ended).toBe(1);
      expect(program.output()).toMatch(expected);
      expect(program.output()).not.toContain('s3cret');
    }
  });

  it('refuses an outside database that does not exist, or a wrong password', async () => {
    const adminUrl = inject('senAdminUrl');
    const wrong = new URL(adminUrl);
    wrong.password = 's3cret';
    for (const [url, expected] of [[withDatabase(adminUrl, 'nowhere'), /that database does not exist/], [wrong.href, /the password is wrong/]] as const) {
      const program = start({ DATABASE_URL: url });
      expect(await program.ended).toBe(1);
      expect(program.output()).toMatch(expected);
      expect(program.output()).not.toContain(new URL(url).password);
    }
  });

  it('refuses a data folder of a newer version', async () => {
    const newer = temporaryDataFolder();
    writeFileSync(join(newer.path, 'sen.json'), JSON.stringify({ layout: 99, created: '' }));
    const program = start({ SEN_DATA: newer.path });
    expect(await program.ended).toBe(1);
    expect(program.output()).toContain('platform.data-newer');
    await newer.remove();
  });

  it('recovers from kill -9 of the server, at any moment of the start too', async () => {
    for (const afterMs of [150, 600, 1_200]) {
      const program = start();
      await new Promise((resolve) => setTimeout(resolve, afterMs));
      program.child.kill('SIGKILL');
      await program.ended;
    }
    const [, address] = await start().says(running);
    expect((await fetch(`${address}/readyz`)).status).toBe(200);
  });

  it('answers "not now" while PostgreSQL is killed and is well again after', async () => {
    const [, address] = await start().says(running);
    for (const pid of processesIn(cluster()) ?? []) process.kill(pid, 'SIGKILL');
    const states = new Set<number>();
    for (let tries = 0; tries < 600 && !(states.has(200) && tries > 5); tries++) {
      states.add((await fetch(`${address}/readyz`)).status);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    expect([...states].every((status) => status === 200 || status === 503)).toBe(true);
    expect(states.has(200)).toBe(true);
  });

  it('uses an outside PostgreSQL when DATABASE_URL names one', async () => {
    const name = `outside_${process.pid}`;
    await admin(inject('senAdminUrl'), `CREATE DATABASE ${name}`);
    const elsewhere = temporaryDataFolder();
    const program = start({ DATABASE_URL: withDatabase(inject('senAdminUrl'), name), SEN_DATA: elsewhere.path });
    const [, address] = await program.says(running);
    expect((await fetch(`${address}/readyz`)).status).toBe(200);
    expect(existsSync(join(elsewhere.path, 'postgres'))).toBe(false);
    program.child.kill('SIGTERM');
    expect(await program.ended).toBe(0);
    await elsewhere.remove();
    await admin(inject('senAdminUrl'), `DROP DATABASE ${name} WITH (FORCE)`);
  });
});
