import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { waitUntil } from '../../server/src/platform/processes.ts';
import { startProgram, temporaryDataFolder, type Program } from '../support/program.ts';
import { testServer, type TestServer } from '../support/server.ts';
import { clientOf, lan, type Client, type Json } from './client.ts';

let server: TestServer;
let second: Program;
let folder: ReturnType<typeof temporaryDataFolder>;
let here: Client;
let there: Client;
beforeAll(async () => {
  server = await testServer();
  folder = temporaryDataFolder();
  second = startProgram('server/src/main.ts', [], { SEN_DATA: folder.path, DATABASE_URL: server.db.url, SEN_DATABASE_CONNECTIONS: '4' });
  const [, address] = await second.says(/running at:\s+(http:\S+)/);
  here = clientOf(server);
  there = clientOf({ ...server, call: (path, init = {}) => fetch(`${address}${path}`, { ...init, headers: { ...Object.fromEntries(new Headers(init.headers)), authorization: `Bearer ${server.token}` } }) });
});
afterAll(async () => {
  second.child.kill('SIGTERM');
  await second.ended;
  await server.close();
  await folder.remove();
});

const nickname = { resourceType: 'SearchParameter', id: 'nickname', url: 'https://bvsen.vn/fhir/SearchParameter/nickname', name: 'nickname', status: 'active', description: 'x', code: 'nickname', base: ['Patient'], type: 'string', expression: "Patient.name.where(use = 'nickname').text" };
const called = (text: string): Json => lan({ name: [{ use: 'nickname', text }] });
const found = async (client: Client, text: string): Promise<number | undefined> => (await client('GET', `/Patient?nickname=${text}&_total=accurate`)).body.total;

describe('custom search parameters where several processes serve one database', () => {
  it('work in a process that did not take them in: its searches, its new resources, its index of what was there', async () => {
    expect((await there('POST', '/Patient', called('Tèo'))).status).toBe(201);
    expect((await there('GET', '/Patient?nickname=teo')).status).toBe(400);
    expect((await here('PUT', '/SearchParameter/nickname', nickname)).status).toBe(201);
    expect(await waitUntil(async () => (await there('GET', '/Patient?nickname=teo')).status === 200, 10_000)).toBe(true);
    expect((await there('POST', '/Patient', called('Tí'))).status).toBe(201);
    expect(await found(here, 'ti')).toBe(1);
    expect(await waitUntil(async () => (await found(here, 'teo')) === 1 && (await found(there, 'teo')) === 1, 10_000)).toBe(true);
    const warned = async (client: Client): Promise<boolean> => JSON.stringify((await client('GET', '/Patient?nickname=teo')).body).includes('incomplete');
    expect(await waitUntil(async () => !(await warned(here)) && !(await warned(there)), 10_000)).toBe(true);
    expect((await there('DELETE', '/SearchParameter/nickname')).status).toBe(204);
    expect(await waitUntil(async () => (await here('GET', '/Patient?nickname=teo')).status === 400, 10_000)).toBe(true);
  });

  it('have what was written without them indexed after all, when a process learned of them late', async () => {
    // a process cut off from notices while a parameter comes and its walk ends
    await server.db.database.query({ text: `insert into record.search_parameter (base, code, id, url, definition) values ('Patient', 'late', 'late', 'urn:late', '{"type":"string","expression":"Patient.name.text","targets":[],"components":[]}')` });
    await server.db.database.query({ text: "insert into record.index_state (type, codes, grace_ms, requested_at, seen_at, began_at, ended_at) values ('Patient', '{}', 500, now(), now(), now(), now()) on conflict (type) do update set began_at = now(), ended_at = now(), grace_ms = 500" });
    await server.db.database.query({ text: "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and application_name = 'sen listening'" });
    expect(await waitUntil(async () => (await here('GET', '/Patient?late=teo&_total=accurate')).body.total === 1, 10_000)).toBe(true);
    expect(await waitUntil(async () => (await there('GET', '/Patient?late=teo&_total=accurate')).body.total === 1, 10_000)).toBe(true);
  });
});
