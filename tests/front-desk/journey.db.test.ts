// A grandmother's day, over the doors that the screens use: booked by her daughter in the app, received by her code, called, seen.
import type { AppointmentView, BookingHold, BookingStart, DeskTicket, MyVisit, QueueTurn } from '@sen/contracts';
import { generateHospital } from '@sen/demo';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ensureDemoSchedules } from '../../server/src/modules/booking/index.ts';
import { importResources } from '../../server/src/modules/record/index.ts';
import { testServer, type TestCaller, type TestServer } from '../support/server.ts';
import { followVisit } from '../../server/src/modules/booking/reactions.ts';
import { addDays, localDay, weekdayOf } from '../../server/src/modules/booking/seats/local-time.ts';

let server: TestServer;
const grandmother = 'ba-noi-thanh';

beforeAll(async () => {
  server = await testServer();
  for (const batch of generateHospital({ seed: 7, now: server.db.clock(), patients: 4 })) await importResources(server.db.work(), batch);
  await importResources(server.db.work(), [{ resourceType: 'Patient', id: grandmother, active: true, name: [{ text: 'Đặng Thị Thanh', family: 'Đặng', given: ['Thị', 'Thanh'] }], gender: 'female', birthDate: '1946-02-11', telecom: [{ system: 'phone', value: '0912000777' }] }]);
  const { loadRooms } = await import('../../server/src/modules/encounters/queue/find-room.ts');
  await loadRooms(server.db.work());
  await ensureDemoSchedules(server.db.work());
}, 60_000);
afterAll(() => server?.close());

const get = async <T>(who: TestCaller, path: string): Promise<T> => (await (await who.call(path)).json()) as T;
const post = async <T>(who: TestCaller, path: string, body: object = {}): Promise<T> => {
  const answer = await who.call(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
  expect(answer.status, `${path} ${await answer.clone().text()}`).toBeLessThan(300);
  return (await answer.json()) as T;
};

it('is booked by the daughter, received by the code, called on the screen and the telephone, seen, and stands in the record', async () => {
  await server.as('nguoinha');
  await server.db.database.query({ text: `UPDATE security.account SET patients = $1 WHERE username = 'nguoinha'`, values: [[grandmother]] });
  const daughter = await server.as('nguoinha');
  let day = addDays(localDay(server.db.clock()), 1);
  while (weekdayOf(day) > 5) day = addDays(day, 1);
  const { starts } = await get<{ starts: BookingStart[] }>(daughter, `/api/booking/starts?specialty=sen-hong-endocrine&date=${day}&only=free`);
  const held = await post<BookingHold>(daughter, '/api/booking/holds', { session: starts[0]!.session, start: starts[0]!.start });
  const booked = await post<AppointmentView>(daughter, '/api/booking/appointments', { holdToken: held.holdToken, patientId: grandmother });
  expect(booked).toMatchObject({ state: 'booked', channel: 'app', patientName: 'Đặng Thị Thanh' });

  server.db.clock.advance(Date.parse(booked.arriveAt) - server.db.clock());
  const [reception, doctor, again] = [await server.as('tiepdon'), await server.as('bacsi'), await server.as('nguoinha')];
  const ticket = await post<DeskTicket>(reception, '/api/desk/arrivals', { code: booked.qr });
  expect(ticket).toMatchObject({ patientId: grandmother, already: false, start: booked.start });
  const { visits: [waiting] } = await get<{ visits: MyVisit[] }>(again, '/api/my/visits');
  expect(waiting).toMatchObject({ state: 'waiting', before: 0, ticket: ticket.ticket });

  const board = await post<{ key: string }>(reception, '/api/boards', { name: 'Sảnh', roomIds: [booked.room.id] });
  await post(doctor, `/api/rooms/${booked.room.id}/open`);
  const { called } = await post<{ called: QueueTurn }>(doctor, `/api/rooms/${booked.room.id}/next`, { current: null });
  expect(called).toMatchObject({ patientId: grandmother, state: 'called' });
  const shown = (await (await fetch(`${server.base}/api/board/${board.key}`)).json()) as { rooms: { called: { ticket: string; maskedName: string }[] }[] };
  expect(shown.rooms[0]?.called).toMatchObject([{ ticket: ticket.ticket }]);
  expect(JSON.stringify(shown)).not.toContain('Thanh');
  expect((await get<{ visits: MyVisit[] }>(again, '/api/my/visits')).visits[0]).toMatchObject({ state: 'called', calls: 1 });

  await post(doctor, `/api/turns/${called.id}/begin`, { expected: 'called' });
  server.db.clock.advance(8 * 60_000);
  await post(doctor, `/api/turns/${called.id}/finish`, { expected: 'inside' });
  expect(await get(server, `/fhir/R4/Encounter/${ticket.visitId}`)).toMatchObject({ status: 'finished', appointment: [{ reference: `Appointment/${booked.id}` }] });
  expect(await get(server, `/fhir/R4/Appointment/${booked.id}`)).toMatchObject({ status: 'arrived' });
  await followVisit(server.db.work(), { name: 'encounters.visit-finished', data: { visitId: ticket.visitId, appointmentId: booked.id } });
  expect(await get(server, `/fhir/R4/Appointment/${booked.id}`)).toMatchObject({ status: 'fulfilled' });
});
