// The machine at the door: a scan receives who has an appointment today; everybody else gets a number for the desk.
import type { AppointmentView, BookingHold, BookingStart } from '@sen/contracts';
import { generateHospital } from '@sen/demo';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ensureDemoSchedules } from '../../server/src/modules/booking/index.ts';
import { addDays, instantOf, localDay, weekdayOf } from '../../server/src/modules/booking/seats/local-time.ts';
import { loadRooms } from '../../server/src/modules/encounters/queue/find-room.ts';
import { importResources } from '../../server/src/modules/record/index.ts';
import { testServer, type TestCaller, type TestServer } from '../support/server.ts';

let server: TestServer;
let [kiosk, reception, operator]: TestCaller[] = [];
let day: string;
const people: string[] = [];

beforeAll(async () => {
  server = await testServer();
  for (const batch of generateHospital({ seed: 7, now: server.db.clock(), patients: 6 })) {
    await importResources(server.db.work(), batch);
    for (const { resourceType, id } of batch) if (resourceType === 'Patient' && id !== undefined) people.push(id);
  }
  await loadRooms(server.db.work());
  await ensureDemoSchedules(server.db.work());
  [kiosk, reception, operator] = [await server.as('maykiosk'), await server.as('tiepdon'), await server.as('tongdai')];
  day = addDays(localDay(server.db.clock()), 1);
  while (weekdayOf(day) > 5) day = addDays(day, 1);
}, 60_000);
afterAll(() => server?.close());

const post = async <T>(who: TestCaller, path: string, body: object = {}): Promise<{ status: number; body: T }> => {
  const answer = await who.call(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
  return { status: answer.status, body: (await answer.json()) as T };
};
const numbers = async () => ((await (await reception!.call('/api/kiosk/desk-numbers')).json()) as { numbers: { id: string; number: string; help: boolean }[] }).numbers;

async function bookTomorrow(patientId: string, choose = (starts: BookingStart[]) => starts[0]!): Promise<AppointmentView> {
  const { starts } = (await (await operator!.call(`/api/booking/starts?specialty=sen-hong-endocrine&date=${day}&only=free`)).json()) as { starts: BookingStart[] };
  const { session, start } = choose(starts);
  const held = await post<BookingHold>(operator!, '/api/booking/holds', { session, start });
  return (await post<AppointmentView>(operator!, '/api/booking/appointments', { holdToken: held.body.holdToken, patientId })).body;
}

describe('the machine at the door', () => {
  it('sends who comes on another day, without a card known here, or with something unreadable to the desk, and says no name', async () => {
    const booked = await bookTomorrow(people[0]!);
    expect(await post(kiosk!, '/api/kiosk/check-in', { scanned: booked.code })).toEqual({ status: 200, body: { outcome: 'another-day', day, ticket: { number: 'K001' } } });
    expect((await post(kiosk!, '/api/kiosk/check-in', { scanned: '001085000018||Lê Văn Lạ|01011985|Nam|Phường Bạch Mai, Hà Nội|02052021' })).body).toEqual({ outcome: 'unknown', ticket: { number: 'K002' } });
    expect((await post(kiosk!, '/api/kiosk/check-in', { scanned: 'xin chào' })).body).toEqual({ outcome: 'unreadable' });
  });

  it('gives numbers for the desk, those who ask for help first; one desk takes each', async () => {
    expect((await post(kiosk!, '/api/kiosk/desk-numbers', { help: true })).body).toEqual({ number: 'K003' });
    const open = await numbers();
    expect(open.map(({ number, help }) => [number, help])).toEqual([['K003', true], ['K001', false], ['K002', false]]);
    expect(await post(reception!, `/api/kiosk/desk-numbers/${open[0]!.id}/serve`)).toEqual({ status: 200, body: { number: 'K003' } });
    expect(await post(reception!, `/api/kiosk/desk-numbers/${open[0]!.id}/serve`)).toMatchObject({ status: 409, body: { code: 'booking.number-served' } });
    expect(await numbers()).toHaveLength(2);
  });

  it('gives no number twice, however many press at once', async () => {
    const given = await Promise.all(Array.from({ length: 20 }, () => post<{ number: string }>(kiosk!, '/api/kiosk/desk-numbers')));
    expect(new Set(given.map(({ body }) => body.number)).size).toBe(20);
  });

  it('tells nobody by a typed number who is a patient here: an unknown number and a wrong birth date are answered alike, and six of them are enough', async () => {
    await importResources(server.db.work(), [{ resourceType: 'Patient', id: 'tho', active: true, name: [{ text: 'Lê Thị Thơ' }], gender: 'female', birthDate: '1950-02-03', telecom: [{ system: 'phone', value: '0987654321' }] }]);
    const type = async (number: string, born: string) => (await post<{ outcome: string }>(kiosk!, '/api/kiosk/check-in-by-number', { number, born })).body;
    expect(await type('0900000000', '03021950')).toEqual({ outcome: 'not-matched' });
    expect((await type('0987654321', '03021950')).outcome).toBe('desk'); // known, without an appointment
    for (const year of ['1951', '1952', '1953', '1954', '1955', '1956']) expect(await type('0987654321', `0302${year}`)).toEqual({ outcome: 'not-matched' });
    expect(await type('0987654321', '03021950')).toEqual({ outcome: 'not-matched' });
    expect((await post(kiosk!, '/api/kiosk/check-in-by-number', { number: '12345', born: '1950' })).status).toBe(400);
  });

  it('says what stands on its screen, and stays signed in for a quarter', async () => {
    expect(await (await kiosk!.call('/api/kiosk')).json()).toMatchObject({ facilityName: expect.stringContaining('Sen'), name: 'Máy nhận số Cửa 1', now: new Date(server.db.clock()).toISOString() });
    const signedIn = await fetch(`${server.base}/api/session`, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ username: 'maykiosk', password: 'sen-demo' }) });
    const { session } = (await signedIn.json()) as { session: { expiresAt: string } };
    expect(Date.parse(session.expiresAt) - server.db.clock()).toBeCloseTo(90 * 24 * 3_600_000, -4);
  });

  it('may do nothing else: not the list of the day, not an arrival by hand, and nobody else may use it', async () => {
    expect((await kiosk!.call('/api/desk/day')).status).toBe(403);
    expect((await kiosk!.call('/api/kiosk/desk-numbers')).status).toBe(403);
    expect((await post(kiosk!, '/api/desk/arrivals', { patientId: people[0]! })).status).toBe(403);
    expect((await post(await server.as('nguoibenh'), '/api/kiosk/check-in', { scanned: '123456789' })).status).toBe(403);
  });

  it('receives who has an appointment today: given name, number, room; scanned again, the same number', async () => {
    const booked = await bookTomorrow(people[1]!);
    server.db.clock.advance(instantOf(day, 7 * 60 + 55) - server.db.clock()); // the clinic has begun
    const first = await post<{ outcome: string; givenName: string; ticket: { number: string; room: string; at: string } }>(kiosk!, '/api/kiosk/check-in', { scanned: booked.code });
    expect(first.body).toMatchObject({ outcome: 'arrived', ticket: { number: expect.any(String), room: booked.room.name, at: expect.stringMatching(/^\d\d:\d\d$/) } });
    expect(first.body.givenName).not.toContain(' ');
    expect((await post(kiosk!, '/api/kiosk/check-in', { scanned: booked.code })).body).toMatchObject({ outcome: 'arrived', ticket: { number: first.body.ticket.number, again: true } });
  });

  it('receives by a typed number and birth date, and says how early or late somebody is', async () => {
    const tell = (resource: object) => importResources(server.db.work(), [resource as never]);
    await tell({ resourceType: 'Patient', id: 'duc', active: true, name: [{ text: 'Phạm Minh Đức' }], gender: 'male', birthDate: '1962-11-20', telecom: [{ system: 'phone', value: '0934567890' }] });
    await tell({ resourceType: 'Patient', id: 'duc-con', active: true, name: [{ text: 'Phạm Minh Khôi' }], gender: 'male', birthDate: '1995-01-05', telecom: [{ system: 'phone', value: '0934567890' }] });
    const booked = await bookTomorrow('duc', (starts) => starts.find(({ start }) => Date.parse(start) > server.db.clock() + 90 * 60_000)!);
    const answer = (await post<{ givenName: string; ticket: { number: string; early: number } }>(kiosk!, '/api/kiosk/check-in-by-number', { number: '0934567890', born: '20111962' })).body;
    expect(answer).toMatchObject({ outcome: 'arrived', givenName: 'Đức', ticket: { room: booked.room.name, early: Math.round((Date.parse(booked.start) - server.db.clock()) / 60_000) } });
    const son = await bookTomorrow('duc-con', (starts) => starts[0]!);
    server.db.clock.advance(Date.parse(son.start) + 25 * 60_000 - server.db.clock());
    expect((await post(kiosk!, '/api/kiosk/check-in-by-number', { number: '0934567890', born: '05011995' })).body).toMatchObject({ outcome: 'arrived', givenName: 'Khôi', ticket: { late: 25 } });
  });
});
