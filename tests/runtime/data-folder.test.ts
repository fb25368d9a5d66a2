import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runningOn, takeDataFolder } from '../../server/src/start/data-folder.ts';

describe('the data folder', () => {
  let path: string;
  beforeEach(() => {
    path = mkdtempSync(join(tmpdir(), 'sen-data-'));
  });
  afterEach(() => rmSync(path, { recursive: true, force: true }));

  it('serves one process at a time', () => {
    const first = takeDataFolder(path, 'first');
    first.tell({ address: 'http://localhost:8080' });
    expect(() => takeDataFolder(path, 'second')).toThrowError(
      expect.objectContaining({ code: 'platform.data-in-use', text: { vi: expect.stringContaining(String(process.pid)), en: expect.stringContaining('first') } }),
    );
    first.release();
    takeDataFolder(path, 'second').release();
  });

  it('tells other processes of the same owner alone where the server is', () => {
    const folder = takeDataFolder(path, 'first');
    folder.tell({ databaseUrl: 'postgres://u:p@host/db' });
    expect(runningOn(path)).toMatchObject({ what: 'first', databaseUrl: 'postgres://u:p@host/db' });
    expect(statSync(join(path, 'sen.lock')).mode & 0o077).toBe(0);
    folder.release();
    expect(runningOn(path)).toBeUndefined();
  });

  it.each([
    ['of a process that is dead', { pid: 2 ** 22 - 3, identity: 'x' }],
    ['whose number another process has now', { pid: process.ppid, identity: 'another start' }],
  ])('is taken over from a lock %s', (_, note) => {
    writeFileSync(join(path, 'sen.lock'), JSON.stringify({ ...note, what: 'npm start', since: '' }));
    takeDataFolder(path, 'next').release();
  });

  it('is taken over from a lock that a power cut left empty', () => {
    writeFileSync(join(path, 'sen.lock'), '');
    takeDataFolder(path, 'next').release();
  });

  it('knows its layout and refuses a newer one, leaving it unlocked', () => {
    takeDataFolder(path, 'first').release();
    const about = JSON.parse(readFileSync(join(path, 'sen.json'), 'utf8')) as object;
    expect(about).toMatchObject({ layout: 1, created: expect.stringMatching(/^\d{4}-/) });
    writeFileSync(join(path, 'sen.json'), JSON.stringify({ ...about, layout: 99 }));
    expect(() => takeDataFolder(path, 'second')).toThrowError(expect.objectContaining({ code: 'platform.data-newer' }));
    expect(runningOn(path)).toBeUndefined();
  });
});
