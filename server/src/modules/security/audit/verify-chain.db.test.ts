import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { asDatabaseOwner, forgeBlock } from '../../../../../tests/support/audit.ts';
import { testDatabase, type TestDatabase } from '../../../../../tests/support/database.ts';
import { addEntries } from './add-entries.ts';
import { bodyOf, linesOf } from './block.ts';
import { linkHash } from './chain.ts';
import { pageOf } from './queries.ts';
import type { Entry } from './entry.ts';
import { verifyAudit } from './verify-audit.ts';
import { writeAnchor } from './write-anchor.ts';

let db: TestDatabase;
/** Seven blocks of one entry, then one of three: entries 8 to 10. */
beforeEach(async () => {
  db = await testDatabase();
  for (let i = 0; i < 7; i++) await addEntries(db.work(), [entry(`ba-lua-${i}`)]);
  await addEntries(db.work(), [entry('ba-lua-7'), entry('ba-lua-8'), entry('ba-lua-9')]);
});
afterEach(() => db.close());

function entry(actor: string): Entry {
  return { at: db.clock(), kind: 'read', action: 'R', outcome: 0, actor, patients: ['-5', '7'], touches: ['R Patient/ba-lua/1'], request: 'r' };
}

const asOwner = (text: string, values: unknown[] = []) => asDatabaseOwner(db, text, values);
const broken = async () => (await verifyAudit(db.house)).broken;

describe('the audit proves itself whole (ASVS 5.0 16.4.2: logs are protected from modification)', () => {
  it('is whole as it was told', async () => {
    await writeAnchor(db.work(), db.house.settings);
    expect(await verifyAudit(db.house)).toEqual({ entries: 10, anchors: 1, waiting: 0 });
  });

  it('names the entry whose content was changed, or the block it stands in', async () => {
    await forgeBlock(db, 8, (line) => line.replace('ba-lua-8', 'ong-tam'));
    expect(await broken()).toMatchObject({ seq: 8, en: 'the content of entries 8 to 10, or of the one before, was changed' });
    await forgeBlock(db, 5, (line) => line.replace('ba-lua-4', 'ong-tam'));
    expect(await broken()).toMatchObject({ seq: 5, en: 'the content of entry 5, or of the one before, was changed' });
  });

  it('names a block that lost an entry, or cannot be read any more', async () => {
    await asOwner('update security.audit_block set body = $1 where first_seq = 8', [bodyOf([JSON.stringify(entry('ba-lua-7'))])]);
    expect(await broken()).toMatchObject({ seq: 8 });
    await asOwner(`update security.audit_block set body = '\\x00ff' where first_seq = 2`);
    expect(await broken()).toMatchObject({ seq: 2 });
  });

  it.each([['patients', `'{7}'`], ['actors', `'{x}'`], ['refused', '1'], ['from_at', '0'], ['requests', `'{x}'`]])('names the block whose column %s was changed, by which it is searched', async (column, value) => {
    await asOwner(`update security.audit_block set ${column} = ${value} where first_seq = 6`);
    expect(await broken()).toMatchObject({ seq: 6 });
  });

  it('names the place of a block that was deleted', async () => {
    await asOwner('delete from security.audit_block where first_seq = 3');
    expect(await broken()).toMatchObject({ seq: 3, en: 'entry 3 is missing: after 2 comes 4' });
  });

  it('names the place from which blocks were swapped', async () => {
    await asOwner('update security.audit_block set first_seq = -1, last_seq = -1 where first_seq = 5');
    await asOwner('update security.audit_block set first_seq = 5, last_seq = 5 where first_seq = 4');
    await asOwner('update security.audit_block set first_seq = 4, last_seq = 4 where first_seq = -1');
    expect(await broken()).toMatchObject({ seq: 4 });
  });

  it('misses a tail that was cut off, by the anchor', async () => {
    await writeAnchor(db.work(), db.house.settings);
    await asOwner('delete from security.audit_block where first_seq = 8');
    expect(await broken()).toMatchObject({ seq: 8, en: 'the tail is gone: an anchor knows entry 10, the chain ends at 7' });
  });

  it('is not fooled by a chain that was computed anew after a change, because of the anchor', async () => {
    await writeAnchor(db.work(), db.house.settings);
    await forgeFrom(7);
    expect(await broken()).toMatchObject({ seq: 10, en: 'entry 10 differs from its anchor: the chain was written anew' });
  });

  it('does not take an anchor that the key of the house has not signed', async () => {
    await writeAnchor(db.work(), db.house.settings);
    await forgeFrom(7);
    const { rows } = await db.database.query<{ hash: Buffer }>({ text: 'select hash from security.audit_block where last_seq = 10' });
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
  const { rows } = await db.database.query<{ first_seq: string; body: Buffer; hash: Buffer }>({ text: 'select first_seq, body, hash from security.audit_block where last_seq >= $1 order by first_seq', values: [seq - 1] });
  let before = rows[0]!.hash;
  for (const { first_seq, body } of rows.slice(1)) {
    const first = Number(first_seq);
    const lines = linesOf(body, 'block').map((line, i) => (first + i === seq ? line.replace('"read"', '"vread"') : line));
    before = linkHash(before, first, lines.join('\n'));
    await asOwner('update security.audit_block set body = $2, hash = $3 where first_seq = $1', [first, bodyOf(lines), before]);
  }
}

describe('what was told before there were blocks', () => {
  it('stays a link for each entry, and is found and proved as before', async () => {
    await asOwner('delete from security.audit_block');
    const lines = ['cũ-1', 'cũ-2', 'cũ-3'].map((actor) => JSON.stringify(entry(actor)));
    const links = lines.reduce<Buffer[]>((all, line, i) => [...all, linkHash(all.at(-1) ?? Buffer.alloc(32), i + 1, line)], []);
    await db.database.query({
      text: `insert into security.audit_block values (1, 3, $1, $1, 0, 0, '{cũ-1,cũ-2,cũ-3}', '{-5,7}', null, null, 'entries', $2, $3)`, values: [db.clock(), Buffer.from(lines.join('\n')), links[2]],
    });
    await addEntries(db.work(), [entry('mới')]);
    expect(await verifyAudit(db.house)).toEqual({ entries: 4, anchors: 0, waiting: 0 });
    expect((await pageOf(db.work().db, { actors: ['cũ-2', 'mới'] }, 10)).map(({ seq }) => seq)).toEqual([4, 2]);
    await asOwner('update security.audit_block set body = $1 where first_seq = 1', [Buffer.from(lines.join('\n').replace('cũ-2', 'cũ-9'))]);
    expect(await broken()).toMatchObject({ seq: 1 });
  });
});
