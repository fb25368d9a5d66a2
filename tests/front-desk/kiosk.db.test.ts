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

async function bookTomorrow(patientId: string): Promise<AppointmentView> {
  const { starts } = (await (await operator!.call(`/api/booking/starts?specialty=sen-hong-endocrine&date=${day}&only=free`)).json()) as { starts: BookingStart[] };
  const { session, start } = starts[0]!;
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
    expect((await post(kiosk!, '/api/kiosk/check-in', { scanned: booked.code })).body).toMatchObject({ outcome: 'arrived', ticket: { number: first.body.ticket.number } });
  });
});
