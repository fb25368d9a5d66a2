import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { testDatabase, type TestDatabase } from '../../../../../tests/support/database.ts';
import { addEntries } from './add-entries.ts';
import { linkHash } from './chain.ts';
import type { Entry } from './entry.ts';
import { verifyAudit } from './verify-audit.ts';
import { writeAnchor } from './write-anchor.ts';

let db: TestDatabase;
beforeEach(async () => {
  db = await testDatabase();
  await addEntries(db.work(), Array.from({ length: 10 }, (_, i) => entry(`ba-lua-${i}`)));
});
afterEach(() => db.close());

function entry(actor: string): Entry {
  return { at: db.clock(), kind: 'read', action: 'R', outcome: 0, actor, patients: ['-5', '7'], touches: ['R Patient/ba-lua/1'], request: 'r' };
}

/** As somebody with the password of the database would. */
async function asOwner(text: string, values: unknown[] = []): Promise<void> {
  await db.database.transaction(async (tx) => {
    await tx.query({ text: 'set local session_replication_role = replica' });
    await tx.query({ text, values });
  });
}

const broken = async () => (await verifyAudit(db.house)).broken;

describe('the audit proves itself whole (ASVS 5.0 16.4.2: logs are protected from modification)', () => {
  it('is whole as it was told', async () => {
    await writeAnchor(db.work(), db.house.settings);
    expect(await verifyAudit(db.house)).toEqual({ entries: 10, anchors: 1, waiting: 0 });
  });

  it('names the entry whose content was changed', async () => {
    await asOwner(`update security.audit set entry = replace(entry, 'ba-lua-4', 'ong-tam'), actor = 'ong-tam' where seq = 5`);
    expect(await broken()).toMatchObject({ seq: 5, en: 'the content of entry 5, or of the one before it, was changed' });
  });

  it('names the entry whose column was changed, by which it is searched', async () => {
    await asOwner(`update security.audit set patients = '{7}' where seq = 6`);
    expect(await broken()).toMatchObject({ seq: 6, en: 'column patients of entry 6 differs from what was sealed' });
  });

  it('names the place of a row that was deleted', async () => {
    await asOwner('delete from security.audit where seq = 3');
    expect(await broken()).toMatchObject({ seq: 3, en: 'entry 3 is missing: after 2 comes 4' });
  });

  it('names the place from which rows were swapped', async () => {
    await asOwner('update security.audit set seq = case seq when 4 then -1 else 4 end where seq in (4, 5)');
    await asOwner('update security.audit set seq = 5 where seq = -1');
    expect(await broken()).toMatchObject({ seq: 4 });
  });

  it('misses a tail that was cut off, by the anchor', async () => {
    await writeAnchor(db.work(), db.house.settings);
    await asOwner('delete from security.audit where seq > 8');
    expect(await broken()).toMatchObject({ seq: 9, en: 'the tail is gone: an anchor knows entry 10, the chain ends at 8' });
  });

  it('is not fooled by a chain that was computed anew after a change, because of the anchor', async () => {
    await writeAnchor(db.work(), db.house.settings);
    await forgeFrom(7);
    expect(await broken()).toMatchObject({ seq: 10, en: 'entry 10 differs from its anchor: the chain was written anew' });
  });

  it('does not take an anchor that the key of the house has not signed', async () => {
    await writeAnchor(db.work(), db.house.settings);
    await forgeFrom(7);
    const { rows } = await db.database.query<{ hash: Buffer }>({ text: 'select hash from security.audit where seq = 10' });
    const file = join(db.house.settings.data, 'audit', 'anchors.ndjson');
    const anchor = JSON.parse(readFileSync(file, 'utf8')) as object;
    writeFileSync(file, `${JSON.stringify({ ...anchor, hash: rows[0]!.hash.toString('hex') })}\n`);
    expect(await broken()).toMatchObject({ seq: 10, en: 'the anchor of entry 10 was not signed with the key of this house' });
    writeFileSync(file, 'no anchor at all\n');
    expect(await broken()).toMatchObject({ seq: 0 });
  });

  it('goes on whole after new entries, and adds one anchor for each end', async () => {
    await writeAnchor(db.work(), db.house.settings);
    expect(await writeAnchor(db.work(), db.house.settings)).toBeUndefined();
    await addEntries(db.work(), [entry('ba-lua-10')]);
    await writeAnchor(db.work(), db.house.settings);
    expect(await verifyAudit(db.house)).toEqual({ entries: 11, anchors: 2, waiting: 0 });
  });

  it('misses entries of a journal that are said to have been moved', async () => {
    const folder = join(db.house.settings.data, 'audit', 'journal');
    await writeAnchor(db.work(), db.house.settings); // makes the folder
    const { mkdirSync } = await import('node:fs');
    mkdirSync(folder, { recursive: true });
    const line = JSON.stringify(entry('mat-tich'));
    appendFileSync(join(folder, '1-00000000-00000000.000001.log'), `${line}\n${line.slice(0, 20)}`);
    expect(await verifyAudit(db.house)).toMatchObject({ entries: 10, waiting: 1 });
    await db.database.query({ text: `insert into security.audit_journal values ('1-00000000-00000000', 1, $1)`, values: [Buffer.byteLength(line) + 1] });
    expect(await broken()).toMatchObject({ seq: 0, en: '1 entries of the journal files are not in the chain' });
  });
});

/** Changes one entry and computes every hash after it anew. */
async function forgeFrom(seq: number): Promise<void> {
  const { rows } = await db.database.query<{ seq: string; entry: string; hash: Buffer }>({ text: 'select seq, entry, hash from security.audit where seq >= $1 order by seq', values: [seq - 1] });
  let before = rows[0]!.hash;
  for (const row of rows.slice(1)) {
    const text = Number(row.seq) === seq ? row.entry.replace('"R"', '"D"') : row.entry;
    before = linkHash(before, Number(row.seq), text);
    await asOwner('update security.audit set entry = $2, action = $3, hash = $4 where seq = $1', [row.seq, text, (JSON.parse(text) as Entry).action, before]);
  }
}
