import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { generateX25519Identity, identityToRecipient } from 'age-encryption';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { readArchive } from '../../server/src/commands/backup/archive.ts';
import { deleteResource, importResources } from '../../server/src/modules/record/index.ts';
import { openBlobs, type BlobHash } from '../../server/src/platform/blobs.ts';
import { keyFileOf, openKeyring, readRing, writeRing } from '../../server/src/platform/keyring.ts';
import { holdKeyring, openSecret, sealSecret } from '../../server/src/platform/seal.ts';
import { testDatabase, type TestDatabase } from '../support/database.ts';
import { admin, withDatabase } from '../support/postgres.ts';

const door = fileURLToPath(new URL('../../tools/run.mjs', import.meta.url));
const image = randomBytes(200_000);
const document = Buffer.from('Tóm tắt bệnh án').toString('base64');
let folder: string;
let db: TestDatabase;
let object: BlobHash;
let recipient: string;
let identityFile: string;
const made: string[] = [];
const settings = (data: string) => ({ data: join(folder, data), masterKeyFile: '', masterKeyCommand: '' });

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'sen-backup-'));
  db = await testDatabase({ env: { SEN_DATA: join(folder, 'data'), SEN_MASTER_KEY_FILE: '' } });
  const identity = await generateX25519Identity();
  recipient = await identityToRecipient(identity);
  identityFile = join(folder, 'identity');
  writeFileSync(identityFile, `# giám đốc\n${identity}\n`);
  await importResources(db.work(), [
    { resourceType: 'Patient', id: 'an', name: [{ family: 'Nguyễn', given: ['Thị\tAn'] }] },
    { resourceType: 'Observation', id: 'o1', status: 'final', code: { text: 'Đường máu \\N' }, subject: { reference: 'Patient/an' } },
    { resourceType: 'Binary', id: 'tep', contentType: 'text/plain', data: document },
    { resourceType: 'Observation', id: 'gone', status: 'final', code: { text: 'x' } },
  ]);
  await deleteResource(db.work(), { type: 'Observation', id: 'gone', ifMatch: undefined });
  const ring = holdKeyring(settings('data'));
  object = (await (await openBlobs(join(folder, 'data', 'objects'), ring)).put(image)).hash;
  await db.database.query({ text: 'CREATE TABLE sen.secret_of_test (note text, value_sealed text)' });
  await db.database.query({ text: 'INSERT INTO sen.secret_of_test VALUES ($1, $2), ($1, NULL)', values: ['a', sealSecret('hạt giống', 'totp:an')] });
});
afterAll(async () => {
  for (const name of made) await admin(inject('senAdminUrl'), `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
  await db.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Runs `npm run sen -- …` as npm would, and waits for it to end by itself. */
function sen(env: Record<string, string>, ...args: string[]): Promise<{ code: number | null; output: string }> {
  const child = spawn(process.execPath, [door, 'sen', ...args], { env: { ...process.env, DATABASE_URL: db.url, SEN_DATA: join(folder, 'data'), ...env } });
  let output = '';
  child.stdout.on('data', (data) => (output += String(data)));
  child.stderr.on('data', (data) => (output += String(data)));
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, output })));
}

async function emptyDatabase(): Promise<string> {
  const name = `test_${randomBytes(8).toString('hex')}`;
  await admin(inject('senAdminUrl'), `CREATE DATABASE ${name}`);
  made.push(name);
  const url = withDatabase(inject('senAdminUrl'), name);
  await admin(url, 'CREATE SCHEMA sen');
  await admin(url, 'CREATE TABLE sen.secret_of_test (note text, value_sealed text)'); // of this test alone: no migration makes it
  return url;
}

const file = (place: string) => join(folder, place, readdirSync(join(folder, place)).find((name) => name.endsWith('.age')) ?? '');

/** Every table with a hash of its rows, and every sequence: nothing of a house may be different after a restore. */
async function fingerprint(url: string): Promise<Record<string, string>> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query(`SELECT format('%I.%I', n.nspname, c.relname) AS place FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema' ORDER BY 1`);
    const hashes: Record<string, string> = {};
    for (const { place } of rows) hashes[place] = (await client.query(`SELECT count(*) || ' ' || coalesce(md5(string_agg(t::text, E'\\n' ORDER BY t::text)), '') AS hash FROM ${place} t`)).rows[0].hash;
    delete hashes['record.index_state']; // how far the background has come: it went on after the moment of the backup
    for (const row of (await client.query('SELECT schemaname, sequencename, last_value FROM pg_sequences ORDER BY 1, 2')).rows) hashes[`${row.schemaname}.${row.sequencename}`] = String(row.last_value);
    return hashes;
  } finally {
    await client.end();
  }
}

describe('An encrypted backup', () => {
  it('comes back as the same house: every row, every sequence, every object, every secret', { timeout: 120_000 }, async () => {
    await sen({}, 'rotate-keys', '--resume'); // leaves an entry in the audit, and what a first start leaves
    const before = await fingerprint(db.url);
    const written = await sen({}, 'backup', join(folder, 'backup'), '--recipient', recipient);
    expect(written).toMatchObject({ code: 0, output: expect.stringContaining('1 tệp / objects (1 mới / new)') });
    const url = await emptyDatabase();
    const restored = await sen({ DATABASE_URL: url, SEN_DATA: join(folder, 'restored') }, 'restore', file('backup'), '--identity-file', identityFile);
    expect(restored).toMatchObject({ code: 0, output: expect.stringContaining('1 tệp / objects') });
    expect(await fingerprint(url)).toEqual(before);
    expect(before['security.audit_block']).toMatch(/^[1-9]/);
    const ring = holdKeyring(settings('restored'));
    const part = await (await openBlobs(join(folder, 'restored', 'objects'), ring)).get(object);
    expect((await buffer(part!.stream)).equals(image)).toBe(true);
    expect(statSync(keyFileOf(settings('restored'))).mode & 0o777).toBe(0o600);
    expect(await sen({ DATABASE_URL: url, SEN_DATA: join(folder, 'restored') }, 'export', join(folder, 'exported'))).toMatchObject({ code: 0 });
    expect(readFileSync(join(folder, 'exported', 'Binary.ndjson'), 'utf8')).toContain(document); // sealed within the backup, and opened again
    const again = await sen({ DATABASE_URL: url, SEN_DATA: join(folder, 'restored') }, 'restore', file('backup'), '--identity-file', identityFile);
    expect(again).toMatchObject({ code: 1, output: expect.stringContaining('platform.restore-not-empty') });
  });

  it('shows nothing of what it holds, and only its key opens it', { timeout: 120_000 }, async () => {
    const bytes = readFileSync(file('backup'));
    expect(bytes.subarray(0, 21).toString()).toBe('age-encryption.org/v1');
    expect(bytes.includes(Buffer.from('Nguyễn'))).toBe(false);
    writeFileSync(join(folder, 'wrong'), await generateX25519Identity());
    const refused = await sen({ SEN_DATA: join(folder, 'none') }, 'restore', file('backup'), '--identity-file', join(folder, 'wrong'));
    expect(refused).toMatchObject({ code: 1, output: expect.stringContaining('platform.backup-broken') });
  });

  it.each([
    ['changed in the middle', (bytes: Buffer) => Buffer.concat([bytes.subarray(0, bytes.length >> 1), Buffer.from([bytes[bytes.length >> 1]! ^ 1]), bytes.subarray((bytes.length >> 1) + 1)])],
    ['cut off', (bytes: Buffer) => bytes.subarray(0, bytes.length - 1000)],
  ])('is refused when it was %s, and leaves the place empty', { timeout: 120_000 }, async (_, tamper) => {
    mkdirSync(join(folder, 'tampered'), { recursive: true });
    const tampered = join(folder, 'tampered', 'x.backup.age');
    writeFileSync(tampered, tamper(readFileSync(file('backup'))));
    const refused = await sen({ DATABASE_URL: await emptyDatabase(), SEN_DATA: join(folder, 'never') }, 'restore', tampered, '--identity-file', identityFile);
    expect(refused).toMatchObject({ code: 1, output: expect.stringContaining('platform.backup-broken') });
    expect(readdirSync(folder)).not.toContain('never');
  });

  it('is refused when an object beside it was changed', { timeout: 120_000 }, async () => {
    mkdirSync(join(folder, 'damaged'), { recursive: true });
    copyFileSync(file('backup'), join(folder, 'damaged', 'x.backup.age'));
    const shelf = join(folder, 'damaged', 'objects', object.slice(0, 2), object.slice(2, 4));
    mkdirSync(shelf, { recursive: true });
    const bytes = readFileSync(join(folder, 'backup', 'objects', object.slice(0, 2), object.slice(2, 4), object));
    bytes[70_000]! ^= 1;
    writeFileSync(join(shelf, object), bytes);
    const refused = await sen({ DATABASE_URL: await emptyDatabase(), SEN_DATA: join(folder, 'half') }, 'restore', join(folder, 'damaged', 'x.backup.age'), '--identity-file', identityFile);
    expect(refused).toMatchObject({ code: 1, output: expect.stringContaining('platform.backup-object') });
    expect(readdirSync(join(folder, 'half'))).not.toContain('keys');
  });

  it('can be locked by a passphrase, leaves the keys out when asked, and copies no object twice', { timeout: 120_000 }, async () => {
    writeFileSync(join(folder, 'passphrase'), 'con ngựa bên bờ ao sen\n');
    writeFileSync(join(folder, 'short'), 'ngựa\n');
    const asked = ['backup', join(folder, 'backup'), '--without-keys', '--passphrase-file'];
    expect(await sen({}, ...asked, join(folder, 'short'))).toMatchObject({ code: 1, output: expect.stringContaining('platform.backup-passphrase') });
    const written = await sen({}, ...asked, join(folder, 'passphrase'));
    expect(written).toMatchObject({ code: 0, output: expect.stringContaining('Without the master keys') });
    expect(written.output).toContain('1 tệp / objects (0 mới / new)');
    const names: string[] = [];
    for await (const { name } of readArchive(written.output.split('\n')[0]!, { passphrase: 'con ngựa bên bờ ao sen' })) names.push(name);
    expect(names.filter((name) => !name.startsWith('tables/'))).toEqual(['beginning.json', 'objects/000001', 'ending.json']);
    expect(await sen({}, 'backup', join(folder, 'backup'))).toMatchObject({ code: 2 });
  });
});

describe('npm run sen -- rotate-keys', () => {
  it('puts objects and secrets under a new key, removes the old ones only an hour later, and backups of before stay good', { timeout: 180_000 }, async () => {
    const old = readRing(keyFileOf(settings('data'))).current;
    expect(await sen({}, 'rotate-keys')).toMatchObject({ code: 0, output: expect.stringContaining('1 tệp / objects, 2 bí mật / secrets') });
    expect(await sen({}, 'rotate-keys', '--remove-old')).toMatchObject({ code: 1, output: expect.stringContaining('platform.key-too-young') });
    const ring = readRing(keyFileOf(settings('data')));
    expect([ring.current === old, ring.keys.length]).toEqual([false, 2]);
    writeRing(keyFileOf(settings('data')), { ...ring, keys: ring.keys.map((key) => ({ ...key, made: '2026-01-01T00:00:00Z' })) });
    expect(await sen({}, 'rotate-keys', '--remove-old')).toMatchObject({ code: 0, output: expect.stringContaining('0 tệp / objects, 0 bí mật / secrets') });
    const held = holdKeyring(settings('data'));
    expect(held.ids()).toEqual([ring.current]);
    const part = await (await openBlobs(join(folder, 'data', 'objects'), openKeyring(settings('data')))).get(object);
    expect((await buffer(part!.stream)).equals(image)).toBe(true);
    const { rows } = await db.database.query<{ value_sealed: string }>({ text: 'SELECT value_sealed FROM sen.secret_of_test WHERE value_sealed IS NOT NULL' });
    expect(openSecret(rows[0]!.value_sealed, 'totp:an')).toBe('hạt giống');
    const url = await emptyDatabase();
    const restored = await sen({ DATABASE_URL: url, SEN_DATA: join(folder, 'from-before') }, 'restore', file('backup'), '--identity-file', identityFile);
    expect(restored).toMatchObject({ code: 0, output: expect.stringContaining('1 tệp / objects') });
  });

  it('refuses to start a house whose keys are lost', { timeout: 60_000 }, async () => {
    rmSync(keyFileOf(settings('data')));
    expect(await sen({}, 'migrate')).toMatchObject({ code: 1, output: expect.stringContaining('security.key-lost') });
  });
});
