import { mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
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
