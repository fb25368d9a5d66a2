// Attacks on booking: seats hoarded by strangers, words of a stranger in the hospital's messages, seats of a closed session, patients who are merged meanwhile.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openClinic, type Clinic } from '../support/clinic.ts';

let clinic: Clinic;
beforeAll(async () => {
  clinic = await openClinic();
}, 120_000);
afterAll(() => clinic?.server.close());

const person = (name: string) => ({ name, birthDate: '1961', phone: '0912345678' });

describe('a visitor of the public page', () => {
  it('holds no more than two seats, however many requests come at once', async () => {
    const { starts, visitor, hold, stranger } = clinic;
    const free = [...new Map((await starts(clinic.days[7])).map((one) => [one.session, one])).values(), ...(await starts(clinic.days[7])).slice(4, 8)];
    const token = await visitor('84912000001');
    const held = await Promise.all(free.map((one) => hold(stranger, one, token)));
    expect(held.filter(({ status }) => status === 200)).toHaveLength(2);
  });

  it('has no more than six appointments to come, whatever names are given', async () => {
    const { starts, visitor, hold, stranger, ask } = clinic;
    const [free, token] = [(await starts(clinic.days[8])).slice(0, 8), await visitor('84912000002')];
    const statuses: number[] = [];
    for (const [i, one] of free.entries()) {
      const held = await hold(stranger, one, token);
      const name = `Trần Văn ${['An', 'Bình', 'Cường', 'Dũng', 'Em', 'Phú', 'Giang', 'Hải'][i]}`;
      statuses.push((await ask(stranger, 'POST', '/api/booking/appointments', { holdToken: held.body.holdToken, visitorToken: token, person: person(name) })).status);
    }
    expect(statuses).toEqual([200, 200, 200, 200, 200, 200, 422, 422]);
  });

  it('is told at the number that was shown, not at one that somebody typed', async () => {
    const { starts, visitor, hold, stranger, ask, rows } = clinic;
    const token = await visitor('84912000003');
    const held = await hold(stranger, (await starts(clinic.days[8]))[10]!, token);
    const booked = await ask(stranger, 'POST', '/api/booking/appointments', { holdToken: held.body.holdToken, visitorToken: token, person: person('Trần Thị Bưởi'), contactPhone: '0987111222' });
    expect(booked.status).toBe(200);
    expect(await rows('SELECT contact_phone FROM booking.appointment WHERE id = $1', [booked.body.id])).toEqual([{ contact_phone: '84912000003' }]);
  });

  it('cannot put an address of the web or a number to call into the hospital’s messages', async () => {
    const { starts, visitor, hold, stranger, ask } = clinic;
    const token = await visitor('84912000004');
    const held = await hold(stranger, (await starts(clinic.days[8]))[12]!, token);
    for (const name of ['Nguyễn https://lua-dao.vn/x', 'Nguyễn lua-dao.vn', 'Gọi 19001234', 'Nguyễn <b>An</b>', 'Nguyễn\nAn: 1']) {
      const booked = await ask(stranger, 'POST', '/api/booking/appointments', { holdToken: held.body.holdToken, visitorToken: token, person: person(name) });
      expect([name, booked.status]).toEqual([name, 400]);
    }
    for (const name of ["J. O'Neill-Smith", 'H’Hen Niê', 'Y Bhăm']) expect((await ask(stranger, 'POST', '/api/booking/appointments', { holdToken: 'x'.repeat(24), visitorToken: token, person: person(name) })).body.code).toBe('booking.hold-ended');
  });
});

describe('messages that a stranger makes the hospital send', () => {
  it('end: an appointment is moved five times at most, and twelve are booked in a day, cancelled ones too', async () => {
    const { starts, visitor, hold, stranger, ask, server } = clinic;
    const phone = '0912000005';
    const token = await visitor('84912000005');
    const free = (await starts(clinic.days[9])).filter((_, i) => i % 2 === 0);
    const book = async (i: number) => {
      const held = await hold(stranger, free[i]!, token);
      return ask(stranger, 'POST', '/api/booking/appointments', { holdToken: held.body.holdToken, visitorToken: token, person: person('Phạm Thị Đổi') });
    };
    const { code } = (await book(0)).body;
    const moves: number[] = [];
    for (let i = 1; i <= 6; i++) {
      const held = await hold(stranger, free[i]!, token);
      moves.push((await ask(stranger, 'POST', '/api/public/booking/appointments/move', { code, phone, holdToken: held.body.holdToken })).status);
      server.db.clock.advance(1_000);
    }
    expect(moves).toEqual([200, 200, 200, 200, 200, 422]);
    await ask(stranger, 'POST', '/api/public/booking/appointments/cancel', { code, phone });
    const statuses: number[] = [];
    for (let i = 0; i < 12; i++) {
      const booked = await book(10 + i);
      statuses.push(booked.status);
      if (booked.status === 200) await ask(stranger, 'POST', '/api/public/booking/appointments/cancel', { code: booked.body.code, phone });
    }
    expect(statuses).toEqual([...Array.from({ length: 11 }, () => 200), 422]);
  });
});

describe('a move', () => {
  it('never leaves the facility: the desk there would not know of it', async () => {
    const { starts, book, operator, ask, hold, rows, people } = clinic;
    const free = await starts(clinic.days[10]);
    const here = await book(operator, people[2]!, free[0]!);
    await rows(`UPDATE booking.session SET facility = 'another' WHERE id = $1`, [free[5]!.session]);
    const held = await hold(operator, free.find(({ session }) => session === free[5]!.session)!);
    const moved = await ask(operator, 'POST', `/api/appointments/${here.id}/move`, { holdToken: held.body.holdToken });
    await rows(`UPDATE booking.session SET facility = 'sen-hong' WHERE facility = 'another'`);
    expect([moved.status, moved.body.code]).toEqual([404, 'booking.no-such-session']);
  });
});

describe('a session that is closed', () => {
  it('takes nobody who held a seat before: neither a new appointment nor one that is moved', async () => {
    const { starts, hold, book, ask, operator, server, people } = clinic;
    const on = clinic.days[14]!;
    const free = await starts(on);
    const doctor = free[0]!.doctor!.id;
    const theirs = free.filter((one) => one.doctor?.id === doctor);
    const other = await book(operator, people[0]!, free.find((one) => one.doctor?.id !== doctor)!);
    const [first, second] = [await hold(operator, theirs[0]!), await hold(operator, theirs[1]!)];
    const left = await ask(await server.as('quantri'), 'POST', '/api/leave', { doctor, from: `${on}T00:00:00+07:00`, until: `${on}T23:59:00+07:00`, booked: 'move' });
    expect(left.status).toBe(200);
    const booked = await ask(operator, 'POST', '/api/booking/appointments', { holdToken: first.body.holdToken, patientId: people[1] });
    const moved = await ask(operator, 'POST', `/api/appointments/${other.id}/move`, { holdToken: second.body.holdToken });
    expect([booked.status, booked.body.code, moved.status, moved.body.code]).toEqual([410, 'booking.hold-ended', 410, 'booking.hold-ended']);
  });
});

describe('what nobody checked', () => {
  it('a stranger asks for a part of the hospital, not for all of it at once', async () => {
    const { ask, stranger, operator, day } = clinic;
    const asked = async (who: typeof stranger, path: string) => (await ask(who, 'GET', path)).status;
    for (const path of ['/api/booking/days?days=31', `/api/booking/starts?date=${day}`]) expect([await asked(stranger, path), await asked(operator, path)]).toEqual([400, 200]);
    expect(await asked(stranger, '/api/booking/days?days=31&specialty=sen-hong-endocrine')).toBe(200);
  });

  it('a date that is none, on any door, is refused and breaks nothing', async () => {
    const { ask, stranger, desk, operator, server, people } = clinic;
    const doors: [typeof desk, string, string, object?][] = [
      ...['9999-99-99', '2026-02-31', '0000-00-00'].flatMap((date): [typeof desk, string, string][] => [
        [stranger, 'GET', `/api/booking/days?from=${date}`], [stranger, 'GET', `/api/booking/starts?date=${date}`], [desk, 'GET', `/api/desk/day?date=${date}`],
        [desk, 'GET', `/api/day/board?date=${date}`],
      ]),
      [operator, 'POST', '/api/booking/waiting-list', { patientId: people[0], specialty: 'sen-hong-endocrine', from: '2999-13-40', until: '2999-99-99' }],
      [operator, 'POST', '/api/booking/waiting-list', { patientId: people[0], specialty: 'no-such', from: '2030-01-01', until: '2030-01-02' }],
      [operator, 'POST', '/api/booking/waiting-list', { patientId: people[0], specialty: 'sen-hong-endocrine', visitType: 'no-such', from: '2030-01-01', until: '2030-01-02' }],
      [server, 'GET', '/fhir/R4/Appointment/$find?start=%2B275760-09-12&end=%2B275760-09-12'], [server, 'GET', '/fhir/R4/Appointment/$find?start=0000-01-01&end=0000-01-02'],
    ];
    for (const [who, method, path, body] of doors) expect([path, (await ask(who, method, path, body)).status]).toEqual([path, expect.toSatisfy((status: number) => status < 500)]);
  });
});
