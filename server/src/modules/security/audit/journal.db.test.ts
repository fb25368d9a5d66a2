import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { auditEntries, settleAudit } from '../../../../../tests/support/audit.ts';
import { testDatabase, type TestDatabase } from '../../../../../tests/support/database.ts';
import { moveJournal } from './move-journal.ts';
import { openJournal, type Journal } from './open-journal.ts';
import { recordAudit } from './record-audit.ts';
import { startAudit } from './start-audit.ts';
import { verifyAudit } from './verify-audit.ts';

let db: TestDatabase;
let folder: string;
beforeEach(async () => {
  db = await testDatabase();
  folder = join(db.house.settings.data, 'audit', 'journal');
});
afterEach(() => db.close());

const actors = async () => (await auditEntries(db)).map(({ entry }) => entry.actor);
const line = (actor: string) => JSON.stringify({ at: 1, kind: 'read', action: 'R', outcome: 0, actor });

describe('nothing told is lost: the journal', () => {
  it('moves what is told into the chain, once, and leaves no file behind', async () => {
    const stop = await startAudit(db.house);
    await Promise.all(Array.from({ length: 200 }, (_, i) => recordAudit(db.work({ id: `a${i}`, kind: 'person', name: '', roles: [] }), { kind: 'command', action: 'E' })));
    await settleAudit(db);
    await settleAudit(db);
    expect(await actors()).toEqual(Array.from({ length: 200 }, (_, i) => `a${i}`));
    expect(await verifyAudit(db.house)).toMatchObject({ entries: 200, waiting: 0 });
    await stop();
    expect(readdirSync(folder)).toEqual([]);
  });

  it('takes over what a killed process left, each line once, without the torn end of the last', async () => {
    mkdirSync(folder, { recursive: true });
    const name = '99999999-0123abcd-0123abcd';
    writeFileSync(join(folder, `${name}.000001.log`), `${line('một')}\n${line('hai')}\n`);
    writeFileSync(join(folder, `${name}.000002.log`), `${line('ba')}\n${line('bốn').slice(0, 25)}`);
    // it had moved the first line before it was killed
    await db.database.query({ text: 'insert into security.audit_journal values ($1, 1, $2)', values: [name, Buffer.byteLength(line('một')) + 1] });
    const stop = await startAudit(db.house);
    expect(await actors()).toEqual(['hai', 'ba']);
    await stop();
    expect(readdirSync(folder)).toEqual([]);
    expect((await db.database.query({ text: 'select from security.audit_journal' })).rowCount).toBe(0);
  });

  it('tells what a damaged disk left of a line as damaged, ends at what was not written, and starts all the same', async () => {
    mkdirSync(folder, { recursive: true });
    const hostile = line('x').replace('"x"', '"a\\u0000b"');
    const damaged = [`{"at":1,"kind":"read","ac\u0001`, '[]', 'null', line('y'.repeat(3_000_000)).slice(0, 200_000), '{"at":1,"kind":"read","action":"R","outcome":0,"actor":"x","patients":["1}"]}', hostile];
    const written = Buffer.from(`${[line('một'), ...damaged, line('hai')].join('\n')}\n`);
    // a later page of the last write reached the disk, an earlier one did not
    const torn = Buffer.concat([Buffer.alloc(4096), Buffer.from(`${line('ba')}\n`), Buffer.alloc(100)]);
    writeFileSync(join(folder, '99999999-0123abcd-0123abce.000001.log'), Buffer.concat([written, torn]));
    const stop = await startAudit(db.house);
    const entries = await auditEntries(db);
    expect(entries.map(({ entry }) => [entry.kind, entry.actor])).toEqual([['read', 'một'], ...damaged.map(() => ['damaged', 'sen']), ['read', 'hai']]);
    expect(Buffer.from(String(entries[1]?.entry.detail?.['line']), 'base64').toString()).toBe(damaged[0]);
    expect((await verifyAudit(db.house)).broken).toBeUndefined();
    await stop();
  });

  it('keeps a journal that it cannot read, and starts all the same', async () => {
    const file = join(folder, '99999999-0123abcd-0123abcf.000001.log');
    mkdirSync(file, { recursive: true }); // opens, but reading it fails: also for root
    const stop = await startAudit(db.house);
    expect(readdirSync(folder)).toContain('99999999-0123abcd-0123abcf.000001.log');
    await stop();
  });

  it('grows by a stretch of zeros, and leaves none when it is closed', async () => {
    const journal = await openJournal(folder);
    const tell = (text: string) => new Promise<void>((resolve, reject) => journal.append(text, (error) => (error === undefined ? resolve() : reject(error))));
    const told = (actor: string) => tell(line(actor));
    await told('một');
    const file = join(folder, readdirSync(folder)[0]!);
    const length = statSync(file).size;
    await told('hai');
    expect(statSync(file).size).toBe(length);
    const long = line('ba').replace('}', `,"query":"${'x'.repeat(3_000_000)}"}`); // longer than a stretch, and than what is read at once
    await tell(long);
    await told('bốn');
    expect(await moveJournal(db.work(), journal)).toBe(4);
    await journal.close();
    expect(readFileSync(file, 'utf8')).toBe(`${[line('một'), line('hai'), long, line('bốn')].join('\n')}\n`);
    expect(await verifyAudit(db.house)).toMatchObject({ entries: 4, waiting: 0 });
  });

  it('answers a reading when the operating system has its line, and moves it when the disk has it', async () => {
    const journal = await openJournal(folder);
    const order: string[] = [];
    const told = (actor: string, safety: 'system' | 'disk') => new Promise<void>((resolve) => journal.append(line(actor), () => (order.push(actor), resolve()), safety));
    const reading = told('một', 'system');
    const writing = told('hai', 'disk');
    await reading;
    // In the file already, which outlives this process; the place of the disk is behind.
    expect(readFileSync(join(folder, readdirSync(folder)[0]!), 'utf8').replaceAll('\0', '')).toBe(`${line('một')}\n${line('hai')}\n`);
    expect([order, journal.end().position]).toEqual([['một'], 0]);
    await writing;
    await told('ba', 'system');
    expect(await moveJournal(db.work(), journal)).toBe(3); // the mover brings it to the disk first
    await told('bốn', 'system');
    await journal.close(); // brings to the disk what nobody waited for
    expect(journal.end().position).toBe(statSync(join(folder, readdirSync(folder)[0]!)).size);
  });

  it('leaves alone the journal of a process that lives', async () => {
    const stop = await startAudit(db.house);
    const stopSecond = await startAudit(db.house); // as a command beside a server
    await stopSecond();
    const files = readdirSync(folder);
    expect(files).toHaveLength(1);
    await stop();
    expect(readdirSync(folder)).toEqual([]);
  });

  it('goes straight into the chain where no journal is open', async () => {
    await recordAudit(db.work(), { kind: 'command', action: 'E', door: 'sen reindex', detail: { type: 'Patient' } });
    expect((await auditEntries(db)).map(({ entry }) => entry)).toMatchObject([{ actor: 'sen', actorKind: 'system', kind: 'command', door: 'sen reindex', detail: { type: 'Patient' } }]);
  });
});

describe('a disk that refuses', () => {
  const told = (journal: Journal, actor: string) => new Promise<Error | undefined>((resolve) => journal.append(line(actor), resolve));

  it('is told of at once, and what it refused is written when the disk is there again', async () => {
    const journal = await openJournal(folder, 1); // each write begins a new file
    expect(await told(journal, 'một')).toBeUndefined();
    expect(await moveJournal(db.work(), journal)).toBe(1);
    rmSync(folder, { recursive: true });
    writeFileSync(folder, 'not a folder');
    expect(await told(journal, 'hai')).toMatchObject({ code: 'ENOTDIR' });
    expect(journal.isRefusing()).toBe(true);
    rmSync(folder);
    mkdirSync(folder);
    expect(await told(journal, 'ba')).toBeUndefined();
    expect(journal.isRefusing()).toBe(false);
    await journal.close();
    await moveJournal(db.work(), journal);
    expect(await actors()).toEqual(['một', 'hai', 'ba']);
  });
});
