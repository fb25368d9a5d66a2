// Attacks on the rights of the front desk: other people's appointments, seats and places in line, machines and partners that ask for more than is theirs.
import * as contracts from '@sen/contracts';
import type { RouteContract } from '@sen/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { receiveVisit } from '../../server/src/modules/encounters/index.ts';
import { addDays } from '../../server/src/modules/booking/seats/local-time.ts';
import { openClinic, specialty, type Clinic } from '../support/clinic.ts';
import type { TestCaller } from '../support/server.ts';

let clinic: Clinic;
let me: TestCaller;
let partner: TestCaller;
let kiosk: TestCaller;
beforeAll(async () => {
  clinic = await openClinic();
  const { server, rows, people } = clinic;
  await rows(`UPDATE security.account SET patients = $1 WHERE username = 'nguoibenh'`, [[people[0]]]);
  [me, partner, kiosk] = [await server.as('nguoibenh'), await server.as('partner'), await server.as('kiosk')];
}, 120_000);
afterAll(() => clinic?.server.close());

const frontDesk = ['/api/appointments', '/api/booking', '/api/desk', '/api/day', '/api/rooms', '/api/turns', '/api/visits', '/api/boards', '/api/kiosk', '/api/switchboard', '/api/schedules', '/api/leave',
  '/api/patients', '/api/duplicates', '/api/merges', '/api/addresses', '/api/my/', '/api/family-requests', '/api/messages', '/api/message-', '/api/push-key', '/api/card-readings'];
const doors = (Object.values(contracts) as unknown[]).filter((one): one is RouteContract => typeof one === 'object' && one !== null && 'path' in one && 'needs' in one)
  .filter(({ path, needs }) => needs !== 'open' && frontDesk.some((begin) => path.startsWith(begin)) && !path.includes('/documents/'));

describe('the appointments of somebody else', () => {
  it('cannot be read, moved, confirmed, cancelled or checked in by a patient, nor listed, nor waited for', async () => {
    const { book, hold, starts, operator, ask, people, day } = clinic;
    const free = await starts();
    const theirs = await book(operator, people[1]!, free[0]!);
    const waiting = await ask(operator, 'POST', '/api/booking/waiting-list', { patientId: people[1], specialty, from: addDays(day, 3), until: addDays(day, 9) });
    const mine = await hold(me, (await starts(day, me))[4]!);
    const tries = await Promise.all([
      ask(me, 'GET', `/api/appointments/${theirs.id}`), ask(me, 'POST', `/api/appointments/${theirs.id}/cancel`, {}), ask(me, 'POST', `/api/appointments/${theirs.id}/confirm`),
      ask(me, 'POST', `/api/appointments/${theirs.id}/move`, { holdToken: mine.body.holdToken }), ask(me, 'POST', `/api/my/appointments/${theirs.id}/arrive`, { door: 'SEN:D:x' }),
      ask(me, 'GET', `/api/my/appointments?patientId=${people[1]}`), ask(me, 'GET', `/api/booking/waiting-list?patientId=${people[1]}`), ask(me, 'DELETE', `/api/booking/waiting-list/${waiting.body.id}`),
      ask(me, 'POST', '/api/booking/waiting-list', { patientId: people[1], specialty, from: day, until: day }), ask(me, 'POST', '/api/booking/appointments', { holdToken: mine.body.holdToken, patientId: people[1] }),
      ask(me, 'POST', '/api/booking/appointments', { holdToken: mine.body.holdToken, person: { name: 'Ai Đó', birthDate: '1980', phone: '0912345678' } }),
    ]);
    expect(tries.map(({ status }) => status)).toEqual([404, 404, 404, 404, 404, 403, 403, 403, 403, 403, 403]);
    expect((await ask(operator, 'GET', `/api/appointments/${theirs.id}`)).body).toMatchObject({ state: 'booked', start: theirs.start, confirmed: false });
  });

  it('do not open by the seat that somebody else holds', async () => {
    const { hold, starts, ask, operator, people, visitor, stranger } = clinic;
    const held = await hold(operator, (await starts())[8]!);
    const token = await visitor('84912000009');
    const taken = await Promise.all([
      ask(me, 'POST', '/api/booking/appointments', { holdToken: held.body.holdToken, patientId: people[0] }),
      ask(stranger, 'POST', '/api/booking/appointments', { holdToken: held.body.holdToken, visitorToken: token, person: { name: 'Ai Đó', birthDate: '1980', phone: '0912345678' } }),
      ask(stranger, 'POST', '/api/booking/appointments', { holdToken: held.body.holdToken, person: { name: 'Ai Đó', birthDate: '1980', phone: '0912345678' } }),
    ]);
    expect(taken.map(({ status }) => status)).toEqual([410, 410, 401]);
  });

  it('are for a doctor or nurse to see only as the policy lets them see the Appointment', async () => {
    const { book, operator, ask, people, server, day } = clinic;
    const { specialties } = (await ask(operator, 'GET', '/api/booking/specialties')).body as { specialties: { id: string }[] };
    const other = specialties.find(({ id }) => !['endocrine', 'dialysis', 'cardiology', 'exam'].some((theirs) => id.endsWith(theirs)))!;
    const free = (await ask(operator, 'GET', `/api/booking/starts?specialty=${other.id}&date=${day}&only=free`)).body.starts;
    const theirs = await book(operator, people[2]!, free[0]);
    const doctor = await server.as('bacsi');
    const inRecord = await ask(doctor, 'GET', `/fhir/R4/Appointment/${theirs.id}`);
    expect(inRecord.status).toBe(404); // not in their care, nor of their department
    const seen = await Promise.all([ask(doctor, 'GET', `/api/appointments/${theirs.id}`), ask(doctor, 'POST', `/api/appointments/${theirs.id}/cancel`, {})]);
    expect(seen.map(({ status }) => status)).toEqual([404, 404]);
    expect((await ask(doctor, 'GET', `/api/patients/${people[2]}/appointments`)).body.coming).toEqual([]);
    expect((await ask(operator, 'GET', `/api/patients/${people[2]}/appointments`)).body.coming).toHaveLength(1);
  });
});

describe('a place in line', () => {
  it('is followed by its patient alone, and no patient works a queue', async () => {
    const { server, ask, people } = clinic;
    const { visitId } = await receiveVisit(server.db.work(), { patientId: people[3]!, roomId: 'sen-hong-301' });
    const topics = [`visit/${visitId}`, 'room/sen-hong-301', 'desk/sen-hong', 'day/sen-hong', 'switchboard/house', `board/x`];
    for (const who of [me, kiosk]) expect(await Promise.all(topics.map(async (topic) => (await who.call(`/api/live?topic=${topic}`)).status))).toEqual(topics.map(() => 403));
    expect((await ask(me, 'GET', '/api/my/visits')).body.visits).toEqual([]);
  });
});

describe('why people come', () => {
  it('is not shown to a counter that calls them, nor over the whole hospital to who cares for a part of it', async () => {
    const { server, ask, people, desk } = clinic;
    const room = 'sen-hong-tn1';
    const at = (await ask(server, 'GET', '/api/rooms?kind=payment')).body.rooms[0]?.id ?? room;
    await receiveVisit(server.db.work(), { patientId: people[6]!, roomId: at, reason: 'Xét nghiệm HIV' });
    await receiveVisit(server.db.work(), { patientId: people[7]!, roomId: 'sen-hong-402', reason: 'Mất ngủ, lo âu' });
    const [cashier, nurse] = [await server.as('cashier'), await server.as('nurse')];
    const queue = await ask(cashier, 'GET', `/api/rooms/${at}/queue`);
    expect([queue.body.waiting.length, JSON.stringify(queue.body).includes('HIV')]).toEqual([1, false]);
    expect(JSON.stringify((await ask(cashier, 'POST', `/api/rooms/${at}/next`, { current: null })).body)).not.toContain('HIV');
    const day = async (who: TestCaller) => JSON.stringify((await ask(who, 'GET', '/api/desk/day?group=here')).body);
    expect([(await day(desk)).includes('lo âu'), (await day(nurse)).includes(people[7]!), (await day(nurse)).includes('lo âu')]).toEqual([true, true, false]);
    const strip = async (who: TestCaller) => JSON.stringify((await ask(who, 'GET', '/api/rooms/sen-hong-402/day')).body);
    expect([(await strip(desk)).includes('lo âu'), (await strip(nurse)).includes('lo âu')]).toEqual([true, false]);
  });
});

describe('an administrator, who sees no patient', () => {
  it('is told of those whom a leave moves by their given names, without telephones', async () => {
    const { server, ask, people, book, operator, starts, desk } = clinic;
    const on = clinic.days[7]!;
    const first = (await starts(on))[0]!;
    const theirs = await book(operator, people[8]!, first);
    const absence = { doctor: first.doctor!.id, from: `${on}T00:00:00+07:00`, until: `${on}T23:59:00+07:00`, booked: 'call' };
    const { status, body } = await ask(await server.as('quantri'), 'POST', '/api/leave/preview', absence);
    expect([status, body.toCall]).toEqual([200, [{ appointmentId: theirs.id, patientName: theirs.patientName.split(' ').at(-1), was: theirs.start }]]);
    const whole = await ask(await server.as('truongkhoa'), 'POST', '/api/leave/preview', absence);
    expect(whole.body.toCall[0]).toMatchObject({ patientName: theirs.patientName });
    expect((await ask(desk, 'POST', '/api/leave/preview', absence)).status).toBe(403);
  });
});

describe('a machine at the door, a partner and a patient', () => {
  it('open no door of the front desk but their own', async () => {
    const { ask, people } = clinic;
    const own = { kiosk: ['kiosk.use', 'session.own'], partner: [], me: ['session.own', 'app.authorize', 'booking.own', 'visit.own', 'message.own', 'access.own', 'consent.own', 'request.own'] } as const;
    const filled = (path: string) => path.replace(/:\w*[pP]atient\w*/g, people[5]!).replace(/:(\w*Id|id|key|code|call|request|date|room)/g, '11111111-1111-4111-8111-111111111111').replace(/:\w+/g, 'x');
    expect(doors.length).toBeGreaterThan(70);
    for (const [name, who] of Object.entries({ kiosk, partner, me })) {
      const opened: string[] = [];
      for (const { method, path, needs } of doors) {
        if ((own[name as keyof typeof own] as readonly string[]).includes(needs as string)) continue;
        const { status } = await ask(who, method, filled(path), method === 'GET' || method === 'DELETE' ? undefined : {});
        if (status !== 403) opened.push(`${name} ${method} ${path} ${status}`);
      }
      expect(opened).toEqual([]);
    }
  });

  it('a partner cannot learn whether the hospital knows a citizen number, nor book for a patient of the hospital', async () => {
    const { ask, desk, hold, starts, day, people } = clinic;
    const registered = await ask(desk, 'POST', '/api/patients', { registration: { kind: 'full', name: 'Lê Thị Tám', sex: 'female', birthDate: '1970', citizenNumber: '001170004321' } });
    expect(registered.status).toBe(200);
    const answers = [];
    for (const [i, citizenNumber] of ['001170004321', '001170008765'].entries()) {
      const held = await hold(partner, (await starts(day, partner))[i]!);
      const booked = await ask(partner, 'POST', '/api/booking/appointments', { holdToken: held.body.holdToken, person: { name: 'Lê Thị Tám', birthDate: '1970', phone: '0912345678', citizenNumber } });
      answers.push([booked.status, Object.keys(booked.body).sort().join()]);
      expect(booked.body.patientId).not.toBe(registered.body.patientId);
    }
    expect(answers[0]).toEqual(answers[1]);
    const held = await hold(partner, (await starts(day, partner))[0]!);
    expect((await ask(partner, 'POST', '/api/booking/appointments', { holdToken: held.body.holdToken, patientId: people[0] })).status).toBe(403);
  });
});

describe('words that a desk may send', () => {
  it('a reason for priority that the rules do not know is refused, and the queue of the room stays readable', async () => {
    const { ask, desk, people, server } = clinic;
    const odd = await ask(desk, 'POST', '/api/desk/arrivals', { patientId: people[4], room: 'sen-hong-205', over: true, priority: ['toi-la-vip'] });
    expect([odd.status, odd.body.code]).toEqual([400, 'http.fields']);
    expect((await ask(await server.as('nurse'), 'GET', '/api/rooms/sen-hong-205/queue')).status).toBe(200);
  });
});
