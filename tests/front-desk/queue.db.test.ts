// The queue over the wire: a ticket, calls, stations and back, with many who click at once.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hospitalResources } from '../../packages/demo/src/hospital.ts';
import { receiveVisit, openRoom } from '../../server/src/modules/encounters/index.ts';
import { updateResource } from '../../server/src/modules/record/index.ts';
import { testServer, type TestCaller, type TestServer } from '../support/server.ts';

const room = 'sen-hong-205';
let server: TestServer;
let nurse: TestCaller;
const json = { 'content-type': 'application/json' };

beforeAll(async () => {
  server = await testServer();
  for (const resource of hospitalResources()) await updateResource(server.db.work(), { type: resource.resourceType, id: resource.id!, resource });
  nurse = await server.as('nurse');
});
afterAll(async () => server.close());

async function person(id: string, name: string, birthDate = '1980-05-01'): Promise<string> {
  await updateResource(server.db.work(), { type: 'Patient', id, resource: { resourceType: 'Patient', id, name: [{ text: name }], gender: 'female', birthDate } });
  return id;
}

async function arrive(id: string, name: string, more: { slotAt?: number; roomId?: string; birthDate?: string } = {}) {
  await person(id, name, more.birthDate);
  return receiveVisit(server.db.work(), { patientId: id, roomId: more.roomId ?? room, slotAt: more.slotAt });
}

async function post<T>(caller: TestCaller, path: string, body: object = {}): Promise<{ status: number; body: T }> {
  const response = await caller.call(path, { method: 'POST', headers: json, body: JSON.stringify(body) });
  return { status: response.status, body: (await response.json()) as T };
}

interface Turn { id: string; ticket: string; state: string; roomId: string; returning: boolean }
interface Queue { waiting: (Turn & { place: number; wait: { from: number; to: number } })[]; now: Turn[]; away: (Turn & { stations: { turnId: string; kind: string }[] })[]; done: Turn[]; counts: { waiting: number } }
const queue = async (roomId = room) => (await (await nurse.call(`/api/rooms/${roomId}/queue`)).json()) as Queue;

describe('one visit, one ticket', () => {
  it('gives the same ticket to somebody received twice, also by two desks at once', async () => {
    await person('twice', 'Nguyễn Thị Hai Lần');
    const received = await Promise.all(Array.from({ length: 6 }, () => receiveVisit(server.db.work(), { patientId: 'twice', roomId: 'sen-hong-206' })));
    expect(new Set(received.map(({ ticket }) => ticket)).size).toBe(1);
    expect(received.filter(({ again }) => !again)).toHaveLength(1);
  });

  it('numbers a day without gap or repetition, however many arrive at once', async () => {
    await Promise.all(Array.from({ length: 12 }, (_, i) => person(`gap-${i}`, `Trần Văn Số ${i}`)));
    const tickets = await Promise.all(Array.from({ length: 12 }, (_, i) => receiveVisit(server.db.work(), { patientId: `gap-${i}`, roomId: 'sen-hong-301' })));
    const numbers = tickets.map(({ ticket }) => Number(ticket.slice(1))).sort((a, b) => a - b);
    expect(numbers.map((number) => number - numbers[0]!)).toEqual(Array.from({ length: 12 }, (_, i) => i));
  });

  it('writes the Encounter in the same transaction, and U for those who go first by law', async () => {
    const { visitId, ticket } = await arrive('grandmother', 'Phạm Thị Già', { birthDate: '1940-01-01', roomId: 'sen-hong-302' });
    const encounter = (await (await server.call(`/fhir/R4/Encounter/${visitId}`)).json()) as { status: string; subject: { reference: string } };
    expect(ticket).toMatch(/^U\d{4}$/);
    expect([encounter.status, encounter.subject.reference]).toEqual(['arrived', 'Patient/grandmother']);
  });
});

describe('calling', () => {
  it('lets 20 who call at once in one room call 20 different people', async () => {
    const busy = 'sen-hong-303';
    for (let i = 0; i < 20; i++) await arrive(`crowd-${i}`, `Lê Đông ${i}`, { roomId: busy });
    const calls = await Promise.all(Array.from({ length: 20 }, (_, i) => post<{ called: Turn | null }>(nurse, `/api/rooms/${busy}/next`, { current: null, doctor: `doctor-${i}` })));
    const called = calls.map(({ body }) => body.called?.id);
    expect(new Set(called).size).toBe(20);
    expect(called).not.toContain(undefined);
  });

  it('calls one person for a double click', async () => {
    for (const i of [1, 2]) await arrive(`double-${i}`, `Vũ Đúp ${i}`);
    const [first, second] = await Promise.all([1, 2].map(() => post<{ called: Turn; again: boolean }>(nurse, `/api/rooms/${room}/next`, { current: null, doctor: 'le-minh-quang' })));
    expect(first!.body.called.id).toBe(second!.body.called.id);
    expect([first!.body.again, second!.body.again].sort()).toEqual([false, true]);
    expect((await queue()).counts.waiting).toBe(1);
  });

  it('refuses to call while the room pauses', async () => {
    await openRoom(server.db.work(), { roomId: 'sen-hong-207' });
    await post(nurse, '/api/rooms/sen-hong-207/pause', { minutes: 10, reason: 'Hội chẩn' });
    const { status, body } = await post<{ code: string }>(nurse, '/api/rooms/sen-hong-207/next', { current: null });
    expect([status, body.code]).toEqual([422, 'encounters.room-paused']);
  });
});

describe('the path of one ticket', () => {
  it('sends to blood and X-ray and gives the patient back to the doctor before those who came later', async () => {
    const here = 'sen-hong-401';
    const { visitId, ticket } = await arrive('path', 'Đỗ Thị Đường', { roomId: here });
    const { body: { called } } = await post<{ called: Turn }>(nurse, `/api/rooms/${here}/next`, { current: null });
    await post(nurse, `/api/turns/${called.id}/begin`, { expected: 'called' });
    expect(((await (await server.call(`/fhir/R4/Encounter/${visitId}`)).json()) as { status: string }).status).toBe('in-progress');
    const sent = await post<Turn>(nurse, `/api/turns/${called.id}/send`, { expected: 'inside', stations: [{ kind: 'laboratory' }, { kind: 'imaging' }] });
    expect(sent.body.state).toBe('away');
    const [blood, ray] = (await queue(here)).away[0]!.stations;
    await arrive('later', 'Ngô Sau', { roomId: here });
    for (const station of [blood!, ray!]) {
      await post(nurse, `/api/turns/${station.turnId}/call`, { doctor: 'technician' });
      expect((await post<Turn>(nurse, `/api/turns/${station.turnId}/finish`)).body.ticket).toBe(ticket);
    }
    const back = await queue(here);
    expect(back.waiting.map((turn) => [turn.id === called.id, turn.returning])).toEqual([[true, true], [false, false]]);
    await post(nurse, `/api/rooms/${here}/next`, { current: null });
    await post(nurse, `/api/turns/${called.id}/begin`);
    await post(nurse, `/api/turns/${called.id}/finish`);
    const encounter = (await (await server.call(`/fhir/R4/Encounter/${visitId}`)).json()) as { status: string; statusHistory: { status: string }[]; location: unknown[] };
    expect([encounter.status, encounter.statusHistory.map(({ status }) => status), encounter.location.length]).toEqual(['finished', ['arrived', 'in-progress'], 3]);
  });

  it('does a repeated click once and refuses one that comes too late', async () => {
    const here = 'sen-hong-402';
    await arrive('late-click', 'Hồ Chậm', { roomId: here });
    const { body: { called } } = await post<{ called: Turn }>(nurse, `/api/rooms/${here}/next`, { current: null });
    expect((await post(nurse, `/api/turns/${called.id}/skip`, { expected: 'called' })).status).toBe(200);
    expect((await post(nurse, `/api/turns/${called.id}/skip`, { expected: 'called' })).status).toBe(200);
    const late = await post<{ code: string }>(nurse, `/api/turns/${called.id}/begin`, { expected: 'called' });
    expect([late.status, late.body.code]).toEqual([409, 'encounters.turn-moved-on']);
    expect((await post<Turn>(nurse, `/api/turns/${called.id}/return`)).body.state).toBe('waiting');
    const moved = await post<Turn>(nurse, `/api/turns/${called.id}/transfer`, { toRoomId: 'sen-hong-403' });
    expect([moved.body.roomId, moved.body.state]).toEqual(['sen-hong-403', 'waiting']);
  });
});

describe('screens', () => {
  it('shows a waiting-room screen numbers and masked names to whoever has its key, and tells it of a call', async () => {
    const here = 'sen-hong-404';
    await arrive('board', 'Nguyễn Thị Lan', { roomId: here });
    const { body: link } = await post<{ key: string }>(nurse, '/api/boards', { name: 'Tầng 4', roomIds: [here] });
    const ended = new AbortController();
    const stream = await fetch(`${server.base}/api/board/${link.key}/live`, { signal: ended.signal });
    const told = firstEvent(stream, `board/${link.key}`);
    await post(nurse, `/api/rooms/${here}/next`, { current: null });
    expect(await told).toBe(true);
    ended.abort();
    const text = await (await fetch(`${server.base}/api/board/${link.key}`)).text();
    expect(text).toContain('Nguyễn T. L.');
    expect(text).not.toContain('Thị Lan');
    const withdrawn = await nurse.call(`/api/boards/${link.key}`, { method: 'DELETE' });
    expect([withdrawn.status, (await fetch(`${server.base}/api/board/${link.key}`)).status]).toEqual([200, 404]);
  });

  it('lets nobody follow the visit of somebody else', async () => {
    const { visitId } = await arrive('private', 'Lý Riêng', { roomId: 'sen-hong-501' });
    const patient = await server.as('patient');
    expect((await patient.call(`/api/live?topic=visit/${visitId}`)).status).toBe(403);
    expect((await patient.call('/api/live?topic=room/sen-hong-501')).status).toBe(403);
  });
});

async function firstEvent(response: Response, data: string): Promise<boolean> {
  const decoder = new TextDecoder();
  let text = '';
  for await (const part of response.body!) {
    text += decoder.decode(part as Uint8Array, { stream: true });
    if (text.includes(`event: changed\ndata: ${data}\n`)) return true;
  }
  return false;
}
