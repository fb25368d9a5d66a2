import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { importResources, searchResources } from '../../server/src/modules/record/index.ts';
import { waitUntil } from '../../server/src/platform/processes.ts';
import { testDatabase, type TestDatabase } from '../support/database.ts';
import { startProgram, temporaryDataFolder, type Program } from '../support/program.ts';

const COUNT = 4000;
let db: TestDatabase;
let folder: ReturnType<typeof temporaryDataFolder>;
beforeAll(async () => {
  db = await testDatabase();
  folder = temporaryDataFolder();
  const patients = Array.from({ length: COUNT }, (_, n) => ({ resourceType: 'Patient', id: `p${n}`, name: [{ family: 'Lê', given: ['Văn', `Sáu${n}`] }] }));
  for (let from = 0; from < COUNT; from += 500) await importResources(db.work(), patients.slice(from, from + 500));
});
afterAll(async () => {
  await db.close();
  await folder.remove();
});

const reindex = (...args: string[]): Program => startProgram('server/src/cli.ts', ['reindex', ...args], { DATABASE_URL: db.url, SEN_DATA: folder.path });
const found = async (): Promise<number | undefined> => (await searchResources(db.work(), 'Patient', 'name=sau&_total=accurate&_count=1')).total;
const spoil = async (): Promise<void> => {
  await db.database.query({ text: "update record.resource set tokens = '{}', present = 0" });
  await db.database.query({ text: 'delete from record.text_value' });
};

describe('npm run sen -- reindex', () => {
  it('makes the index anew from the resources', async () => {
    await spoil();
    expect(await found()).toBe(0);
    const program = reindex('--type', 'Patient');
    expect(await program.ended).toBe(0);
    // A walk that the start itself asked for may have done the first of them before the command's own began.
    expect(program.output()).toMatch(new RegExp(`${COUNT} resources, [34]\\d{3} indexed anew`));
    expect(await found()).toBe(COUNT);
  });

  it('goes on after a kill -9 in the middle, when anybody next runs on the data', async () => {
    await spoil();
    const killed = reindex();
    const done = async (): Promise<number> => Number((await db.database.query<{ done: string }>({ text: "select coalesce(sum(done), 0) as done from record.index_state where ended_at is null and type = 'Patient'" })).rows[0]?.done);
    expect(await waitUntil(async () => (await done()) > 0, 30_000, 2)).toBe(true);
    killed.child.kill('SIGKILL');
    await killed.ended;
    const program = startProgram('server/src/main.ts', [], { DATABASE_URL: db.url, SEN_DATA: folder.path });
    expect(await waitUntil(async () => (await found()) === COUNT, 30_000, 100)).toBe(true);
    program.child.kill('SIGTERM');
    await program.ended;
  });

  it('refuses a type that is none, and options it does not know', async () => {
    const wrong = reindex('--type', 'Patientt');
    expect(await wrong.ended).toBe(1);
    expect(wrong.output()).toContain('record.unknown-type');
    expect(await reindex('--fast').ended).toBe(1);
  });
});
