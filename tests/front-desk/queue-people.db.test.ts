// The queue and its people over the wire: one's own visits, triage, going home, two files of one person, and a session that ends.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hospitalResources } from '../../packages/demo/src/hospital.ts';
import { receiveVisit } from '../../server/src/modules/encounters/index.ts';
import { updateResource } from '../../server/src/modules/record/index.ts';
import { endSessions } from '../../server/src/modules/security/index.ts';
import type { AccountId } from '../../server/src/modules/security/account.ts';
import { tellLive } from '../../server/src/platform/live.ts';
import { testServer, type TestCaller, type TestServer } from '../support/server.ts';

type Json = any; // eslint-disable-line -- wire tests look into any JSON
let server: TestServer;
let nurse: TestCaller;
let desk: TestCaller;

beforeAll(async () => {
  server = await testServer();
  for (const resource of hospitalResources()) await updateResource(server.db.work(), { type: resource.resourceType, id: resource.id!, resource });
  [nurse, desk] = [await server.as('nurse'), await server.as('reception')];
});
afterAll(async () => server.close());

async function ask(who: TestCaller, method: string, path: string, body?: object): Promise<{ status: number; body: Json }> {
  const response = await who.call(path, { method, ...(body !== undefined && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }) });
  return { status: response.status, body: await response.json() };
}

async function arrive(id: string, name: string, roomId: string) {
  await updateResource(server.db.work(), { type: 'Patient', id, resource: { resourceType: 'Patient', id, name: [{ text: name }], gender: 'female', birthDate: '1980-05-01' } });
  server.db.clock.advance(10);
  return receiveVisit(server.db.work(), { patientId: id, roomId });
}

const line = async (roomId: string): Promise<string[]> => (await ask(nurse, 'GET', `/api/rooms/${roomId}/queue`)).body.waiting.map(({ visitId }: Json) => visitId);
const encounter = async (id: string) => (await ask(server, 'GET', `/fhir/R4/Encounter/${id}`)).body;

describe('my visits', () => {
  it('are those of oneself and of those one acts for, with the code of the ticket; a stranger sees none', async () => {
    await arrive('before-me', 'Hoàng Thị Trước', 'sen-hong-205');
    const own = await arrive('me', 'Trần Thị Hương', 'sen-hong-205');
    const mother = await arrive('my-mother', 'Nguyễn Thị Cúc', 'sen-hong-301');
    const act = (username: string, patients: string[]) => server.db.database.query({ text: 'UPDATE security.account SET patients = $2 WHERE username = $1', values: [username, patients] });
    await act('nguoibenh', ['me', 'my-mother']);
    await act('nguoinha', ['somebody-else']);
    const { body: { visits } } = await ask(await server.as('nguoibenh'), 'GET', '/api/my/visits');
    expect(visits).toMatchObject([
      { visitId: own.visitId, ticket: own.ticket, code: `SEN:V:${own.visitId}`, state: 'waiting', before: 1, room: { way: 'Tầng 2, nhà A' } },
      { visitId: mother.visitId, patientName: 'Nguyễn Thị Cúc', before: 0 },
    ]);
    const stranger = await server.as('nguoinha');
    expect((await ask(stranger, 'GET', '/api/my/visits')).body.visits).toEqual([]);
    expect([(await ask(stranger, 'GET', `/api/visits/${own.visitId}/ticket`)).status, (await stranger.call(`/api/live?topic=visit/${own.visitId}`)).status]).toEqual([403, 403]);
  });
});

describe('a visit', () => {
  it('goes first in line once triage calls it urgent, and keeps its ticket', async () => {
    const here = 'sen-hong-302';
    const first = await arrive('well', 'Lê Khỏe', here);
    const second = await arrive('ill', 'Lê Mệt', here);
    expect(await line(here)).toEqual([first.visitId, second.visitId]);
    const { status, body } = await ask(nurse, 'PUT', `/api/visits/${second.visitId}/triage`, { class: 'urgent', reasons: ['triage-urgent'], note: 'SpO2 91%' });
    expect([status, body.ticket, body.note]).toEqual([200, second.ticket, 'SpO2 91%']);
    expect(await line(here)).toEqual([second.visitId, first.visitId]);
  });

  it('ends when the patient goes home, with the reason, also when told twice', async () => {
    const here = 'sen-hong-303';
    const { visitId } = await arrive('gone-home', 'Phan Về', here);
    for (const reason of ['Bận việc nhà', 'Lần hai']) expect((await ask(nurse, 'POST', `/api/visits/${visitId}/leave`, { reason })).status).toBe(200);
    const { rows } = await server.db.database.query<Json>({ text: 'SELECT state, leave_reason FROM encounters.visit WHERE id = $1', values: [visitId] });
    expect([rows, await line(here), (await encounter(visitId)).status]).toEqual([[{ state: 'left', leave_reason: 'Bận việc nhà' }], [], 'cancelled']);
  });
});

describe('two files of one person', () => {
  it('are not merged while both wait in one room; the visit left goes with the merge and comes back with its undoing', async () => {
    const here = 'sen-hong-304';
    const register = async (registration: object): Promise<string> => (await ask(desk, 'POST', '/api/patients', { registration })).body.patientId;
    const kept = await register({ kind: 'full', name: 'Vũ Thị Mận', sex: 'female', birthDate: '1955-06-07', citizenNumber: '001155000333' });
    const gone = await register({ kind: 'full', name: 'Vũ Mận', sex: 'female', birthDate: '1956-06-07', phone: '0911222333' });
    const one = await receiveVisit(server.db.work(), { patientId: kept, roomId: here });
    server.db.clock.advance(10);
    const other = await receiveVisit(server.db.work(), { patientId: gone, roomId: here });
    const merge = () => ask(desk, 'POST', `/api/patients/${kept}/merge`, { from: gone });
    const refused = await merge();
    expect([refused.status, refused.body.code, await line(here)]).toEqual([409, 'encounters.waits-twice', [one.visitId, other.visitId]]);
    await ask(nurse, 'POST', `/api/visits/${one.visitId}/leave`, {});
    const merged = await merge();
    expect(merged.status).toBe(200);
    const present = async () => (await ask(nurse, 'GET', `/api/rooms/${here}/queue`)).body.waiting.map(({ patientId, name }: Json) => [patientId, name]);
    expect([await present(), (await encounter(other.visitId)).subject.reference]).toEqual([[[kept, 'Vũ Thị Mận']], `Patient/${kept}`]);
    expect((await ask(desk, 'POST', `/api/merges/${merged.body.mergeId}/undo`)).status).toBe(200);
    expect([await present(), (await encounter(other.visitId)).subject.reference]).toEqual([[[gone, 'Vũ Mận']], `Patient/${gone}`]);
  });
});

describe('the live stream', () => {
  it('tells a screen that its session is over, and ends', async () => {
    const leaving = await server.as('bacsi');
    const stream = await leaving.call('/api/live?topic=room/sen-hong-401');
    expect(stream.status).toBe(200);
    const { rows } = await server.db.database.query<{ id: AccountId }>({ text: `SELECT id FROM security.account WHERE username = 'bacsi'` });
    await endSessions(server.db.work(), rows[0]!.id);
    const telling = setInterval(() => void tellLive(server.db.work(), 'room/sen-hong-401'), 100);
    const text = await stream.text();
    clearInterval(telling);
    expect(text.endsWith('event: ended\ndata:\n\n')).toBe(true);
  }, 20_000);
});
