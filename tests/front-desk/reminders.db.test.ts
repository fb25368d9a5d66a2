// Messages around an appointment, over the wire: reminders, replies, the waiting list, and who does not come. The clock is moved; nothing sleeps.
import type { AppointmentView, BookingStart } from '@sen/contracts';
import { createHmac } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { instantOf, addDays } from '../../server/src/modules/booking/seats/local-time.ts';
import { deliverDue } from '../../server/src/modules/messages/delivery/deliver-due.ts';
import { meansNow } from '../../server/src/modules/messages/means-now.ts';
import { openClinic, specialty, type Clinic } from '../support/clinic.ts';
import type { TestCaller } from '../support/server.ts';
import { hearQueued, queueingWork, runJob } from '../support/queued.ts';

const folder = join(tmpdir(), `sen-reminders-${process.pid}`);
const hookKey = 'a-key-of-the-provider-of-messages';
let clinic: Clinic;
let operator: TestCaller;
let desk: TestCaller;
let day: string;
beforeAll(async () => {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'key'), hookKey, { mode: 0o600 });
  clinic = await openClinic({ env: { SEN_MESSAGE_HOOK_FILE: join(folder, 'key'), SEN_BOOKING_ARRIVE_MINUTES: '20', SEN_BOOKING_MISSED_MINUTES: '45', SEN_SMS_ACCENTS: 'true' } });
  day = clinic.day;
  await to(addDays(day, -1), 8 * 60); // nobody is offered a seat at night
}, 60_000);
afterAll(() => clinic?.server.close());

/** Moves the clock. Whoever worked before it has been signed out by then. */
async function at(instant: number): Promise<void> {
  const { clock } = clinic.server.db;
  clock.advance(instant - clock());
  [operator, desk] = [await clinic.server.as('tongdai'), await clinic.server.as('tiepdon')];
}
const to = (on: string, minute: number) => at(instantOf(on, minute));

interface Sms { readonly to: string; readonly template: string; readonly text: string }
/** What a telephone got so far, after everything due was sent, by two who send at once. */
async function inbox(phone: string): Promise<Sms[]> {
  const send = () => deliverDue(queueingWork(clinic.server), meansNow()!);
  const due = async () => (await clinic.rows(`SELECT 1 FROM messages.message WHERE state = 'sending' OR state = 'queued' AND due_at <= $1`, [new Date(clinic.server.db.clock())])).length;
  while ((await due()) > 0) await Promise.all([send(), send()]); // beside the house's own
  const files = join(clinic.server.db.house.settings.data, 'outbox');
  const letters = existsSync(files) ? readdirSync(files).filter((name) => !name.startsWith('.')).sort().map((name) => JSON.parse(readFileSync(join(files, name), 'utf8')) as Sms) : [];
  return letters.filter((one) => one.to === phone);
}
const templates = async (phone: string) => (await inbox(phone)).map(({ template }) => template);

async function reply(from: string, text: string): Promise<void> {
  clinic.server.db.clock.advance(60_000);
  const body = JSON.stringify({ kind: 'reply', from, text });
  const seconds = Math.floor(clinic.server.db.clock() / 1000);
  const signature = `t=${seconds},v1=${createHmac('sha256', hookKey).update(`${seconds}.${body}`).digest('hex')}`;
  const call = await fetch(`${clinic.server.base}/api/message-replies/sms`, { method: 'POST', headers: { 'content-type': 'application/json', 'x-sen-signature': signature }, body });
  expect(call.status).toBe(204);
  await hearQueued(clinic.server, 'booking', true);
}

async function book(patient: number, start: BookingStart, contactPhone: string): Promise<AppointmentView> {
  const held = await clinic.hold(operator, start);
  expect(held.status, JSON.stringify(held.body)).toBe(200);
  const booked = await clinic.ask(operator, 'POST', '/api/booking/appointments', { holdToken: held.body.holdToken, patientId: clinic.people[patient], contactPhone });
  expect(booked.status, JSON.stringify(booked.body)).toBe(200);
  return booked.body as AppointmentView;
}
const read = async (id: string) => (await clinic.ask(operator, 'GET', `/api/appointments/${id}`)).body as AppointmentView;
const recorded = async (id: string) => (await (await desk.call(`/fhir/R4/Appointment/${id}`)).json()) as { status: string };

describe('a reminder', () => {
  it('comes the day before and hours before, once, with when to arrive, where, and what to bring', async () => {
    const start = (await clinic.starts(day, operator)).find((one) => one.start >= `${day}T02:00`)!;
    const phone = '0912000101';
    const one = await book(0, start, phone);
    expect(await templates(phone)).toEqual(['booking.booked']);
    await to(addDays(day, -1), 18 * 60 + 29);
    expect(await templates(phone)).toEqual(['booking.booked']);
    await to(addDays(day, -1), 18 * 60 + 31);
    const [, reminder] = await inbox(phone);
    const arrive = new Date(Date.parse(start.start) - 20 * 60_000 + 7 * 3_600_000).toISOString().slice(11, 16);
    for (const words of [`Có mặt lúc ${arrive}`, start.room.name, 'Căn cước công dân', 'Thẻ bảo hiểm y tế', one.code.slice(0, 4)]) expect(reminder!.text).toContain(words);
    await reply(phone, '1');
    expect(await read(one.id)).toMatchObject({ state: 'booked', confirmed: true });
    await at(Date.parse(start.start) - 2 * 3_600_000 + 60_000);
    expect(await templates(phone)).toEqual(['booking.booked', 'booking.reminder', 'booking.reminder-soon']);
    expect(await templates(phone)).toHaveLength(3);
  });

  it('of a time that was given up is not sent; moved back, it is', async () => {
    const on = addDays(day, 7);
    const [first, second] = (await clinic.starts(on, operator)).filter((one) => one.start >= `${on}T02:00`);
    const phone = '0912000102';
    const one = await book(1, first!, phone);
    expect(await templates(phone)).toEqual(['booking.booked']);
    clinic.server.db.clock.advance(60_000);
    for (const start of [second!, first!]) {
      const { body } = await clinic.hold(operator, start);
      const moved = await clinic.ask(operator, 'POST', `/api/appointments/${one.id}/move`, { holdToken: body.holdToken });
      expect(moved.status, JSON.stringify(moved.body)).toBe(200);
      await inbox(phone);
      clinic.server.db.clock.advance(60_000);
    }
    await to(addDays(on, -1), 18 * 60 + 31);
    expect(await templates(phone)).toEqual(['booking.booked', 'booking.moved', 'booking.moved', 'booking.reminder']);
  });
});

describe('a reply of no', () => {
  it('cancels, and the seat goes to the waiting list: offered, left with 2, offered to the next, lapsed, taken with 1', async () => {
    const on = addDays(day, 14);
    const free = await clinic.starts(on, operator);
    const start = free.find((one) => one.start >= `${on}T02:00`)!;
    const phone = '0912000103';
    // The one seat of a session of its own: nothing else can be offered.
    await clinic.rows(`UPDATE booking.session SET state = 'closed' WHERE day = $1 AND specialty_id = $2 AND id <> $3`, [on, specialty, start.session]);
    await clinic.rows(`UPDATE booking.session SET during = tstzrange($2, $3), lanes = 1, seats = '[]' WHERE id = $1`, [start.session, start.start, new Date(Date.parse(start.start) + start.minutes * 60_000)]);
    const one = await book(2, start, phone);
    const [first, second, third] = await reachable();
    const join = ({ id }: { id: string }) => clinic.ask(operator, 'POST', '/api/booking/waiting-list', { patientId: id, specialty, from: on, until: on });
    for (const one of [first!, second!]) {
      const joined = await join(one);
      expect(joined.status, JSON.stringify(joined.body)).toBe(200);
      clinic.server.db.clock.advance(1000);
    }
    await to(addDays(on, -1), 18 * 60 + 31);
    expect(await templates(phone)).toEqual(['booking.booked', 'booking.reminder']);
    await reply(phone, 'HUỶ');
    expect([(await read(one.id)).state, (await recorded(one.id)).status]).toEqual(['cancelled', 'cancelled']);
    expect(await templates(phone)).toEqual(['booking.booked', 'booking.reminder', 'booking.cancelled']);
    const offers = () => Promise.all([first!, second!, third!].map(async ({ phone: to }) => (await templates(to)).filter((template) => template === 'booking.offer').length));
    expect(await offers()).toEqual([1, 0, 0]);
    await reply(first!.phone, '2');
    expect(await offers()).toEqual([1, 1, 0]);
    clinic.server.db.clock.advance(31 * 60_000);
    await runJob(clinic.server, 'booking', 'offer-again');
    await runJob(clinic.server, 'booking', 'offer-again');
    expect(await offers()).toEqual([1, 1, 0]); // nobody is offered the same seat again
    expect((await clinic.starts(on, operator)).map((open) => open.start)).toEqual([start.start]);
    expect((await join(third!)).status).toBe(200);
    await to(on, 7 * 60);
    await runJob(clinic.server, 'booking', 'offer-in-the-morning');
    expect(await offers()).toEqual([1, 1, 1]);
    await reply(third!.phone, '1');
    const mine = (await clinic.ask(operator, 'GET', `/api/patients/${third!.id}/appointments`)).body as { coming: AppointmentView[] };
    expect(mine.coming.map((coming) => [coming.start, coming.state])).toEqual([[start.start, 'booked']]);
    expect(await clinic.starts(on, operator)).toEqual([]);
  });
});

describe('who does not come', () => {
  it('is a no-show after the minutes the hospital set, or after what they were told when the room is late; who comes after all is received', async () => {
    const on = addDays(day, 21);
    const [first, second] = (await clinic.starts(on, operator)).filter((one) => one.start >= `${on}T02:00` && one.start < `${on}T03:00`);
    const [one, other] = [await book(6, first!, '0912000106'), await book(7, second!, '0912000107')];
    await to(on, 8 * 60);
    await hearLate(second!.room.id, 60);
    await at(Math.max(Date.parse(first!.start), Date.parse(second!.start)) + 46 * 60_000);
    await runJob(clinic.server, 'booking', 'close-missed');
    await runJob(clinic.server, 'booking', 'close-missed');
    const late = second!.room.id === first!.room.id;
    expect([(await read(one.id)).state, (await read(other.id)).state]).toEqual([late ? 'booked' : 'no-show', 'booked']);
    await at(clinic.server.db.clock() + 61 * 60_000);
    await runJob(clinic.server, 'booking', 'close-missed');
    expect(await Promise.all([one, other].map(async ({ id }) => [(await read(id)).state, (await recorded(id)).status]))).toEqual([['no-show', 'noshow'], ['no-show', 'noshow']]);
    expect((await clinic.rows<{ state: string }>('SELECT state FROM booking.claim WHERE appointment_id = ANY ($1)', [[one.id, other.id]])).map(({ state }) => state)).toEqual(['freed', 'freed']);
    const board = (await clinic.ask(await clinic.server.as('giamdoc'), 'GET', '/api/day/board')).body as { totals: { noShows: number } };
    expect(board.totals.noShows).toBe(2);
    const ticket = await clinic.ask(desk, 'POST', '/api/desk/arrivals', { appointmentId: one.id });
    expect(ticket.status, JSON.stringify(ticket.body)).toBe(200);
    expect([(await read(one.id)).state, (await recorded(one.id)).status]).toEqual(['arrived', 'arrived']);
    expect(await clinic.rows('SELECT state FROM booking.claim WHERE appointment_id = $1', [one.id])).toEqual([{ state: 'booked' }]);
  });
});

async function hearLate(roomId: string, lateMinutes: number): Promise<void> {
  const { followLateRoom } = await import('../../server/src/modules/booking/reactions.ts');
  await followLateRoom(queueingWork(clinic.server), { name: 'encounters.room-late', data: { roomId, lateMinutes } });
}

/** Patients who have a telephone, each another. */
async function reachable(): Promise<{ id: string; phone: string }[]> {
  const found = new Map<string, string>();
  for (const id of clinic.people.slice(3)) {
    const { telecom = [] } = (await (await desk.call(`/fhir/R4/Patient/${id}`)).json()) as { telecom?: { system: string; value: string }[] };
    const phone = telecom.find(({ system }) => system === 'phone')?.value;
    if (phone !== undefined && !found.has(phone)) found.set(phone, id);
  }
  return [...found].map(([phone, id]) => ({ id, phone }));
}
