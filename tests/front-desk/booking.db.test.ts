// Booking over the wire: find, hold, book, move, cancel, arrive; two people never have one seat.
import type { AppointmentView, BookingHold, BookingStart, DeskTicket } from '@sen/contracts';
import { generateHospital } from '@sen/demo';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ensureDemoSchedules } from '../../server/src/modules/booking/index.ts';
import { booking } from '../../server/src/modules/booking/module.ts';
import { importResources } from '../../server/src/modules/record/index.ts';
import { testServer, type TestCaller, type TestServer } from '../support/server.ts';
import { addDays, localDay, weekdayOf } from '../../server/src/modules/booking/seats/local-time.ts';
import { hashOf } from '../../server/src/modules/booking/seats/token.ts';

let server: TestServer;
let operator: TestCaller;
let reception: TestCaller;
let day: string;
const specialty = 'sen-hong-endocrine';
const people: string[] = [];

beforeAll(async () => {
  server = await testServer();
  for (const batch of generateHospital({ seed: 7, now: server.db.clock(), patients: 12 })) {
    await importResources(server.db.work(), batch);
    for (const { resourceType, id } of batch) if (resourceType === 'Patient' && id !== undefined) people.push(id);
  }
  const { loadRooms } = await import('../../server/src/modules/encounters/queue/find-room.ts');
  await loadRooms(server.db.work());
  await ensureDemoSchedules(server.db.work());
  operator = await server.as('tongdai');
  reception = await server.as('tiepdon');
  day = addDays(localDay(server.db.clock()), 1);
  while (weekdayOf(day) > 5) day = addDays(day, 1);
}, 60_000);
afterAll(() => server?.close());

const post = async <T>(who: TestCaller, path: string, body: object = {}): Promise<{ status: number; body: T & { code?: string } }> => {
  const answer = await who.call(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });
  return { status: answer.status, body: (await answer.json()) as T & { code?: string } };
};
const starts = async (who: TestCaller, on = day): Promise<BookingStart[]> =>
  ((await (await who.call(`/api/booking/starts?specialty=${specialty}&date=${on}&only=free`)).json()) as { starts: BookingStart[] }).starts;
const hold = async (who: TestCaller, { session, start }: BookingStart) => post<BookingHold>(who, '/api/booking/holds', { session, start });

async function book(who: TestCaller, patientId: string, start: BookingStart): Promise<AppointmentView> {
  const held = await hold(who, start);
  expect(held.status, JSON.stringify(held.body)).toBe(200);
  const booked = await post<AppointmentView>(who, '/api/booking/appointments', { holdToken: held.body.holdToken, patientId, reason: 'Đau đầu' });
  expect(booked.status, JSON.stringify(booked.body)).toBe(200);
  return booked.body;
}

describe('finding', () => {
  it('shows specialties, doctors, days and starts without an account', async () => {
    const asked = async (path: string) => (await fetch(`${server.base}${path}`)).json() as Promise<Record<string, never[]>>;
    const { specialties } = (await asked('/api/booking/specialties')) as unknown as { specialties: { id: string; nextFree?: string }[] };
    expect(specialties.find(({ id }) => id === specialty)?.nextFree).toBeDefined();
    expect((await asked(`/api/booking/doctors?specialty=${specialty}`))['doctors']!.length).toBeGreaterThan(0);
    const { days } = (await asked(`/api/booking/days?specialty=${specialty}&from=${day}&days=14`)) as unknown as { days: { date: string; state: string; free: number }[] };
    expect(days).toHaveLength(14);
    expect(days[0]).toMatchObject({ date: day, state: 'free' });
    expect((await asked(`/api/booking/starts?specialty=${specialty}&date=${day}`))['starts']!.length).toBeGreaterThan(20);
  });
});

describe('booking by an operator', () => {
  it('holds, books once, writes the Appointment, moves and cancels', async () => {
    const [first, , third] = await starts(operator);
    const held = await hold(operator, first!);
    const body = { holdToken: held.body.holdToken, patientId: people[0], reason: 'Đau đầu' };
    const once = await post<AppointmentView>(operator, '/api/booking/appointments', body);
    const again = await post<AppointmentView>(operator, '/api/booking/appointments', body);
    expect(once.body, JSON.stringify(once.body)).toMatchObject({ state: 'booked', start: first!.start, channel: 'phone', canMove: true });
    expect(again.body.id).toBe(once.body.id);
    const stored = (await (await server.call(`/fhir/R4/Appointment/${once.body.id}`)).json()) as { status: string; start: string };
    expect(stored).toMatchObject({ status: 'booked' });
    expect((await starts(operator)).some(({ session, start }) => session === first!.session && start === first!.start)).toBe(false);
    const other = await hold(operator, third!);
    const moved = await post<AppointmentView>(operator, `/api/appointments/${once.body.id}/move`, { holdToken: other.body.holdToken });
    expect(moved.body, JSON.stringify(moved.body)).toMatchObject({ id: once.body.id, start: third!.start });
    expect((await starts(operator)).some(({ session, start }) => session === first!.session && start === first!.start)).toBe(true);
    const outside = await reception.call(`/fhir/R4/Appointment/${once.body.id}`, { method: 'PUT', headers: { 'content-type': 'application/fhir+json' }, body: JSON.stringify({ ...stored, comment: 'đổi giờ ngoài hệ thống' }) });
    expect([outside.status, await outside.text()]).toEqual([422, expect.stringContaining('booking.write-through-booking')]);
    const cancelled = await post<AppointmentView>(operator, `/api/appointments/${once.body.id}/cancel`);
    expect(cancelled.body.state).toBe('cancelled');
    const { rows } = await server.db.database.query<{ template: string; state: string }>({ text: "SELECT template, state FROM messages.message WHERE about_id = $1 ORDER BY template", values: [once.body.id] });
    expect(rows.map(({ template }) => template)).toEqual(expect.arrayContaining(['booking.booked', 'booking.moved', 'booking.cancelled']));
  });

  it('refuses the same person at the same time in two places', async () => {
    const [first] = (await starts(operator)).slice(6);
    await book(operator, people[1]!, first!);
    const parallel = (await starts(operator)).find(({ start, session }) => start === first!.start && session !== first!.session);
    if (parallel === undefined) throw new Error('the demo has two doctors of endocrinology');
    const held = await hold(operator, parallel);
    const refused = await post(operator, '/api/booking/appointments', { holdToken: held.body.holdToken, patientId: people[1] });
    expect(refused.status).toBe(409);
    expect(JSON.stringify(refused.body)).toContain('booking.patient-is-busy');
  });
});

describe('a visitor of the public page', () => {
  it('books with a code sent to the telephone, and finds, confirms and cancels by code and number', async () => {
    const stranger: TestCaller = { token: '', call: (path, init) => fetch(`${server.base}${path}`, init) };
    const [first] = (await starts(operator)).slice(12);
    expect((await hold(stranger, first!)).status).toBe(401);
    const phone = '0912345678';
    expect((await post(stranger, '/api/public/booking/codes', { phone })).status).toBe(200);
    await server.db.database.query({ text: 'UPDATE booking.visitor SET token_hash = $1, taken = true, until = $2', values: [hashOf('a'.repeat(24)), new Date(server.db.clock() + 600_000)] });
    const visitorToken = 'a'.repeat(24);
    const held = await post<BookingHold>(stranger, '/api/booking/holds', { session: first!.session, start: first!.start, visitorToken });
    expect(held.status, JSON.stringify(held.body)).toBe(200);
    const booked = await post<AppointmentView>(stranger, '/api/booking/appointments', { holdToken: held.body.holdToken, visitorToken, person: { name: 'Trần Thị Bưởi', birthDate: '1961', phone } });
    expect(booked.status, JSON.stringify(booked.body)).toBe(200);
    expect(booked.body).toMatchObject({ patientName: 'Bưởi', channel: 'web', state: 'booked' });
    expect(booked.body.patientId).toBeUndefined();
    const { code } = booked.body;
    expect((await post(stranger, '/api/public/booking/appointments/read', { code, phone: '0912345679' })).status).toBe(404);
    expect((await post<AppointmentView>(stranger, '/api/public/booking/appointments/confirm', { code, phone })).body.confirmed).toBe(true);
    expect((await post<AppointmentView>(stranger, '/api/public/booking/appointments/cancel', { code, phone })).body.state).toBe('cancelled');
  });
});

describe('at the desk', () => {
  it('receives the booked once, a walk-in in a seat left, and lists both', async () => {
    const now = server.db.clock();
    const noon = Date.parse(`${day}T00:55:00Z`); // 07:55 local: the clinic has begun
    server.db.clock.advance(noon - now);
    const first = (await starts(operator)).at(3)!;
    const one = await book(operator, people[2]!, first);
    const ticket = await post<DeskTicket>(reception, '/api/desk/arrivals', { code: one.qr });
    expect(ticket.status, JSON.stringify(ticket.body)).toBe(200);
    expect(ticket.body).toMatchObject({ patientId: people[2], already: false, start: first.start });
    const again = await post<DeskTicket>(reception, '/api/desk/arrivals', { patientId: people[2] });
    expect(again.body).toMatchObject({ ticket: ticket.body.ticket, already: true });
    const walkIn = await post<DeskTicket>(reception, '/api/desk/arrivals', { patientId: people[3], specialty });
    expect(walkIn.status, JSON.stringify(walkIn.body)).toBe(200);
    const list = (await (await reception.call('/api/desk/day?group=here')).json()) as { rows: { patientId: string; state: string; channel: string }[]; counts: { here: number } };
    expect(list.rows).toEqual(expect.arrayContaining([
      expect.objectContaining({ patientId: people[2], state: 'waiting', channel: 'phone' }), expect.objectContaining({ patientId: people[3], state: 'waiting', channel: 'walk-in' }),
    ]));
    const nurse = await server.as('dieuduong');
    const strip = (await (await nurse.call(`/api/rooms/${one.room.id}/day`)).json()) as { sessions: { cells: { state: string }[] }[] };
    expect(strip.sessions.flatMap(({ cells }) => cells).filter(({ state }) => state === 'here').length).toBeGreaterThan(0);
    const board = await (await server.as('giamdoc')).call('/api/day/board');
    expect(board.status, await board.clone().text()).toBe(200);
    expect((await board.json()) as object).toMatchObject({ totals: { arrived: 2, walkIns: 1, waiting: 2 } });
  });
});

describe('a doctor who falls ill', () => {
  it('has the sessions closed, the patients moved or listed to call, in one step; a preview changes nothing', async () => {
    const on = addDays(day, 7);
    const free = await starts(operator, on);
    const doctor = free[0]!.doctor!.id;
    const theirs = free.filter((one) => one.doctor?.id === doctor).slice(0, 4);
    const booked: AppointmentView[] = [];
    for (const [i, start] of theirs.entries()) booked.push(await book(operator, people[4 + i]!, start));
    const head = await server.as('quantri');
    const absence = { doctor, from: `${on}T00:00:00+07:00`, until: `${on}T23:59:00+07:00`, booked: 'move' };
    interface Outcome { sessions: number; booked: number; moved: { appointmentId: string; start: string }[]; toCall: object[] }
    const preview = await post<Outcome>(head, '/api/leave/preview', absence);
    expect(preview.status, JSON.stringify(preview.body)).toBe(200);
    expect(preview.body).toMatchObject({ sessions: 2, booked: 4 });
    expect((await (await operator.call(`/api/appointments/${booked[0]!.id}`)).json()) as object).toMatchObject({ start: booked[0]!.start, doctor: { id: doctor } });
    const done = await post<Outcome>(head, '/api/leave', absence);
    expect(done.body.moved.length + done.body.toCall.length).toBe(4);
    expect(done.body.moved.map(({ start }) => start)).toEqual(preview.body.moved.map(({ start }) => start));
    const after = (await (await operator.call(`/api/appointments/${done.body.moved[0]!.appointmentId}`)).json()) as AppointmentView;
    expect(after.doctor?.id === doctor && after.start.slice(0, 10) === theirs[0]!.start.slice(0, 10)).toBe(false);
    expect((await starts(operator, on)).some((one) => one.doctor?.id === doctor)).toBe(false);
  });
});

describe('the waiting list', () => {
  it('offers a seat that became free to the first who waits, and to the next when the offer lapses', async () => {
    const on = addDays(day, 21);
    const taken = (await starts(operator, on)).slice(0, 1)[0]!;
    const one = await book(operator, people[8]!, taken);
    const wish = { specialty, from: on, until: on };
    const first = await post<{ id: string }>(operator, '/api/booking/waiting-list', { patientId: people[9], ...wish });
    expect(first.status, JSON.stringify(first.body)).toBe(200);
    await post(operator, '/api/booking/waiting-list', { patientId: people[10], ...wish });
    await post(operator, `/api/appointments/${one.id}/cancel`);
    const hear = booking.hears!['booking.seat-freed']!;
    await hear(server.db.work(), { name: 'booking.seat-freed', data: { session: taken.session } });
    const entries = async (patient: string) => ((await (await operator.call(`/api/booking/waiting-list?patientId=${patient}`)).json()) as { entries: { state: string; offer?: BookingHold }[] }).entries;
    expect((await entries(people[9]!))[0]).toMatchObject({ state: 'offered' });
    const { offer } = (await entries(people[10]!))[0]!;
    const booked = await post<AppointmentView>(operator, '/api/booking/appointments', { holdToken: offer!.holdToken, patientId: people[10] });
    expect(booked.status, JSON.stringify(booked.body)).toBe(200);
    server.db.clock.advance(31 * 60_000);
    await booking.jobs!['offer-again']!.run(server.db.work(), {});
    expect((await entries(people[10]!))[0]).toMatchObject({ state: 'taken' });
    expect((await entries(people[9]!))[0]).toMatchObject({ state: 'offered' }); // nobody else waits: offered again
  });
});

describe('hundreds who want a few seats', () => {
  it('gives each seat once, loses none, and lets holds lapse', async () => {
    const wanted = (await starts(operator, addDays(day, 14))).slice(0, 6);
    const before = server.db.clock();
    const attempts = await Promise.all(Array.from({ length: 300 }, (_, i) => hold(server, wanted[i % wanted.length]!)));
    expect(attempts.filter(({ status }) => status === 200)).toHaveLength(wanted.length);
    expect(new Set(attempts.filter(({ status }) => status !== 200).map(({ body }) => JSON.stringify(body).includes('booking.seat-taken')))).toEqual(new Set([true]));
    server.db.clock.advance(6 * 60_000); // five minutes later all of them are free again
    expect(server.db.clock() - before).toBe(360_000);
    const second = await Promise.all(Array.from({ length: 200 }, (_, i) => hold(server, wanted[i % wanted.length]!)));
    expect(second.filter(({ status }) => status === 200)).toHaveLength(wanted.length);
    const { rows } = await server.db.database.query<{ doubles: number }>({
      text: `SELECT count(*)::int AS doubles FROM booking.claim a JOIN booking.claim b ON a.session_id = b.session_id AND a.lane = b.lane AND a.id < b.id AND a.during && b.during
        AND a.state IN ('held', 'booked') AND b.state IN ('held', 'booked')`,
    });
    expect(rows[0]!.doubles).toBe(0);
  }, 60_000);
});
